#include "kernel_fixture.h"

#include <math.h>

enum { ORDER = 40 };

static const char *const names[] = {"eigen.library", "eigen.outer"};

static struct bench one_matrix(const char *name)
{
    const struct wish wishes[] = {{"matrices", 1}, {"order", ORDER}, {0}};
    return bench_make(name, BUILD_PARALLEL, 2, wishes);
}

/* The kernel's memory begins with the matrices as they were made, so a test can put one there: of
 * positive entries and equal row sums, whose largest eigenvalue is that sum (Perron). */
static void row_sums_of_a_positive_matrix(void **state)
{
    (void)state;
    for (int k = 0; k < 2; k++) {
        struct bench bench = one_matrix(names[k]);
        double *a = bench.memory;
        for (int row = 0; row < ORDER; row++) {
            double sum = 0;
            for (int column = 0; column < ORDER; column++)
                sum += a[column * ORDER + row] = 1 + (row * 31 + column * column * 17) % 23;
            for (int column = 0; column < ORDER; column++)
                a[column * ORDER + row] *= 7 / sum;
        }
        for (int run = 0; run < 2; run++) /* dgeev destroys its input: it must be restored */
            assert_true(fabs(bench_run(&bench) - 7) < 1e-12);
        bench_free(&bench);
    }
}

/* A rotation by 90 degrees that doubles lengths: eigenvalues +-2i, of modulus 2. */
static void eigenvalues_that_are_not_real(void **state)
{
    (void)state;
    struct bench bench = one_matrix("eigen.outer");
    double *a = bench.memory;
    memset(a, 0, sizeof(double) * ORDER * ORDER);
    for (int i = 0; i < ORDER; i += 2) {
        a[i * ORDER + i + 1] = 2;
        a[(i + 1) * ORDER + i] = -2;
    }
    assert_true(fabs(bench_run(&bench) - 2) < 1e-14);
    bench_free(&bench);
}

static void a_matrix_that_is_no_matrix_has_no_answer(void **state)
{
    (void)state;
    for (int k = 0; k < 2; k++) {
        struct bench bench = one_matrix(names[k]);
        ((double *)bench.memory)[ORDER + 3] = NAN;
        assert_true(isnan(bench_run(&bench)));
        bench_free(&bench);
    }
}

/* Every build, way and number of threads within the tolerance that is declared; and the largest
 * modulus of a random matrix is near the square root of its order (the circular law). */
static void all_ways_agree(void **state)
{
    (void)state;
    const struct wish wishes[] = {{"matrices", 5}, {"order", 120}, {0}};
    const double serial = answer_of("eigen.library", BUILD_SERIAL, 1, wishes);
    assert_true(serial > 0.9 * sqrt(120) && serial < 1.4 * sqrt(120));
    for (int k = 0; k < 2; k++) {
        for (int threads = 1; threads <= 3; threads++) {
            const double answer = answer_of(names[k], BUILD_PARALLEL, threads, wishes);
            const double tolerance = kernel_find(names[k])->builds[BUILD_PARALLEL]->tolerance;
            assert_true(tolerance > 0 && fabs(answer - serial) <= tolerance * serial);
        }
    }
}

/* The entries are standard normal, and the matrices differ. */
static void matrices_are_normal(void **state)
{
    (void)state;
    enum { N = 100, SIZE = N * N, MATRICES = 20 };
    const struct wish wishes[] = {{"matrices", MATRICES}, {"order", N}, {0}};
    struct bench bench = bench_make("eigen.outer", BUILD_SIMD, 1, wishes);
    const double *a = bench.memory, count = (double)SIZE * MATRICES;
    double sum = 0, squares = 0;
    for (int i = 0; i < SIZE * MATRICES; i++) {
        sum += a[i];
        squares += a[i] * a[i];
        assert_true(a[i] != a[(i + SIZE) % (SIZE * MATRICES)]);
    }
    assert_true(fabs(sum / count) < 5 / sqrt(count));
    assert_true(fabs(squares / count - 1) < 5 * sqrt(2 / count));
    bench_free(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(row_sums_of_a_positive_matrix),
        cmocka_unit_test(eigenvalues_that_are_not_real),
        cmocka_unit_test(a_matrix_that_is_no_matrix_has_no_answer),
        cmocka_unit_test(all_ways_agree),
        cmocka_unit_test(matrices_are_normal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
