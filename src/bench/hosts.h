/* Host files: on which machines processes are started, and how many on each. */
#ifndef BENCH_HOSTS_H
#define BENCH_HOSTS_H

#include "base/arena.h"
#include "base/diag.h"

#include <stdbool.h>

struct hosts {
    const char *list; /* "a:2,b:2", as launchers take it; NULL: this machine alone */
    int slots;        /* of all together; 0 if `list` is NULL */
};

/* Reads a file with a host a line, in either notation that MPI libraries have: `a slots=2` (other
 * words that Open MPI knows may follow and are not heeded), `a:2`, or `a`, which has one slot. What
 * follows a # is a comment. All faults go to `diags`; false if there was one. */
bool hosts_read(struct hosts *hosts, const char *path, struct arena *arena, struct diags *diags);

#endif
