/* Claims of an original that the book sets beside its own figures. Internal to book/. */
#ifndef BOOK_CLAIMS_H
#define BOOK_CLAIMS_H

#include "book/reading.h"

/* Whether the options of a {claim} go together; faults are told. */
void claim_check(struct reading *reading, const struct element *claim);

/* Moves the originals of all claims, in the book's order, from their claims into the table of
 * {claims}, and their elements to its chapter. Without {claims} they stay where they are. That a
 * book has a second {claims} is a fault. References must have been checked: they are those of the
 * chapter that an original was written in. */
void claims_gather(struct book *book, struct reading *readings);

#endif
