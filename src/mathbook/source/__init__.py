"""From files to a Book: book.yaml, seeds, front matter, pictures, and Markdown through its dialect.

Law of this room: it never drops a word and never raises for an author's mistake; it knows nothing of outputs.
"""
