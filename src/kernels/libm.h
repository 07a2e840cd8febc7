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

/* The word's top bit is the axis, the next one which end of it; the angle from
 * there goes from -1/2 to 1/2 of a quarter turn. */
static inline void libm_direction(uint64_t word, double *x, double *y)
{
    const double quarter_turn = 0x1.921fb54442d18p+0;
    const double part = (double)(word << 2 >> 12) * 0x1p-52 - 0.5;
    const double across = sin(quarter_turn * part);
    const double cosine = cos(quarter_turn * part);
    const double along = word >> 62 & 1 ? -cosine : cosine;
    *x = word >> 63 ? across : along;
    *y = word >> 63 ? along : across;
}

#define vec_exp2      exp2
#define vec_log2      log2
#define vec_cos       cos
#define vec_direction libm_direction

#endif

#endif
