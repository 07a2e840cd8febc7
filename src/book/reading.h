/* One file of a book while it is read: its text, its lines, and the faults found in it.
 * Internal to book/. */
#ifndef BOOK_READING_H
#define BOOK_READING_H

#include "base/arena.h"
#include "base/diag.h"
#include "book/book.h"

#include <stdbool.h>
#include <stddef.h>

/* A Markdown link that may point into the book, checked once all chapters are read. */
struct link {
    struct reading *reading; /* of the chapter that it is in */
    const char *url;
    struct place place;
};

struct links {
    struct link *items;
    size_t count;
};

struct reading {
    struct book *book;       /* what is kept goes into its arena */
    struct chapter *chapter; /* NULL for myst.yml */
    struct links *links;
    struct arena *scratch; /* what is needed until the file has been read */
    struct diags *diags;
    const char *path;
    const char *text; /* the file's bytes */
    size_t size;
    size_t *lines; /* the offset of each line's first byte */
    size_t line_count;
    const char *label; /* front matter's `label:`, or NULL */
    struct place label_place;
    size_t faults; /* reported so far, at most FAULTS_MAX and a last word */
    bool flooded;  /* an error is among those that were not, which has been said */
    bool lenient;  /* errors are warnings: what is being read is not this program's own */
    const struct reading *includer; /* of a file that {include} takes in: the one that does */
    size_t *included;               /* bytes taken in by the chapter so far; shared */
};

enum {
    FAULTS_MAX = 1000, /* of one file; a machine wrote it if it has more */
    NESTING_MAX = 32   /* directives within directives, and levels of a YAML file */
};

/* Reads `path`, checks that it is UTF-8 without NUL and finds its lines. False with a diagnostic;
 * `place` is where the file was asked for. The caller has set book, scratch and diags. */
bool reading_open(struct reading *reading, const char *path, struct place place);

/* The place of a byte of the file, and the byte at a place of this file. */
struct place reading_place(const struct reading *reading, size_t offset);
size_t reading_offset(const struct reading *reading, struct place place);

/* As diag_error (diag_warning while the reading is lenient) and diag_warning, but silent once the
 * file has had FAULTS_MAX faults, so that a file of faults costs no more than a file. */
void reading_error(struct reading *reading, struct place place, const char *hint,
                   const char *format, ...) __attribute__((format(printf, 4, 5)));
void reading_warning(struct reading *reading, struct place place, const char *hint,
                     const char *format, ...) __attribute__((format(printf, 4, 5)));

/* As diag_suggest; NULL once no more is reported. */
const char *reading_suggest(struct reading *reading, const char *word, const char *const *known,
                            size_t count);

/* As reading_suggest, with the known words in one string, separated by spaces. */
const char *reading_suggest_from(struct reading *reading, const char *word, const char *known);

/* Whether `word` is one of the words that `list` holds, separated by spaces. */
bool word_in(const char *list, const char *word);

/* The length of the name at `text`: a letter, then letters, digits and any of `also`; 0 if none. */
size_t name_length(const char *text, size_t size, const char *also);

#endif
