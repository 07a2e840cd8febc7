/* Samples paired by round: the two of one round were taken close together, so that what slows the
 * machine for longer than a round falls out of their ratio. */
#ifndef RECORD_PAIRS_H
#define RECORD_PAIRS_H

#include "record/record.h"

/* Pairs of times above zero. The arrays belong to the arena that they came from. */
struct pairs {
    double *first, *second;
    size_t *places; /* where the first of each pair stands among its samples */
    size_t count;
};

/* No pairs yet, room for `room`. */
struct pairs pairs_for(size_t room, struct arena *arena);

/* Ratios need times above zero: what a clock too coarse to see is no pair. */
void pairs_add(struct pairs *pairs, size_t place, double first, double second);

/* The wall times of each round in which both are there. */
struct pairs pairs_of_walls(const struct samples *first, const struct samples *second,
                            struct arena *arena);

#endif
