/* The order in which a round samples the configurations: random, from a recorded seed, and the
 * next round the reverse, so that a drift that is linear in time cancels within a pair of rounds.
 */
#ifndef BENCH_ORDER_H
#define BENCH_ORDER_H

#include <stddef.h>
#include <stdint.h>

/* Fills `order` with a permutation of 0 … count-1 that depends on seed, count and round alone. */
void order_round(size_t *order, size_t count, uint64_t seed, int round);

/* A seed that no earlier run had; at most 2^53, so that every JSON reader takes it exactly. */
uint64_t order_seed(void);

#endif
