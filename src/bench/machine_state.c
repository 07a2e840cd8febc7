#include "bench/machine_state.h"

#include "bench/machine_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* MHz, from kHz. */
static double clock_of_cpu(const struct survey *survey, size_t cpu)
{
    const char *path =
        arena_printf(survey->arena, "/sys/devices/system/cpu/cpu%zu/cpufreq/scaling_cur_freq", cpu);
    const char *line = survey_line(survey, path);
    double clock = line ? strtod(line, NULL) : 0;
    return clock > 0 ? clock / 1e3 : NAN;
}

/* "processor : 3", and lines later "cpu MHz : 2600.000". */
static double clock_of_cpuinfo(const struct survey *survey, const bool *cpus, size_t size)
{
    double fastest = NAN;
    size_t cpu = 0;
    for (const char *line = survey_file(survey, "/proc/cpuinfo"); line && *line;) {
        const char *colon = memchr(line, ':', strcspn(line, "\n"));
        if (colon && strncmp(line, "processor", strlen("processor")) == 0)
            cpu = strtoul(colon + 1, NULL, 10);
        if (colon && strncmp(line, "cpu MHz", strlen("cpu MHz")) == 0 && cpu < size && cpus[cpu]) {
            double clock = strtod(colon + 1, NULL);
            fastest = clock > 0 ? fmax(fastest, clock) : fastest;
        }
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    return fastest;
}

static double read_clock(const struct survey *survey)
{
    bool *cpus;
    size_t size = survey_cpus(survey, &cpus);
    double fastest = NAN;
    for (size_t i = 0; i < size; i++)
        if (cpus[i])
            fastest = fmax(fastest, clock_of_cpu(survey, i));
    return isnan(fastest) ? clock_of_cpuinfo(survey, cpus, size) : fastest;
}

/* "nr_throttled 12" in cpu.stat, of both versions. */
static double read_throttled(const struct survey *survey, const char *folder)
{
    static const char name[] = "nr_throttled ";
    const char *stat = survey_file(survey, arena_printf(survey->arena, "%s/cpu.stat", folder));
    const char *line = stat ? strstr(stat, name) : NULL;
    return line ? strtod(line + sizeof name - 1, NULL) : NAN;
}

static double sum(double a, double b)
{
    return isnan(a) ? b : isnan(b) ? a : a + b;
}

struct machine_state machine_state_read(const char *root)
{
    struct arena arena = {0};
    const struct survey survey = {NULL, &arena, root};
    struct machine_state state = {
        .clock = read_clock(&survey),
        .throttled = cgroup_fold(&survey, "cpu", read_throttled, read_throttled, sum),
    };
    arena_release(&arena);
    return state;
}

void machine_state_compare(const struct machine_state *before, const struct machine_state *after,
                           struct disturbance *disturbance)
{
    disturbance->clock = after->clock / before->clock;
    disturbance->throttled = after->throttled - before->throttled;
}
