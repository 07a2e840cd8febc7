/* Threads that count together, tasks that are small, steps that are uneven. */
#include "kernel_fixture.h"
#include "worker_fixture.h"

#include <math.h>
#include <sched.h>

/* How many cores this process may run on. */
static int cores(void)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

/* --- counting --- */

static const struct wish million[] = {{"n", 1000003}, {0}};

static void alone_a_race_counts_right(void **state)
{
    (void)state;
    for (int build = 0; build < KERNEL_BUILDS; build++)
        assert_true(answer_of("hazards.race", build, 1, million) == 1000003);
    assert_true(kernel_find("hazards.race")->builds[BUILD_PARALLEL]->racy);
    assert_false(kernel_find("hazards.atomic")->builds[BUILD_PARALLEL]->racy);
}

/* The point of that kernel: with two cores some counts are lost, and none are invented. In a worker
 * whose threads are bound to them, as in a measurement: else both may be given one core in turn,
 * and then they do not race. */
static void two_that_race_lose_counts(void **state)
{
    (void)state;
    static const char *const environment[] = {"OMP_NUM_THREADS=2", "OMP_PLACES=cores",
                                              "OMP_PROC_BIND=close", NULL};
    enum { N = 10000000, RUNS = 200 };
    double counted = N;
    if (cores() < 2)
        skip();
    struct process worker = worker_start(environment);
    json_decref(worker_get(&worker, "{\"do\":\"prepare\",\"kernel\":\"hazards.race\","
                                    "\"variant\":\"parallel\",\"set\":{\"n\":10000000}}"));
    for (int run = 0; run < RUNS && counted == N; run++) {
        json_t *answer = worker_get(&worker, "{\"do\":\"sample\",\"repeat\":2}");
        counted = number_of(answer, "answer");
        assert_true(counted >= 2 && counted <= N && counted == floor(counted));
        json_decref(answer);
    }
    worker_end(&worker);
    assert_true(counted < N);
}

/* Of two threads each has counted in a counter of its own, so many bytes from the other's. */
static void counters_lie_as_far_apart_as_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t second; /* in counters */
    } kernels[] = {{"hazards.false_sharing", 1}, {"hazards.padded", 16}};
    for (int k = 0; k < 2; k++) {
        struct bench bench = bench_make(kernels[k].name, BUILD_PARALLEL, 2, million);
        assert_true(bench_run(&bench) == 1000003);
        const int64_t *counters = bench.memory;
        const int64_t first = counters[0], second = counters[kernels[k].second];
        assert_int_equal(first + second, 1000003);
        assert_in_range(first, 500001, 500002);
        assert_int_equal(counters[2 * kernels[k].second], -1); /* nobody's */
        bench_free(&bench);
    }
}

/* --- tasks --- */

static double grain_by_hand(int tasks, int size)
{
    double x[100], sum = 0;
    for (int i = 0; i < size; i++)
        x[i] = (i + 1.0) / (size + 1.0);
    for (int task = 0; task < tasks; task++) {
        const double rate = 3.9 - 0.1 * x[0];
        for (int i = 0; i < size; i++)
            for (int step = 0; step < 8; step++)
                x[i] = rate * x[i] * (1 - x[i]);
    }
    for (int i = 0; i < size; i++)
        sum += x[i];
    return sum / size;
}

/* The map is chaotic: after a hundred tasks one wrong bit anywhere would show. */
static void every_unit_of_every_task_is_done(void **state)
{
    (void)state;
    for (int size = 1; size <= 100; size += 33) {
        const struct wish wishes[] = {{"tasks", 100}, {"size", size}, {0}};
        assert_true(answer_of("hazards.grain", BUILD_PARALLEL, 3, wishes) ==
                    grain_by_hand(100, size));
    }
}

/* --- steps --- */

static const char *const uneven[] = {"hazards.uneven_static", "hazards.uneven_cyclic",
                                     "hazards.uneven_dynamic", "hazards.uneven_guided"};
enum { SCHEDULES = 4 };

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* With the incomes sorted the coefficient is the sum of (2 i - n - 1) w_i over n times that of all
 * w_i, i from 1. */
static double gini_by_sorting(const double *incomes, size_t n)
{
    double *sorted = malloc(n * sizeof *sorted), weighted = 0, total = 0;
    memcpy(sorted, incomes, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, ascending);
    for (size_t i = 0; i < n; i++) {
        weighted += (2.0 * (double)i + 1 - (double)n) * sorted[i];
        total += sorted[i];
    }
    free(sorted);
    return weighted / ((double)n * total);
}

static void all_schedules_find_the_gini_coefficient(void **state)
{
    (void)state;
    enum { N = 2001 };
    double found = NAN;
    for (int k = 0; k < SCHEDULES; k++) {
        struct bench bench =
            bench_make(uneven[k], BUILD_PARALLEL, 3, (struct wish[]){{"n", N}, {0}});
        const double gini = bench_run(&bench);
        assert_true(fabs(gini - gini_by_sorting(bench.memory, N)) < 1e-12);
        assert_true(k == 0 || gini == found); /* all 64 bits */
        found = gini;
        bench_free(&bench);
    }
}

/* Of lognormal incomes exp(z) it is erf(1 / 2); the standard error of 20,000 is about 0.003. */
static void incomes_are_lognormal(void **state)
{
    (void)state;
    const double gini = answer_of("hazards.uneven_dynamic", BUILD_PARALLEL, 2,
                                  (struct wish[]){{"n", 20000}, {"block", 16}, {0}});
    assert_true(fabs(gini - erf(0.5)) < 0.015);
}

static void blocks_do_not_change_the_coefficient(void **state)
{
    (void)state;
    const double found = answer_of(uneven[0], BUILD_SERIAL, 1, (struct wish[]){{"n", 700}, {0}});
    for (int k = 1; k < SCHEDULES; k++)
        for (double block = 1; block <= 1000; block *= 10)
            assert_true(answer_of(uneven[k], BUILD_PARALLEL, 3,
                                  (struct wish[]){{"n", 700}, {"block", block}, {0}}) == found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alone_a_race_counts_right),
        cmocka_unit_test(two_that_race_lose_counts),
        cmocka_unit_test(counters_lie_as_far_apart_as_is_said),
        cmocka_unit_test(every_unit_of_every_task_is_done),
        cmocka_unit_test(all_schedules_find_the_gini_coefficient),
        cmocka_unit_test(incomes_are_lognormal),
        cmocka_unit_test(blocks_do_not_change_the_coefficient),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
