"""Example 7: the matrix of a convolution of a 6 by 6 picture with a 3 by 3 kernel."""

from plot import BLUE, GOLD, INK, MUTED, PALE, RUST, WHITE, Drawing, save

SIDE, KERNEL = 6, 3
OUT = SIDE - KERNEL + 1
CELL = 14
ROW_COLOURS = (BLUE, GOLD, RUST)


def weight_index(row: int, column: int) -> int | None:
    """Return which of the kernel's nine numbers stands in the matrix there, or None for a zero."""
    down = column // SIDE - row // OUT
    across = column % SIDE - row % OUT
    return KERNEL * down + across if 0 <= down < KERNEL and 0 <= across < KERNEL else None


def draw() -> Drawing:
    """Return the figure: the matrix as a grid of cells, filled where it is not zero."""
    left, top = 68, 44
    drawing = Drawing(
        "A convolution as a sparse matrix",
        "A matrix of 16 rows and 36 columns. In each row nine cells are filled, in three runs of three; each row "
        "repeats the one above it, moved to the right.",
        height=332,
    )
    drawing.text((left, 26), "36 inputs: the pixels of a 6 × 6 picture, row by row", INK, 14)
    drawing.text((46, top + CELL * OUT * OUT / 2), "16 outputs", INK, 14, "middle", turned=True)
    drawing.box((left, top), (CELL * SIDE * SIDE, CELL * OUT * OUT), PALE)
    for row in range(OUT * OUT):
        for column in range(SIDE * SIDE):
            index = weight_index(row, column)
            if index is not None:
                corner = (left + CELL * column + 1, top + CELL * row + 1)
                drawing.box(corner, (CELL - 2, CELL - 2), ROW_COLOURS[index // KERNEL])
    for block in range(1, SIDE):
        x = left + CELL * SIDE * block
        drawing.line((x, top), (x, top + CELL * OUT * OUT), WHITE, 1.2)
    for block in range(1, OUT):
        y = top + CELL * OUT * block
        drawing.line((left, y), (left + CELL * SIDE * SIDE, y), WHITE, 1.2)
    draw_key(drawing, left, top + CELL * OUT * OUT + 34)
    return drawing


def draw_key(drawing: Drawing, left: float, base: float) -> None:
    """Say below the matrix what the three colours mean."""
    for i, colour in enumerate(ROW_COLOURS):
        x = left + 168 * i
        drawing.box((x, base - 11), (12, 12), colour)
        drawing.text((x + 19, base), f"kernel row {i + 1}", MUTED, 14)


if __name__ == "__main__":
    save(__file__, draw())
