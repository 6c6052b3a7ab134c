"""All nouns: the tree, the book, the edition, fragments and passages. No verb that needs a format lives here."""
