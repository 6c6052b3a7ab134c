"""Articles with numbered examples ("Example #1"), read from text, Markdown or HTML.

Law of this room: each reader gives Markdown, paragraph by paragraph, and loses no words.
"""
