/* Pi by Monte Carlo: of points thrown at random into the unit square, the share
 * within the circle of diameter 1 tends to pi / 4. In three ways, which differ
 * in the numbers that they throw and in how they tell a hit. */
#include "kernels/kernel.h"
#include "kernels/random.h"
#include "kernels/vecmath.h"

#include <stdalign.h>

enum { BLOCK = 512 }; /* points that are thrown together */

enum { POINTS, SEED, PARAMETERS };

/* How many of the points first ... first + count - 1 hit the circle; count <=
 * BLOCK, and first is a multiple of it. Coordinates of 52 bits. */
static int64_t count_hits(uint64_t seed, uint64_t first, int64_t count)
{
    alignas(64) uint64_t a[BLOCK], b[BLOCK];
    int64_t hits = 0;
    random_words_of(seed, first, BLOCK, 0, a, b);
#pragma omp simd reduction(+ : hits)
    for (int64_t i = 0; i < count; i++) {
        const double x = uniform(a[i]) - 0.5, y = uniform(b[i]) - 0.5;
        hits += x * x + y * y < 0.25;
    }
    return hits;
}

/* (k + 1/2) / 2^32 - 1/2, from a half word of 32 bits k: a uniform number, its
 * distance from the middle. Exact. */
static inline double centred(uint64_t half)
{
    return from_bits((half & 0xFFFFFFFF) << 20 | 0x3FF0000000080000) - 1.5;
}

/* The same with coordinates of 32 bits: a random number gives two points. */
static int64_t count_hits32(uint64_t seed, uint64_t first, int64_t count)
{
    alignas(64) uint64_t a[BLOCK], b[BLOCK];
    int64_t hits = 0;
    random_halves(seed, first / 2, BLOCK / 2, 0, a, b);
#pragma omp simd reduction(+ : hits)
    for (int64_t i = 0; i < count; i++) {
        const double x = centred(a[i]), y = centred(b[i]);
        hits += x * x + y * y < 0.25;
    }
    return hits;
}

/* 1 where s = x^2 + y^2 is 2^64 or more, otherwise 0; x and y are the low
 * halves of the lanes. The halved squares have a sum that fits: s / 2 rounded
 * down, but 1 less where both squares are odd. There s, 2 more than a multiple
 * of 8, is neither 2^64 nor 2^64 + 1, so the sum is 2^63 or more if and only if
 * s is 2^64 or more. */
static inline lanes beyond(lanes x, lanes y)
{
    return ((product32(x, x) >> 1) + (product32(y, y) >> 1)) >> 63;
}

/* The same without fractions: x and y are whole numbers below 2^32, and a point
 * hits the quarter disc if x^2 + y^2 < 2^64. */
static int64_t count_integer(uint64_t seed, uint64_t first, int64_t count)
{
    alignas(64) uint64_t x[BLOCK], y[BLOCK];
    lanes misses = {0};
    random_halves(seed, first / 2, BLOCK / 2, 0, x, y);
    for (int64_t i = count; i < BLOCK; i++)
        x[i] = y[i] = 0; /* one too many: no miss */
    for (int i = 0; i < BLOCK; i += LANES)
        misses += beyond(lanes_load(x + i), lanes_load(y + i));
    return count - (int64_t)lanes_sum(misses);
}

/* How many of the points in blocks first ... last - 1 hit; count() counts those
 * of a block. */
static int64_t count_blocks(const double *set, int64_t first, int64_t last,
                            int64_t (*count)(uint64_t, uint64_t, int64_t))
{
    const int64_t n = (int64_t)set[POINTS];
    const uint64_t seed = (uint64_t)set[SEED];
    int64_t hits = 0;
#pragma omp parallel for schedule(static) reduction(+ : hits)
    for (int64_t block = first; block < last; block++) {
        const int64_t from = block * BLOCK;
        hits +=
            count(seed, (uint64_t)from, n - from < BLOCK ? n - from : BLOCK);
    }
    return hits;
}

static int64_t blocks(const double *set)
{
    return ((int64_t)set[POINTS] + BLOCK - 1) / BLOCK;
}

/* Four times the share of hits. Their number is exact in a double, and so are
 * sums of such. */
static double estimate(const double *set, double hits)
{
    return 4 * hits / set[POINTS];
}

