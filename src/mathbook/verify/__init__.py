"""What a finished file must say, and whether it does.

Law of this room: it shares nothing with the writers; it looks at the edition on one side and at what `read_back` found
on the other.
"""
