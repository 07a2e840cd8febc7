/* The wealth of households. Each period a share s of wealth w is saved and
 * earns a random return, and random income is added:
 *
 *     w' = R s w + y,    R = (1 + r) exp(v1 z1),    y = exp(v2 z2),
 *
 * with z1 and z2 standard normal. Households are independent of each other, the
 * periods of one household are not: only the loop over households may be
 * divided among lanes and threads. */
#include "kernels/kernel.h"
#include "kernels/normal.h"
#include "kernels/order.h"

#include <stdio.h>

enum { BLOCK = RANDOM_BLOCK }; /* households that advance together */

enum { HOUSEHOLDS, PERIODS, W0, SEED, R, S, V1, V2, PARAMETERS };

/* One period for the block of households that begins with `first`. The loops
 * are short so that everything between them stays in the nearest cache and
 * every lane is busy. */
static void advance(const double *set, uint64_t first, uint64_t period,
                    double *restrict wealth)
{
    const double log2e = 0x1.71547652b82fep+0; /* exp(x) = 2^(x log2e) */
    const double kept = set[S] * (1 + set[R]), v1 = set[V1] * log2e,
                 v2 = set[V2] * log2e;
    alignas(64) double z1[BLOCK], z2[BLOCK];
    normal_pairs((uint64_t)set[SEED], first, period, z1, z2);
#pragma omp simd
    for (int i = 0; i < BLOCK; i++)
        z2[i] = vec_exp2(v2 * z2[i]);
#pragma omp simd
    for (int i = 0; i < BLOCK; i++)
        wealth[i] = kept * wealth[i] * vec_exp2(v1 * z1[i]) + z2[i];
}

static void begin(const double *set, double *wealth)
{
    for (int i = 0; i < BLOCK; i++)
        wealth[i] = set[W0];
}

/* The last wealth of the households in blocks first ... last - 1. */
static void median_part(const double *set, const void *memory, int64_t first,
                        int64_t last, double *wealth)
{
    const int64_t periods = (int64_t)set[PERIODS];
    (void)memory;
#pragma omp parallel for schedule(dynamic, 4)
    for (int64_t block = first; block < last; block++) {
        alignas(64) double now[BLOCK];
        begin(set, now);
        for (int64_t period = 0; period < periods; period++)
            advance(set, (uint64_t)(block * BLOCK), (uint64_t)period, now);
        memcpy(wealth + (block - first) * BLOCK, now, sizeof now);
    }
}

/* The last block may be filled only in part: what lies behind is no household.
 */
static double median_merge(const double *set, double *wealth, size_t count)
{
    (void)count;
    return median(wealth, (size_t)set[HOUSEHOLDS]);
}

static int64_t median_blocks(const double *set)
{
    return (int64_t)ceil(set[HOUSEHOLDS] / BLOCK);
}

static size_t median_size(const double *set, int64_t blocks)
{
    (void)set;
    return (size_t)blocks * BLOCK;
}

/* The median wealth in the last period. */
static double median_run(const double *set, void *memory)
{
    const int64_t blocks = median_blocks(set);
    median_part(set, NULL, 0, blocks, memory);
    return median_merge(set, memory, median_size(set, blocks));
}

static const struct kernel_division median_division = {
    .units = median_blocks,
    .size = median_size,
    .part = median_part,
    .merge = median_merge,
};

/* All wealth there ever was: for each block of households, for each period,
 * each household. */
static double path_run(const double *set, void *memory)
{
    const int64_t households = (int64_t)set[HOUSEHOLDS],
                  periods = (int64_t)set[PERIODS];
    double *wealth = memory;
#pragma omp parallel for schedule(dynamic, 1)
    for (int64_t first = 0; first < households; first += BLOCK) {
        double *path = wealth + first * (periods + 1);
        alignas(64) double block[BLOCK];
        begin(set, block);
        memcpy(path, block, sizeof block);
        for (int64_t period = 0; period < periods; period++) {
            advance(set, (uint64_t)first, (uint64_t)period, block);
            memcpy(path + (period + 1) * BLOCK, block, sizeof block);
        }
    }
    double sum = 0;
    for (int64_t i = 0; i < households; i++)
        sum += wealth[i / BLOCK * BLOCK * (periods + 1) + periods * BLOCK +
                      i % BLOCK];
    return sum / (double)households;
}

