/* What OpenBLAS offers beyond BLAS. Declared here because the header <cblas.h> may be that of
 * another library of the same interface, which lacks these. */
#ifndef WORKER_BLAS_H
#define WORKER_BLAS_H

extern void openblas_set_num_threads(int threads);
extern int openblas_get_num_threads(void);
extern char *openblas_get_config(void);   /* "OpenBLAS 0.3.21 ..." */
extern char *openblas_get_corename(void); /* the processor it has chosen its code for */
extern int openblas_get_parallel(void);   /* 0 one thread, 1 its own threads, 2 OpenMP's */

#endif
