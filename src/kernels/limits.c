/* What this machine can do at most, by three kernels that do one thing each:
 * multiply and add (limits.fma), stream through memory (limits.triad, after the
 * STREAM benchmark of J. D. McCalpin), enter and leave parallel regions
 * (limits.forkjoin). */
#include "kernels/kernel.h"
#include "kernels/lanes.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

/* --- arithmetic --- */

/* As many doubles as there are lanes: in the serial build one, alone. */
#if KERNEL_EXPAND(LANES, KERNEL_BUILD)
typedef double reals __attribute__((vector_size(8 * LANES)));
#else
typedef double reals;
#endif

/* a b + c, by one instruction where the processor has it. Where it has none, a
 * library's fma() would be far slower than two instructions. */
static inline reals multiply_add(reals a, reals b, reals c)
{
#if !KERNEL_EXPAND(LANES, KERNEL_BUILD)
#if defined __FMA__ || defined __aarch64__ || defined FP_FAST_FMA
    return fma(a, b, c);
#else
    return a * b + c;
#endif
#elif defined __AVX512F__
    return _mm512_fmadd_pd(a, b, c);
#elif defined __AVX2__ && defined __FMA__
    return _mm256_fmadd_pd(a, b, c);
#elif defined __aarch64__
    return (reals)vfmaq_f64((float64x2_t)c, (float64x2_t)a, (float64x2_t)b);
#else
    return a * b + c;
#endif
}

/* Chains that are under way at once. A result takes about four cycles, in each
 * of which two to four units can begin: fewer chains would leave units idle,
 * more would not fit into the registers, of which there are 32 or 16. */
#if defined __AVX512F__ || defined __aarch64__
enum { CHAINS = 16 };
#else
enum { CHAINS = 12 };
#endif

enum {
    BLOCK = 3 << 17, /* multiply-and-adds, whatever the chains and lanes */
    STEPS = BLOCK / (CHAINS * LANES),
};

/* Steps every chain from x to factor x + term. The compiler does not know
 * that both are 1, so it cannot but let each chain count its own steps.
 * Returns all that were counted. */
static double count_block(double start, double factor, double term)
{
    const reals zero = {0}, factors = zero + factor, terms = zero + term;
    reals x[CHAINS], counted = zero;
    double lane[LANES], count = 0;
    for (int chain = 0; chain < CHAINS; chain++)
        x[chain] = zero + (start + chain);
    for (int step = 0; step < STEPS; step++)
        for (int chain = 0; chain < CHAINS; chain++)
            x[chain] = multiply_add(x[chain], factors, terms);
    for (int chain = 0; chain < CHAINS; chain++)
        counted += x[chain] - (start + chain);
    memcpy(lane, &counted, sizeof lane);
    for (int i = 0; i < LANES; i++)
        count += lane[i];
    return count;
}

enum { FMA_REPEATS, FMA_PARAMETERS };

static void fma_prepare(const double *set, void *memory)
{
    double *constants = memory;
    (void)set;
    constants[0] = constants[1] = 1;
}

static double fma_run(const double *set, void *memory)
{
    const double *constants = memory;
    const int64_t repeats = (int64_t)set[FMA_REPEATS];
    double count = 0;
#pragma omp parallel for schedule(static) reduction(+ : count)
    for (int64_t block = 0; block < repeats; block++)
        count += count_block((double)block, constants[0], constants[1]);
    return count;
}

/* --- memory --- */

enum { TRIAD_ELEMENTS, TRIAD_UPDATES, TRIAD_PARAMETERS };

/* The arrays follow each other, each from a line of the caches on. */
static int64_t triad_stride(const double *set)
{
    return ((int64_t)set[TRIAD_ELEMENTS] + 7) / 8 * 8;
}

static void triad_prepare(const double *set, void *memory)
{
    const int64_t n = (int64_t)set[TRIAD_ELEMENTS], stride = triad_stride(set);
    double *a = memory, *b = a + stride, *c = b + stride;
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < n; i++) {
        a[i] = 0;
        b[i] = (double)(i % 1000);
        c[i] = (double)(i % 7);
    }
}

/* The mean of a few elements from the first to the last; all are whole numbers,
 * and so is their sum. */
static double sampled_mean(const double *a, int64_t n)
{
    enum { SAMPLES = 64 };
    double sum = 0;
    for (int64_t i = 0; i < SAMPLES; i++)
        sum += a[i * (n - 1) / (SAMPLES - 1)];
    return sum / SAMPLES;
}

/* How often the arrays are gone over to compute so many elements. */
static int64_t triad_passes(const double *set)
{
    return (int64_t)ceil(set[TRIAD_UPDATES] / set[TRIAD_ELEMENTS]);
}

/* Each thread goes over its own part again and again, within one region: a
 * static schedule deals out every pass alike. The fence makes the compiler, and
 * it alone, take every pass for one that is seen. */
