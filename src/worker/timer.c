#include "worker/timer.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

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

/* Whether a thread of this process but the calling one runs or waits for a core. */
static bool others_run(void)
{
    DIR *tasks = opendir("/proc/self/task");
    bool run = false;
    for (struct dirent *task; tasks && !run && (task = readdir(tasks));) {
        char path[64], stat[128] = "";
        const long id = strtol(task->d_name, NULL, 10);
        snprintf(path, sizeof path, "/proc/self/task/%ld/stat", id);
        FILE *file = id > 0 && id != (long)gettid() ? fopen(path, "r") : NULL;
        if (!file)
            continue;
        const char *name_end = fgets(stat, sizeof stat, file) ? strrchr(stat, ')') : NULL;
        run = name_end && strncmp(name_end, ") R", 3) == 0;
        fclose(file);
    }
    if (tasks)
        closedir(tasks);
    return run;
}

void timer_settle(void)
{
    for (int i = 0; i < 200 && others_run(); i++)
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}
