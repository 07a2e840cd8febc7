/* Laws of scaling fitted to the speed-ups S that one variant reaches on p threads over itself on
 * one thread.
 *
 * Amdahl's law (Amdahl, Validity of the single processor approach, AFIPS 1967) has a share sigma of
 * the work that no second thread can take: 1/S = sigma + (1 - sigma)/p. Gunther's universal
 * scalability law (USL; CMG 1993; Guerrilla Capacity Planning, 2007) adds kappa for what every pair
 * of threads costs: S = p / (1 + sigma (p - 1) + kappa p (p - 1)). In the reciprocal both are
 * linear, 1/S - 1/p = sigma (1 - 1/p) + kappa (p - 1), and are fitted so, by least squares with 0
 * <= sigma <= 1 and kappa >= 0. A point's weight is (S/w)^2 for the width w of the 95 % interval of
 * ln S: the reciprocal of its variance, up to a factor common to all.
 *
 * The points share the times on one thread, so that their errors are not independent. The intervals
 * of sigma, kappa and p* therefore come from resampling whole rounds: in each of many resamples,
 * the same in every call, the medians and the fit are taken anew. Percentiles are widened for few
 * rounds as Hesterberg proposes (What teachers should know about the bootstrap, The American
 * Statistician 69, 2015): outside lies Phi(-sqrt(n/(n-1)) t), where t is Student's 97.5 % quantile
 * with n - 1 degrees of freedom, on each side. They hold as far as the law does; `misfit` says how
 * far. */
#ifndef RECORD_SCALING_H
#define RECORD_SCALING_H

#include "record/record.h"
#include "record/stats.h"

/* A law with its parameters. The counts of its estimates are rounds. */
struct scaling_fit {
    struct estimate sigma; /* serial share (Amdahl), contention (USL) */
    struct estimate kappa; /* coherency cost (USL); Amdahl: 0, without interval */
    struct estimate peak;  /* p* = sqrt((1 - sigma)/kappa), where S is largest: 1 where it falls
                              from the start, infinite where it only rises; the ends of its
                              interval likewise. Amdahl: infinite, without interval */
    double misfit;         /* largest |fitted S / measured S - 1| */
    size_t points;         /* numbers of threads beyond one that it is fitted to */
    double largest;        /* of them: most threads measured */
};

/* Fits the law to the configurations of `variant` that were measured on more than one thread in at
 * least STATS_FEWEST rounds shared with the one on one thread. Amdahl's law needs 2 of them, the
 * USL 6 numbers of threads, one thread included; false, with *fit unchanged, when there are fewer.
 * Working memory comes from the arena. */
bool scaling_amdahl(const struct result *result, const char *variant, struct scaling_fit *fit,
                    struct arena *arena);
bool scaling_usl(const struct result *result, const char *variant, struct scaling_fit *fit,
                 struct arena *arena);

/* The speed-up over one thread that the law gives for `threads` >= 1. */
double scaling_predict(const struct scaling_fit *fit, double threads);

#endif
