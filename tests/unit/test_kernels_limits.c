/* The kernels that measure limits do what they declare: a rate is work over time, and work that a
 * compiler removed, or that nobody counted, would make a false one. */
#include "kernel_fixture.h"

#include <math.h>

/* Three threads where there are threads: seven blocks and 1003 elements are not divided evenly. */
static struct bench make(const char *name, int build, const struct wish *wishes)
{
    return bench_make(name, build, build == BUILD_PARALLEL ? 3 : 1, wishes);
}

static void every_multiply_and_add_is_done(void **state)
{
    (void)state;
    for (int build = 0; build < KERNEL_BUILDS; build++) {
        for (double repeats = 1; repeats <= 7; repeats += 3) {
            struct bench bench =
                make("limits.fma", build, (struct wish[]){{"repeats", repeats}, {0}});
            assert_true(2 * bench_run(&bench) == bench.kernel->operations(bench.set));
            assert_true(bench.kernel->traffic(bench.set) == 0);
            bench_free(&bench);
        }
    }
}

/* With other constants than 1 the chains go elsewhere, so it is arithmetic that is timed. */
static void the_chains_are_computed(void **state)
{
    (void)state;
    const struct wish wishes[] = {{"repeats", 2}, {0}};
    for (int build = 0; build < KERNEL_BUILDS; build++) {
        struct bench bench = make("limits.fma", build, wishes);
        double *constants = bench.memory;
        constants[1] = 2;
        assert_true(bench_run(&bench) == bench.kernel->operations(bench.set));
        constants[0] = constants[1] = 0; /* every chain ends at 0, less where it started */
        assert_true(bench_run(&bench) < 0);
        bench_free(&bench);
    }
}

static void every_element_is_written(void **state)
{
    (void)state;
    enum { N = 1003, STRIDE = 1008 };
    const struct wish wishes[] = {{"elements", N}, {0}};
    for (int build = 0; build < KERNEL_BUILDS; build++) {
        struct bench bench = make("limits.triad", build, wishes);
        const double *a = bench.memory, *b = a + STRIDE, *c = b + STRIDE;
        assert_true(bench.kernel->memory(bench.set) == 3 * STRIDE * sizeof(double));
        assert_true(bench.kernel->traffic(bench.set) == 3 * N * sizeof(double));
        assert_true(bench.kernel->operations(bench.set) == 2 * N);
        for (int i = 0; i < N; i++)
            assert_true(a[i] == 0);
        bench_run(&bench);
        for (int i = 0; i < N; i++)
            assert_true(b[i] == i % 1000 && c[i] == i % 7 && a[i] == b[i] + 3 * c[i]);
        bench_free(&bench);
    }
}

/* The answer is read from the array, its two ends included. */
static void the_answer_is_of_what_was_written(void **state)
{
    (void)state;
    const struct wish wishes[] = {{"elements", 4096}, {0}};
    struct bench bench = make("limits.triad", BUILD_SIMD, wishes);
    double *b = (double *)bench.memory + 4096;
    const double before = bench_run(&bench);
    b[0] += 64;
    assert_true(bench_run(&bench) == before + 1);
    b[4095] += 64;
    assert_true(bench_run(&bench) == before + 2);
    bench_free(&bench);
}

/* Going over the arrays again is work that is counted, and changes nothing. */
static void small_arrays_are_gone_over_again(void **state)
{
    (void)state;
    enum { N = 1003, UPDATES = 5000, PASSES = 5 };
    const struct wish once[] = {{"elements", N}, {0}};
    const struct wish again[] = {{"elements", N}, {"updates", UPDATES}, {0}};
    const struct wish enough[] = {{"elements", N}, {"updates", N}, {0}};
    const double expected = answer_of("limits.triad", BUILD_SERIAL, 1, once);
    for (int build = 0; build < KERNEL_BUILDS; build++) {
        struct bench bench = make("limits.triad", build, again);
        assert_true(bench.kernel->operations(bench.set) == 2.0 * N * PASSES);
        assert_true(bench.kernel->traffic(bench.set) == 24.0 * N * PASSES);
        assert_true(bench_run(&bench) == expected);
        bench_free(&bench);
        bench = make("limits.triad", build, enough);
        assert_true(bench.kernel->operations(bench.set) == 2 * N);
        assert_true(bench_run(&bench) == expected);
        bench_free(&bench);
    }
}

/* The least time of a few runs, in seconds. */
static double least_time(struct bench *bench)
{
    double least = INFINITY;
    for (int i = 0; i < 9; i++) {
        const double start = omp_get_wtime();
        bench_run(bench);
        least = fmin(least, omp_get_wtime() - start);
    }
    return least;
}

/* 64 passes take far longer than one: the compiler has not made one of them. */
static void every_pass_is_made(void **state)
{
    (void)state;
    enum { N = 100000, PASSES = 64 };
    const struct wish once[] = {{"elements", N}, {0}};
    const struct wish again[] = {{"elements", N}, {"updates", (double)N * PASSES}, {0}};
    for (int build = 0; build < KERNEL_BUILDS; build++) {
        struct bench one = bench_make("limits.triad", build, 1, once);
        struct bench many = bench_make("limits.triad", build, 1, again);
        assert_true(least_time(&many) > PASSES / 8.0 * least_time(&one));
        bench_free(&one);
        bench_free(&many);
    }
}

static void every_region_is_entered(void **state)
{
    (void)state;
    const struct wish wishes[] = {{"repeats", 101}, {0}};
    for (int build = 0; build < KERNEL_BUILDS; build++) {
        struct bench bench = make("limits.forkjoin", build, wishes);
        assert_true(bench_run(&bench) == 101);
        assert_true(bench.kernel->operations(bench.set) == 101);
        bench_free(&bench);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_multiply_and_add_is_done),
        cmocka_unit_test(the_chains_are_computed),
        cmocka_unit_test(every_element_is_written),
        cmocka_unit_test(the_answer_is_of_what_was_written),
        cmocka_unit_test(small_arrays_are_gone_over_again),
        cmocka_unit_test(every_pass_is_made),
        cmocka_unit_test(every_region_is_entered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
