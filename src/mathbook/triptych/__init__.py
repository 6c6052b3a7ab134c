"""The proof that a person can look at: each block as the handout, the e-book and the deck show it, side by side.

Law of this room: it reads the finished files, and knows nothing of those that made them.
"""
