#include "bench/machine.h"

#include "base/file.h"
#include "base/text.h"
#include "bench/clean.h"
#include "bench/machine_parts.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LINE_MOST = 300 };

char *survey_file(const struct survey *survey, const char *path)
{
    return file_read(survey->arena, arena_printf(survey->arena, "%s%s", survey->root, path), NULL);
}

/* A clean copy of the bytes without the white space around them. */
static char *trimmed(const struct survey *survey, const char *bytes, size_t size)
{
    while (size > 0 && isspace((unsigned char)bytes[size - 1]))
        size--;
    while (size > 0 && isspace((unsigned char)*bytes)) {
        bytes++;
        size--;
    }
    return clean_line(survey->arena, bytes, size, LINE_MOST);
}

char *survey_line(const struct survey *survey, const char *path)
{
    const char *all = survey_file(survey, path);
    return all ? trimmed(survey, all, strcspn(all, "\n")) : NULL;
}

char *survey_field(const struct survey *survey, const char *path, const char *label)
{
    const char *all = survey_file(survey, path);
    size_t size = strlen(label);
    for (const char *line = all; line && *line; line += *line == '\n') {
        size_t length = strcspn(line, "\n");
        const char *at = line + size;
        if (length > size && strncmp(line, label, size) == 0) {
            at += strspn(at, " \t");
            if (*at == ':')
                return trimmed(survey, at + 1, (size_t)(line + length - at - 1));
        }
        line += length;
    }
    return NULL;
}

void survey_fact(const struct survey *survey, const char *key, const char *label, const char *value,
                 const char *why)
{
    if (!value && !why)
        why = errno ? strerror(errno) : "the system does not say";
    fact_add(&survey->machine->facts, survey->arena, key, label, value, value ? NULL : why);
}

size_t survey_cpus(const struct survey *survey, bool **cpus)
{
    const char *list = survey_field(survey, "/proc/self/status", "Cpus_allowed_list");
    *cpus = arena_alloc(survey->arena, MACHINE_CPUS_MOST * sizeof **cpus);
    return list ? cpu_list_parse(list, *cpus, MACHINE_CPUS_MOST) : 0;
}

/* Decides times: another value here makes every measurement stale. Memory counts in GiB, because
 * what the kernel takes for itself differs between boots. */
static const char *identity_of(const struct machine *machine, struct arena *arena)
{
    static const char *const deciding[] = {"cpu.model",   "cpu.isa",   "cpu.cores",
                                           "cpu.threads", "cache.l1d", "cache.l2",
                                           "cache.l3",    "numa",      "os.kernel"};
    uint64_t hash = HASH_START;
    for (size_t i = 0; i < sizeof deciding / sizeof *deciding; i++) {
        const char *value = fact_value(&machine->facts, deciding[i]);
        hash = hash_string(hash, value ? value : "?");
    }
    double gib = round(machine->memory / (1024.0 * 1024 * 1024));
    char numbers[64];
    snprintf(numbers, sizeof numbers, "%d %d %.0f", machine->cores, machine->hardware_threads, gib);
    return arena_printf(arena, "%016llx", (unsigned long long)hash_string(hash, numbers));
}

void machine_describe(struct machine *machine, const char *root)
{
    *machine = (struct machine){0};
    machine->root = arena_strdup(&machine->arena, root);
    const struct survey survey = {machine, &machine->arena, root};
    machine_system(&survey);
    machine_clock(&survey);
    machine_topology(&survey);
    machine_limits(&survey);
    machine->identity = identity_of(machine, &machine->arena);
}

void machine_release(struct machine *machine)
{
    arena_release(&machine->arena);
    *machine = (struct machine){0};
}
