/* Block-level sugar of MyST into CommonMark: ::: fences, $$ formulas, environments of
 * formulas as in LaTeX, (targets)=, footnote texts,
 * % comments and +++ breaks. Internal to book/. */
#ifndef BOOK_BLOCKS_H
#define BOOK_BLOCKS_H

#include "book/source.h"

/* The source without that sugar; `source` itself where there is none. What directives hold is left
 * as it is, to be desugared when it is parsed. A target becomes an HTML comment, `<!--name-->`,
 * whose bytes source_inserted() tells from an author's own. */
struct source desugar_blocks(struct reading *reading, const struct source *source);

#endif
