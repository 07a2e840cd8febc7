/* The eigenvalues of random matrices, by LAPACK's dgeev. The library may use
 * several threads for one matrix; or each thread takes a matrix of its own and
 * the library is left one thread, with LAPACK's own parameters or with others.
 */
#include "kernels/kernel.h"
#include "kernels/normal.h"
#include "kernels/tuning.h"

#include <lapacke.h>

enum { MATRICES, ORDER, SEED, PARAMETERS };

/* In memory: all matrices as they were made, all matrices as dgeev may spoil
 * them, and for each the real and the imaginary parts of its eigenvalues. */
struct workplace {
    size_t order, size; /* rows, and entries of a matrix */
    double *made, *spoilt, *real, *imaginary;
};

static struct workplace workplace(const double *set, void *memory)
{
    const size_t matrices = (size_t)set[MATRICES], order = (size_t)set[ORDER];
    struct workplace place = {.order = order, .size = order * order};
    place.made = memory;
    place.spoilt = place.made + matrices * place.size;
    place.real = place.spoilt + matrices * place.size;
    place.imaginary = place.real + matrices * order;
    return place;
}

/* The largest modulus of the eigenvalues of one matrix; infinite when dgeev
 * fails, so that a failure is the maximum whatever the others give. */
static double largest_modulus(const struct workplace *place, size_t matrix)
{
    const lapack_int order = (lapack_int)place->order;
    double *a = place->spoilt + matrix * place->size;
    double *real = place->real + matrix * place->order;
    double *imaginary = place->imaginary + matrix * place->order;
    memcpy(a, place->made + matrix * place->size, place->size * sizeof *a);
    if (LAPACKE_dgeev(LAPACK_COL_MAJOR, 'N', 'N', order, a, order, real,
                      imaginary, NULL, 1, NULL, 1) != 0)
        return INFINITY;
    double largest = 0;
    for (size_t i = 0; i < place->order; i++) {
        const double modulus = hypot(real[i], imaginary[i]);
        largest = modulus > largest ? modulus : largest;
    }
    return largest;
}

/* One matrix after the other; the threads, if any, are the library's. */
static double library_run(const double *set, void *memory)
{
    const struct workplace place = workplace(set, memory);
    const size_t matrices = (size_t)set[MATRICES];
    double largest = 0;
    for (size_t matrix = 0; matrix < matrices; matrix++)
        largest = fmax(largest, largest_modulus(&place, matrix));
    return isfinite(largest) ? largest : NAN;
}

/* A matrix for each thread that is free; matrices take unlike times, so none is
 * set aside. */
static double outer_run(const double *set, void *memory)
{
    const struct workplace place = workplace(set, memory);
    const size_t matrices = (size_t)set[MATRICES];
    double largest = 0;
#pragma omp parallel for schedule(dynamic, 1) reduction(max : largest)
    for (size_t matrix = 0; matrix < matrices; matrix++)
        largest = fmax(largest, largest_modulus(&place, matrix));
    return isfinite(largest) ? largest : NAN;
}

/* The same with tuned parameters for LAPACK; no answer unless they were asked
 * for at each matrix. */
static double tuned_run(const double *set, void *memory)
{
    tuning_begin();
    const double largest = outer_run(set, memory);
    return tuning_end() < (long)set[MATRICES] ? NAN : largest;
}

/* --- what a listing may leave out: the matrices, sizes, counts and
 * descriptions --- */

/* Fills a matrix with standard normal numbers: two entries make a pair, whose
 * place is the stream, and the matrix is the step. */
static void fill(const double *set, size_t matrix, double *a)
{
    const size_t size = (size_t)set[ORDER] * (size_t)set[ORDER];
    double x[RANDOM_BLOCK], y[RANDOM_BLOCK];
    for (size_t i = 0; i < size; i++) {
        const size_t pair = i / 2, draw = pair % RANDOM_BLOCK;
        if (draw == 0 && i % 2 == 0)
            normal_pairs((uint64_t)set[SEED], pair, matrix, x, y);
        a[i] = i % 2 ? y[draw] : x[draw];
    }
}

/* OpenBLAS says how it was built: 0 for one thread, 1 for threads of its own, 2
 * for OpenMP's. Built for one thread it must not be called from several, and
 * says so by wrong eigenvalues alone. */
extern int openblas_get_parallel(void);

static const char *obstacle(void)
{
    return openblas_get_parallel() == 2 ? NULL
                                        : "OpenBLAS is not its OpenMP build";
}

