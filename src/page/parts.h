/* What the renderers of one chapter share, and the helpers they call. Private to page/. */
#ifndef PAGE_PARTS_H
#define PAGE_PARTS_H

#include "page/context.h"

struct footnote;

/* All zero bytes is the state at the start of a chapter. */
struct chapter_state {
    struct dropped {
        const struct element *element;
        bool children_only; /* the element itself stays */
    } * dropped;            /* what is left out of the page with all it holds */
    size_t dropped_count;
    struct footnote *footnotes; /* in the order of their first references */
    size_t footnote_count;
    size_t value_count; /* values with an explanation: numbers their ids */
    bool maths;         /* the page needs KaTeX's style and fonts */
};

/* Leaves out the element, or what it holds. */
void drop(struct context *context, const struct element *element, bool children_only);
/* Whether the element stands in a directive that was dropped. */
bool element_dropped(const struct chapter_state *state, const struct element *element);

/* ` id="ANCHOR"`, or nothing. */
void add_id(struct text *html, const struct element *element);

/* The chapter's page as a file of the site, and as a link from any other page. */
char *chapter_page(struct arena *arena, const struct chapter *chapter);
char *chapter_link(struct arena *arena, const struct chapter *chapter);

/* Appends a path or a fragment as a part of a URL, percent-encoded where needed. */
void url_add(struct text *url, const char *path);

/* The link for what a Markdown link points at: pages for chapters, anchors for labels, copies in
 * the site for other files of the book. NULL when the target is no part of the book. When `label`
 * is not NULL and the target has one, *label is it. */
char *resolve_link(struct context *context, const char *target, const struct label **label);

/* A path as the current chapter writes it, relative to the book's folder and without "." and ".."
 * parts; a leading slash means the book's folder. NULL where it leads out of that folder. */
char *book_path(const struct context *context, const char *path);

/* Copies a file of the book into the site and returns its link; `path` as in
 * book_path(). NULL with a diagnostic for what lies outside of the
 * book's folder, is absent, or is no picture although `picture` asks for one. */
char *copy_file(struct context *context, const char *path, bool picture, struct place place);

/* Where `text` stands first in the chapter's file: for nodes that have no place of their own. */
struct place find_place(struct context *context, const char *text);

/* Adds a file to the site unless it has that path already. `bytes` are the site arena's. */
void site_add(struct site *site, const char *path, const char *bytes, size_t size);

/* "<pre>" with highlighted source. Lines are numbered from `first`, or not at all when it is 0;
 * `emphasised` is "1,3-5", counted from 1 within the source, or NULL. Faults are told at `place`.
 */
struct listing_look {
    const char *language;
    int first;
    const char *emphasised;
};
void add_source(struct context *context, struct text *html, const char *source,
                const struct listing_look *look, struct place place);

/* A formula; its source where KaTeX refuses it. */
void add_formula(struct context *context, struct text *html, const char *tex, bool display,
                 struct place place);

/* The chapter's headings below its title that are on the page, as a list; `depth` is how many
 * levels of them. Appends nothing where there are none. */
void add_section_list(const struct context *context, struct text *html, int depth);

/* What can only be done once all of the chapter's elements are rendered: the notes that were
 * referred to go to its end, and lists of contents are filled. */
void footnotes_finish(struct context *context);
void contents_finish(struct context *context);

/* Links, pictures and raw HTML that no directive brought. */
void render_native_nodes(struct context *context);

/* KaTeX's style sheet, fonts and licence; style.css. False with diagnostics. */
bool add_style(struct context *context);
bool add_maths_files(struct context *context);

#endif
