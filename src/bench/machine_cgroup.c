#include "bench/machine_parts.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

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

/* Folds what is read of the process's own group and of all above it up to the mount's root. In a
 * container the path may be the host's and not exist below the mount: its root then is the
 * container's group. */
static double fold_groups(const struct survey *survey, const char *mount, const char *group,
                          cgroup_reader *read, double (*fold)(double, double))
{
    double value = read(survey, mount);
    size_t size = group[0] == '/' && !strstr(group, "..") ? strlen(group) : 0;
    while (size > 1) {
        const char *folder = arena_printf(survey->arena, "%s%.*s", mount, (int)size, group);
        value = fold(value, read(survey, folder));
        while (group[--size] != '/')
            ;
    }
    return value;
}

/* The first of the places that exists, or NULL. */
static const char *find_mount(const struct survey *survey, const char *const *places, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (access(arena_printf(survey->arena, "%s%s", survey->root, places[i]), F_OK) == 0)
            return places[i];
    return NULL;
}

double cgroup_fold(const struct survey *survey, const char *controller, cgroup_reader *version_1,
                   cgroup_reader *version_2, double (*fold)(double, double))
{
    const char *const unified[] = {"/sys/fs/cgroup/unified", "/sys/fs/cgroup"};
    const char *const separate[] = {
        arena_printf(survey->arena, "/sys/fs/cgroup/%s", controller),
        arena_printf(survey->arena, "/sys/fs/cgroup/%s,cpuacct", controller)};
    double value = NAN;
    const char *group = own_group(survey, ""), *mount = find_mount(survey, unified, 2);
    if (group && mount)
        value = fold_groups(survey, mount, group, version_2, fold);
    group = own_group(survey, controller);
    mount = find_mount(survey, separate, 2);
    if (group && mount)
        value = fold(value, fold_groups(survey, mount, group, version_1, fold));
    return value;
}
