/* Pairs of independent standard normal numbers, by G. E. P. Box and M. E.
 * Muller, "A note on the generation of random normal deviates", Annals of
 * Mathematical Statistics 29, 1958: the squared distance of such a point from
 * the origin is -2 log(u) with u uniform, its direction is any. */
#ifndef KERNELS_NORMAL_H
#define KERNELS_NORMAL_H

#include "kernels/random.h"
#include "kernels/vecmath.h"

#include <stdalign.h>

/* A pair (x[i], y[i]) for each of the streams first ... first + RANDOM_BLOCK -
 * 1 at one step. The loops are short so that everything between them stays in
 * the nearest cache and every lane is busy. */
static inline void normal_pairs(uint64_t seed, uint64_t first, uint64_t step,
                                double *restrict x, double *restrict y)
{
    const double minus_2_log_2 = -0x1.62e42fefa39efp+0;
    alignas(64) uint64_t length[RANDOM_BLOCK], direction[RANDOM_BLOCK];
    random_words(seed, first, step, length, direction);
#pragma omp simd
    for (int i = 0; i < RANDOM_BLOCK; i++)
        x[i] = minus_2_log_2 * vec_log2(uniform(length[i]));
#pragma omp simd
    for (int i = 0; i < RANDOM_BLOCK; i++) {
        double across, up;
        vec_direction(direction[i], &across, &up);
        const double radius = sqrt(x[i]);
        x[i] = radius * across;
        y[i] = radius * up;
    }
}
enum {
    PAIR_OPERATIONS =
        UNIFORM_OPERATIONS + LOG2_OPERATIONS + 1 + 1 + DIRECTION_OPERATIONS + 2
};

#endif
