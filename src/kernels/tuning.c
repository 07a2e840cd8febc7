#include "kernels/tuning.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int iparmq(const int *, const char *, const char *, const int *,
                   const int *, const int *, const int *, size_t, size_t);

/* What LAPACK asks for, by its numbers. */
enum { WINDOW = 13, SHIFTS = 15, BLOCKED = 16 };

/* On Zen 4, 24 to 40 shifts take about the same time at order 1000, and 64 a
 * quarter more. Up to NARROW rows LAPACK's window is as wide as there are
 * shifts, beyond them half as wide again; from 14 shifts on it gathers
 * reflections into blocks, in its manner 2. Both are kept. */
enum { NARROW = 500 };
static const struct {
    int question, narrow, wide;
} answers[] = {{WINDOW, 32, 48}, {SHIFTS, 32, 32}, {BLOCKED, 2, 2}};

static atomic_bool tuning;
static atomic_long told;

void tuning_begin(void)
{
    atomic_store(&told, 0);
    atomic_store(&tuning, true);
}

long tuning_end(void)
{
    atomic_store(&tuning, false);
    return atomic_load(&told);
}

/* The function of the library, which this one hides. */
static iparmq *of_library(void)
{
    static _Atomic(iparmq *) found;
    iparmq *function = atomic_load(&found);
    if (function)
        return function;
    void *symbol = dlsym(RTLD_NEXT, "iparmq_");
    if (!symbol) {
        fputs("LAPACK has no iparmq_ of its own in a shared library\n", stderr);
        abort();
    }
    memcpy(&function, &symbol, sizeof function);
    atomic_store(&found, function);
    return function;
}

int iparmq_(const int *ispec, const char *name, const char *options,
            const int *n, const int *low, const int *high, const int *work,
            size_t name_length, size_t options_length)
{
    const int order = *high - *low + 1;
    if (atomic_load(&tuning) && order >= TUNING_ORDER_MIN) {
        for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
            if (answers[i].question != *ispec)
                continue;
            if (*ispec == SHIFTS)
                atomic_fetch_add(&told, 1);
            return order > NARROW ? answers[i].wide : answers[i].narrow;
        }
    }
    return of_library()(ispec, name, options, n, low, high, work, name_length,
                        options_length);
}
