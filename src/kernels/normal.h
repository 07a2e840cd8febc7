/* Standard normal numbers for blocks of streams, in pairs, by the method of G.
 * E. P. Box and M. E. Muller, "A note on the generation of random normal
 * deviates", Annals of Mathematical Statistics 29, 1958: a point whose distance
 * from the origin is that of a pair of normals, in a random direction. */
#ifndef KERNELS_NORMAL_H
#define KERNELS_NORMAL_H

#include "kernels/random.h"
#include "kernels/vecmath.h"

#include <stdalign.h>

/* Two independent normals for each of the streams first ... first +
 * RANDOM_BLOCK - 1 at one step. */
static inline void random_normals(uint64_t seed, uint64_t first, uint64_t step,
                                  double *restrict z1, double *restrict z2)
{
    alignas(64) uint64_t length[RANDOM_BLOCK], direction[RANDOM_BLOCK];
    random_words(seed, first, step, length, direction);
#pragma omp simd
    for (int i = 0; i < RANDOM_BLOCK; i++)
        z1[i] = squared_radius(uniform(length[i]));
#pragma omp simd
    for (int i = 0; i < RANDOM_BLOCK; i++) {
        double x, y;
        vec_direction(direction[i], &x, &y);
        const double radius = sqrt(z1[i]);
        z1[i] = radius * x;
        z2[i] = radius * y;
    }
}

/* Floating-point operations of one pair. */
enum {
    NORMALS_OPERATIONS =
        UNIFORM_OPERATIONS + RADIUS_OPERATIONS + 1 + DIRECTION_OPERATIONS + 2
};

#endif
