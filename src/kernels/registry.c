#include "kernels/registry.h"

#include <string.h>

/* The makefile says for which levels it compiles, as
 *
 *     KERNEL_LEVELS(ENTRY, x)
 *
 * which stands for ENTRY(x, x86_64_v3, "x86-64-v3", "-march=...") and so on. */

#define DECLARE(id, level, name, flags)                                        \
    extern const struct kernel id##_serial_##level, id##_simd_##level,         \
        id##_parallel_##level, id##_libm_##level;
#define KERNEL_ENTRY(identifier) KERNEL_LEVELS(DECLARE, identifier)
#include "kernels/kernels.def"
#undef KERNEL_ENTRY

#define LEVEL_ENTRY(ignored, level, name, flags) {name, flags},
const struct kernel_level kernel_levels[] = {KERNEL_LEVELS(LEVEL_ENTRY, )};

enum { LEVELS = sizeof kernel_levels / sizeof *kernel_levels };
const size_t kernel_level_count = LEVELS;

#define BUILDS_ENTRY(id, level, name, flags)                                   \
    {{&id##_serial_##level, &id##_simd_##level, &id##_parallel_##level,        \
      &id##_libm_##level}},
#define KERNEL_ENTRY(identifier) {KERNEL_LEVELS(BUILDS_ENTRY, identifier)},
static const struct kernel_builds kernels[][LEVELS] = {
#include "kernels/kernels.def"
};
#undef KERNEL_ENTRY

const size_t kernel_count = sizeof kernels / sizeof *kernels;

const char *const kernel_build_names[KERNEL_BUILDS] = {"serial", "simd",
                                                       "parallel", "libm"};

static size_t level_in_use;

const struct kernel_builds *kernel_at(size_t place)
{
    return &kernels[place][level_in_use];
}

const struct kernel_builds *kernel_find(const char *name)
{
    for (size_t i = 0; i < kernel_count; i++)
        if (strcmp(kernel_at(i)->builds[BUILD_SERIAL]->name, name) == 0)
            return kernel_at(i);
    return NULL;
}

bool kernel_has_build(const struct kernel_builds *kernel, int build)
{
    const struct kernel *there = kernel->builds[build];
    return there && (build != BUILD_LIBM || there->libm_tolerance > 0);
}

int kernel_build_find(const char *name)
{
    for (int build = 0; build < KERNEL_BUILDS; build++)
        if (strcmp(kernel_build_names[build], name) == 0)
            return build;
    return -1;
}

/* What the level of x86-64 demands beyond the one before it. A level that is
 * not listed (the processor's own, "native") runs where it was compiled. */
bool kernel_level_runs(const struct kernel_level *level)
{
#ifdef __x86_64__
#define HAS(extension) (__builtin_cpu_supports(extension) != 0)
    const bool demanded[] = {
        HAS("sse4.2") && HAS("popcnt"),
        HAS("avx2") && HAS("bmi") && HAS("bmi2") && HAS("fma"),
        HAS("avx512f") && HAS("avx512bw") && HAS("avx512cd") &&
            HAS("avx512dq") && HAS("avx512vl"),
    };
    static const char *const names[] = {"x86-64-v2", "x86-64-v3", "x86-64-v4"};
    bool runs = true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        runs &= demanded[i];
        if (strcmp(level->name, names[i]) == 0)
            return runs;
    }
#endif
    return level->name[0] != '\0';
}

bool kernel_level_use(const char *name)
{
    for (size_t i = LEVELS; i-- > 0;) {
        const struct kernel_level *level = &kernel_levels[i];
        if ((name && strcmp(level->name, name) != 0) ||
            !kernel_level_runs(level))
            continue;
        level_in_use = i;
        return true;
    }
    return false;
}

const struct kernel_level *kernel_level_in_use(void)
{
    return &kernel_levels[level_in_use];
}
