"""What helps an author: a new book, checks, a look into the middle of the pipeline, a look at the machine."""
