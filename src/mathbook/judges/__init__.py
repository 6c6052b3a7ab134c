"""Judges that none of us wrote, and what each of them finds in a finished file.

Law of this room: nothing is said of a file that wasn't asked; who isn't installed is named, with the reason.
"""
