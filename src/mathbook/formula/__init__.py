"""A formula is parsed once; drawing, MathML, OMML and words are four faces of that one parse.

Law of this room: what one face can't show is said (`omml.expressible`, `drawing.warnings`), never left out in silence.
"""
