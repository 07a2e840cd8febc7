/* The search over the whole book. Private to page/.
 *
 * Each section of a page (what stands between a heading with an anchor and the next) is an entry.
 * The index is built by lunr chapter by chapter, so that a chapter's part is a function of its page
 * alone, and the search in the browser puts the parts together. It stands in a script beside the
 * pages, which they load when the search is opened: that works from file://, where nothing can be
 * fetched. */
#ifndef PAGE_SEARCH_H
#define PAGE_SEARCH_H

#include "page/context.h"

/* All zero bytes is the start of a book. */
struct search {
    struct script *script; /* an engine of its own: beside KaTeX's many objects, which each
                              collection of garbage visits, indexing takes twice as long */
    struct text parts;     /* of the chapters, a line of script each */
};

/* Adds the current chapter; `body` is its HTML. False with diagnostics. */
bool search_add(struct search *search, struct context *context, const char *body);

/* Puts assets/search.js into the site: lunr, the parts, and the template scripts/search.js. False
 * with diagnostics. */
bool search_finish(const struct search *search, struct context *context);

void search_release(struct search *search);

/* A section of a page; the texts are in the arena. */
struct search_section {
    const char *anchor;  /* "" for what stands before the first heading */
    const char *heading; /* "" likewise */
    const char *text;    /* without listings, formulas, drawings and tables of figures */
};
/* Cuts HTML, as this program writes it, at its headings. Empty sections are left out. */
struct search_section *search_sections(struct arena *arena, const char *html, size_t *count);

#endif
