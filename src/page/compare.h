/* Comparisons of records, outside of a book: one page, and sentences for a terminal. */
#ifndef PAGE_COMPARE_H
#define PAGE_COMPARE_H

#include "page/page.h"
#include "record/compare.h"

/* Sentences, plain text of one line each; names in them are as records have them, so they are to be
 * escaped for where they go. Each follows from intervals, or says what was not compared. In the
 * arena. */
struct sentences {
    const char **items;
    size_t count;
};
struct sentences comparison_sentences(const struct comparison *comparison, struct arena *arena);

/* A self-contained page: style, script and charts within, no links to elsewhere. NULL with
 * diagnostics. In the arena. */
const char *compare_page(const struct comparison *comparison, const struct page_options *options,
                         struct arena *arena, struct diags *diags);

#endif
