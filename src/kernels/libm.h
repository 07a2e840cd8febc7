/* The functions of vecmath.h by those of the C library: what the libm build
 * uses, to tell what plain C would take. Included by vecmath.h alone. */
#ifndef KERNELS_LIBM_H
#define KERNELS_LIBM_H

/* By KERNEL_BUILD. */
#define LIBM_libm     1
#define LIBM_serial   0
#define LIBM_simd     0
#define LIBM_parallel 0

#if KERNEL_EXPAND(LIBM, KERNEL_BUILD)

/* The quadrant is the word's top bit and twice the one below it; the angle
 * within it goes from -1/2 to 1/2 of a quarter turn. */
static inline void libm_direction(uint64_t word, double *x, double *y)
{
    const double quarter_turn = 0x1.921fb54442d18p+0;
    const double quadrant = (double)((word >> 63) + 2 * (word >> 62 & 1));
    const double within = (double)(word << 2 >> 12) * 0x1p-52 - 0.5;
    *x = cos(quarter_turn * (quadrant + within));
    *y = sin(quarter_turn * (quadrant + within));
}

#define vec_exp2      exp2
#define vec_log2      log2
#define vec_cos       cos
#define vec_direction libm_direction

#endif

#endif
