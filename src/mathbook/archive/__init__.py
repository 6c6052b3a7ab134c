"""Zip files of finished members: what was packed once is only copied."""
