/* {kernel} as written, and the experiments that name one. Internal to book/. */
#ifndef BOOK_KERNEL_CELL_H
#define BOOK_KERNEL_CELL_H

#include "book/source.h"

/* The cell that the element, a {kernel} whose body is `body`, describes; it joins the book's. What
 * is malformed is an error, and the cell is broken. NULL where the book has a cell of that name
 * already, which is an error, too. In the book's arena. */
const struct kernel_cell *kernel_cell_read(struct reading *reading, const struct element *element,
                                           const struct source *body);

/* Once all chapters are read: what is written of an experiment whose kernel is a cell takes in what
 * is written of the cell, in whichever chapter that stands. */
void cells_resolve(struct book *book);

#endif
