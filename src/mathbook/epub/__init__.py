"""The e-book: EPUB 3.3, one XHTML file a unit, written deterministically.

Law of this room: what the edition says stands in the file, and nothing else; the reader decides how it looks. A unit
is compiled without knowing the theme or the other units: only the linker sees the whole file.

    compile   a unit → its finished page, its pictures, what the package must know of it (a Bundle)
    link      the bundles → cover, title page, pages, contents, fonts, style sheet, package document
    read_back a finished file → passages, by readers that share nothing with the writers
"""
