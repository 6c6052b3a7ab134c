"""The Markdown dialect, one syntax a file: block processors on lines, inline processors on a scan."""
