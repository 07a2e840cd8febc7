/* Kernels that shared objects bring, one build of one kernel each, beside those compiled in. */
#ifndef WORKER_LOADED_H
#define WORKER_LOADED_H

#include "base/text.h"
#include "kernels/registry.h"

#include <stdbool.h>
#include <stddef.h>

struct loaded {
    struct kernel_builds builds; /* NULL where no object brought one */
    const struct kernel *kernel; /* the first that was brought: what all builds have in common */
    const char *hash;            /* of the same build */
};

/* Loads the object and takes its kernel in, for as long as the process lives. False with *why in
 * words where it cannot be loaded, brings no kernel, or one that is there already. */
bool loaded_open(const char *file, struct text *why);

size_t loaded_count(void);
const struct loaded *loaded_at(size_t place);

/* NULL when no object brought a kernel of that name. */
const struct loaded *loaded_find(const char *name);

#endif
