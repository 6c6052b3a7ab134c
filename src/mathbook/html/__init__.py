"""One XHTML writer for the PDF, the e-book and the preview. It knows no page.

Law of this room: every node of the document tree becomes an element; what is left out is a named case that says why.
The writer says what a thing is (element, class, role, language), never what it looks like: there is no colour in it,
and no size but those that the author asked for (the width of a picture or of a column).

Elements have un-namespaced XHTML names; formulas keep the namespace of what `Target.formula` gives. The shape, which
style sheets may rely on (`[…]` is what may be absent):

    section.unit.example#UNIT-ID | section.unit.matter.matter-front|.matter-back#UNIT-ID   lang xml:lang
      (a made unit also .matter-news|.matter-glossary|.matter-bibliography|.matter-index)
      h1 > [span.unit-label "Example 3"] span.unit-title
      [p.unit-summary]
      [ul.unit-facts > li.fact > span.fact-label "Topics" span.fact-value]
      … blocks …
      [section.solutions > h2, div.solution…]            if Target.solutions == "end"
      [section.footnotes > aside.footnote#fn--1 …]       if Target.footnotes == "aside"

    Paragraph       p
    Heading         h2 … h6 #ID .CLASSES
    lists           ul[.tight] | ol[.tight][start][type] > li (the only paragraph of a tight item stands without its p)
    DefinitionList  dl > dt, dd (a paragraph that stands alone in a dd stands without its p)
    Quotation       blockquote > … [p.attribution]
    Listing         figure.listing[.output]#ID > [figcaption.caption] pre > code.language-x > span.tok-keyword|-string|
                    -comment|-number|-name
    Equation        div.equation[.numbered]#ID > div.equation-body > FORMULA, [span.equation-number "(4.2)"]
    Figure          figure.figure#ID > img[style=width], [figcaption.caption > span.caption-label "Figure 4.1", words]
    Table           div.table > table#ID > [caption.caption > span.caption-label "Table 4.1", words] [colgroup] thead
                    tbody; th[scope], td .align-left|-center|-right; a head's empty cell is a td
    Box             section|aside.box.box-KIND.family-FAMILY#ID > p.box-title > span.box-label "Theorem 4.1"
                    [span.box-name "(title)"]; a callout or takeaway is an aside and its box-name has no brackets; a
                    proof ends in span.qed, in its last paragraph or in a p.qed-line
    Exercise        section.exercise#ID > p.box-title, …, [div.hint > p.part-title, …]
                    [div.solution > p.part-title, …] | [div.answer-space]
    SourceNote      aside.source-note > p.box-title (span.box-label "Source", span.box-name), p.source-who,
                    p.source-claims, …, [p.source-link > a, span.source-start "from 1:02"], [div.source-qr > QR]
    SpeakerNotes    aside.notes-box > p.box-title, … (instructors only)
    Slide           section.slide-box[#ID] > [p.box-title > span.box-name], … (only if in_handout)
    Columns         div.columns > div.column[style=width]
    Incremental     its blocks
    Rule            hr

    Emph em · Strong strong · Sub sub · Sup sup · Code code[.language-x] · Quoted: the language's marks · LineBreak br
    Styled s, span.smallcaps, u, mark, kbd · Term span.index-term | dfn.term · Image img.inline
    Anchor          span#ID
    Formula         Target.formula's element; where a sign of punctuation touches it, both in a span.nowrap
    Link a[.external] · with Target.print_urls an external link is followed by span.footnote.url-note
    Footnote, floating  span.footnote#fn--1 > words of its first paragraph, then its further blocks
    Footnote, aside     a.noteref#fnref--1 (role doc-noteref), and at the unit's end aside.footnote (role doc-footnote)
                        that ends in a.backlink (role doc-backlink)
"""
