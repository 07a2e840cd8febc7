#include "bench/order.h"

#include <stdbool.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

/* SplitMix64 (Steele, Lea and Flood 2014): a step of a counter, then a bijective mix. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* Uniform in 0 … bound-1; counts here are so small that the remainder's bias is below 2^-50. */
static size_t below(uint64_t *state, size_t bound)
{
    return (size_t)(next_random(state) % bound);
}

void order_round(size_t *order, size_t count, uint64_t seed, int round)
{
    uint64_t state = seed;
    state = next_random(&state) + (uint64_t)(round / 2);
    bool reversed = round % 2 != 0;
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    for (size_t i = count; i > 1; i--) {
        size_t j = below(&state, i), swapped = order[i - 1];
        order[i - 1] = order[j];
        order[j] = swapped;
    }
    for (size_t i = 0; reversed && i < count / 2; i++) {
        size_t swapped = order[i];
        order[i] = order[count - 1 - i];
        order[count - 1 - i] = swapped;
    }
}

uint64_t order_seed(void)
{
    uint64_t seed;
    if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) != (ssize_t)sizeof seed)
        seed = (uint64_t)time(NULL) * 1000003u + (uint64_t)getpid();
    return seed >> 11;
}
