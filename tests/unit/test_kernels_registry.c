#include "kernel_fixture.h"

#include "base/file.h"
#include "base/process.h"

#include <math.h>
#include <stdlib.h>
#include <sys/wait.h>

static void lookups(void **state)
{
    (void)state;
    for (size_t i = 0; i < kernel_count; i++)
        assert_ptr_equal(kernel_find(kernel_at(i)->builds[0]->name), kernel_at(i));
    assert_null(kernel_find("wealth"));
    assert_null(kernel_find(""));
    for (int build = 0; build < KERNEL_BUILDS; build++)
        assert_int_equal(kernel_build_find(kernel_build_names[build]), build);
    assert_int_equal(kernel_build_find("fast"), -1);
}

static void levels(void **state)
{
    (void)state;
    const struct kernel_level *first = kernel_level_in_use();
    assert_ptr_equal(first, &kernel_levels[0]);
    assert_false(kernel_level_use("x86-64-v9"));
    assert_false(kernel_level_use(""));
    assert_ptr_equal(kernel_level_in_use(), first);
    const struct kernel *least = kernel_find("wealth.median")->builds[BUILD_SIMD];
    bool below = true;
    for (size_t i = 0; i < kernel_level_count; i++) {
        const bool runs = kernel_level_runs(&kernel_levels[i]);
        assert_true(below || !runs); /* what demands more runs where what demands less does */
        below = runs;
        assert_int_equal(kernel_level_use(kernel_levels[i].name), runs);
        if (runs && i > 0)
            assert_ptr_not_equal(kernel_find("wealth.median")->builds[BUILD_SIMD]->run, least->run);
    }
    const struct kernel_level *best = kernel_level_in_use();
    assert_true(kernel_level_use(first->name) && kernel_level_use(NULL));
    assert_ptr_equal(kernel_level_in_use(), best);
}

static void check_parameters(const struct kernel *kernel)
{
    assert_in_range(kernel->parameter_count, 1, KERNEL_PARAMETERS_MAX);
    for (size_t i = 0; i < kernel->parameter_count; i++) {
        const struct kernel_parameter *p = &kernel->parameters[i];
        assert_true(p->name[0] && p->about[0] && p->unit);
        assert_true(p->low <= p->initial && p->initial <= p->high);
        if (p->integer)
            assert_true(floor(p->low) == p->low && floor(p->initial) == p->initial &&
                        floor(p->high) == p->high && fabs(p->high) <= 0x1p53);
    }
}

/* Whatever may be asked for, the sizes and counts that are declared are numbers. */
static void check_extremes(const struct kernel *kernel)
{
    for (int corner = 0; corner < 3; corner++) {
        double set[KERNEL_PARAMETERS_MAX];
        for (size_t i = 0; i < kernel->parameter_count; i++) {
            const struct kernel_parameter *p = &kernel->parameters[i];
            set[i] = corner == 0 ? p->low : corner == 1 ? p->high : p->initial;
        }
        assert_true(isfinite(kernel->operations(set)) && kernel->operations(set) > 0);
        assert_true(isfinite(kernel->traffic(set)) && kernel->traffic(set) >= 0);
        assert_true((double)kernel->memory(set) < 0x1p53);
    }
}

static void descriptors_are_complete(void **state)
{
    (void)state;
    for (size_t i = 0; i < kernel_count; i++) {
        const struct kernel *const *builds = kernel_at(i)->builds;
        for (int build = 0; build < KERNEL_BUILDS; build++) {
            const struct kernel *kernel = builds[build];
            assert_true(kernel->about && kernel->answer && kernel->source && kernel->run);
            assert_string_equal(kernel->name, builds[0]->name);
            assert_true(strchr(kernel->name, '.') != NULL);
            assert_true(kernel->tolerance >= 0 && kernel->libm_tolerance >= 0);
            assert_true(kernel->witness.bits == 0 || kernel->tolerance == 0);
            check_parameters(kernel);
            check_extremes(kernel);
        }
        assert_ptr_not_equal(builds[0]->run, builds[1]->run);
        assert_ptr_not_equal(builds[1]->run, builds[2]->run);
    }
}

/* An exact kernel without a witness only counts: its answer is what it declares as operations. */
static void what_has_no_witness_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < kernel_count; i++) {
        const struct kernel *kernel = kernel_at(i)->builds[BUILD_SERIAL];
        const struct wish few[] = {{kernel->parameters[0].name, 3}, {0}};
        if (kernel->witness.bits != 0 || kernel->tolerance > 0)
            continue;
        struct bench bench = bench_make(kernel->name, BUILD_SERIAL, 1, few);
        if (bench_run(&bench) != kernel->operations(bench.set))
            fail_msg("%s computes something and needs a witness", kernel->name);
        bench_free(&bench);
    }
}

/* Whether the compiler takes a kernel with this flag; what it says goes to `complaint`. */
static bool compiles(const char *flag, struct text *complaint)
{
    const char *compiler = getenv("CC");
    const char *const arguments[] = {compiler ? compiler : "cc",
                                     "-std=c17",
                                     "-Isrc",
                                     "-DKERNEL_BUILD=serial",
                                     "-fsyntax-only",
                                     flag,
                                     "src/kernels/wealth.c",
                                     NULL};
    const struct command command = {.arguments = arguments};
    struct process process;
    struct text line = {0};
    assert_true(process_start(&process, &command, complaint));
    while (process_read_line(&process, &line, 30) == PROCESS_LINE)
        ;
    const int status = process_stop(&process, 5);
    text_add(complaint, text_string(&process.complaint));
    process_release(&process);
    text_release(&line);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void fast_math_is_refused(void **state)
{
    (void)state;
    struct text complaint = {0};
    assert_true(compiles("-O2", &complaint));
    text_truncate(&complaint, 0);
    assert_false(compiles("-ffast-math", &complaint));
    assert_non_null(strstr(text_string(&complaint), "IEEE"));
    assert_false(compiles("-Ofast", &complaint));
    text_release(&complaint);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lookups),
        cmocka_unit_test(levels),
        cmocka_unit_test(descriptors_are_complete),
        cmocka_unit_test(what_has_no_witness_counts),
        cmocka_unit_test(fast_math_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
