/* The LaTeX of BibTeX files into plain text. Internal to book/. */
#ifndef BOOK_LATEX_H
#define BOOK_LATEX_H

#include "base/arena.h"

/* Accents and letters become Unicode, dashes, quotes and ties what they stand for; braces and
 * commands for fonts go, and so does the name of a command that is not known, but not what it is
 * applied to. Formulas between $ stay as they are. In the arena. */
char *latex_plain(struct arena *arena, const char *text);

#endif
