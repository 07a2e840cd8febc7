/* The machine that a run measures on, as facts in words and as the few numbers that plans need.
 * What cannot be read is reported as not known, with the reason; nothing is guessed. */
#ifndef BENCH_MACHINE_H
#define BENCH_MACHINE_H

#include "record/record.h"

struct machine {
    struct arena arena;
    int cores;            /* physical cores that this process may use: affinity ∩ cgroup quota */
    int hardware_threads; /* hardware threads that this process may use, likewise */
    double memory;        /* bytes of RAM */
    const char *limit;    /* why these are fewer than the machine has, in words; NULL if not */
    const char *root;     /* as given; NULL is "" */
    const char *identity; /* hash of what decides times: CPU, caches, cores, kernel, memory */
    struct facts facts;
};

/* `root` is put before /proc and /sys ("" for this machine; tests give captured trees). The
 * topology comes from hwloc when `root` is "". */
void machine_describe(struct machine *machine, const char *root);
void machine_release(struct machine *machine);

#endif