static double triad_run(const double *set, void *memory)
{
    const int64_t n = (int64_t)set[TRIAD_ELEMENTS], stride = triad_stride(set);
    const int64_t passes = triad_passes(set);
    double *a = memory, *b = a + stride, *c = b + stride;
    const double s = 3;
#pragma omp parallel
    for (int64_t pass = 0; pass < passes; pass++) {
#pragma omp for simd schedule(static) nowait
        for (int64_t i = 0; i < n; i++)
            a[i] = b[i] + s * c[i];
        atomic_signal_fence(memory_order_seq_cst);
    }
    return sampled_mean(a, n);
}

/* --- regions --- */

enum { FORKJOIN_REPEATS, FORKJOIN_PARAMETERS };

/* A team is formed, one of it adds 1, and at the end of the region all
 * wait for each other. Without regions only the additions remain. */
static double forkjoin_run(const double *set, void *memory)
{
    const int64_t repeats = (int64_t)set[FORKJOIN_REPEATS];
    double count = 0;
    (void)memory;
    for (int64_t region = 0; region < repeats; region++) {
#pragma omp parallel
#pragma omp master
        count += 1;
    }
    return count;
}

/* --- what a listing may leave out: sizes, counts and descriptions --- */

/* A multiplication and an addition each. What sets a block up and adds it up is
 * less than a thousandth of it and not counted. */
static double fma_operations(const double *set)
{
    return 2.0 * BLOCK * set[FMA_REPEATS];
}

static double triad_operations(const double *set)
{
    return 2 * set[TRIAD_ELEMENTS] * (double)triad_passes(set);
}

/* The additions; the price of the regions is no arithmetic. */
static double forkjoin_operations(const double *set)
{
    return set[FORKJOIN_REPEATS];
}

/* Nothing comes from memory and nothing goes there. */
static double no_traffic(const double *set)
{
    (void)set;
    return 0;
}

/* As STREAM counts: two arrays are read and one is written, in every pass. What
 * a processor reads of the third only because it is about to be written is not
 * counted. Of arrays that a cache can hold it is traffic with that cache. */
static double triad_traffic(const double *set)
{
    return 3 * sizeof(double) * set[TRIAD_ELEMENTS] * (double)triad_passes(set);
}

static size_t fma_memory(const double *set)
{
    (void)set;
    return 2 * sizeof(double);
}

static size_t triad_memory(const double *set)
{
    return 3 * (size_t)triad_stride(set) * sizeof(double);
}

static size_t forkjoin_memory(const double *set)
{
    (void)set;
    return 0;
}

static const struct kernel_parameter fma_parameters[FMA_PARAMETERS] = {
    [FMA_REPEATS] = {"repeats", "", "blocks of 393,216 multiply-and-adds", true,
                     4000, 1, 1e9},
};

static const struct kernel_parameter triad_parameters[TRIAD_PARAMETERS] = {
    [TRIAD_ELEMENTS] = {"elements", "",
                        "elements of each array, of 8 bytes: enough that all "
                        "three are several times the largest cache",
                        true, 3e7, 1, 1e11},
    [TRIAD_UPDATES] = {"updates", "",
                       "elements computed in a run, at least: smaller arrays "
                       "are gone over until it is so many, within one region",
                       true, 1, 1, 1e12},
};

static const struct kernel_parameter forkjoin_parameters[FORKJOIN_PARAMETERS] =
    {
        [FORKJOIN_REPEATS] = {"repeats", "", "parallel regions, one by one",
                              true, 10000, 1, 1e12},
};

KERNEL(limits_fma) = {
    .name = "limits.fma",
    .about = "multiplies and adds in registers, as fast as the units can",
    .answer = "multiply-and-adds, as counted by themselves",
    .source = "limits.c",
    .parameters = fma_parameters,
    .parameter_count = FMA_PARAMETERS,
    .witness = {{1}, 0x4118000000000000},
    .operations = fma_operations,
    .traffic = no_traffic,
    .memory = fma_memory,
    .prepare = fma_prepare,
    .run = fma_run,
};

KERNEL(limits_triad) = {
    .name = "limits.triad",
    .about = "streams through three arrays, a[i] = b[i] + s c[i]; 24 bytes an "
             "element are counted",
    .answer = "mean of 64 elements of a",
    .source = "limits.c",
    .parameters = triad_parameters,
    .parameter_count = TRIAD_PARAMETERS,
    .witness = {{1003}, 0x407ee30000000000},
    .operations = triad_operations,
    .traffic = triad_traffic,
    .memory = triad_memory,
    .prepare = triad_prepare,
    .run = triad_run,
};

KERNEL(limits_forkjoin) = {
    .name = "limits.forkjoin",
    .about =
        "enters and leaves parallel regions that have next to nothing to do",
    .answer = "regions, as counted inside them",
    .source = "limits.c",
    .parameters = forkjoin_parameters,
    .parameter_count = FORKJOIN_PARAMETERS,
    .operations = forkjoin_operations,
    .traffic = no_traffic,
    .memory = forkjoin_memory,
    .run = forkjoin_run,
};
