/* The maximum of cos(x^2 + y^2) / (1 + x^2 + y^2) over a square grid, in two
 * ways: fused, where each point is worked out whole and forgotten; and with
 * temporaries, where each operation runs over the whole grid before the next
 * one begins, as array languages do it. */
#include "kernels/kernel.h"
#include "kernels/vecmath.h"

enum { POINTS, LOW, HIGH, PARAMETERS }; /* points a side, from low to high */

static double coordinate(const double *set, int64_t i)
{
    return set[LOW] + (set[HIGH] - set[LOW]) * (double)i / (set[POINTS] - 1);
}

static double larger(double a, double b)
{
    return a > b ? a : b;
}

enum {
    MAXIMA = 8
}; /* running maxima: with one alone each value would wait for the last */

static double largest(const double *values, int64_t count)
{
    double top[MAXIMA];
    int64_t i = 0;
    for (int lane = 0; lane < MAXIMA; lane++)
        top[lane] = -INFINITY;
    for (; i + MAXIMA <= count; i += MAXIMA)
#pragma omp simd
        for (int lane = 0; lane < MAXIMA; lane++)
            top[lane] = larger(values[i + lane], top[lane]);
    for (; i < count; i++)
        top[0] = larger(values[i], top[0]);
    for (int lane = 1; lane < MAXIMA; lane++)
        top[0] = larger(top[lane], top[0]);
    return top[0];
}

enum {
    TILE = 512
}; /* points of a row whose values wait in the nearest cache to be compared */

/* The maximum along the row at y, where the grid's lines are at x. */
static double row_maximum(const double *x, int64_t count, double y)
{
    double maximum = -INFINITY, values[TILE];
    for (int64_t first = 0; first < count; first += TILE) {
        const int64_t points = count - first < TILE ? count - first : TILE;
#pragma omp simd
        for (int64_t i = 0; i < points; i++) {
            const double sum = x[first + i] * x[first + i] + y * y;
            values[i] = vec_cos(sum) / (1 + sum);
        }
        maximum = larger(largest(values, points), maximum);
    }
    return maximum;
}

/* Fused. In memory there is only the row of coordinates. */
static void fused_prepare(const double *set, void *memory)
{
    double *x = memory;
    for (int64_t i = 0; i < (int64_t)set[POINTS]; i++)
        x[i] = coordinate(set, i);
}

/* The maximum over rows first ... last - 1. */
static void fused_part(const double *set, const void *memory, int64_t first,
                       int64_t last, double *result)
{
    const int64_t n = (int64_t)set[POINTS];
    const double *x = memory;
    double maximum = -INFINITY;
#pragma omp parallel for schedule(static) reduction(max : maximum)
    for (int64_t row = first; row < last; row++)
        maximum = larger(row_maximum(x, n, x[row]), maximum);
    *result = maximum;
}

static double fused_merge(const double *set, double *maxima, size_t count)
{
    (void)set;
    return largest(maxima, (int64_t)count);
}

static int64_t fused_rows(const double *set)
{
    return (int64_t)set[POINTS];
}

static size_t one_number(const double *set, int64_t units)
{
    (void)set, (void)units;
    return 1;
}

static double fused_run(const double *set, void *memory)
{
    double maximum;
    fused_part(set, memory, 0, fused_rows(set), &maximum);
    return maximum;
}

static const struct kernel_division fused_division = {
    .units = fused_rows,
    .size = one_number,
    .part = fused_part,
    .merge = fused_merge,
    .prepared = true,
};

/* With temporaries. Five grids: the coordinates x and y of every point, and the
 * three that hold what one operation leaves for the next. */
static void temporaries_prepare(const double *set, void *memory)
{
    const int64_t n = (int64_t)set[POINTS], size = n * n;
    double *x = memory, *y = x + size, *a = y + size, *b = a + size,
           *c = b + size;
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < size; i++) {
        x[i] = coordinate(set, i % n);
        y[i] = coordinate(set, i / n);
        a[i] = b[i] = c[i] = 0;
    }
}

