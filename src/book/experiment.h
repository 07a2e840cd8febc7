/* {experiment} and {observe} as written. Internal to book/. */
#ifndef BOOK_EXPERIMENT_H
#define BOOK_EXPERIMENT_H

#include "book/reading.h"

/* The experiment that the element, an {experiment} or {observe}, describes. Never NULL; what is
 * malformed is an error and left out. In the book's arena. */
const struct experiment *experiment_read(struct reading *reading, const struct element *element);

#endif
