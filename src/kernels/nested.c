/* More threads than cores, as it happens by accident: every thread of a team
 * calls something that has threads of its own. */
#include "kernels/kernel.h"

#include <stdint.h>

enum { ROWS, SIZE, INNER, PARAMETERS };

enum { STEPS = 8 };

/* What a library might do: something to each number, divided among as many
 * threads as it likes. */
static void library(double *x, int64_t size, int inner)
{
    (void)inner; /* in builds without threads */
#pragma omp parallel for schedule(static) num_threads(inner)
    for (int64_t i = 0; i < size; i++)
        for (int step = 0; step < STEPS; step++)
            x[i] = 3.8 * x[i] * (1 - x[i]);
}

static double nested_run(const double *set, void *memory)
{
    const int64_t rows = (int64_t)set[ROWS], size = (int64_t)set[SIZE];
    const int inner = (int)set[INNER];
    double *sums = memory, sum = 0;
#pragma omp parallel for schedule(static)
    for (int64_t row = 0; row < rows; row++) {
        double *x = sums + rows + row * size;
        for (int64_t i = 0; i < size; i++)
            x[i] = (double)(i + 1) / (double)(size + 1);
        library(x, size, inner);
        sums[row] = 0;
        for (int64_t i = 0; i < size; i++)
            sums[row] += x[i];
    }
    for (int64_t row = 0; row < rows; row++)
        sum += sums[row];
    return sum / (double)(rows * size);
}

/* --- what a listing may leave out: sizes, counts and descriptions --- */

/* A division before the library is called, and an addition after it. */
static double operations(const double *set)
{
    return (3 * STEPS + 2) * set[ROWS] * set[SIZE];
}

/* What is filled in is used while a cache holds it, and written once. */
static double traffic(const double *set)
{
    return sizeof(double) * set[ROWS] * set[SIZE];
}

static size_t memory(const double *set)
{
    return (size_t)(set[ROWS] * (1 + set[SIZE])) * sizeof(double);
}

static void prepare(const double *set, void *memory)
{
    double *sums = memory;
    const int64_t rows = (int64_t)set[ROWS], size = (int64_t)set[SIZE];
#pragma omp parallel for schedule(static)
    for (int64_t row = 0; row < rows; row++) {
        sums[row] = 0;
        for (int64_t i = 0; i < size; i++)
            sums[rows + row * size + i] = 0;
    }
}

static const struct kernel_parameter parameters[PARAMETERS] = {
    [ROWS] = {"rows", "", "calls of the library", true, 64, 1, 1e6},
    [SIZE] = {"size", "", "numbers in a call, of 24 operations each", true,
              10000, 1, 1e6},
    [INNER] = {"inner", "", "threads that the library takes for a call", true,
               1, 1, 64},
};

KERNEL(hazards_nested) = {
    .name = "hazards.nested",
    .about = "a parallel loop whose steps have threads of their own",
    .answer = "mean of the numbers after all calls",
    .source = "nested.c",
    .parameters = parameters,
    .parameter_count = PARAMETERS,
    .nested = true,
    .witness = {{3, 100, 2}, 0x3fe4cf07a18f06d9},
    .operations = operations,
    .traffic = traffic,
    .memory = memory,
    .prepare = prepare,
    .run = nested_run,
};
