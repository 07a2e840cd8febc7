#include "kernel_fixture.h"

#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>

static uint64_t bits_of(double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

/* Serial, SIMD, and threads in numbers that divide the work evenly and not. */
static const struct {
    int build, threads;
} ways[] = {
    {BUILD_SIMD, 1},     {BUILD_PARALLEL, 1}, {BUILD_PARALLEL, 2},
    {BUILD_PARALLEL, 3}, {BUILD_PARALLEL, 7},
};

static void same_bits_at_level(const char *name, const struct wish *wishes, double serial)
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct bench bench = bench_make(name, ways[i].build, ways[i].threads, wishes);
        for (int run = 0; run < 2; run++) {
            const double answer = bench_run(&bench);
            if (bits_of(answer) != bits_of(serial))
                fail_msg("%s, %s on %d threads, %s, run %d: %.17g, serial %.17g", name,
                         kernel_build_names[ways[i].build], ways[i].threads,
                         kernel_level_in_use()->name, run, answer, serial);
        }
        bench_free(&bench);
    }
}

static void same_bits(const char *name, const struct wish *wishes)
{
    const double serial = answer_of(name, BUILD_SERIAL, 1, wishes);
    assert_true(isfinite(serial));
    for (size_t i = 0; i < kernel_level_count; i++)
        if (kernel_level_use(kernel_levels[i].name))
            same_bits_at_level(name, wishes, serial);
}
static const char *const pi_kernels[] = {"pi.hits", "pi.hits32", "pi.integer"};
static const double pi_sizes[] = {1, 511, 513, 100003};

/* Sizes that end within a block, a tile or a vector. */
static void answers_are_the_same_bits(void **state)
{
    (void)state;
    same_bits("wealth.path", (struct wish[]){{"households", 131}, {"periods", 57}, {0}});
    same_bits("wealth.median", (struct wish[]){{"households", 1999}, {"periods", 50}, {0}});
    same_bits("wealth.median", (struct wish[]){{"households", 1}, {"periods", 3}, {0}});
    same_bits("ufunc.max", (struct wish[]){{"n", 531}, {0}});
    same_bits("ufunc.max", (struct wish[]){{"n", 3}, {0}});
    same_bits("ufunc.temporaries", (struct wish[]){{"n", 531}, {0}});
    for (size_t i = 0; i < sizeof pi_kernels / sizeof *pi_kernels; i++)
        for (size_t k = 0; k < sizeof pi_sizes / sizeof *pi_sizes; k++)
            same_bits(pi_kernels[i], (struct wish[]){{"n", pi_sizes[k]}, {0}});
    same_bits("limits.fma", (struct wish[]){{"repeats", 5}, {0}});
    same_bits("limits.triad", (struct wish[]){{"elements", 10007}, {0}});
    same_bits("limits.triad", (struct wish[]){{"elements", 1}, {0}});
    same_bits("limits.forkjoin", (struct wish[]){{"repeats", 50}, {0}});
    same_bits("option.price", (struct wish[]){{"paths", 10037}, {0}});
    same_bits("option.price", (struct wish[]){{"paths", 1}, {"k", 0}, {"n", 2}, {0}});
    same_bits("hazards.critical", (struct wish[]){{"n", 1003}, {0}});
    same_bits("hazards.atomic", (struct wish[]){{"n", 10007}, {0}});
    same_bits("hazards.reduction", (struct wish[]){{"n", 10007}, {0}});
    same_bits("hazards.false_sharing", (struct wish[]){{"n", 10007}, {0}});
    same_bits("hazards.padded", (struct wish[]){{"n", 1}, {0}});
    same_bits("hazards.grain", (struct wish[]){{"tasks", 40}, {"size", 1003}, {0}});
    same_bits("hazards.grain", (struct wish[]){{"tasks", 3}, {"size", 1}, {0}});
    same_bits("hazards.nested", (struct wish[]){{"rows", 5}, {"size", 103}, {"inner", 3}, {0}});
    same_bits("hazards.uneven_static", (struct wish[]){{"n", 501}, {0}});
    same_bits("hazards.uneven_cyclic", (struct wish[]){{"n", 501}, {"block", 7}, {0}});
    same_bits("hazards.uneven_dynamic", (struct wish[]){{"n", 501}, {"block", 2}, {0}});
    same_bits("hazards.uneven_guided", (struct wish[]){{"n", 1}, {0}});
    same_bits("costs.process", (struct wish[]){{"repeats", 2}, {0}});
    same_bits("costs.thread", (struct wish[]){{"repeats", 20}, {0}});
    same_bits("costs.message", (struct wish[]){{"repeats", 20}, {0}});
    same_bits("costs.shared", (struct wish[]){{"repeats", 20}, {0}});
}

