/* Pages from templates. Private to page/. */
#ifndef PAGE_LAYOUT_H
#define PAGE_LAYOUT_H

#include "page/context.h"
#include "page/search.h"

#include <jansson.h>

/* All zero bytes is none. */
struct layout {
    const char *page, *index, *handout; /* the templates */
    const char *partials;               /* JSON: name to template */
    bool maths;                         /* some page has formulas */
    bool broken;                        /* the user's templates have faults: nothing is filled */
    bool has_index;                     /* a chapter of the book was the index */
    struct search search;
};

/* Reads the templates. False with diagnostics. */
bool layout_open(struct layout *layout, struct context *context);

/* Puts context's chapter, rendered as `body`, into its template and the page into the site. Its
 * state tells which sections the page has and whether it needs KaTeX's style. */
bool layout_chapter(struct layout *layout, struct context *context, const char *body);

/* The index of a book that has no chapter for it, and the search. */
bool layout_finish(struct layout *layout, struct context *context);
void layout_release(struct layout *layout);

/* What every template may name, and how a value is put there: an empty one as well, so that a
 * template's section of that name is left out and does not find the key in what surrounds it. */
json_t *layout_view(struct context *context);
void layout_put(json_t *view, const char *key, const char *value);
/* The book's title; without one its first chapter's. */
const char *layout_title(const struct book *book);
/* What templates may say of a chapter. */
json_t *layout_chapter_view(struct context *context, const struct chapter *chapter);
/* The template filled, in the arena; the view is released. NULL with diagnostics. */
char *layout_fill(struct layout *layout, struct context *context, const char *source,
                  const char *path, json_t *view);

#endif
