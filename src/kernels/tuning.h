/* LAPACK with other parameters than its own.
 *
 * dgeev leaves the eigenvalues to dhseqr, the multishift QR algorithm of K.
 * Braman, R. Byers and R. Mathias (SIAM J. Matrix Anal. Appl. 23, 2002), which
 * asks the function iparmq how many shifts to chase at once and the like.
 * LAPACK provides one, by rules of thumb, for others to replace. The program
 * has an iparmq of its own, which comes before a shared library's; it passes on
 * what the library's says, except while tuning is on.
 *
 * Unlike kernels, tuning.c is compiled once: there can be one such function. */
#ifndef KERNELS_TUNING_H
#define KERNELS_TUNING_H

#include <stddef.h>

/* Matrices of a smaller order are left to LAPACK's own parameters: it takes
 * about as few shifts for them by itself. */
enum { TUNING_ORDER_MIN = 300 };

/* Between the two calls, in whatever thread, LAPACK is given parameters that
 * suit matrices of order 1000: 32 shifts at once where its own choice is 64,
 * and a window of 48 for deflation where it is 96. Called by one thread while
 * no other uses LAPACK. */
void tuning_begin(void);

/* Returns how often LAPACK was told the number of shifts meanwhile: 0 means
 * that this library does not ask, and nothing was tuned. */
long tuning_end(void);

/* LAPACK's function, in Fortran's manner of calling. */
int iparmq_(const int *ispec, const char *name, const char *options,
            const int *n, const int *low, const int *high, const int *work,
            size_t name_length, size_t options_length);

#endif
