#include "base/text.h"
#include "bench/machine_parts.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* CPUs that this limit allows, infinity for none. */
typedef double limit_reader(const struct survey *survey, const char *folder);

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

/* Whether a comma-separated list holds the word. */
static bool lists(const char *list, size_t size, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list, *end = list + size; at < end;) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        size_t part = (size_t)((comma ? comma : end) - at);
        if (part == length && strncmp(at, word, part) == 0)
            return true;
        at += part + 1;
    }
    return false;
}

/* This process's folder in the hierarchy of `controller` ("" for version 2), from lines of
 * /proc/self/cgroup like "4:cpu,cpuacct:/a/b" and "0::/a/b"; NULL if it is in none. */
static char *own_group(const struct survey *survey, const char *controller)
{
    const char *all = survey_file(survey, "/proc/self/cgroup");
    for (const char *line = all; line && *line; line += *line == '\n') {
        size_t length = strcspn(line, "\n");
        const char *first = memchr(line, ':', length);
        const char *second =
            first ? memchr(first + 1, ':', length - (size_t)(first + 1 - line)) : NULL;
        if (second) {
            size_t size = (size_t)(second - first - 1);
            if (controller[0] ? lists(first + 1, size, controller) : size == 0)
                return arena_strndup(survey->arena, second + 1,
                                     (size_t)(line + length - second - 1));
        }
        line += length;
    }
    return NULL;
}

/* The tightest limit from the process's own group up to the mount's root. In a container the path
 * may be the host's and not exist below the mount: its root then is the container's group. */
static double tightest(const struct survey *survey, const char *mount, const char *group,
                       limit_reader *read)
{
    double limit = read(survey, mount);
    size_t size = group[0] == '/' && !strstr(group, "..") ? strlen(group) : 0;
    while (size > 1) {
        const char *folder = arena_printf(survey->arena, "%s%.*s", mount, (int)size, group);
        limit = fmin(limit, read(survey, folder));
        while (group[--size] != '/')
            ;
    }
    return limit;
}

/* One limit in both versions of cgroups, at the places where systems mount them. */
static double cgroup_limit(const struct survey *survey, const char *controller,
                           limit_reader *version_1, limit_reader *version_2)
{
    static const char *const unified[] = {"/sys/fs/cgroup", "/sys/fs/cgroup/unified"};
    double limit = INFINITY;
    const char *group = own_group(survey, "");
    for (size_t i = 0; group && i < sizeof unified / sizeof *unified; i++)
        limit = fmin(limit, tightest(survey, unified[i], group, version_2));
    group = own_group(survey, controller);
    const char *mounts[] = {arena_printf(survey->arena, "/sys/fs/cgroup/%s", controller),
                            "/sys/fs/cgroup/cpu,cpuacct"};
    for (size_t i = 0; group && i < sizeof mounts / sizeof *mounts; i++)
        limit = fmin(limit, tightest(survey, mounts[i], group, version_1));
    return limit;
}

static void apply_quota(const struct survey *survey)
{
    struct machine *machine = survey->machine;
    double quota = cgroup_limit(survey, "cpu", read_cfs_quota, read_cpu_max);
    if (isinf(quota)) {
        survey_fact(survey, "quota", "CPU quota", "none", NULL);
        return;
    }
    /* With a thread more than there are whole CPUs, the group would be throttled while timed. */
    double whole = fmax(1, floor(quota + 1e-9));
    machine->cores = (int)fmin(machine->cores, whole);
    machine->hardware_threads = (int)fmin(machine->hardware_threads, whole);
    survey_fact(survey, "quota", "CPU quota", arena_printf(survey->arena, "%.4g CPUs", quota),
                NULL);
}

static void apply_memory_limit(const struct survey *survey)
{
    struct machine *machine = survey->machine;
    double limit = cgroup_limit(survey, "memory", read_memory_limit, read_memory_max);
    if (!(limit < machine->memory))
        return;
    machine->memory = limit;
    survey_fact(survey, "memory.limit", "Memory limit",
                arena_printf(survey->arena, "%.3g GiB", limit / (1024.0 * 1024 * 1024)), NULL);
}

void machine_limits(const struct survey *survey)
{
    errno = 0;
    survey_fact(survey, "affinity", "May run on CPUs",
                survey_field(survey, "/proc/self/status", "Cpus_allowed_list"), NULL);
    apply_quota(survey);
    apply_memory_limit(survey);
    survey_fact(survey, "usable", "Usable here",
                arena_printf(survey->arena, "%d core%s, %d hardware thread%s",
                             survey->machine->cores, survey->machine->cores == 1 ? "" : "s",
                             survey->machine->hardware_threads,
                             survey->machine->hardware_threads == 1 ? "" : "s"),
                NULL);
}
