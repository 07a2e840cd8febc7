/* Numbers, anchors and labels of a book that has been read, and the references to them.
 * Internal to book/. */
#ifndef BOOK_LABELS_H
#define BOOK_LABELS_H

#include "book/names.h"
#include "book/reading.h"

/* Numbers headings and all that is numbered, gives out anchors, and gathers the book's labels,
 * sorted by name. Labels given twice are faults. `readings` are the chapters' own, in order. */
void labels_gather(struct book *book, struct reading *readings, struct arena *scratch);

/* Checks every reference and link: a warning where one points nowhere. */
void references_check(struct book *book, struct reading *readings, const struct links *links,
                      struct arena *scratch);

#endif
