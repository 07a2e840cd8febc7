/* Starting teams: a worker as several processes under MPI, by the launcher that belongs to the
 * library which joins them. */
#ifndef BENCH_LAUNCH_H
#define BENCH_LAUNCH_H

#include "base/arena.h"
#include "bench/hosts.h"

#include <stdbool.h>
#include <stddef.h>

struct launch {
    const struct launch_style *style; /* of the launcher's command line */
    const char *launcher;             /* its name or path */
    const char *library;              /* "Open MPI v4.1.4" */
    const char *place;                /* where processes run, in words; NULL: on this machine */
    struct hosts hosts;               /* of the host file */
    int slots;                        /* processes that there is room for elsewhere; 0: here */
    int cores;                        /* of this machine, that may be used */
};

/* How to start teams that `library` joins: by `launcher`, or, where a Slurm job has only that, by
 * srun. Without a host file they run on this machine, or in the Slurm job that this is. False, with
 * *why in words, where there is no launcher for them. `library` and `launcher` are borrowed. */
bool launch_find(struct launch *launch, const char *library, const char *launcher,
                 const struct hosts *hosts, int cores, struct arena *arena, const char **why);

/* The words in front of the program's name, and NULL: mpiexec -n 2 … */
const char *const *launch_words(const struct launch *launch, int processes, struct arena *arena);

/* The environment of each process: *count entries, and NULL behind them. */
const char **launch_environment(const struct launch *launch, struct arena *arena, size_t *count);

#endif
