/* Which ::: line closes which. Internal to book/. */
#ifndef BOOK_FENCES_H
#define BOOK_FENCES_H

#include "book/lines.h"

/* Sets the lines' guards and their partners. Fences that nothing closes, and lines that close
 * nothing, are warnings; their partner is LINE_UNMATCHED. */
void fences_match(struct reading *reading, const struct source *source, struct line *lines);

#endif
