/* Energy that the processors took, from the kernel's powercap zones: all of each package, whatever
 * ran on it. */
#ifndef BENCH_ENERGY_H
#define BENCH_ENERGY_H

#include "base/arena.h"

#include <stddef.h>

enum { ENERGY_ZONES_MOST = 64 };

/* A package's counter of µJ, which begins again at 0 after `range`. */
struct energy_zone {
    const char *path;
    double range;
};

struct energy_meter {
    struct arena arena;
    struct energy_zone zones[ENERGY_ZONES_MOST];
    size_t count;
    const char *why; /* why nothing can be read; NULL if it can */
};

/* `root` stands before /sys. */
void energy_open(struct energy_meter *meter, const char *root);
void energy_close(struct energy_meter *meter);

/* µJ of each zone; NaN where it cannot be read. */
struct energy_reading {
    double zones[ENERGY_ZONES_MOST];
};
void energy_read(struct energy_meter *meter, struct energy_reading *reading);

/* Joules from one reading to the next, less than one turn of the counters later; NaN if a zone
 * could not be read or there are none. */
double energy_between(const struct energy_meter *meter, const struct energy_reading *before,
                      const struct energy_reading *after);

#endif