/* --- what a listing may leave out: sizes, counts and descriptions --- */

static double whole_blocks(double households)
{
    return ceil(households / BLOCK) * BLOCK;
}

/* One household and period: the normals, two powers of two and the five
 * operations of their arguments' and the wealth's update. Counted for whole
 * blocks, as they are computed; the selection of the median has none. */
static double operations(const double *set)
{
    return whole_blocks(set[HOUSEHOLDS]) * set[PERIODS] *
           (PAIR_OPERATIONS + 2 * EXP2_OPERATIONS + 5);
}

/* The last wealth is written once. Selecting its median passes over 2 (1 + ln
 * 2) = 3.4 times as many values (D. E. Knuth, "Mathematical analysis of
 * algorithms", IFIP Congress 1971) and, by its exchanges, changes most of the
 * lines on its way: about 2.5 times as many are written back. */
static double median_traffic(const double *set)
{
    return (1 + 3.4 + 2.5) * sizeof(double) * whole_blocks(set[HOUSEHOLDS]);
}

/* All wealth is written once. */
static double path_traffic(const double *set)
{
    return sizeof(double) * whole_blocks(set[HOUSEHOLDS]) * (set[PERIODS] + 1);
}

static size_t median_memory(const double *set)
{
    return (size_t)whole_blocks(set[HOUSEHOLDS]) * sizeof(double);
}

/* The paths, and one path apart for handing it over. */
static size_t path_memory(const double *set)
{
    const size_t points = (size_t)set[PERIODS] + 1;
    return ((size_t)whole_blocks(set[HOUSEHOLDS]) + 1) * points *
           sizeof(double);
}

static void touch(double *wealth, int64_t count)
{
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < count; i++)
        wealth[i] = 0;
}

static void median_prepare(const double *set, void *memory)
{
    touch(memory, (int64_t)(median_memory(set) / sizeof(double)));
}

static void path_prepare(const double *set, void *memory)
{
    touch(memory, (int64_t)(path_memory(set) / sizeof(double)));
}

/* A path for each household, as many as hold at most this many points together:
 * a reader sees no more, and the message that carries them has a limit. */
enum { POINTS_MAX = 40000 };

static void path_observe(const double *set, void *memory,
                         struct kernel_sink *sink)
{
    const size_t households = (size_t)set[HOUSEHOLDS],
                 points = (size_t)set[PERIODS] + 1;
    const double *wealth = memory;
    double *path =
        (double *)memory + (size_t)whole_blocks(set[HOUSEHOLDS]) * points;
    path_run(set, memory);
    for (size_t i = 0; i < households && (i + 1) * points <= POINTS_MAX; i++) {
        char name[32];
        snprintf(name, sizeof name, "household %zu", i + 1);
        for (size_t t = 0; t < points; t++)
            path[t] =
                wealth[i / BLOCK * BLOCK * points + t * BLOCK + i % BLOCK];
        sink->series(sink, name, "", path, points);
    }
}

/* The households live from one period to another. */
static void live(const double *set, double *wealth, int64_t from, int64_t to)
{
#pragma omp parallel for schedule(dynamic, 4)
    for (int64_t first = 0; first < (int64_t)set[HOUSEHOLDS]; first += BLOCK)
        for (int64_t period = from; period < to; period++)
            advance(set, (uint64_t)first, (uint64_t)period, wealth + first);
}

/* A histogram of wealth from 0 to BINS * BIN; larger wealth is in no bin. */
enum { BINS = 100 };
static const double BIN = 0.1;

static void count_shares(const double *wealth, size_t households, double *share)
{
    memset(share, 0, BINS * sizeof *share);
    for (size_t i = 0; i < households; i++) {
        const double bin = wealth[i] / BIN;
        if (bin < BINS)
            share[(size_t)bin] += 1;
    }
    for (size_t i = 0; i < BINS; i++)
        share[i] /= (double)households;
}

