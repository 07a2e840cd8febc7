/* The cells of a book: C that its chapters carry, compiled into kernels by the recipe of the
 * built-in ones, and kept as long as nothing changes that decides what comes out. */
#ifndef BENCH_CELLS_H
#define BENCH_CELLS_H

#include "bench/catalogue.h"
#include "book/book.h"

/* Adds the book's cells to the catalogue's kernels. What is compiled is kept in `folder`, in a
 * folder for each cell.
 *
 * Faults of options, and a name that a kernel of the worker has, are errors. What the compiler or
 * the worker has against a cell is a failure at its place in the chapter: such a kernel is in the
 * catalogue all the same and says why it is absent. So are all where there is no compiler. */
void catalogue_add_cells(struct catalogue *catalogue, const struct book *book, const char *folder,
                         struct diags *diags);

#endif
