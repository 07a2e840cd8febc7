/* What a chapter takes in from other files of the book's folder. Internal to book/. */
#ifndef BOOK_INCLUDE_H
#define BOOK_INCLUDE_H

#include "book/parse.h"

/* Opens the file `name` for the element: a path from the folder of the file that names it, or with
 * a slash in front from the book's. NULL with a fault at `place` where it cannot be read, lies
 * outside of the book's folder, or takes itself in. Owned by the book. */
struct reading *include_open(const struct walk *walk, const struct element *element,
                             const char *name, struct place place);

/* Puts the Markdown of the file that {include} names in the place of the directive, whose element
 * is then gone. */
void include_chapter(const struct walk *walk, struct element *element);

/* Makes a {code-block} of a {literalinclude}. */
void include_source(const struct walk *walk, struct element *element);

#endif
