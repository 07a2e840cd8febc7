/* The contract of a kernel: what it computes, from which parameters, in which
 * memory.
 *
 * A kernel's file is compiled four times from one source, with KERNEL_BUILD
 * naming the build:
 *
 *     serial      pragmas off, no vectorisation
 *     simd        #pragma omp simd only
 *     parallel    #pragma omp simd and threads
 *     libm        as serial, but as plain C is compiled (-O2) and with the
 *                 mathematical functions of the C library
 *
 * and all that once for each level of the processor's instruction set, which
 * KERNEL_LEVEL names. It defines one descriptor a kernel by KERNEL(identifier).
 * kernels.def lists the identifiers; the worker walks that list, and everything
 * else (help, validation, pages, tests) asks the worker.
 *
 * A kernel knows no clock, no file, no thread count and no other kernel. */
#ifndef KERNELS_KERNEL_H
#define KERNELS_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KERNEL_PARAMETERS_MAX = 12 };

/* One parameter. Integers are exact in a double: at most 2^53 in magnitude. */
struct kernel_parameter {
    const char *name, *unit, *about; /* unit "" for a pure number */
    bool integer;
    double initial, low, high; /* the default and the closed range */
};

/* Where a kernel that can be observed puts its series. `name` and `unit` are
 * copied. */
struct kernel_sink {
    void (*series)(struct kernel_sink *sink, const char *name, const char *unit,
                   const double *values, size_t count);
};

/* A small run whose answer is known. */
struct kernel_witness {
    double leading[3]; /* values of the first parameters; 0: the default */
    uint64_t bits;     /* of the answer */
};

/* `set` holds one value for each parameter, in the order declared. `memory` is
 * the worker's, memory(set) bytes, aligned to 64 bytes, the same from prepare()
 * on. */
struct kernel {
    const char *name;   /* "family.kernel" */
    const char *about;  /* one sentence */
    const char *answer; /* what run() returns, in words, with its unit */
    const char *source; /* its file's name under src/kernels */
    const struct kernel_parameter *parameters;
    size_t parameter_count;
    /* Largest relative difference of answers between builds; 0: same bits. */
    double tolerance;
    /* The same for the answer of the libm build; 0: the kernel needs nothing of
     * the C library's, so there is no such build of it. */
    double libm_tolerance;
    /* Run before anything is timed, and the answer must be this to the bit:
     * a compiler that took liberties with IEEE arithmetic is found out. Every
     * kernel here whose tolerance is 0 has one; bits 0: none is known, or it
     * only counts. */
    struct kernel_witness witness;
    /* The threads of the parallel build are the BLAS library's own. */
    bool blas_threads;
    /* With several threads the answer may be wrong, and another one each time:
     * that is what the kernel is there to show. On one thread it is right. */
    bool racy;
    /* Threads of the parallel build's team may have teams of their own. */
    bool nested;
    /* It waits for threads or processes that it starts, so that its CPU time
     * falls short of its wall time without any disturbance. */
    bool waits;

    /* Floating-point operations of one run, or the events that are counted
     * where there are none; and the bytes that it must move to and from memory.
     * NULL: not known, so there are no rates. */
    double (*operations)(const double *set);
    double (*traffic)(const double *set);
    size_t (*memory)(const double *set); /* bytes */

    /* Why the kernel cannot be run in this process, in words, or NULL. The
     * member may be NULL: nothing is ever in the way. */
    const char *(*obstacle)(void);
    /* Fills and first touches the memory with the team that will use it. Not
     * timed. NULL: none. */
    void (*prepare)(const double *set, void *memory);
    /* The timed work. Returns the answer; NaN means that it failed. Repeatable:
     * the same answer every time, unless the kernel is racy. */
    double (*run)(const double *set, void *memory);
    /* Runs once and hands over its series. NULL: there is nothing to see. */
    void (*observe)(const double *set, void *memory, struct kernel_sink *sink);
};

/* A build of a kernel that is compiled by itself into a shared object, which
 * exports this under the name KERNEL_OBJECT. */
struct kernel_object {
    const char *build; /* "serial", "simd" or "parallel" */
    const char *hash;  /* of all that decides how it runs, hexadecimal */
    const struct kernel *kernel;
};
#define KERNEL_OBJECT benchbook_kernel

/* KERNEL(wealth_median) = { ... }; defines the descriptor of this build at this
 * level: wealth_median_simd_x86_64_v3. */
#define KERNEL_JOIN(a, b)       a##_##b
#define KERNEL_EXPAND(a, b)     KERNEL_JOIN(a, b)
#define KERNEL_JOIN3(a, b, c)   a##_##b##_##c
#define KERNEL_EXPAND3(a, b, c) KERNEL_JOIN3(a, b, c)
#define KERNEL(identifier)                                                     \
    const struct kernel KERNEL_EXPAND3(identifier, KERNEL_BUILD, KERNEL_LEVEL)

#endif
