/* A European call option under stochastic volatility, by Monte Carlo. The price
 * S of a stock and the logarithm h of its volatility move by
 *
 *     log S' = log S + mu + exp(h) xi,    h' = rho h + nu eta,
 *
 * with xi and eta standard normal. The option pays what S_n exceeds the strike
 * K by, after n periods, and is worth beta^n times the mean of that. */
#include "kernels/kernel.h"
#include "kernels/normal.h"

enum { BLOCK = RANDOM_BLOCK }; /* paths that advance together */

enum { PATHS, N, S0, H0, K, BETA, MU, RHO, NU, SEED, PARAMETERS };

static const double log2e = 0x1.71547652b82fep+0; /* exp(x) = 2^(x log2e) */

static double larger(double a, double b)
{
    return a > b ? a : b;
}

/* One period for the block of paths that begins with `first`: growth is log S -
 * log S0, and spread is h, both to base 2. */
static void advance(const double *set, uint64_t first, uint64_t period,
                    double *restrict growth, double *restrict spread)
{
    const double mu = set[MU] * log2e, rho = set[RHO], nu = set[NU] * log2e;
    alignas(64) double xi[BLOCK], eta[BLOCK];
    normal_pairs((uint64_t)set[SEED], first, period, xi, eta);
#pragma omp simd
    for (int i = 0; i < BLOCK; i++) {
        growth[i] += mu + log2e * vec_exp2(spread[i]) * xi[i];
        spread[i] = rho * spread[i] + nu * eta[i];
    }
}

/* What a block of paths pays: the sums of the payoffs and of their squares, and
 * the largest. */
struct payoffs {
    double sum, squares, largest;
};

static struct payoffs block_payoffs(const double *set, uint64_t first,
                                    int64_t count)
{
    alignas(64) double growth[BLOCK], spread[BLOCK];
    struct payoffs paid = {0};
    for (int i = 0; i < BLOCK; i++) {
        growth[i] = 0;
        spread[i] = set[H0] * log2e;
    }
    for (int64_t period = 0; period < (int64_t)set[N]; period++)
        advance(set, first, (uint64_t)period, growth, spread);
#pragma omp simd
    for (int i = 0; i < BLOCK; i++)
        growth[i] = larger(set[S0] * vec_exp2(growth[i]) - set[K], 0);
    for (int64_t i = 0; i < count; i++) {
        paid.sum += growth[i];
        paid.squares += growth[i] * growth[i];
        paid.largest = larger(paid.largest, growth[i]);
    }
    return paid;
}

/* Every block leaves what it pays in memory. */
static void simulate(const double *set, struct payoffs *blocks)
{
    const int64_t paths = (int64_t)set[PATHS];
#pragma omp parallel for schedule(static)
    for (int64_t first = 0; first < paths; first += BLOCK)
        blocks[first / BLOCK] =
            block_payoffs(set, (uint64_t)first,
                          paths - first < BLOCK ? paths - first : BLOCK);
}

/* beta^n */
static double discount_of(const double *set)
{
    double discount = 1;
    for (int64_t period = 0; period < (int64_t)set[N]; period++)
        discount *= set[BETA];
    return discount;
}

/* Sums of doubles depend on their order. The blocks are added up in theirs,
 * whoever worked them out. */
static double price_run(const double *set, void *memory)
{
    const struct payoffs *blocks = memory;
    double sum = 0;
    simulate(set, memory);
    for (int64_t first = 0; first < (int64_t)set[PATHS]; first += BLOCK)
        sum += blocks[first / BLOCK].sum;
    return discount_of(set) * sum / set[PATHS];
}

/* --- what a listing may leave out: series, sizes, counts and descriptions ---
 */

static double blocks_of(const double *set)
{
    return ceil(set[PATHS] / BLOCK);
}

/* Points of a series. */
enum { POINTS = 1000 };

/* What the first paths say, for more and more of them: how many they are, the
 * price, its standard error, and the share of all payoffs that the largest one
 * makes up. */
static void price_observe(const double *set, void *memory,
                          struct kernel_sink *sink)
{
    const struct payoffs *blocks = memory;
    const double discount = discount_of(set);
    const size_t count = (size_t)blocks_of(set),
                 points = count < POINTS ? count : POINTS;
    double paths[POINTS], price[POINTS], error[POINTS], share[POINTS];
    struct payoffs paid = {0};
    size_t block = 0;
    simulate(set, memory);
    for (size_t point = 0; point < points; point++) {
        for (; block < count * (point + 1) / points; block++) {
            paid.sum += blocks[block].sum;
            paid.squares += blocks[block].squares;
            paid.largest = larger(paid.largest, blocks[block].largest);
        }
        const double n = block < count ? (double)(block * BLOCK) : set[PATHS];
        const double mean = paid.sum / n;
        const double variance = paid.squares / n - mean * mean;
        paths[point] = n;
        price[point] = discount * paid.sum / n;
        error[point] = discount * sqrt(larger(variance, 0) / n);
        share[point] = paid.sum > 0 ? paid.largest / paid.sum : 0;
    }
    sink->series(sink, "paths", "", paths, points);
    sink->series(sink, "price", "", price, points);
    sink->series(sink, "standard error", "", error, points);
    sink->series(sink, "share of the largest path", "", share, points);
}

/* One path and period: two normals, a power of two, and seven operations more.
 * At its end a power, the payoff's three, and four for the sums. Counted for
 * whole blocks, as they are computed. */
static double operations(const double *set)
{
    return blocks_of(set) * BLOCK *
           (set[N] * (PAIR_OPERATIONS + EXP2_OPERATIONS + 7) + EXP2_OPERATIONS +
            7);
}

/* What the blocks pay is written once and read once. */
static double traffic(const double *set)
{
    return 2 * sizeof(struct payoffs) * blocks_of(set);
}

static size_t memory(const double *set)
{
    return (size_t)blocks_of(set) * sizeof(struct payoffs);
}

static void prepare(const double *set, void *memory)
{
    struct payoffs *blocks = memory;
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < (int64_t)blocks_of(set); i++)
        blocks[i] = (struct payoffs){0};
}

static const struct kernel_parameter parameters[PARAMETERS] = {
    [PATHS] = {"paths", "", "number of paths", true, 1e7, 1, 1e10},
    [N] = {"n", "", "periods until the option may be used", true, 20, 1, 250},
    [S0] = {"s0", "", "price of the stock at the start", false, 10, 0, 1e6},
    [H0] = {"h0", "", "logarithm of the volatility at the start", false, 0, -10,
            1},
    [K] = {"k", "", "strike price", false, 100, 0, 1e9},
    [BETA] = {"beta", "", "discount factor of a period", false, 0.95, 0, 1},
    [MU] = {"mu", "", "drift of the logarithm of the price", false, 0.0001, -1,
            1},
    [RHO] = {"rho", "", "persistence of the volatility", false, 0.1, -0.9, 0.9},
    [NU] = {"nu", "", "volatility of the volatility", false, 0.001, 0, 0.1},
    [SEED] = {"seed", "", "seed of the random numbers", true, 1234, 0, 0x1p53},
};

KERNEL(option_price) = {
    .name = "option.price",
    .about = "a European call option under stochastic volatility, from random "
             "paths of the stock's price",
    .answer = "price of the option",
    .source = "option.c",
    .parameters = parameters,
    .parameter_count = PARAMETERS,
    .libm_tolerance = 1e-10,
    .witness = {{1000, 20, 100}, 0x40e6a7cd769230b3},
    .operations = operations,
    .traffic = traffic,
    .memory = memory,
    .prepare = prepare,
    .run = price_run,
    .observe = price_observe,
};
