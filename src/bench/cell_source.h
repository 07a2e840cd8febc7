/* The C that is made of a cell: its text with a call behind it, and the descriptor of the kernel.
 */
#ifndef BENCH_CELL_SOURCE_H
#define BENCH_CELL_SOURCE_H

#include "bench/catalogue.h"
#include "book/book.h"

/* The names under which the compiler knows the text and the call. */
char *cell_file(struct arena *arena, const struct kernel_cell *cell); /* "pi_simple.c" */
#define CELL_CALL "{kernel}"

/* "pi_simple(n, seed)". */
char *cell_call(struct arena *arena, const struct kernel_cell *cell);

/* The text from its first line on, so that the compiler counts lines as the page does and nothing
 * is declared that a reader's own file would lack; and behind it a function that calls the cell's
 * with the values of a set. */
char *cell_source(struct arena *arena, const struct kernel_cell *cell);

/* What the shared object exports: kernels/kernel.h. KERNEL_BUILD and KERNEL_HASH are to be defined
 * as a word and as a string. Only what decides how the kernel runs is in it. */
char *cell_descriptor(struct arena *arena, const struct kernel_cell *cell,
                      const struct kernel_info *kernel);

#endif
