/* Threads that count together: what goes wrong, and what the remedies cost.
 *
 * 1 is added to a count n times, and the additions are divided among the
 * threads, in six ways. A counter is volatile, so that each addition is made
 * one by one and in memory; otherwise a compiler would keep the count in a
 * register, or replace the loop by a single addition, and there would be
 * nothing to see. */
#include "kernels/kernel.h"

#include <stdatomic.h>
#include <stdint.h>

enum { INCREMENTS, PARAMETERS };

typedef volatile int64_t counter;

/* One counter for all, without any care. A thread reads it, adds 1 and writes
 * the sum; what another one has counted in between is overwritten.
 *
 * In C two threads that say count++ at the same time make the whole program
 * undefined, and a compiler may do as it likes with it. Reads and writes that
 * are atomic, each by itself, are defined whatever the other threads do, and
 * lose no less. */
static double race_run(const double *set, void *memory)
{
    const int64_t n = (int64_t)set[INCREMENTS];
    volatile _Atomic int64_t *count = memory;
    atomic_store(count, 0);
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < n; i++) {
        const int64_t seen = atomic_load_explicit(count, memory_order_relaxed);
        atomic_store_explicit(count, seen + 1, memory_order_relaxed);
    }
    return (double)atomic_load(count);
}

/* One thread at a time may count; the others wait at the door. */
static double critical_run(const double *set, void *memory)
{
    const int64_t n = (int64_t)set[INCREMENTS];
    counter *count = memory;
    *count = 0;
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < n; i++)
#pragma omp critical
        ++*count;
    return (double)*count;
}

/* The processor makes reading, adding and writing one indivisible step. */
static double atomic_run(const double *set, void *memory)
{
    const int64_t n = (int64_t)set[INCREMENTS];
    counter *count = memory;
    *count = 0;
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < n; i++)
#pragma omp atomic
        ++*count;
    return (double)*count;
}

/* What a reduction adds is read anew each time: a copy is no counter in memory,
 * and a compiler that knew the number would multiply it by n. */
static const volatile int64_t one = 1;

/* Each thread adds to a copy that starts at 0 and is in nobody's way; at the
 * end the copies are added up. */
static double reduction_run(const double *set, void *memory)
{
    const int64_t n = (int64_t)set[INCREMENTS];
    int64_t count = 0;
    (void)memory;
#pragma omp parallel for schedule(static) reduction(+ : count)
    for (int64_t i = 0; i < n; i++)
        count += one;
    return (double)count;
}

/* How far one thread's counter lies from the next one's, in counters of eight
 * bytes: side by side, eight in a line of 64 bytes; or apart, which takes two
 * lines, since some processors fetch two together and others have longer ones.
 */
enum { SIDE_BY_SIDE = 1, APART = 16 };

enum { COUNTERS = 1024 }; /* there is room for: as many threads as may be */

/* Each thread counts in a counter of its own, the next that is free. No two
 * write the same one, so nothing is lost, however near they are. */
static double count_each(const double *set, counter *counters, int distance)
{
    const int64_t n = (int64_t)set[INCREMENTS];
    int64_t total = 0;
    int taken = 0;
#pragma omp parallel reduction(+ : total)
    {
        int place;
#pragma omp atomic capture
        place = taken++;
        counter *own = counters + place % COUNTERS * distance;
        *own = 0;
#pragma omp for schedule(static)
        for (int64_t i = 0; i < n; i++)
            ++*own;
        total += *own;
    }
    return (double)total;
}

static double false_sharing_run(const double *set, void *memory)
{
    return count_each(set, memory, SIDE_BY_SIDE);
}

static double padded_run(const double *set, void *memory)
{
    return count_each(set, memory, APART);
}

/* --- what a listing may leave out: sizes, counts and descriptions --- */

/* The additions. They are of integers. */
static double operations(const double *set)
{
    return set[INCREMENTS];
}

/* The counters travel between cores and never need to go to memory. */
static double traffic(const double *set)
{
    (void)set;
    return 0;
}

/* One counter. */
static size_t one_memory(const double *set)
{
    (void)set;
    return sizeof(counter);
}

static size_t false_sharing_memory(const double *set)
{
    (void)set;
    return COUNTERS * SIDE_BY_SIDE * sizeof(counter);
}

static size_t padded_memory(const double *set)
{
    (void)set;
    return COUNTERS * APART * sizeof(counter);
}

static const struct kernel_parameter parameters[PARAMETERS] = {
    [INCREMENTS] = {"n", "", "additions, by all threads together", true, 1e6, 1,
                    1e12},
};

KERNEL(hazards_race) = {
    .name = "hazards.race",
    .about = "threads add to one counter without protection and lose counts",
    .answer = "additions that were counted",
    .source = "hazards.c",
    .parameters = parameters,
    .parameter_count = PARAMETERS,
    .racy = true,
    .operations = operations,
    .traffic = traffic,
    .memory = one_memory,
    .run = race_run,
};

KERNEL(hazards_critical) = {
    .name = "hazards.critical",
    .about = "threads add to one counter, one at a time in a critical section",
    .answer = "additions that were counted",
    .source = "hazards.c",
    .parameters = parameters,
    .parameter_count = PARAMETERS,
    .operations = operations,
    .traffic = traffic,
    .memory = one_memory,
    .run = critical_run,
};

KERNEL(hazards_atomic) = {
    .name = "hazards.atomic",
    .about = "threads add to one counter, each addition indivisible",
    .answer = "additions that were counted",
    .source = "hazards.c",
    .parameters = parameters,
    .parameter_count = PARAMETERS,
    .operations = operations,
    .traffic = traffic,
    .memory = one_memory,
    .run = atomic_run,
};

KERNEL(hazards_reduction) = {
    .name = "hazards.reduction",
    .about =
        "threads count by a reduction: each in a copy, added up at the end",
    .answer = "additions that were counted",
    .source = "hazards.c",
    .parameters = parameters,
    .parameter_count = PARAMETERS,
    .operations = operations,
    .traffic = traffic,
    .memory = one_memory,
    .run = reduction_run,
};

KERNEL(hazards_false_sharing) = {
    .name = "hazards.false_sharing",
    .about = "each thread has a counter of its own; they share a cache line",
    .answer = "additions that were counted",
    .source = "hazards.c",
    .parameters = parameters,
    .parameter_count = PARAMETERS,
    .operations = operations,
    .traffic = traffic,
    .memory = false_sharing_memory,
    .run = false_sharing_run,
};

KERNEL(hazards_padded) = {
    .name = "hazards.padded",
    .about = "each thread has a counter of its own, in cache lines of its own",
    .answer = "additions that were counted",
    .source = "hazards.c",
    .parameters = parameters,
    .parameter_count = PARAMETERS,
    .operations = operations,
    .traffic = traffic,
    .memory = padded_memory,
    .run = padded_run,
};
