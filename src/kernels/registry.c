#include "kernels/registry.h"

#include <string.h>

#define KERNEL_ENTRY(identifier)                                               \
    extern const struct kernel identifier##_serial, identifier##_simd,         \
        identifier##_parallel;
#include "kernels/kernels.def"
#undef KERNEL_ENTRY

#define KERNEL_ENTRY(identifier)                                               \
    {{&identifier##_serial, &identifier##_simd, &identifier##_parallel}},
const struct kernel_builds kernel_list[] = {
#include "kernels/kernels.def"
};
#undef KERNEL_ENTRY

const size_t kernel_count = sizeof kernel_list / sizeof *kernel_list;

const char *const kernel_build_names[KERNEL_BUILDS] = {"serial", "simd",
                                                       "parallel"};

const struct kernel_builds *kernel_find(const char *name)
{
    for (size_t i = 0; i < kernel_count; i++)
        if (strcmp(kernel_list[i].builds[BUILD_SERIAL]->name, name) == 0)
            return &kernel_list[i];
    return NULL;
}

int kernel_build_find(const char *name)
{
    for (int build = 0; build < KERNEL_BUILDS; build++)
        if (strcmp(kernel_build_names[build], name) == 0)
            return build;
    return -1;
}
