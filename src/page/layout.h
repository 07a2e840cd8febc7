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

/* A page by itself from the template `name`, whose view has `title`, `style` and `body`, which are
 * HTML. NULL with diagnostics. In the arena. */
const char *layout_alone(struct context *context, const char *name, const char *title,
                         const char *style, const char *body);

/* The index of a book that has no chapter for it. */
bool layout_finish(struct layout *layout, struct context *context);

#endif
