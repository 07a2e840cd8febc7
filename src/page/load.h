/* The load of every CPU while a configuration ran, made ready for a picture. Private to page/. */
#ifndef PAGE_LOAD_H
#define PAGE_LOAD_H

#include "base/arena.h"
#include "record/record.h"

/* Stretches of time, from one moment of the record to the next, one after the other. What lies
 * between them, when other configurations had their turn and no load is known, is left out. */
struct load {
    size_t cpu_count, count; /* CPUs, and stretches */
    const char **names;      /* of the CPUs: "cpu0" */
    double *ends;            /* seconds of running up to the end of each stretch */
    double **shares;         /* shares[cpu][stretch]: busy, 0 to 1; NaN where it is not known */
    double *means;           /* of each CPU over all its known time; NaN where it has none */
    double seconds;          /* in all */
    double busy;             /* mean number of busy CPUs */
};

/* False where the record has no load of the configuration that could be drawn. In the arena. */
bool load_read(struct load *load, const struct configuration *configuration, struct arena *arena);

/* The same load in at most `columns` stretches (of equal length where there were more), and in at
 * most `rows` rows, each the mean of neighbouring CPUs, named "cpu0–3". For drawing
 * only: without the means. */
struct load load_coarsen(const struct load *load, size_t rows, size_t columns, struct arena *arena);

#endif
