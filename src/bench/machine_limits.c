#include "base/text.h"
#include "bench/machine_parts.h"

#include <math.h>
#include <stdlib.h>

/* CPUs or bytes that a group may use; infinity for no limit. */

/* Version 2: cpu.max holds "150000 100000" or "max 100000". */
static double read_cpu_max(const struct survey *survey, const char *folder)
{
    const char *line = survey_line(survey, arena_printf(survey->arena, "%s/cpu.max", folder));
    char *at = NULL;
    double quota = line ? strtod(line, &at) : 0, period = at ? strtod(at, NULL) : 0;
    return quota > 0 && period > 0 ? quota / period : INFINITY;
}

/* Version 1: two files; a quota of -1 is none. */
static double read_cfs_quota(const struct survey *survey, const char *folder)
{
    const char *quota =
        survey_line(survey, arena_printf(survey->arena, "%s/cpu.cfs_quota_us", folder));
    const char *period =
        survey_line(survey, arena_printf(survey->arena, "%s/cpu.cfs_period_us", folder));
    double a = quota ? strtod(quota, NULL) : -1, b = period ? strtod(period, NULL) : -1;
    return a > 0 && b > 0 ? a / b : INFINITY;
}

static double read_bytes(const struct survey *survey, const char *folder, const char *name)
{
    const char *line = survey_line(survey, arena_printf(survey->arena, "%s/%s", folder, name));
    double bytes = line ? strtod(line, NULL) : 0;
    return bytes > 0 ? bytes : INFINITY;
}

static double read_memory_max(const struct survey *survey, const char *folder)
{
    return read_bytes(survey, folder, "memory.max");
}

static double read_memory_limit(const struct survey *survey, const char *folder)
{
    return read_bytes(survey, folder, "memory.limit_in_bytes");
}

static void add_limit(struct machine *machine, struct arena *arena, const char *limit)
{
    machine->limit = machine->limit ? arena_printf(arena, "%s; %s", machine->limit, limit) : limit;
}

/* The topology has left out what the mask forbids. */
static void tell_affinity(const struct survey *survey)
{
    struct machine *machine = survey->machine;
    const char *list = survey_field(survey, "/proc/self/status", "Cpus_allowed_list");
    const char *all = fact_value(&machine->facts, "cpu.threads");
    survey_fact(survey, "affinity", "May run on CPUs", list, "/proc/self/status does not say");
    if (list && all && machine->hardware_threads < strtol(all, NULL, 10))
        add_limit(machine, survey->arena,
                  arena_printf(survey->arena, "the affinity mask allows only CPU%s %s",
                               machine->hardware_threads == 1 ? "" : "s", list));
}

static void apply_quota(const struct survey *survey)
{
    struct machine *machine = survey->machine;
    double quota = cgroup_fold(survey, "cpu", read_cfs_quota, read_cpu_max, fmin);
    if (!isfinite(quota)) {
        survey_fact(survey, "quota", "CPU quota", isinf(quota) ? "none" : NULL,
                    "no control group can be read");
        return;
    }
    /* With a thread more than there are whole CPUs, the group would be throttled while timed. */
    double whole = fmax(1, floor(quota + 1e-9));
    if (whole < machine->hardware_threads)
        add_limit(machine, survey->arena,
                  arena_printf(survey->arena, "the CPU quota is %.4g CPUs", quota));
    machine->cores = (int)fmin(machine->cores, whole);
    machine->hardware_threads = (int)fmin(machine->hardware_threads, whole);
    survey_fact(survey, "quota", "CPU quota", arena_printf(survey->arena, "%.4g CPUs", quota),
                NULL);
}

static void apply_memory_limit(const struct survey *survey)
{
    struct machine *machine = survey->machine;
    double limit = cgroup_fold(survey, "memory", read_memory_limit, read_memory_max, fmin);
    if (!(limit < machine->memory))
        return;
    machine->memory = limit;
    survey_fact(survey, "memory.limit", "Memory limit",
                arena_printf(survey->arena, "%.3g GiB", limit / (1024.0 * 1024 * 1024)), NULL);
}

void machine_limits(const struct survey *survey)
{
    const struct machine *machine = survey->machine;
    tell_affinity(survey);
    apply_quota(survey);
    apply_memory_limit(survey);
    survey_fact(survey, "usable", "Usable here",
                arena_printf(survey->arena, "%d core%s, %d hardware thread%s%s%s", machine->cores,
                             machine->cores == 1 ? "" : "s", machine->hardware_threads,
                             machine->hardware_threads == 1 ? "" : "s", machine->limit ? ": " : "",
                             machine->limit ? machine->limit : ""),
                NULL);
}
