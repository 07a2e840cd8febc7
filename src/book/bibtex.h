/* BibTeX files into references. Internal to book/. */
#ifndef BOOK_BIBTEX_H
#define BOOK_BIBTEX_H

#include "book/reading.h"

/* Reads the files that the book names, or else those *.bib that stand beside its chapters, into
 * book->references, sorted by key. What is wrong with them are warnings. */
void bibtex_read(struct reading *project);

#endif
