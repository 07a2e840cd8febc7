/* What the machine can attain at best: ceilings that the record's own experiments measured, after
 * Williams, Waterman and Patterson, "Roofline", 2009. */
#ifndef RECORD_ROOFLINE_H
#define RECORD_ROOFLINE_H

#include "record/summary.h"

/* Kernels whose experiments give the ceilings. */
#define ROOFLINE_OPERATIONS "limits.fma"
#define ROOFLINE_TRAFFIC    "limits.triad"

/* Rates on one number of threads; NaN where the record has none. */
struct ceilings {
    int threads;
    double operations; /* floating-point operations a second, the fastest that was measured */
    double traffic;    /* bytes a second, of the experiment that works on most memory */
};

struct ceilings ceilings_of(const struct record *record, int threads, struct arena *arena);

/* The least of the two ceilings at so many operations a byte, in operations a second; NaN
 * where one is not known. At infinitely many nothing is moved, and arithmetic alone decides. */
double ceilings_attainable(const struct ceilings *ceilings, double intensity);

#endif
