/* One chapter's file into its tree and elements. Internal to book/. */
#ifndef BOOK_CHAPTER_H
#define BOOK_CHAPTER_H

#include "book/reading.h"

/* Reads `chapter`, whose path, file and slug are set; the rest is filled in. `place` is where the
 * file was asked for. False with a diagnostic when the file cannot be read at all: the chapter
 * then has no tree. Other faults leave a tree of what was understood. */
bool chapter_read(struct reading *reading, struct chapter *chapter, struct place place);

/* The offset of the file's Markdown: behind a byte-order mark and front matter, if there are any.
 */
size_t chapter_body(const struct reading *reading);

/* The text of a node's inlines without their markup. In the arena. */
char *plain_text(struct arena *arena, cmark_node *node);

#endif
