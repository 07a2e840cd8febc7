/* A loop whose steps are unequal, handed to the threads in four ways.
 *
 * The Gini coefficient of n incomes by its definition, from all pairs:
 *
 *     G = sum over i and j < i of |w_i - w_j|, over n times the sum of all w_i.
 *
 * Step i compares one income with the i before it: the last step takes longest,
 * and equal shares of the steps are unequal shares of the work. */
#include "kernels/kernel.h"
#include "kernels/normal.h"

enum { INCOMES, SEED, BLOCK, PARAMETERS };

/* Step i: the sum of the distances to all earlier incomes. */
static double distances(const double *income, int64_t i)
{
    double sum = 0;
    for (int64_t j = 0; j < i; j++)
        sum += fabs(income[i] - income[j]);
    return sum;
}

/* What the steps have found, put together in one order whoever took them. */
static double gini(const double *income, const double *found, int64_t n)
{
    double apart = 0, total = 0;
    for (int64_t i = 0; i < n; i++) {
        apart += found[i];
        total += income[i];
    }
    return apart / ((double)n * total);
}

/* One share for each thread, as many steps in each: the first has least to do.
 */
static double static_run(const double *set, void *memory)
{
    const int64_t n = (int64_t)set[INCOMES];
    double *income = memory, *found = income + n;
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < n; i++)
        found[i] = distances(income, i);
    return gini(income, found, n);
}

/* Blocks of steps are dealt out like cards, in turn. */
static double cyclic_run(const double *set, void *memory)
{
    const int64_t n = (int64_t)set[INCOMES];
    double *income = memory, *found = income + n;
#pragma omp parallel for schedule(static, (int64_t)set[BLOCK])
    for (int64_t i = 0; i < n; i++)
        found[i] = distances(income, i);
    return gini(income, found, n);
}

/* Whoever is free takes the next block. */
static double dynamic_run(const double *set, void *memory)
{
    const int64_t n = (int64_t)set[INCOMES];
    double *income = memory, *found = income + n;
#pragma omp parallel for schedule(dynamic, (int64_t)set[BLOCK])
    for (int64_t i = 0; i < n; i++)
        found[i] = distances(income, i);
    return gini(income, found, n);
}

/* Whoever is free takes a share of what is left: large ones first, none smaller
 * than a block. */
static double guided_run(const double *set, void *memory)
{
    const int64_t n = (int64_t)set[INCOMES];
    double *income = memory, *found = income + n;
#pragma omp parallel for schedule(guided, (int64_t)set[BLOCK])
    for (int64_t i = 0; i < n; i++)
        found[i] = distances(income, i);
    return gini(income, found, n);
}

/* --- what a listing may leave out: incomes, sizes, counts and descriptions ---
 */

/* Lognormal incomes, exp(z), of which each stream draws two. */
static void prepare(const double *set, void *memory)
{
    const double log2e = 0x1.71547652b82fep+0; /* exp(x) = 2^(x log2e) */
    const int64_t n = (int64_t)set[INCOMES], block = 2 * RANDOM_BLOCK;
    double *income = memory, *found = income + n;
#pragma omp parallel for schedule(static)
    for (int64_t first = 0; first < n; first += block) {
        double z[2][RANDOM_BLOCK];
        normal_pairs((uint64_t)set[SEED], (uint64_t)first / 2, 0, z[0], z[1]);
        for (int64_t i = first; i < n && i < first + block; i++) {
            income[i] = vec_exp2(log2e * z[i % 2][(i - first) / 2]);
            found[i] = 0;
        }
    }
}

/* A difference and a sum for each pair, two sums for each step; a sign that is
 * dropped is none. */
static double operations(const double *set)
{
    const double n = set[INCOMES];
    return n * (n - 1) + 2 * n;
}

/* The incomes are read and what was found is written and read; all else comes
 * from the caches. */
static double traffic(const double *set)
{
    return 3 * sizeof(double) * set[INCOMES];
}

static size_t memory(const double *set)
{
    return 2 * (size_t)set[INCOMES] * sizeof(double);
}

static const struct kernel_parameter parameters[PARAMETERS] = {
    [INCOMES] = {"n", "", "incomes, all of which are compared", true, 20000, 1,
                 1e7},
    [SEED] = {"seed", "", "seed of the random numbers", true, 1234, 0, 0x1p53},
    [BLOCK] = {"block", "", "steps that are handed out together, at least",
               true, 1, 1, 1e6},
};

KERNEL(hazards_uneven_static) = {
    .name = "hazards.uneven_static",
    .about = "Gini coefficient from all pairs, schedule(static)",
    .answer = "Gini coefficient",
    .source = "uneven.c",
    .parameters = parameters,
    .parameter_count = BLOCK, /* shares of equal size have none */
    .witness = {{101}, 0x3fe13082ed43636c},
    .operations = operations,
    .traffic = traffic,
    .memory = memory,
    .prepare = prepare,
    .run = static_run,
};

KERNEL(hazards_uneven_cyclic) = {
    .name = "hazards.uneven_cyclic",
    .about = "Gini coefficient from all pairs, schedule(static, block)",
    .answer = "Gini coefficient",
    .source = "uneven.c",
    .parameters = parameters,
    .parameter_count = PARAMETERS,
    .witness = {{101}, 0x3fe13082ed43636c},
    .operations = operations,
    .traffic = traffic,
    .memory = memory,
    .prepare = prepare,
    .run = cyclic_run,
};

KERNEL(hazards_uneven_dynamic) = {
    .name = "hazards.uneven_dynamic",
    .about = "Gini coefficient from all pairs, schedule(dynamic, block)",
    .answer = "Gini coefficient",
    .source = "uneven.c",
    .parameters = parameters,
    .parameter_count = PARAMETERS,
    .witness = {{101}, 0x3fe13082ed43636c},
    .operations = operations,
    .traffic = traffic,
    .memory = memory,
    .prepare = prepare,
    .run = dynamic_run,
};

KERNEL(hazards_uneven_guided) = {
    .name = "hazards.uneven_guided",
    .about = "Gini coefficient from all pairs, schedule(guided, block)",
    .answer = "Gini coefficient",
    .source = "uneven.c",
    .parameters = parameters,
    .parameter_count = PARAMETERS,
    .witness = {{101}, 0x3fe13082ed43636c},
    .operations = operations,
    .traffic = traffic,
    .memory = memory,
    .prepare = prepare,
    .run = guided_run,
};
