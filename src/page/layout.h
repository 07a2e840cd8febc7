/* Pages from templates. Private to page/. */
#ifndef PAGE_LAYOUT_H
#define PAGE_LAYOUT_H

#include "page/context.h"

/* All zero bytes is none. */
struct layout {
    const char *page, *index; /* the templates */
    const char *partials;     /* JSON: name to template */
    bool maths;               /* some page has formulas */
    bool has_index;           /* a chapter of the book was the index */
};

/* Reads the templates. False with diagnostics. */
bool layout_open(struct layout *layout, struct context *context);

/* Puts context's chapter, rendered as `body`, into its template and the page into the site. Its
 * state tells which sections the page has and whether it needs KaTeX's style. */
bool layout_chapter(struct layout *layout, struct context *context, const char *body);

/* The index of a book that has no chapter for it. */
bool layout_finish(struct layout *layout, struct context *context);

/* Lays out a page that is no chapter. */
bool layout_extra(struct layout *layout, struct context *context, const char *path,
                  const char *title, const char *body);

#endif
