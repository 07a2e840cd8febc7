#include "kernel_fixture.h"

#include "kernels/tuning.h"

#include <complex.h>
#include <lapacke.h>
#include <math.h>
#include <stdio.h>

enum { ORDER = TUNING_ORDER_MIN };

static const char *const names[] = {"eigen.library", "eigen.outer", "eigen.tuned"};
enum { KERNELS = sizeof names / sizeof *names };

/* On one thread: two of the library's would only wait for each other. */
static struct bench one_matrix(const char *name)
{
    const struct wish wishes[] = {{"matrices", 1}, {"order", ORDER}, {0}};
    return bench_make(name, BUILD_PARALLEL, 1, wishes);
}

/* The kernel's memory begins with the matrices as they were made, so a test can put one there: of
 * positive entries and equal row sums, whose largest eigenvalue is that sum (Perron). */
static void row_sums_of_a_positive_matrix(void **state)
{
    (void)state;
    for (int k = 0; k < KERNELS; k++) {
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
    for (int k = 0; k < KERNELS; k++) {
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
    static const double orders[KERNELS] = {120, 120, 320};
    for (int k = 0; k < KERNELS; k++) {
        const struct wish wishes[] = {{"matrices", 5}, {"order", orders[k]}, {0}};
        const double serial = answer_of("eigen.library", BUILD_SERIAL, 1, wishes);
        assert_true(serial > 0.9 * sqrt(orders[k]) && serial < 1.4 * sqrt(orders[k]));
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

/* --- every eigenvalue, not only the largest --- */

/* A matrix as it was made and its eigenvalues, which stand in a kernel's memory in this order: all
 * matrices, as many again that dgeev spoils, all real parts, all imaginary ones. */
struct spectrum {
    size_t order;
    const double *a, *real, *imaginary;
    double norm; /* of Frobenius, at most sqrt(order) times the largest singular value */
};

static struct spectrum spectrum_of(const struct bench *bench, size_t matrices, size_t matrix)
{
    const size_t order = (size_t)bench->set[1], size = order * order;
    const double *memory = bench->memory;
    struct spectrum spectrum = {.order = order, .a = memory + matrix * size};
    spectrum.real = memory + 2 * matrices * size + matrix * order;
    spectrum.imaginary = spectrum.real + matrices * order;
    for (size_t i = 0; i < size; i++)
        spectrum.norm += spectrum.a[i] * spectrum.a[i];
    spectrum.norm = sqrt(spectrum.norm);
    return spectrum;
}

/* How far the eigenvalues' sum is from the trace of A, and that of their squares from the trace of
 * A^2; the larger, relative to the norm and its square. */
static double error_of_traces(const struct spectrum *spectrum)
{
    const size_t n = spectrum->order;
    double complex sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        const double complex lambda = spectrum->real[i] + I * spectrum->imaginary[i];
        sum += lambda;
        squares += lambda * lambda;
        sum -= spectrum->a[i * n + i];
        for (size_t j = 0; j < n; j++)
            squares -= spectrum->a[i * n + j] * spectrum->a[j * n + i];
    }
    return fmax(cabs(sum) / spectrum->norm, cabs(squares) / (spectrum->norm * spectrum->norm));
}

static double length_of(const double complex *v, size_t n)
{
    double squares = 0;
    for (size_t i = 0; i < n; i++)
        squares += creal(v[i]) * creal(v[i]) + cimag(v[i]) * cimag(v[i]);
    return sqrt(squares);
}

/* |A v - lambda v| / (|A| |v|) for the v that two steps of inverse iteration find; |A| is at least
 * norm / sqrt(order). It is the error of lambda, as one of the matrix. */
static double residual_of(const struct spectrum *spectrum, size_t i)
{
    const size_t n = spectrum->order;
    const lapack_int order = (lapack_int)n;
    const double complex lambda = spectrum->real[i] + I * spectrum->imaginary[i];
    double complex *shifted = malloc(n * n * sizeof *shifted), *v = malloc(n * sizeof *v);
    double complex *r = calloc(n, sizeof *r);
    lapack_int *pivots = malloc(n * sizeof *pivots);
    for (size_t k = 0; k < n * n; k++)
        shifted[k] = spectrum->a[k] - (k % (n + 1) == 0 ? lambda : 0);
    for (size_t k = 0; k < n; k++)
        v[k] = 1 + 0.1 * I * (double)(k % 7);
    assert_int_equal(LAPACKE_zgetrf(LAPACK_COL_MAJOR, order, order, shifted, order, pivots), 0);
    for (int step = 0; step < 2; step++) {
        assert_int_equal(
            LAPACKE_zgetrs(LAPACK_COL_MAJOR, 'N', order, 1, shifted, order, pivots, v, order), 0);
        const double length = length_of(v, n);
        for (size_t k = 0; k < n; k++)
            v[k] /= length;
    }
    for (size_t row = 0; row < n; row++)
        r[row] = -lambda * v[row];
    for (size_t column = 0; column < n; column++)
        for (size_t row = 0; row < n; row++)
            r[row] += spectrum->a[column * n + row] * v[column];
    const double residual = length_of(r, n) / (spectrum->norm / sqrt((double)n));
    free(shifted);
    free(v);
    free(r);
    free(pivots);
    return residual;
}

/* The traces of each matrix, and the residual of each `every`-th eigenvalue. */
static void check_spectra(const char *name, double order, size_t matrices, size_t every)
{
    const struct wish wishes[] = {{"matrices", (double)matrices}, {"order", order}, {0}};
    const bool of_library = strcmp(name, "eigen.library") == 0;
    struct bench bench = bench_make(name, BUILD_PARALLEL, of_library ? 1 : 2, wishes);
    double traces = 0, residuals = 0;
    assert_true(isfinite(bench_run(&bench)));
    omp_set_num_threads(1); /* the library's, from here on */
    for (size_t matrix = 0; matrix < matrices; matrix++) {
        const struct spectrum spectrum = spectrum_of(&bench, matrices, matrix);
        traces = fmax(traces, error_of_traces(&spectrum));
        for (size_t i = 0; i < spectrum.order; i += every)
            residuals = fmax(residuals, residual_of(&spectrum, i));
    }
    printf("# %s, order %g: traces within %.1e, worst residual %.1e\n", name, order, traces,
           residuals);
    assert_true(traces < 1e-12);
    assert_true(residuals < 1e-10);
    assert_true(residuals > 0);
    bench_free(&bench);
}

static void eigenvalues_are_those_of_the_matrix(void **state)
{
    (void)state;
    for (int k = 0; k < KERNELS; k++) {
        check_spectra(names[k], 320, 2, 16);
        check_spectra(names[k], 1000, 1, 400);
    }
}

/* A residual that is not one of the matrix's eigenvalues is noticed, and so is a sum. */
static void false_eigenvalues_are_noticed(void **state)
{
    (void)state;
    struct bench bench = one_matrix("eigen.outer");
    bench_run(&bench);
    const struct spectrum spectrum = spectrum_of(&bench, 1, 0);
    ((double *)bench.memory)[2 * ORDER * ORDER + 5] += 1e-6; /* the real part of one */
    assert_true(residual_of(&spectrum, 5) > 1e-10);
    assert_true(error_of_traces(&spectrum) > 1e-12);
    bench_free(&bench);
}

/* --- LAPACK's parameters --- */

static int parameter(int question, int order)
{
    const int low = 1, work = -1;
    return iparmq_(&question, "DHSEQR", "EN", &order, &low, &order, &work, 6, 2);
}

/* Ours while it is on, for large matrices; LAPACK's own otherwise. */
static void parameters_are_tuned_only_between(void **state)
{
    (void)state;
    enum { FIRST = 12, LAST = 16 };
    static const int orders[] = {TUNING_ORDER_MIN - 1, TUNING_ORDER_MIN, 500, 501, 1000};
    static const int tuned[][LAST - FIRST + 1] = {
        {0}, {0, 32, 0, 32, 2}, {0, 32, 0, 32, 2}, {0, 48, 0, 32, 2}, {0, 48, 0, 32, 2}};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        for (int question = FIRST; question <= LAST; question++) {
            const int own = parameter(question, orders[i]), ours = tuned[i][question - FIRST];
            tuning_begin();
            assert_int_equal(parameter(question, orders[i]), ours ? ours : own);
            assert_int_equal(tuning_end(), question == 15 && ours);
            assert_int_equal(parameter(question, orders[i]), own);
        }
    }
    assert_int_equal(parameter(15, 1000), 64);
    assert_int_equal(parameter(13, 1000), 96);
}

/* The library and the outer loop give the same bits before and after, the tuned loop others. */
static void only_the_tuned_kernel_is_tuned(void **state)
{
    (void)state;
    const struct wish wishes[] = {{"matrices", 3}, {"order", 400}, {0}};
    struct bench before = bench_make("eigen.outer", BUILD_PARALLEL, 2, wishes);
    struct bench tuned = bench_make("eigen.tuned", BUILD_PARALLEL, 2, wishes);
    const size_t count = (size_t)3 * 400;
    const double answer = bench_run(&before);
    assert_true(fabs(bench_run(&tuned) - answer) < 1e-9);
    assert_memory_not_equal(spectrum_of(&before, 3, 0).real, spectrum_of(&tuned, 3, 0).real,
                            count * sizeof(double));
    static const char *const untuned[] = {"eigen.library", "eigen.outer"};
    for (int k = 0; k < 2; k++) {
        struct bench after = bench_make(untuned[k], BUILD_SERIAL, 1, wishes);
        bench_run(&after);
        assert_memory_equal(spectrum_of(&before, 3, 0).real, spectrum_of(&after, 3, 0).real,
                            count * sizeof(double));
        bench_free(&after);
    }
    bench_free(&before);
    bench_free(&tuned);
}

/* Where LAPACK is not told anything, as for matrices that are too small, nothing is called tuned.
 */
static void tuned_without_effect_has_no_answer(void **state)
{
    (void)state;
    const struct wish wishes[] = {{"matrices", 2}, {"order", TUNING_ORDER_MIN - 1}, {0}};
    assert_true(isnan(answer_of("eigen.tuned", BUILD_PARALLEL, 2, wishes)));
    assert_true(isfinite(answer_of("eigen.outer", BUILD_PARALLEL, 2, wishes)));
    for (int k = 0; k < KERNELS; k++)
        assert_null(kernel_find(names[k])->builds[BUILD_PARALLEL]->obstacle());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(row_sums_of_a_positive_matrix),
        cmocka_unit_test(eigenvalues_that_are_not_real),
        cmocka_unit_test(a_matrix_that_is_no_matrix_has_no_answer),
        cmocka_unit_test(all_ways_agree),
        cmocka_unit_test(matrices_are_normal),
        cmocka_unit_test(eigenvalues_are_those_of_the_matrix),
        cmocka_unit_test(false_eigenvalues_are_noticed),
        cmocka_unit_test(parameters_are_tuned_only_between),
        cmocka_unit_test(only_the_tuned_kernel_is_tuned),
        cmocka_unit_test(tuned_without_effect_has_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
