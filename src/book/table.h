/* Pipe tables, found in the paragraphs that cmark makes of them. Internal to book/. */
#ifndef BOOK_TABLE_H
#define BOOK_TABLE_H

#include "book/parse.h"

/* Whether some line of the paragraph is the alignment row of a table. */
bool table_found(const struct source *source, cmark_node *paragraph);

/* Replaces such a paragraph by a table, after a paragraph of the lines before its header. The
 * paragraph is freed. */
void table_build(const struct walk *walk, cmark_node *paragraph);

/* Parses a cell's text, a line of its own, into `cell`. */
void cell_fill(const struct walk *walk, const struct source *text, cmark_node *cell);

#endif
