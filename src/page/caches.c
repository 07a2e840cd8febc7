#include "page/caches.h"

#include <stdlib.h>
#include <string.h>

/* "48 KiB" in bytes; 0 for any other form. */
static double bytes_of(const char *size)
{
    static const struct {
        const char *unit;
        double bytes;
    } units[] = {{" KiB", 1024}, {" MiB", 1048576}, {" GiB", 1073741824}};
    char *end;
    double number = strtod(size, &end);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(end, units[i].unit) == 0)
            return number * units[i].bytes;
    return 0;
}

/* Reads "48 KiB × 8, each for 1 core". */
static void read_fact(const char *value, struct cache_fact *cache, struct arena *arena)
{
    static const char times[] = " \xC3\x97 ", each[] = ", each for ";
    const char *count_at = value ? strstr(value, times) : NULL;
    const char *each_at = count_at ? strstr(count_at, each) : NULL;
    if (!each_at)
        return;
    long count = strtol(count_at + strlen(times), NULL, 10);
    long sharing = strtol(each_at + strlen(each), NULL, 10);
    if (count < 1 || sharing < 1)
        return;
    cache->size = arena_strndup(arena, value, (size_t)(count_at - value));
    cache->bytes = bytes_of(cache->size);
    cache->count = count;
    cache->sharing = sharing;
}

void caches_read(const struct facts *machine, struct cache_fact caches[CACHE_LEVELS],
                 struct arena *arena)
{
    static const char *const levels[CACHE_LEVELS][2] = {
        {"cache.l1d", "L1"}, {"cache.l2", "L2"}, {"cache.l3", "L3"}};
    for (size_t i = 0; i < CACHE_LEVELS; i++) {
        caches[i] = (struct cache_fact){.name = levels[i][1]};
        read_fact(fact_value(machine, levels[i][0]), &caches[i], arena);
    }
}
