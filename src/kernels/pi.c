/* Pi by Monte Carlo: of points thrown at random into the unit square, the share
 * within the circle of diameter 1 tends to pi / 4. */
#include "kernels/kernel.h"
#include "kernels/random.h"
#include "kernels/vecmath.h"

#include <stdalign.h>

enum { BLOCK = RANDOM_BLOCK }; /* points that are thrown together */

enum { POINTS, SEED, PARAMETERS };

/* How many of the points first ... first + count - 1 hit the circle; count <=
 * BLOCK. */
static int64_t count_hits(uint64_t seed, uint64_t first, int64_t count)
{
    alignas(64) uint64_t a[BLOCK], b[BLOCK];
    int64_t hits = 0;
    random_words(seed, first, 0, a, b);
#pragma omp simd reduction(+ : hits)
    for (int64_t i = 0; i < count; i++) {
        const double x = uniform(a[i]) - 0.5, y = uniform(b[i]) - 0.5;
        hits += x * x + y * y < 0.25;
    }
    return hits;
}

static double hits_run(const double *set, void *memory)
{
    const int64_t n = (int64_t)set[POINTS];
    const uint64_t seed = (uint64_t)set[SEED];
    int64_t hits = 0;
    (void)memory;
#pragma omp parallel for schedule(static) reduction(+ : hits)
    for (int64_t first = 0; first < n; first += BLOCK)
        hits += count_hits(seed, (uint64_t)first,
                           n - first < BLOCK ? n - first : BLOCK);
    return 4 * (double)hits / (double)n;
}

/* --- what a listing may leave out: sizes, counts and descriptions --- */

/* Two coordinates, their distances from the middle, two squares, a sum and a
 * comparison. The integer operations of the random numbers, which are most of
 * the work, do not count. */
static double hits_operations(const double *set)
{
    return set[POINTS] * (2 * UNIFORM_OPERATIONS + 2 + 2 + 1 + 1);
}

/* Nothing comes from memory and nothing goes there. */
static double hits_traffic(const double *set)
{
    (void)set;
    return 0;
}

static size_t hits_memory(const double *set)
{
    (void)set;
    return 0;
}

static const struct kernel_parameter hits_parameters[PARAMETERS] = {
    [POINTS] = {"n", "", "number of points", true, 1e8, 1, 1e13},
    [SEED] = {"seed", "", "seed of the random numbers", true, 1234, 0, 0x1p53},
};

KERNEL(pi_hits) = {
    .name = "pi.hits",
    .about = "pi from the share of random points that fall into a circle",
    .answer = "four times the share of hits",
    .source = "pi.c",
    .parameters = hits_parameters,
    .parameter_count = PARAMETERS,
    .witness = {{10007}, 0x4008fbeeb4dd8a7a},
    .operations = hits_operations,
    .traffic = hits_traffic,
    .memory = hits_memory,
    .run = hits_run,
};
