/* The book's own file, myst.yml: title, authors, maths macros, table of contents.
 * Internal to book/. */
#ifndef BOOK_PROJECT_H
#define BOOK_PROJECT_H

#include "book/reading.h"
#include "book/yaml.h"

/* One chapter to be read. */
struct entry {
    const char *file;   /* relative to the book's folder */
    struct place place; /* where it is listed; no line when there is no myst.yml */
    bool root;          /* the book's index */
    const char *part;   /* of the book, or NULL */
};

struct entries {
    struct entry *items;
    size_t count;
};

/* Fills the book's fields from `folder`/myst.yml and lists the chapters in order, the index first.
 * Without a table of contents in that file it is _toc.yml's, and without one there every *.md in
 * order of name. */
void project_read(struct reading *reading, struct entries *entries);

/* Lists the file that `node` names, with or without its ending; a fault where it is not there. */
void entries_add(struct reading *reading, const struct yaml *node, bool root, const char *part,
                 struct entries *entries);

/* Adds a macro for formulas, "\RR", unless there is one of that name. */
void book_add_macro(struct book *book, const char *name, const char *value);

/* Adds the macros of a `math:` mapping; NULL: none. */
void macros_read(struct reading *reading, const struct yaml *math);

/* Notes the BibTeX files that a list, or a single text, names; and one of them. */
void bibliography_list(struct reading *reading, const struct yaml *node);
void bibliography_add(struct book *book, const char *path, struct place place);

#endif
