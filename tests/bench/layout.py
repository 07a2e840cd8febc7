"""What the readings under tests/bench share: Markdown, and the file that keeps a reading."""
import os
import textwrap

NOTHING = "–"  # no cell is left blank


def paragraph(text):
    words = " ".join(text.split())
    return textwrap.fill(words, 100, break_long_words=False, break_on_hyphens=False) + "\n"


def table(titles, rows):
    yield "| " + " | ".join(titles) + " |"
    yield "|" + "---|" * len(titles)
    for row in rows:
        cells = (" ".join(str(cell).split()).replace("|", "\\|") for cell in row)
        yield "| " + " | ".join(cells) + " |"


def keep(text, path):
    """Either the whole text is in the file, or what was there."""
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(path + ".new", path)
    print(f"the reading is at {path}")
