#include "bench/energy.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char FOLDER[] = "/sys/class/powercap";

/* A file with one number; NaN, with errno set, if it cannot be read. */
static double read_number(const char *path)
{
    char line[64] = "";
    char *end = line;
    FILE *file = fopen(path, "re");
    if (!file)
        return NAN;
    double value = fgets(line, sizeof line, file) ? strtod(line, &end) : NAN;
    fclose(file);
    return end == line ? NAN : value;
}

/* "intel-rapl:0" is a zone of its own, "intel-rapl:0:1" a part of one; AMD's have these names too.
 * Of the former only packages count: "psys" contains them. */
static bool is_package(struct energy_meter *meter, const char *folder, const char *name)
{
    static const char prefix[] = "intel-rapl:";
    if (strncmp(name, prefix, sizeof prefix - 1) != 0 || strchr(name + sizeof prefix - 1, ':'))
        return false;
    const char *path = arena_printf(&meter->arena, "%s/%s/name", folder, name);
    const char *kind = file_read(&meter->arena, path, NULL);
    return kind && strncmp(kind, "package", strlen("package")) == 0;
}

static void add_zone(struct energy_meter *meter, const char *folder, const char *name)
{
    struct arena *arena = &meter->arena;
    const char *path = arena_printf(arena, "%s/%s/energy_uj", folder, name);
    const char *range = arena_printf(arena, "%s/%s/max_energy_range_uj", folder, name);
    errno = 0;
    if (isnan(read_number(path)))
        meter->why = arena_printf(arena, "%s/%s/energy_uj: %s", FOLDER, name,
                                  errno ? strerror(errno) : "it holds no number");
    meter->zones[meter->count++] = (struct energy_zone){path, read_number(range)};
}

void energy_open(struct energy_meter *meter, const char *root)
{
    *meter = (struct energy_meter){0};
    const char *folder = arena_printf(&meter->arena, "%s%s", root, FOLDER);
    DIR *zones = opendir(folder);
    for (const struct dirent *entry; zones && (entry = readdir(zones));)
        if (meter->count < ENERGY_ZONES_MOST && is_package(meter, folder, entry->d_name))
            add_zone(meter, folder, entry->d_name);
    if (zones)
        closedir(zones);
    if (!meter->count)
        meter->why = zones ? "powercap has no package here" : "no powercap here";
}

void energy_close(struct energy_meter *meter)
{
    arena_release(&meter->arena);
    *meter = (struct energy_meter){0};
}

void energy_read(struct energy_meter *meter, struct energy_reading *reading)
{
    for (size_t i = 0; !meter->why && i < meter->count; i++)
        reading->zones[i] = read_number(meter->zones[i].path);
}

double energy_between(const struct energy_meter *meter, const struct energy_reading *before,
                      const struct energy_reading *after)
{
    double sum = 0;
    for (size_t i = 0; !meter->why && i < meter->count; i++) {
        double delta = after->zones[i] - before->zones[i];
        sum += delta < 0 ? delta + meter->zones[i].range : delta;
    }
    return !meter->why && meter->count ? sum * 1e-6 : NAN;
}
