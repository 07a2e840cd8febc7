/* What laws of scaling predict for more workers than were measured, from the share sigma of the
 * work that only one of them can do.
 *
 * Amdahl asks how much sooner the same work is done: S = 1/(sigma + (1 - sigma)/p) (Validity of the
 * single processor approach, AFIPS 1967). Gustafson asks how much more is done in the same time,
 * where the divisible part grows with p and the other stays: S' = sigma + (1 - sigma) p
 * (Reevaluating Amdahl's law, CACM 31, 1988); sigma is the share in the work of one worker in both.
 * Gunther's peak comes with the fit of scaling.h. Both laws fall with sigma, so that the ends of
 * its interval give those of what is predicted. */
#ifndef RECORD_PREDICTION_H
#define RECORD_PREDICTION_H

#include "record/record.h"
#include "record/scaling.h"
#include "record/stats.h"

/* From what one variant reached. */
struct prediction {
    const char *absence;     /* a sentence why there is none; NULL: there is one */
    struct estimate sigma;   /* of the fit; else Karp and Flatt's of the speed-up on the most
                                threads, which noise may take below 0 */
    double largest;          /* most threads measured, 0 where none were */
    size_t points;           /* numbers of threads beyond one that sigma rests on */
    struct estimate speedup; /* on the most threads, over one; `count` is rounds */
    bool has_amdahl, has_usl;
    struct scaling_fit amdahl, usl; /* where there are numbers of threads enough */
};

/* `result` is one of the record's. There is no prediction where the variant was not measured on one
 * thread and on several, or where several are surely no faster than one, or answer wrong. In the
 * arena. */
struct prediction predict(const struct record *record, const struct result *result,
                          const char *variant, struct arena *arena);

/* The laws; sigma is taken as 0 below 0 and as 1 above 1. */
double amdahl_speedup(double sigma, double workers);
double gustafson_speedup(double sigma, double workers);

/* A law with the interval that comes from sigma's. */
typedef double scaling_law(double sigma, double workers);
struct estimate prediction_by(scaling_law *law, const struct prediction *prediction,
                              double workers);

#endif
