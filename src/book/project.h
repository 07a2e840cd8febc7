/* The book's own file, myst.yml: title, authors, maths macros, table of contents.
 * Internal to book/. */
#ifndef BOOK_PROJECT_H
#define BOOK_PROJECT_H

#include "book/reading.h"

/* One chapter to be read. */
struct entry {
    const char *file;   /* relative to the book's folder */
    struct place place; /* where it is listed; no line when there is no myst.yml */
    bool root;          /* the book's index */
};

struct entries {
    struct entry *items;
    size_t count;
};

/* Fills the book's fields from `folder`/myst.yml and lists the chapters in order, the index first.
 * Without that file, or without a table of contents in it, every *.md in order of name. */
void project_read(struct reading *reading, struct entries *entries);

#endif
