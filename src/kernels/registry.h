/* The kernels that are compiled in: kernels.def as an array, each kernel in its
 * three builds. */
#ifndef KERNELS_REGISTRY_H
#define KERNELS_REGISTRY_H

#include "kernels/kernel.h"

enum { KERNEL_BUILDS = 3 };

/* "serial", "simd", "parallel": the order of the builds everywhere. */
enum { BUILD_SERIAL, BUILD_SIMD, BUILD_PARALLEL };
extern const char *const kernel_build_names[KERNEL_BUILDS];

/* The builds differ in `run`, `prepare` and `observe`; all else is the same in
 * the three. */
struct kernel_builds {
    const struct kernel *builds[KERNEL_BUILDS];
};

extern const struct kernel_builds kernel_list[];
extern const size_t kernel_count;

/* NULL when no kernel has that name. */
const struct kernel_builds *kernel_find(const char *name);

/* The build of that name, or -1. */
int kernel_build_find(const char *name);

#endif
