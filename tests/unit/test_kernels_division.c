/* The division of kernels among processes: parts put together give the bits of a serial run. */
#include "kernel_fixture.h"

#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>

/* What a process holds: the kernel's memory if its division needs it, and the results. */
static double *results_of(struct bench *bench, int parts, size_t *count)
{
    const struct kernel_division *division = bench->kernel->division;
    const int64_t units = division->units(bench->set);
    const void *memory = division->prepared ? bench->memory : NULL;
    const size_t most = division->size(bench->set, units) + (size_t)parts;
    double *results = calloc(most, sizeof *results);
    *count = 0;
    for (int part = 0; part < parts; part++) {
        const int64_t first = units * part / parts, last = units * (part + 1) / parts;
        division->part(bench->set, memory, first, last, results + *count);
        *count += division->size(bench->set, last - first);
        assert_true(*count <= most);
    }
    return results;
}

static void divided_is_serial(const char *name, const struct wish *wishes)
{
    const double serial = answer_of(name, BUILD_SERIAL, 1, wishes);
    for (int build = BUILD_SIMD; build <= BUILD_PARALLEL; build++) {
        struct bench bench = bench_make(name, build, 2, wishes);
        for (int parts = 1; parts <= 7; parts++) {
            size_t count;
            double *results = results_of(&bench, parts, &count);
            const double answer = bench.kernel->division->merge(bench.set, results, count);
            if (memcmp(&answer, &serial, sizeof answer) != 0)
                fail_msg("%s, %s in %d parts: %.17g, serial %.17g", name, kernel_build_names[build],
                         parts, answer, serial);
            free(results);
        }
        bench_free(&bench);
    }
}

/* Sizes that end within a block, and with fewer units than parts. */
static void parts_give_the_bits_of_a_serial_run(void **state)
{
    static const char *const pi[] = {"pi.hits", "pi.hits32", "pi.integer"};
    (void)state;
    divided_is_serial("wealth.median", (struct wish[]){{"households", 1999}, {"periods", 20}, {0}});
    divided_is_serial("wealth.median", (struct wish[]){{"households", 128}, {"periods", 5}, {0}});
    divided_is_serial("wealth.median", (struct wish[]){{"households", 1}, {"periods", 3}, {0}});
    divided_is_serial("ufunc.max", (struct wish[]){{"n", 531}, {0}});
    divided_is_serial("ufunc.max", (struct wish[]){{"n", 3}, {"low", 1.1}, {0}});
    for (size_t i = 0; i < sizeof pi / sizeof *pi; i++) {
        divided_is_serial(pi[i], (struct wish[]){{"n", 100003}, {0}});
        divided_is_serial(pi[i], (struct wish[]){{"n", 513}, {0}});
        divided_is_serial(pi[i], (struct wish[]){{"n", 1}, {0}});
    }
}

/* The same unit, whoever works it out: the maximum of the first rows alone is no other answer. */
static void a_part_is_a_part(void **state)
{
    (void)state;
    struct bench bench = bench_make("ufunc.max", BUILD_SIMD, 1, (struct wish[]){{"n", 101}, {0}});
    const struct kernel_division *division = bench.kernel->division;
    double whole, middle, edge, none;
    division->part(bench.set, bench.memory, 0, 101, &whole);
    division->part(bench.set, bench.memory, 50, 51, &middle);
    division->part(bench.set, bench.memory, 0, 1, &edge);
    division->part(bench.set, bench.memory, 7, 7, &none);
    assert_true(middle == whole);
    assert_true(edge < whole);
    assert_true(none == -INFINITY);
    bench_free(&bench);
}

static void every_build_is_divided_alike(void **state)
{
    (void)state;
    size_t divided = 0;
    for (size_t i = 0; i < kernel_count; i++) {
        const struct kernel_builds *kernel = kernel_at(i);
        const bool here = kernel->builds[BUILD_SERIAL]->division != NULL;
        for (int build = 0; build < KERNEL_BUILDS; build++)
            assert_int_equal(kernel->builds[build]->division != NULL, here);
        /* A process tells that its answer is right by the witness alone. */
        assert_true(!here || kernel->builds[BUILD_SERIAL]->witness.bits != 0);
        divided += here;
    }
    assert_true(divided >= 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_give_the_bits_of_a_serial_run),
        cmocka_unit_test(a_part_is_a_part),
        cmocka_unit_test(every_build_is_divided_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
