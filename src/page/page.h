/* Pages: a book and a record become a site. Reads nothing but these two, the templates and the
 * script libraries; knows no kernel, clock or thread. The same input gives the same bytes. */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "base/arena.h"
#include "base/diag.h"
#include "book/book.h"
#include "record/record.h"

#include <stdbool.h>
#include <stddef.h>

/* What a handout is made of. */
struct handout {
    const char *const *chapters; /* by file, slug, or path as it can be opened; none: all */
    size_t chapter_count;
    const char *paper; /* one of papers: paper.h */
    bool single;       /* all of them in one file */
    bool exercises;    /* nothing but exercises, and their solutions where these are shown */
};
struct page_options {
    const char *templates;     /* folder of page.html, style.css, charts/ and the rest */
    const char *own_templates; /* one whose files go before those; NULL: there is none */
    const char *memo;          /* folder of results kept for the next run; NULL: none are kept */
    struct display display;    /* what is not chosen is as the book says */
    /* Rehearse: everything is read, evaluated and checked, nothing is drawn. Tells the faults of a
     * book before minutes are spent on measuring it. */
    bool rehearsal;
    const struct handout *handout; /* pages that need no file beside them; NULL: a site */
};

/* One file of the site; `path` is relative to the output folder. */
struct site_file {
    const char *path;
    const char *bytes;
    size_t size;
};

struct site {
    struct arena arena;
    struct site_file *files;
    size_t file_count;
    size_t *slots; /* a table of files by path: each an index and 1, or 0 */
    size_t slot_count;
    size_t boxes; /* places where a box stands instead of a figure: failed, wrong, not measured */
    size_t made;  /* results that had to be made, for they were not in the memo */
    /* {claim} directives, those that do not hold on this machine, and those that did not by
     * unreliable figures. */
    size_t claims, unmet, untold;
};

/* Renders every chapter and the index in memory. All faults go to `diags`; false when there was an
 * error: the site must then not be written. Changes the chapters' trees: a book renders once.
 * Release in either case. */
bool page_render(struct site *site, struct book *book, const struct record *record,
                 const struct page_options *options, struct diags *diags);

/* Renders options->handout: a file "SLUG.html" for each chapter (of a sheet "SLUG-exercises.html",
 * and none for a chapter without exercises), or the one file "book.html", or "selection.html" where
 * chapters are named. Otherwise as page_render(). */
bool handout_render(struct site *site, struct book *book, const struct record *record,
                    const struct page_options *options, struct diags *diags);

/* Writes the site's files into `folder` (made if absent); files whose bytes are unchanged are not
 * touched, files of an earlier site that are no longer part of it are removed (a manifest in the
 * folder tells which those are; other files are left alone). */
bool site_write(const struct site *site, const char *folder, struct diags *diags);
void site_release(struct site *site);

#endif