/* The share of households in each bin after 1, 2, 4, ... periods, and after the
 * last: the distribution forgets where it began. */
static void median_observe(const double *set, void *memory,
                           struct kernel_sink *sink)
{
    const int64_t households = (int64_t)set[HOUSEHOLDS],
                  periods = (int64_t)set[PERIODS];
    double *wealth = memory, middle[BINS], share[BINS];
    for (int i = 0; i < BINS; i++)
        middle[i] = (i + 0.5) * BIN;
    sink->series(sink, "wealth", "", middle, BINS);
    for (int64_t first = 0; first < households; first += BLOCK)
        begin(set, wealth + first);
    for (int64_t then = 0, now = 1; then < periods; then = now, now *= 2) {
        char name[40];
        now = now < periods ? now : periods;
        live(set, wealth, then, now);
        count_shares(wealth, (size_t)households, share);
        snprintf(name, sizeof name, "after %lld period%s", (long long)now,
                 now == 1 ? "" : "s");
        sink->series(sink, name, "", share, BINS);
    }
}

static const struct kernel_parameter median_parameters[PARAMETERS] = {
    [HOUSEHOLDS] = {"households", "", "number of households", true, 50000, 1,
                    1e8},
    [PERIODS] = {"periods", "", "periods that each lives through", true, 1000,
                 1, 1e6},
    [W0] = {"w0", "", "wealth at the start", false, 1, 0, 1e9},
    [SEED] = {"seed", "", "seed of the random numbers", true, 1234, 0, 0x1p53},
    [R] = {"r", "", "mean rate of return, apart from v1", false, 0.1, -1, 1},
    [S] = {"s", "", "share of wealth that is saved", false, 0.3, 0, 1},
    [V1] = {"v1", "", "volatility of the return", false, 0.1, 0, 5},
    [V2] = {"v2", "", "volatility of income", false, 1, 0, 5},
};

static const struct kernel_parameter path_parameters[PARAMETERS] = {
    [HOUSEHOLDS] = {"households", "", "number of households", true, 1, 1, 200},
    [PERIODS] = {"periods", "", "periods that each lives through", true, 100, 1,
                 5000},
    [W0] = {"w0", "", "wealth at the start", false, 5, 0, 1e9},
    [SEED] = {"seed", "", "seed of the random numbers", true, 1234, 0, 0x1p53},
    [R] = {"r", "", "mean rate of return, apart from v1", false, 0.1, -1, 1},
    [S] = {"s", "", "share of wealth that is saved", false, 0.3, 0, 1},
    [V1] = {"v1", "", "volatility of the return", false, 0.1, 0, 5},
    [V2] = {"v2", "", "volatility of income", false, 1, 0, 5},
};

KERNEL(wealth_path) = {
    .name = "wealth.path",
    .about = "the wealth of each household in every period",
    .answer = "mean over the households of wealth after the last period",
    .source = "wealth.c",
    .parameters = path_parameters,
    .parameter_count = PARAMETERS,
    .libm_tolerance = 1e-12,
    .witness = {{3, 20}, 0x4002107702084dbf},
    .operations = operations,
    .traffic = path_traffic,
    .memory = path_memory,
    .prepare = path_prepare,
    .run = path_run,
    .observe = path_observe,
};

KERNEL(wealth_median) = {
    .name = "wealth.median",
    .about = "the long-run median wealth of many households",
    .answer = "median over the households of wealth after the last period",
    .source = "wealth.c",
    .parameters = median_parameters,
    .parameter_count = PARAMETERS,
    .libm_tolerance = 1e-12,
    .witness = {{100, 20}, 0x3ffbb86cd7345fcc},
    .operations = operations,
    .traffic = median_traffic,
    .memory = median_memory,
    .prepare = median_prepare,
    .run = median_run,
    .observe = median_observe,
    .division = &median_division,
};
