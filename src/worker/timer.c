#include "worker/timer.h"

#include <stdlib.h>
#include <time.h>

static int64_t read_clock(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t timer_wall(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

int64_t timer_cpu(void)
{
    return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

static int ascending(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

struct timer_cost timer_measure(void)
{
    enum { READINGS = 10001 }; /* odd: the median is one of them */
    int64_t steps[READINGS], smallest = INT64_MAX;
    for (int i = 0; i < READINGS; i++) {
        const int64_t before = timer_wall();
        steps[i] = timer_wall() - before;
        if (steps[i] > 0 && steps[i] < smallest)
            smallest = steps[i];
    }
    qsort(steps, READINGS, sizeof *steps, ascending);
    if (smallest == INT64_MAX) { /* a clock too coarse to be seen moving */
        struct timespec step;
        clock_getres(CLOCK_MONOTONIC, &step);
        smallest = (int64_t)step.tv_sec * 1000000000 + step.tv_nsec;
    }
    const int64_t middle = steps[READINGS / 2];
    return (struct timer_cost){(double)middle, (double)smallest};
}

void timer_settle(void)
{
    const int64_t rest = 100000; /* of CPU time within a millisecond: what the waiting costs */
    for (int i = 0; i < 200; i++) {
        const int64_t before = timer_cpu();
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        if (timer_cpu() - before < rest)
            return;
    }
}
