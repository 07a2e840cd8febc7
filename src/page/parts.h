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
    size_t value_count;       /* values with an explanation: numbers their ids */
    const char **value_notes; /* those explanations as notes on paper, each once */
    size_t value_note_count;
    const char *solutions; /* anchor of the section of solutions at its end; NULL: none there */
    bool maths;            /* the page needs KaTeX's style and fonts */
};

/* Whether the element is that directive. */
bool is_directive(const struct element *element, enum directive_id id);

/* Leaves out the element, or what it holds. */
void drop(struct context *context, const struct element *element, bool children_only);
/* Whether the element stands in a directive that was dropped. */
bool element_dropped(const struct chapter_state *state, const struct element *element);

/* The directive, of any chapter, that keeps the element off its page: the solution that is not
 * shown, the branch that is not taken, the claim that does not apply; the element itself or one
 * around it. NULL: none does. */
const struct element *hidden_by(const struct context *context, const struct element *element);

/* The condition of a branch, or a claim's :when:; NULL where there is none. *wanted is what it must
 * be for the element to be on the page. */
const char *condition_of(const struct element *element, bool *wanted);

/* Whether the element stands in a solution, and solutions are not shown. */
bool is_withheld(const struct context *context, const struct element *element);

/* The solution that the element is or stands in, or NULL. */
const struct element *solution_around(const struct element *element);
/* "Solution to Exercise 6.1". */
const char *solution_title(struct context *context, const struct element *solution);

/* Whether the first thing in the element is its caption or title. */
bool is_titled(const struct element *element);

/* What stands around the title of a box: of an admonition, an exercise, a theorem. */
typedef void title_function(struct context *context, const struct element *element,
                            struct text *enter, struct text *leave);
title_function title_admonition, title_exercise, title_proof;

/* Whether :class: holds the word. */
bool has_class(const struct element *element, const char *word);

/* ` id="ANCHOR"`, or nothing. */
void add_id(struct text *html, const struct element *element);

/* The chapter's page as a file of the site, and as a link from any other page. */
char *chapter_page(struct arena *arena, const struct chapter *chapter);
char *chapter_link(struct arena *arena, const struct chapter *chapter);

/* The link from the current chapter to an element that has an anchor, in the other chapter's or the
 * same page. */
char *element_link(const struct context *context, const struct chapter *chapter,
                   const struct element *element);

/* A link to the label's place with that text; the text alone where the place is on no page. */
void add_label_link(const struct context *context, struct text *html, const struct label *label,
                    const char *text);

/* Appends a path or a fragment as a part of a URL, percent-encoded where needed. */
void url_add(struct text *url, const char *path);
/* Turns percent-encoding back, in place. */
void url_decode(char *text);
/* Whether the URL leads out of the site: "https://…", "mailto:…", "//host/…". */
bool url_has_scheme(const char *url);

/* Where a Markdown link leads. */
struct destination {
    const char *link;          /* a page of a chapter, an anchor, or a copied file; NULL: what the
                                  author wrote, since it is no part of the book */
    const struct label *label; /* that it names, or NULL */
    bool hidden;               /* it is on no page */
};
struct destination resolve_link(struct context *context, const char *target);

/* A path as the current chapter writes it, relative to the book's folder and without "." and ".."
 * parts; a leading slash means the book's folder. NULL where it leads out of that folder. */
char *book_path(const struct context *context, const char *path);

/* Copies a file of the book into the site and returns its link; `path` as in
 * book_path(). NULL with a diagnostic for what lies outside of the
 * book's folder, is absent, or is no picture although `picture` asks for one. Where `file` is not
 * NULL, *file is what was copied. */
char *copy_file(struct context *context, const char *path, bool picture, struct place place,
                struct site_file *file);

/* A file of the book as it can be opened; `path` as in book_path(). NULL with a diagnostic for what
 * lies outside of the book's folder, also by a link, or is absent. */
char *book_file(struct context *context, const char *path, struct place place);

/* Where `text` stands first in the chapter's file: for nodes that have no place of their own. */
struct place find_place(struct context *context, const char *text);

/* Adds a copy of the bytes as a file of the site, unless it has that path already. */
void site_add(struct site *site, const char *path, const char *bytes, size_t size);
bool site_has(const struct site *site, const char *path);

/* Text with formulas between $. */
void add_text_with_formulas(struct context *context, struct text *html, const char *text,
                            struct place place);

/* HTML as its author wrote it; a warning where it makes the page ask another host. */
void add_raw_html(struct context *context, struct text *html, const char *raw, struct place place);

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

/* What can only be done once all of the chapter's elements are rendered, in this order: solutions
 * go to its end where they are wanted there, after them what was cited if it has no place of its
 * own in the book, then the notes that were referred to and those of measured values, and lists of
 * contents are filled. */
void solutions_finish(struct context *context);
void citations_finish(struct context *context);
void footnotes_finish(struct context *context);
void values_finish(struct context *context);
void contents_finish(struct context *context);

/* Finds out what is cited where. */
void citations_gather(struct context *context);

/* The page of the index, and its HTML. NULL where nothing is indexed. */
const char *index_page(struct context *context);
char *index_html(struct context *context);

/* The table of {claims}, and its rows. */
render_function render_claims, render_original;

/* Links, pictures and raw HTML that no directive brought. */
void render_native_nodes(struct context *context);

/* Reads a file that every site needs; the size goes to *size unless it is NULL. NULL with a
 * diagnostic. */
const char *read_needed(struct context *context, const char *path, const char *hint, size_t *size);

/* Where KaTeX's style sheet and licence stand in a site. */
#define MATHS_STYLE   "assets/katex/katex.css"
#define MATHS_LICENCE "assets/katex/LICENCE.txt"
/* Reads the style sheet into the context, with the palette. False with diagnostics. */
bool read_style(struct context *context);
/* KaTeX's style sheet, fonts and licence; style.css. False with diagnostics. */
void add_style(struct context *context);
bool add_maths_files(struct context *context);

/* Chapters one after the other, between an opening that gives the context all it needs and a
 * closing, which tells the site how many results had to be made. */
struct context context_open(struct site *site, const struct book *book, const struct record *record,
                            const struct page_options *options, struct diags *diags);
void context_close(struct context *context);
/* The chapter's HTML, in the context's arena. It becomes the context's chapter, and `state`, all
 * zero, its state. */
const char *page_body(struct context *context, const struct chapter *chapter,
                      struct chapter_state *state);

#endif
