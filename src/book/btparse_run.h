/* btparse, kept apart. Internal to book/. */
#ifndef BOOK_BTPARSE_RUN_H
#define BOOK_BTPARSE_RUN_H

#include "base/text.h"

#include <stdbool.h>

/* Parses the BibTeX file in a process of its own, for btparse exits on input that it cannot bear,
 * keeps its state between files, and tells its errors on the standard error stream alone.
 *
 * *told is what it found: records of strings that end with NUL, each with its kind before it: "E",
 * key, type and line of an entry, and then of that entry "A", or "D" for an editor, given name and
 * family name, and "F", name and value of a field, as LaTeX. *said is what it printed. False where
 * btparse did not come to the file's end; what it had found by then is there. */
bool btparse_run(const char *path, struct text *told, struct text *said);

#endif
