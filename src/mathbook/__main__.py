"""`python -m mathbook`."""

from mathbook.cli import main

main()
