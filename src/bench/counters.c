#include "bench/counters.h"

#include "base/file.h"
#include "bench/clean.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

const double COUNTED_LEAST = 0.05;

const struct counter_kind counter_hardware[COUNTERS] = {
    {"cycles", "cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES},
    {"instructions", "instructions", PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS},
    {"cache-misses", "misses", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_MISSES},
    {"branch-misses", "misses", PERF_TYPE_HARDWARE, PERF_COUNT_HW_BRANCH_MISSES},
};

static int open_counter(const struct counter_kind *kind, pid_t process)
{
    struct perf_event_attr attributes = {
        .type = kind->type,
        .size = sizeof attributes,
        .config = kind->config,
        .read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING,
        .inherit = 1,
        .exclude_kernel = 1,
        .exclude_hv = 1,
    };
    return (int)syscall(SYS_perf_event_open, &attributes, process, -1, -1, PERF_FLAG_FD_CLOEXEC);
}

void counters_open(struct counters *counters, const struct counter_kind *kinds, pid_t process)
{
    counters_close(counters);
    counters->kinds = kinds;
    for (int i = 0; i < COUNTERS; i++) {
        counters->files[i] = open_counter(&kinds[i], process);
        counters->faults[i] = counters->files[i] < 0 ? errno : 0;
    }
}

void counters_close(struct counters *counters)
{
    for (int i = 0; counters->kinds && i < COUNTERS; i++) {
        if (counters->files[i] >= 0)
            close(counters->files[i]);
        counters->files[i] = -1;
    }
}

/* What cannot be read is not counted from here on, and what was is not shown. */
static bool read_counter(struct counters *counters, int i, struct counter_reading *reading)
{
    if (counters->faults[i] || counters->files[i] < 0)
        return false;
    ssize_t got = read(counters->files[i], reading, sizeof *reading);
    if (got != (ssize_t)sizeof *reading)
        counters->faults[i] = got < 0 ? errno : EIO;
    return !counters->faults[i];
}

void counters_begin(struct counters *counters)
{
    for (int i = 0; counters->kinds && i < COUNTERS; i++)
        read_counter(counters, i, &counters->before[i]);
}

void counters_end(struct counters *counters, long calls)
{
    for (int i = 0; counters->kinds && i < COUNTERS; i++) {
        struct counter_reading now;
        if (!read_counter(counters, i, &now))
            continue;
        const struct counter_reading *before = &counters->before[i];
        double wanted = (double)(now.wanted - before->wanted);
        double counted = (double)(now.counted - before->counted);
        if (counted > 0)
            counters->sums[i] += (double)(now.value - before->value) * wanted / counted;
        else if (wanted > 0)
            counters->faults[i] = EBUSY; /* another user holds all counters of the processor */
    }
    counters->calls += (double)calls;
}

/* What the kernel's refusal means here. */
static void explain(int fault, const char *root, struct arena *arena, struct text *why)
{
    text_addf(why, "perf_event_open: %s", strerror(fault));
    if (fault == ENOENT || fault == EOPNOTSUPP || fault == ENODEV) {
        text_add(why, ": the processor shows no such counters here");
    } else if (fault == EACCES || fault == EPERM) {
        const char *path = arena_printf(arena, "%s/proc/sys/kernel/perf_event_paranoid", root);
        const char *level = file_read(arena, path, NULL);
        if (level)
            text_addf(why, "; kernel.perf_event_paranoid is %s",
                      clean_line(arena, level, strcspn(level, "\n"), 16));
    }
}

/* One reason stands for all: what is refused is refused for one cause. */
static void tell_missing(const struct counters *counters, const char *root, struct arena *arena,
                         struct text *why)
{
    size_t missing = 0;
    int fault = 0;
    struct text names = {0};
    for (int i = 0; i < COUNTERS; i++) {
        if (!counters->faults[i])
            continue;
        fault = fault ? fault : counters->faults[i];
        text_addf(&names, "%s%s", missing++ ? ", " : "", counters->kinds[i].name);
    }
    if (missing && missing < COUNTERS)
        text_addf(why, "%s: ", text_string(&names));
    if (missing)
        explain(fault, root, arena, why);
    text_release(&names);
}

void counters_list(const struct counters *counters, const char *root, struct arena *arena,
                   struct setting **list, size_t *count, struct text *why)
{
    if (!counters->kinds)
        return;
    tell_missing(counters, root, arena, why);
    for (int i = 0; counters->calls > 0 && i < COUNTERS; i++) {
        if (counters->faults[i])
            continue;
        *list = array_grow(arena, *list, *count, sizeof **list);
        (*list)[(*count)++] = (struct setting){
            .name = counters->kinds[i].name,
            .unit = counters->kinds[i].unit,
            .value = counters->sums[i] / counters->calls,
        };
    }
}