/* What the answers of this program were on the machine where they were first worked out: they must
 * be these on every machine. */
static void answers_are_those_of_other_machines(void **state)
{
    (void)state;
    const struct wish none[] = {{0}};
    assert_int_equal(bits_of(answer_of("wealth.path", BUILD_SERIAL, 1, none)), 0x4002443072572280);
    assert_int_equal(bits_of(answer_of("ufunc.max", BUILD_SIMD, 1, none)), 0x3feffffe7d4c6515);
    assert_int_equal(bits_of(answer_of("wealth.median", BUILD_SIMD, 1,
                                       (struct wish[]){{"households", 1000}, {0}})),
                     0x3ffc2b7278fb9924);
    assert_int_equal(
        bits_of(answer_of("option.price", BUILD_SIMD, 1, (struct wish[]){{"paths", 100000}, {0}})),
        0x40ef8de1bc324416);
    assert_int_equal(bits_of(answer_of("hazards.grain", BUILD_SERIAL, 1, none)),
                     0x3fe36f8878d44e34);
    assert_int_equal(bits_of(answer_of("hazards.uneven_static", BUILD_SERIAL, 1,
                                       (struct wish[]){{"n", 2000}, {0}})),
                     0x3fe05b801a0bce42);
    const struct wish points[] = {{"n", 10007}, {0}};
    assert_int_equal(bits_of(answer_of("pi.hits", BUILD_SIMD, 1, points)), 0x4008fbeeb4dd8a7a);
    assert_int_equal(bits_of(answer_of("pi.hits32", BUILD_SIMD, 1, points)), 0x40091cad72538d16);
    assert_int_equal(bits_of(answer_of("pi.integer", BUILD_SIMD, 1, points)), 0x4008e6a5ecea6f2e);
    assert_true(answer_of("limits.fma", BUILD_SIMD, 1, (struct wish[]){{"repeats", 1}, {0}}) ==
                393216);
}

/* The build with the C library's functions computes the same thing, but for rounding. */
static void answers_with_the_library_are_close(void **state)
{
    (void)state;
    size_t found = 0;
    for (size_t i = 0; i < kernel_count; i++) {
        const struct kernel *kernel = kernel_at(i)->builds[BUILD_LIBM];
        const struct wish small[] = {
            {kernel->parameters[0].name, kernel->parameters[0].initial < 100 ? 50 : 400}, {0}};
        if (!kernel_has_build(kernel_at(i), BUILD_LIBM))
            continue;
        const double ours = answer_of(kernel->name, BUILD_SERIAL, 1, small);
        const double theirs = answer_of(kernel->name, BUILD_LIBM, 1, small);
        if (fabs(theirs - ours) > kernel->libm_tolerance * fabs(ours))
            fail_msg("%s: %.17g with the library, %.17g without", kernel->name, theirs, ours);
        found++;
    }
    assert_true(found >= 4);
}

static void answers_depend_on_the_seed(void **state)
{
    (void)state;
    const struct wish one[] = {{"households", 100}, {"periods", 20}, {"seed", 1}, {0}};
    const struct wish two[] = {{"households", 100}, {"periods", 20}, {"seed", 0x1p32 + 1}, {0}};
    assert_true(answer_of("wealth.median", BUILD_SIMD, 1, one) !=
                answer_of("wealth.median", BUILD_SIMD, 1, two));
}

/* 50,000 households over 1,000 periods: the sampling error of the median is about 0.006. */
static void long_run_median_wealth(void **state)
{
    (void)state;
    const double answer = answer_of("wealth.median", BUILD_SIMD, 1, (struct wish[]){{0}});
    assert_true(fabs(answer - 1.83) < 0.02);
}

