"""Drawings as pixels: an SVG of flat shapes becomes operators of a page, which PDFium paints."""
