"""The deck: a unit becomes slides that a speaker could have made by hand and can go on editing.

Law of this room: nothing overflows and nothing is lost. What a slide doesn't show stands, whole, in its notes.

    outline   a resolved unit → drafts of slides (pure, knows no size)
    fit       drafts → slides with every piece at its place (pure, measures with the fonts' own metrics)
    write     slides → PresentationML
    compile, link, read_back   the three doors
"""
