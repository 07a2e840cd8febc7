/* Tasks that are too small: a loop that is divided among the threads inside
 * another one that cannot be. Each task begins with a team that starts and ends
 * with a team that waits for its last member; whether that pays depends on how
 * much there is to do in between. */
#include "kernels/kernel.h"

#include <stdint.h>

enum { TASKS, SIZE, PARAMETERS };

enum { STEPS = 8 };

/* A unit of work: steps of the logistic map, each of which needs the one
 * before. */
static double unit(double x, double rate)
{
    for (int step = 0; step < STEPS; step++)
        x = rate * x * (1 - x);
    return x;
}

/* A task does a unit of work on each of the numbers. Its rate comes from what
 * the task before it has left, so it cannot begin until that one has ended. */
static double grain_run(const double *set, void *memory)
{
    const int64_t tasks = (int64_t)set[TASKS], size = (int64_t)set[SIZE];
    double *x = memory, sum = 0;
    for (int64_t i = 0; i < size; i++)
        x[i] = (double)(i + 1) / (double)(size + 1);
    for (int64_t task = 0; task < tasks; task++) {
        const double rate = 3.9 - 0.1 * x[0];
#pragma omp parallel for schedule(static)
        for (int64_t i = 0; i < size; i++)
            x[i] = unit(x[i], rate);
    }
    for (int64_t i = 0; i < size; i++)
        sum += x[i];
    return sum / (double)size;
}

/* --- what a listing may leave out: sizes, counts and descriptions --- */

/* Three a step, and two for the rate of a task. The first and the last loop are
 * done once and not counted. */
static double operations(const double *set)
{
    return set[TASKS] * (3 * STEPS * set[SIZE] + 2);
}

/* Every task reads and writes each number once. */
static double traffic(const double *set)
{
    return 2 * sizeof(double) * set[TASKS] * set[SIZE];
}

static size_t memory(const double *set)
{
    return (size_t)set[SIZE] * sizeof(double);
}

static void prepare(const double *set, void *memory)
{
    double *x = memory;
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < (int64_t)set[SIZE]; i++)
        x[i] = 0;
}

static const struct kernel_parameter parameters[PARAMETERS] = {
    [TASKS] = {"tasks", "", "tasks, one after the other", true, 1000, 1, 1e9},
    [SIZE] = {"size", "", "units of work in a task, of 24 operations each",
              true, 1000, 1, 1e8},
};

KERNEL(hazards_grain) = {
    .name = "hazards.grain",
    .about = "many small tasks, each divided among the threads and joined",
    .answer = "mean of the numbers after the last task",
    .source = "grain.c",
    .parameters = parameters,
    .parameter_count = PARAMETERS,
    .witness = {{3, 100}, 0x3fe3a661b2da311a},
    .operations = operations,
    .traffic = traffic,
    .memory = memory,
    .prepare = prepare,
    .run = grain_run,
};
