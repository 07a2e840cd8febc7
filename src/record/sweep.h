/* Sweeps: results that differ in the value of one parameter, seen as one experiment. */
#ifndef RECORD_SWEEP_H
#define RECORD_SWEEP_H

#include "record/record.h"

#include <jansson.h>

struct sweep_point {
    const struct result *result;
    double value; /* of the parameter; finite */
};

/* All of one sweep, in rising order of their values. */
struct sweep_points {
    const char *parameter, *unit; /* of the first point; unit "" for a pure number */
    struct sweep_point *items;
    size_t count;
};

/* The value of a result's swept parameter; NaN for a result that is none of a sweep. */
double result_swept_value(const struct result *result);

/* The points of the sweep of that name, none where the record has none of it. In the arena. */
struct sweep_points record_sweep(const struct record *record, const char *name,
                                 struct arena *arena);

/* Whether the result of that index is the record's first of its sweep, or is none of a sweep. */
bool record_leads(const struct record *record, size_t index);

/* The point at which the built-in worker surely gains most over the baseline: the lower end of the
 * interval decides, for of many noisy values the greatest is mostly chance. NULL where nothing was
 * measured beside the baseline. */
const struct sweep_point *sweep_best(const struct sweep_points *points, struct arena *arena);

/* From which value on a way of running pays: the least from which on, at every larger one too, the
 * interval of its speed-up over the baseline lies above 1. Beyond a value at which it has no such
 * interval nothing is said. */
struct break_even {
    bool known;   /* there is an interval at the largest value */
    double value; /* NaN: it does not pay even there */
    double until; /* where it pays at the least value: up to which one, at every smaller one too;
                   * NaN where it does not */
};

struct break_even sweep_break_even(const struct sweep_points *points, const char *variant,
                                   int threads);

/* A new reference: an object with a member for each sweep,
 *   {"grain": {"parameter", "unit", "points": [{"name", "value"}, …],
 *              "break_even": [{"variant", "threads", "known", "value"}, …]}}
 * with the points' results by their names; NULL where the record has no sweep. */
json_t *record_sweeps(const struct record *record);

#endif