static void wealth_without_chance(void **state)
{
    (void)state;
    const struct wish wishes[] = {{"v1", 0},  {"v2", 0},      {"s", 0.5},         {"r", 0.5},
                                  {"w0", 10}, {"periods", 3}, {"households", 70}, {0}};
    double wealth = 10;
    for (int period = 0; period < 3; period++)
        wealth = 0.75 * wealth + 1;
    assert_true(answer_of("wealth.median", BUILD_PARALLEL, 2, wishes) == wealth);
    assert_true(answer_of("wealth.path", BUILD_PARALLEL, 2, wishes) == wealth);
}

/* --- paths --- */

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

enum { HOUSEHOLDS = 70, PERIODS = 40 };

struct album {
    struct kernel_sink sink;
    size_t series, points;
    double last[HOUSEHOLDS];
};

static void keep(struct kernel_sink *sink, const char *name, const char *unit, const double *values,
                 size_t count)
{
    struct album *album = (struct album *)sink;
    char expected[32];
    snprintf(expected, sizeof expected, "household %zu", album->series + 1);
    assert_string_equal(name, expected);
    assert_string_equal(unit, "");
    assert_true(values[0] == 5);
    album->points += count;
    if (album->series < HOUSEHOLDS)
        album->last[album->series] = values[count - 1];
    album->series++;
}

static void paths_begin_at_w0_and_end_at_the_answer(void **state)
{
    (void)state;
    const struct wish wishes[] = {{"households", HOUSEHOLDS}, {"periods", PERIODS}, {0}};
    struct bench bench = bench_make("wealth.path", BUILD_SIMD, 1, wishes);
    struct album album = {.sink = {keep}};
    bench.kernel->observe(bench.set, bench.memory, &album.sink);
    assert_int_equal(album.series, HOUSEHOLDS);
    assert_int_equal(album.points, HOUSEHOLDS * (PERIODS + 1));
    double sum = 0;
    for (int i = 0; i < HOUSEHOLDS; i++)
        sum += album.last[i];
    assert_true(sum / HOUSEHOLDS == bench_run(&bench));
    /* households are the same ones, whoever works them out */
    qsort(album.last, HOUSEHOLDS, sizeof(double), ascending);
    const double middle = (album.last[HOUSEHOLDS / 2 - 1] + album.last[HOUSEHOLDS / 2]) / 2;
    const struct wish same[] = {{"households", HOUSEHOLDS}, {"periods", PERIODS}, {"w0", 5}, {0}};
    assert_true(answer_of("wealth.median", BUILD_SIMD, 1, same) == middle);
    bench_free(&bench);
}

static void many_long_paths_are_cut_to_a_few(void **state)
{
    (void)state;
    const struct wish wishes[] = {{"households", 200}, {"periods", 5000}, {0}};
    struct bench bench = bench_make("wealth.path", BUILD_PARALLEL, 2, wishes);
    struct album album = {.sink = {keep}};
    bench.kernel->observe(bench.set, bench.memory, &album.sink);
    assert_in_range(album.series, 1, 8);
    assert_int_equal(album.points, album.series * 5001);
    bench_free(&bench);
}

/* --- the distribution of wealth --- */

enum { BINS = 100, DATES = 8 };

struct histograms {
    struct kernel_sink sink;
    size_t series;
    char names[DATES][32];
    double middle[BINS], share[DATES][BINS];
};

static void keep_histogram(struct kernel_sink *sink, const char *name, const char *unit,
                           const double *values, size_t count)
{
    struct histograms *all = (struct histograms *)sink;
    assert_int_equal(count, BINS);
    assert_string_equal(unit, "");
    assert_in_range(all->series, 0, DATES);
    if (all->series == 0) {
        assert_string_equal(name, "wealth");
        memcpy(all->middle, values, sizeof all->middle);
    } else {
        snprintf(all->names[all->series - 1], sizeof all->names[0], "%s", name);
        memcpy(all->share[all->series - 1], values, sizeof all->share[0]);
    }
    all->series++;
}

static struct histograms histograms_of(int build, int threads, double w0, double periods)
{
    const struct wish wishes[] = {{"households", 9999}, {"periods", periods}, {"w0", w0}, {0}};
    struct bench bench = bench_make("wealth.median", build, threads, wishes);
    struct histograms all = {.sink = {keep_histogram}};
    bench.kernel->observe(bench.set, bench.memory, &all.sink);
    bench_free(&bench);
    return all;
}

