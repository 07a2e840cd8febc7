/* Runs every kernel whose answer must be the same 64 bits in all the ways that there are in this
 * build of them: serial, simd and parallel, at each level of the instruction set that runs here, on
 * 1 to 16 threads, by every schedule (their sources are compiled with schedule(runtime) here), at
 * its witness's size and at another. Prints a line with a hash for each kernel; what differs, and a
 * witness that is not met, goes to stderr, and then the exit status is 1. */
#include "kernels/registry.h"

#include <inttypes.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS_MOST = 16, SIZES = 2, LEADING = sizeof((struct kernel_witness){0}).leading / 8 };

static const struct schedule {
    omp_sched_t kind;
    int chunk; /* 0: the implementation's */
} schedules[] = {{omp_sched_static, 0},  {omp_sched_static, 1}, {omp_sched_dynamic, 1},
                 {omp_sched_dynamic, 3}, {omp_sched_guided, 1}, {omp_sched_auto, 0}};
enum { SCHEDULES = sizeof schedules / sizeof *schedules };

/* The answer of one run, its first size a little more than doubled where `larger`. */
static uint64_t answer_bits(const struct kernel *kernel, bool larger)
{
    double set[KERNEL_PARAMETERS_MAX];
    uint64_t bits;
    for (size_t i = 0; i < kernel->parameter_count; i++)
        set[i] = i < LEADING && kernel->witness.leading[i] != 0 ? kernel->witness.leading[i]
                                                                : kernel->parameters[i].initial;
    if (larger)
        set[0] = 2 * set[0] + 31;
    void *memory = aligned_alloc(64, kernel->memory(set) / 64 * 64 + 64);
    memset(memory, 0xFF, kernel->memory(set));
    if (kernel->prepare)
        kernel->prepare(set, memory);
    const double answer = kernel->run(set, memory);
    free(memory);
    memcpy(&bits, &answer, sizeof bits);
    return bits;
}

/* What the serial build of the least demanding level gave. */
struct expected {
    uint64_t bits[SIZES];
};

/* How many of a kernel's answers in the present way are not what is expected. */
static int differing(const struct kernel *kernel, int build, const struct expected *expected,
                     const char *way)
{
    int count = 0;
    for (int size = 0; size < SIZES; size++) {
        const uint64_t bits = answer_bits(kernel, size);
        if (bits == expected->bits[size])
            continue;
        fprintf(stderr, "%s, %s, %s%s: %016" PRIx64 " instead of %016" PRIx64 "\n", kernel->name,
                kernel_level_in_use()->name, kernel_build_names[build], way, bits,
                expected->bits[size]);
        count++;
    }
    return count;
}

static int differing_in_parallel(const struct kernel *kernel, const struct expected *expected)
{
    int count = 0;
    for (int threads = 1; threads <= THREADS_MOST; threads++) {
        omp_set_num_threads(threads);
        for (int i = 0; i < SCHEDULES; i++) {
            char way[64];
            snprintf(way, sizeof way, " on %d threads, schedule %d", threads, i);
            omp_set_schedule(schedules[i].kind, schedules[i].chunk);
            count += differing(kernel, BUILD_PARALLEL, expected, way);
        }
    }
    return count;
}

static int check(size_t place)
{
    const struct kernel *first = kernel_at(place)->builds[BUILD_SERIAL];
    struct expected expected;
    int count = 0;
    for (int size = 0; size < SIZES; size++)
        expected.bits[size] = answer_bits(first, size);
    if (expected.bits[0] != first->witness.bits)
        fprintf(stderr, "%s: its witness is %016" PRIx64 " instead of %016" PRIx64 "\n",
                first->name, expected.bits[0], first->witness.bits);
    count += expected.bits[0] != first->witness.bits;
    for (size_t level = 0; level < kernel_level_count; level++) {
        if (!kernel_level_use(kernel_levels[level].name))
            continue;
        const struct kernel *const *builds = kernel_at(place)->builds;
        count += differing(builds[BUILD_SERIAL], BUILD_SERIAL, &expected, "");
        count += differing(builds[BUILD_SIMD], BUILD_SIMD, &expected, "");
        count += differing_in_parallel(builds[BUILD_PARALLEL], &expected);
    }
    printf("%s %016" PRIx64 "\n", first->name, expected.bits[0] * 31 + expected.bits[1]);
    return count;
}

int main(void)
{
    int count = 0;
    for (size_t i = 0; i < kernel_count; i++) {
        kernel_level_use(kernel_levels[0].name);
        if (kernel_at(i)->builds[BUILD_SERIAL]->tolerance == 0)
            count += check(i);
    }
    fprintf(stderr, "levels:");
    for (size_t i = 0; i < kernel_level_count; i++)
        fprintf(stderr, " %s%s", kernel_levels[i].name,
                kernel_level_runs(&kernel_levels[i]) ? "" : " (not here)");
    fprintf(stderr, "\n");
    return count > 0;
}
