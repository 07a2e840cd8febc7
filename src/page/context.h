/* What every renderer is given, and the table of renderers. Private to page/. */
#ifndef PAGE_CONTEXT_H
#define PAGE_CONTEXT_H

#include "book/book.h"
#include "page/chart.h"
#include "page/page.h"
#include "page/palette.h"
#include "page/script.h"
#include "record/record.h"

struct context {
    const struct book *book;
    const struct record *record;
    const struct chapter *chapter; /* the one being rendered */
    const struct page_options *options;
    struct display display; /* all of it is chosen */
    struct memo *memo;      /* of script and charts */
    struct script *script;
    struct charts *charts;  /* NULL in a rehearsal */
    const char *style;      /* the pages' style sheet */
    struct palette palette; /* its colours, for drawings that stand alone */
    bool downloads;         /* pages have files beside them: charts as SVG and CSV */
    struct site *site;
    struct arena *arena; /* of the chapter: what lasts longer belongs into the site's */
    struct diags *diags;
    struct comparisons *comparisons;   /* of the book: comparison.h; NULL before they are loaded */
    struct chapter_state *state;       /* what the chapter's renderers share: parts.h */
    const struct citations *citations; /* of the book: bibliography.c */
    const char *index;                 /* the page of the book's index, or NULL */
};

/* Renders one element by appending to the markup before (`enter`) and after (`leave`) the HTML of
 * its children. Faults go to context->diags. Returning false drops the node with its children. A
 * :caption: is the first of them and renders as <figcaption>, so its directive opens a <figure>. */
typedef bool render_function(struct context *context, const struct element *element,
                             struct text *enter, struct text *leave);

#define DIRECTIVE(id, ...) render_function render_directive_##id;
#include "book/directives.def"
#undef DIRECTIVE
#define ROLE(id, ...) render_function render_role_##id;
#include "book/roles.def"
#undef ROLE

/* A box in the place of a figure: what went wrong, with the chapter's line. Counts in the site. */
void render_box(struct context *context, const struct element *element, struct text *html,
                const char *headline, const char *reason, const char *complaint);

/* Numbers for people: "3.45 s", "12.3 ms", "7.90×", "1,825,000"; 3 significant digits. NaN is "–".
 */
char *format_seconds(struct arena *arena, double seconds);
char *format_ratio(struct arena *arena, double ratio);
char *format_number(struct arena *arena, double value);

#endif
