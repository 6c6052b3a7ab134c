"""The local live page: handout, e-book and slides of an example side by side, drawn anew after every save.

It shows the finished files in dist/ and knows nothing of how they are made.
"""
