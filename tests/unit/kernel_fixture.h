/* A kernel made ready in this process: its parameters by name, its memory, its team. */
#ifndef TESTS_UNIT_KERNEL_FIXTURE_H
#define TESTS_UNIT_KERNEL_FIXTURE_H

#include "kernels/registry.h"
#include "unit.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

struct bench {
    const struct kernel *kernel;
    double set[KERNEL_PARAMETERS_MAX];
    void *memory;
};

/* `wishes` are parameters that differ from their defaults; the list ends with a NULL name. */
struct wish {
    const char *name;
    double value;
};

static inline void bench_set(struct bench *bench, const struct wish *wish)
{
    for (size_t i = 0; i < bench->kernel->parameter_count; i++) {
        if (strcmp(bench->kernel->parameters[i].name, wish->name) == 0) {
            bench->set[i] = wish->value;
            return;
        }
    }
    fail_msg("%s has no parameter %s", bench->kernel->name, wish->name);
}

static inline struct bench bench_make(const char *name, int build, int threads,
                                      const struct wish *wishes)
{
    const struct kernel_builds *builds = kernel_find(name);
    assert_non_null(builds);
    struct bench bench = {.kernel = builds->builds[build]};
    for (size_t i = 0; i < bench.kernel->parameter_count; i++)
        bench.set[i] = bench.kernel->parameters[i].initial;
    for (; wishes->name; wishes++)
        bench_set(&bench, wishes);
    const size_t size = (bench.kernel->memory(bench.set) + 64) / 64 * 64;
    bench.memory = aligned_alloc(64, size);
    memset(bench.memory, 0xFF, size); /* NaN: whatever is read must have been written */
    omp_set_num_threads(threads);
    if (bench.kernel->prepare)
        bench.kernel->prepare(bench.set, bench.memory);
    return bench;
}

static inline double bench_run(struct bench *bench)
{
    return bench->kernel->run(bench->set, bench->memory);
}

static inline void bench_free(struct bench *bench)
{
    free(bench->memory);
}

/* The answer of one run. */
static inline double answer_of(const char *name, int build, int threads, const struct wish *wishes)
{
    struct bench bench = bench_make(name, build, threads, wishes);
    const double answer = bench_run(&bench);
    bench_free(&bench);
    return answer;
}

#endif