static double temporaries_run(const double *set, void *memory)
{
    const int64_t n = (int64_t)set[POINTS], size = n * n;
    double *x = memory, *y = x + size, *a = y + size, *b = a + size,
           *c = b + size;
    double maximum = -INFINITY;
#pragma omp parallel for simd schedule(static)
    for (int64_t i = 0; i < size; i++)
        a[i] = x[i] * x[i];
#pragma omp parallel for simd schedule(static)
    for (int64_t i = 0; i < size; i++)
        b[i] = y[i] * y[i];
#pragma omp parallel for simd schedule(static)
    for (int64_t i = 0; i < size; i++)
        a[i] = a[i] + b[i];
#pragma omp parallel for simd schedule(static)
    for (int64_t i = 0; i < size; i++)
        c[i] = vec_cos(a[i]);
#pragma omp parallel for simd schedule(static)
    for (int64_t i = 0; i < size; i++)
        b[i] = 1 + a[i];
#pragma omp parallel for simd schedule(static)
    for (int64_t i = 0; i < size; i++)
        c[i] = c[i] / b[i];
#pragma omp parallel for schedule(static) reduction(max : maximum)
    for (int64_t row = 0; row < n; row++)
        maximum = larger(largest(c + row * n, n), maximum);
    return maximum;
}

/* --- what a listing may leave out: sizes, counts and descriptions --- */

/* x^2 + y^2, the cosine, 1 + ..., the quotient and the comparison. */
enum { POINT_OPERATIONS = 3 + COS_OPERATIONS + 3 };

/* y^2 is the same along a row: compilers take it out of the loop. */
static double fused_operations(const double *set)
{
    return set[POINTS] * (set[POINTS] * (POINT_OPERATIONS - 1) + 1);
}

static double temporaries_operations(const double *set)
{
    return set[POINTS] * set[POINTS] * POINT_OPERATIONS;
}

/* The row of coordinates stays in the nearest cache: it comes from memory once.
 */
static double fused_traffic(const double *set)
{
    return sizeof(double) * set[POINTS];
}

/* The seven loops read 9 grids and write 6. What a processor reads of a grid
 * only because it is about to be written is not counted. */
static double temporaries_traffic(const double *set)
{
    return 15 * sizeof(double) * set[POINTS] * set[POINTS];
}

static size_t fused_memory(const double *set)
{
    return (size_t)set[POINTS] * sizeof(double);
}

static size_t temporaries_memory(const double *set)
{
    return 5 * (size_t)(set[POINTS] * set[POINTS]) * sizeof(double);
}

static const struct kernel_parameter fused_parameters[PARAMETERS] = {
    [POINTS] = {"n", "", "points a side of the grid", true, 5000, 2, 1e6},
    [LOW] = {"low", "", "first coordinate", false, -3, -10, 10},
    [HIGH] = {"high", "", "last coordinate", false, 3, -10, 10},
};

static const struct kernel_parameter temporaries_parameters[PARAMETERS] = {
    [POINTS] = {"n", "", "points a side of the grid", true, 5000, 2, 50000},
    [LOW] = {"low", "", "first coordinate", false, -3, -10, 10},
    [HIGH] = {"high", "", "last coordinate", false, 3, -10, 10},
};

KERNEL(ufunc_max) = {
    .name = "ufunc.max",
    .about = "the maximum of cos(x^2 + y^2) / (1 + x^2 + y^2) on a grid, each "
             "point in one go",
    .answer = "maximum over the grid",
    .source = "ufunc.c",
    .parameters = fused_parameters,
    .parameter_count = PARAMETERS,
    .libm_tolerance = 1e-13,
    .witness = {{66, 1.1}, 0x3fc1be592626191e},
    .operations = fused_operations,
    .traffic = fused_traffic,
    .memory = fused_memory,
    .prepare = fused_prepare,
    .run = fused_run,
    .division = &fused_division,
};

KERNEL(ufunc_temporaries) = {
    .name = "ufunc.temporaries",
    .about =
        "the same maximum, each operation over the whole grid before the next",
    .answer = "maximum over the grid",
    .source = "ufunc.c",
    .parameters = temporaries_parameters,
    .parameter_count = PARAMETERS,
    .libm_tolerance = 1e-13,
    .witness = {{66, 1.1}, 0x3fc1be592626191e},
    .operations = temporaries_operations,
    .traffic = temporaries_traffic,
    .memory = temporaries_memory,
    .prepare = temporaries_prepare,
    .run = temporaries_run,
};
