"""Slides on paper: three to a page, beside ruled lines for students, beside the speaker's notes for instructors.

Law of this room: it shows what the deck shows. Outline and fit are the deck's, pages and tags the PDF's, so it lies in
the layer above them; nothing is arranged a second time, a slide is drawn small.

    draw      a fitted slide → HTML, everything at its place, all lengths in one proportion
    compile, link, read_back   the three doors
"""
