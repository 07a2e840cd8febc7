/* Inline sugar of MyST into CommonMark: $formulas$ and [^footnotes] become roles. And the inlines
 * of a parsed block, in its source. Internal to book/. */
#ifndef BOOK_INLINES_H
#define BOOK_INLINES_H

#include "book/scan.h"
#include "book/source.h"

/* The source without that sugar, and with backticks escaped that delimit nothing; `source` itself
 * where there is neither. `root` is cmark's tree of `source`: it tells paragraphs and headings from
 * code. Tables are left alone: their cells are desugared one by one. */
struct source desugar_inlines(struct reading *reading, const struct source *source,
                              cmark_node *root);

/* The bytes of `source` that the paragraph or heading `block` was parsed from, without link
 * definitions before them. */
void inline_range(const struct source *source, cmark_node *block, size_t *begin, size_t *end);

#endif
