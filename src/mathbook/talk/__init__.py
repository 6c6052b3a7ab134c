"""A speaker's own deck: what was edited in it comes home, and what is new in the manuscript goes into it.

Law of this room: nothing that a person wrote is lost or overwritten unasked. A patch is offered only when a deck built
from it has been read, and says what the edited deck says.

    deck_file   a .pptx as parts; the record in it
    align       which slide, and which line, is which
    fresh       the deck that the manuscript makes now
    places      where each line of a deck is written in the manuscript
    pull        edited deck → patches, proposals, and what can't be traced
    update      edited deck + manuscript → the speaker's deck with what is new
"""
