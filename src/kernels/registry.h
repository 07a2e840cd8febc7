/* The kernels that are compiled in: kernels.def as an array, each kernel in its
 * builds, and these for each level of the instruction set. */
#ifndef KERNELS_REGISTRY_H
#define KERNELS_REGISTRY_H

#include "kernels/kernel.h"

enum { KERNEL_BUILDS = 4 };

/* "serial", "simd", "parallel", "libm": the order of the builds everywhere. The
 * first three are every kernel's; the last is there where libm_tolerance is not
 * 0. */
enum { BUILD_SERIAL, BUILD_SIMD, BUILD_PARALLEL, BUILD_LIBM };
extern const char *const kernel_build_names[KERNEL_BUILDS];

/* The builds differ in `run`, `prepare` and `observe`; all else is the same in
 * them. NULL is a build that a kernel lacks; those of kernels.def lack none. */
struct kernel_builds {
    const struct kernel *builds[KERNEL_BUILDS];
};

extern const size_t kernel_count;

/* The kernel in that place of the list, compiled for the level in use. */
const struct kernel_builds *kernel_at(size_t place);

/* NULL when no kernel has that name. */
const struct kernel_builds *kernel_find(const char *name);

/* Whether there is a build of that kernel to speak of. */
bool kernel_has_build(const struct kernel_builds *kernel, int build);

/* The build of that name, or -1. */
int kernel_build_find(const char *name);

/* A level of the instruction set, named as compilers name it: "x86-64-v3". */
struct kernel_level {
    const char *name;
    const char *flags; /* of the compiler */
};

/* From the least demanding to the most. */
extern const struct kernel_level kernel_levels[];
extern const size_t kernel_level_count;

/* Whether this processor, as this system lets it be used, has what the level
 * demands. */
bool kernel_level_runs(const struct kernel_level *level);

/* Takes the kernels of the level of that name into use, or of the most
 * demanding one that runs here where `name` is NULL. False, and nothing has
 * changed, when there is none or it does not run here. A process that never
 * calls this uses the least demanding. */
bool kernel_level_use(const char *name);

const struct kernel_level *kernel_level_in_use(void);

#endif