static size_t one_number(const double *set, int64_t units)
{
    (void)set, (void)units;
    return 1;
}

static double sum_hits(const double *set, double *hits, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += hits[i];
    return estimate(set, sum);
}

static void hits_part(const double *set, const void *memory, int64_t first,
                      int64_t last, double *hits)
{
    (void)memory;
    *hits = (double)count_blocks(set, first, last, count_hits);
}

static void hits32_part(const double *set, const void *memory, int64_t first,
                        int64_t last, double *hits)
{
    (void)memory;
    *hits = (double)count_blocks(set, first, last, count_hits32);
}

static void integer_part(const double *set, const void *memory, int64_t first,
                         int64_t last, double *hits)
{
    (void)memory;
    *hits = (double)count_blocks(set, first, last, count_integer);
}

static double hits_run(const double *set, void *memory)
{
    double hits;
    hits_part(set, memory, 0, blocks(set), &hits);
    return estimate(set, hits);
}

static double hits32_run(const double *set, void *memory)
{
    double hits;
    hits32_part(set, memory, 0, blocks(set), &hits);
    return estimate(set, hits);
}

static double integer_run(const double *set, void *memory)
{
    double hits;
    integer_part(set, memory, 0, blocks(set), &hits);
    return estimate(set, hits);
}

static const struct kernel_division hits_division = {
    blocks, one_number, hits_part, sum_hits, false};
static const struct kernel_division hits32_division = {
    blocks, one_number, hits32_part, sum_hits, false};
static const struct kernel_division integer_division = {
    blocks, one_number, integer_part, sum_hits, false};

/* --- what a listing may leave out: sizes, counts and descriptions --- */

/* Two coordinates, their distances from the middle, two squares, a sum and a
 * comparison. The integer operations of the random numbers, which are most of
 * the work, do not count. */
static double hits_operations(const double *set)
{
    return set[POINTS] * (2 * UNIFORM_OPERATIONS + 2 + 2 + 1 + 1);
}

/* The distances are had at once. */
static double hits32_operations(const double *set)
{
    return set[POINTS] * (2 + 2 + 1 + 1);
}

/* The product and the quotient that make the answer: all else is integers. */
static double integer_operations(const double *set)
{
    (void)set;
    return 2;
}

/* Nothing comes from memory and nothing goes there. */
static double no_traffic(const double *set)
{
    (void)set;
    return 0;
}

static size_t no_memory(const double *set)
{
    (void)set;
    return 0;
}

static const struct kernel_parameter parameters[PARAMETERS] = {
    [POINTS] = {"n", "", "number of points", true, 1e8, 1, 1e13},
    [SEED] = {"seed", "", "seed of the random numbers", true, 1234, 0, 0x1p53},
};

KERNEL(pi_hits) = {
    .name = "pi.hits",
    .about = "pi from the share of random points that fall into a circle",
    .answer = "four times the share of hits",
    .source = "pi.c",
    .parameters = parameters,
    .parameter_count = PARAMETERS,
    .witness = {{10007}, 0x4008fbeeb4dd8a7a},
    .operations = hits_operations,
    .traffic = no_traffic,
    .memory = no_memory,
    .run = hits_run,
    .division = &hits_division,
};

KERNEL(pi_hits32) = {
    .name = "pi.hits32",
    .about = "pi as by pi.hits, with coordinates of 32 bits in place of 52, so "
             "that a random number gives two points",
    .answer = "four times the share of hits",
    .source = "pi.c",
    .parameters = parameters,
    .parameter_count = PARAMETERS,
    .witness = {{10007}, 0x40091cad72538d16},
    .operations = hits32_operations,
    .traffic = no_traffic,
    .memory = no_memory,
    .run = hits32_run,
    .division = &hits32_division,
};

KERNEL(pi_integer) = {
    .name = "pi.integer",
    .about = "pi from the share of random integers x, y below 2^32 with x^2 + "
             "y^2 < 2^64; two points from a random number, no fractions",
    .answer = "four times the share of hits",
    .source = "pi.c",
    .parameters = parameters,
    .parameter_count = PARAMETERS,
    .witness = {{10007}, 0x4008e6a5ecea6f2e},
    .operations = integer_operations,
    .traffic = no_traffic,
    .memory = no_memory,
    .run = integer_run,
    .division = &integer_division,
};