/* The bin in which half of the households are reached holds the median. */
static void histograms_hold_the_median(void **state)
{
    (void)state;
    static const char *const names[] = {"after 1 period", "after 2 periods", "after 4 periods",
                                        "after 8 periods", "after 11 periods"};
    const struct histograms all = histograms_of(BUILD_PARALLEL, 3, 1, 11);
    assert_int_equal(all.series, 1 + 5);
    for (int date = 0; date < 5; date++) {
        const double periods = strtod(names[date] + strlen("after "), NULL);
        const struct wish same[] = {{"households", 9999}, {"periods", periods}, {0}};
        const double middle = answer_of("wealth.median", BUILD_SIMD, 1, same);
        double below = 0;
        int bin = 0;
        while (below + all.share[date][bin] < 0.5)
            below += all.share[date][bin++];
        assert_string_equal(all.names[date], names[date]);
        assert_true(fabs(middle - all.middle[bin]) <= 0.05);
    }
}

static void histograms_are_shares(void **state)
{
    (void)state;
    const struct histograms all = histograms_of(BUILD_SIMD, 1, 1, 4);
    const struct histograms serial = histograms_of(BUILD_SERIAL, 1, 1, 4);
    assert_memory_equal(all.share, serial.share, sizeof all.share);
    for (int date = 0; date < 3; date++) {
        double sum = 0;
        for (int bin = 0; bin < BINS; bin++) {
            assert_true(fabs(all.middle[bin] - (bin + 0.5) * 0.1) < 1e-12);
            assert_true(all.share[date][bin] >= 0);
            sum += all.share[date][bin];
        }
        assert_true(sum > 0.97 && sum <= 1 + 1e-12); /* few are richer than 10 */
    }
    /* exp(z) is below 0.1 in one case of a hundred, and wealth is that and 0.33 of what was */
    assert_true(all.share[0][0] == 0 && all.share[0][13] > 0.02);
}

/* Rich and poor meet the same shocks: at first their histograms have nothing in common, in the end
 * they are the same. */
static void histograms_forget_where_they_began(void **state)
{
    (void)state;
    const struct histograms poor = histograms_of(BUILD_PARALLEL, 2, 1, 64);
    const struct histograms rich = histograms_of(BUILD_PARALLEL, 2, 50, 64);
    double apart[2] = {0};
    for (int bin = 0; bin < BINS; bin++) {
        apart[0] += fabs(poor.share[1][bin] - rich.share[1][bin]) / 2;
        apart[1] += fabs(poor.share[6][bin] - rich.share[6][bin]) / 2;
    }
    assert_string_equal(poor.names[6], "after 64 periods");
    assert_true(apart[0] > 0.5);
    assert_true(apart[1] == 0);
}

/* --- the others --- */

static void maximum_agrees_with_the_library(void **state)
{
    (void)state;
    enum { N = 301 };
    const struct wish wishes[] = {{"n", N}, {"low", 1.1}, {"high", 3.3}, {0}};
    double expected = -INFINITY;
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            const double x = 1.1 + 2.2 * j / (N - 1), y = 1.1 + 2.2 * i / (N - 1);
            expected = fmax(expected, cos(x * x + y * y) / (1 + x * x + y * y));
        }
    }
    const double fused = answer_of("ufunc.max", BUILD_SIMD, 1, wishes);
    assert_true(fabs(fused - expected) < 1e-14);
    assert_true(answer_of("ufunc.temporaries", BUILD_SIMD, 1, wishes) == fused);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_the_same_bits),
        cmocka_unit_test(answers_are_those_of_other_machines),
        cmocka_unit_test(answers_with_the_library_are_close),
        cmocka_unit_test(answers_depend_on_the_seed),
        cmocka_unit_test(long_run_median_wealth),
        cmocka_unit_test(wealth_without_chance),
        cmocka_unit_test(paths_begin_at_w0_and_end_at_the_answer),
        cmocka_unit_test(many_long_paths_are_cut_to_a_few),
        cmocka_unit_test(histograms_hold_the_median),
        cmocka_unit_test(histograms_are_shares),
        cmocka_unit_test(histograms_forget_where_they_began),
        cmocka_unit_test(maximum_agrees_with_the_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