/* Whether LAPACK asks this program for its parameters is found out by asking
 * it how much work space it would need, which depends on them. */
static const char *tuned_obstacle(void)
{
    enum { ORDER_ASKED = TUNING_ORDER_MIN };
    double unused = 0, size;
    tuning_begin();
    LAPACKE_dhseqr_work(LAPACK_COL_MAJOR, 'E', 'N', ORDER_ASKED, 1, ORDER_ASKED,
                        &unused, ORDER_ASKED, &unused, &unused, &unused, 1,
                        &size, -1);
    if (tuning_end() == 0)
        return "LAPACK does not ask this program for its parameters";
    return obstacle();
}

static void prepare(const double *set, void *memory)
{
    const struct workplace place = workplace(set, memory);
    const size_t matrices = (size_t)set[MATRICES];
#pragma omp parallel for schedule(static)
    for (size_t matrix = 0; matrix < matrices; matrix++) {
        fill(set, matrix, place.made + matrix * place.size);
        memset(place.spoilt + matrix * place.size, 0,
               place.size * sizeof(double));
    }
}

/* 10 n^3 a matrix: the customary count, 10/3 n^3 for the reduction to
 * Hessenberg form and the rest for QR sweeps, whose number depends on the
 * matrix. */
static double operations(const double *set)
{
    return 10 * set[MATRICES] * set[ORDER] * set[ORDER] * set[ORDER];
}

/* At least: each matrix is copied (read and written) and then read once. What
 * dgeev moves beyond that depends on the caches. */
static double traffic(const double *set)
{
    return 3 * sizeof(double) * set[MATRICES] * set[ORDER] * set[ORDER];
}

static size_t memory(const double *set)
{
    const size_t matrices = (size_t)set[MATRICES], order = (size_t)set[ORDER];
    return matrices * (2 * order * order + 2 * order) * sizeof(double);
}

static const struct kernel_parameter parameters[PARAMETERS] = {
    [MATRICES] = {"matrices", "", "number of matrices", true, 20, 1, 10000},
    [ORDER] = {"order", "", "rows and columns of a matrix", true, 1000, 1,
               20000},
    [SEED] = {"seed", "", "seed of the random numbers", true, 1234, 0, 0x1p53},
};

static const struct kernel_parameter tuned_parameters[PARAMETERS] = {
    [MATRICES] = {"matrices", "", "number of matrices", true, 20, 1, 10000},
    [ORDER] = {"order", "", "rows and columns of a matrix", true, 1000,
               TUNING_ORDER_MIN, 20000},
    [SEED] = {"seed", "", "seed of the random numbers", true, 1234, 0, 0x1p53},
};

KERNEL(eigen_library) = {
    .name = "eigen.library",
    .about = "eigenvalues of random matrices, one after the other, with the "
             "BLAS library's threads",
    .answer = "largest modulus of an eigenvalue of any matrix",
    .source = "eigen.c",
    .parameters = parameters,
    .parameter_count = PARAMETERS,
    .tolerance = 1e-9,
    .blas_threads = true,
    .operations = operations,
    .traffic = traffic,
    .memory = memory,
    .obstacle = obstacle,
    .prepare = prepare,
    .run = library_run,
};

KERNEL(eigen_outer) = {
    .name = "eigen.outer",
    .about = "eigenvalues of random matrices, a matrix for each thread, with "
             "one BLAS thread",
    .answer = "largest modulus of an eigenvalue of any matrix",
    .source = "eigen.c",
    .parameters = parameters,
    .parameter_count = PARAMETERS,
    .tolerance = 1e-9,
    .operations = operations,
    .traffic = traffic,
    .memory = memory,
    .obstacle = obstacle,
    .prepare = prepare,
    .run = outer_run,
};

KERNEL(eigen_tuned) = {
    .name = "eigen.tuned",
    .about =
        "eigenvalues as by eigen.outer, with tuned parameters for LAPACK's "
        "QR algorithm in place of its own",
    .answer = "largest modulus of an eigenvalue of any matrix",
    .source = "eigen.c",
    .parameters = tuned_parameters,
    .parameter_count = PARAMETERS,
    .tolerance = 1e-9,
    .operations = operations,
    .traffic = traffic,
    .memory = memory,
    .obstacle = tuned_obstacle,
    .prepare = prepare,
    .run = tuned_run,
};
