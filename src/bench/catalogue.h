/* The catalogue: what the worker says it can run. The program learns of kernels only from here. */
#ifndef BENCH_CATALOGUE_H
#define BENCH_CATALOGUE_H

#include "base/arena.h"
#include "base/diag.h"
#include "record/record.h"

#include <stdbool.h>
#include <stddef.h>

struct parameter_info {
    const char *name, *unit, *about;
    bool integer;
    double initial, low, high;
};

struct kernel_info {
    const char *name, *about, *answer, *source, *hash;
    double tolerance;
    bool blas_threads; /* its parallel build's threads are the BLAS library's */
    bool series;       /* can be observed */
    const struct parameter_info *parameters;
    size_t parameter_count;
};

struct catalogue {
    struct arena arena;
    const char *worker; /* path of the program that was asked */
    const char *hash;   /* of the worker's build: compiler, flags, ISA, libraries */
    const char **variants;
    size_t variant_count;
    const struct kernel_info *kernels;
    size_t kernel_count;
    struct source *sources;
    size_t source_count;
    struct facts build; /* compiler, flags, libraries: for the record */
};

/* Starts `worker` and asks it to describe itself. What it answers is checked. */
bool catalogue_read(struct catalogue *catalogue, const char *worker, struct diags *diags);
void catalogue_release(struct catalogue *catalogue);

const struct kernel_info *catalogue_kernel(const struct catalogue *catalogue, const char *name);

#endif
