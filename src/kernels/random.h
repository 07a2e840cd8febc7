/* Random numbers that need no state: a number is a function of the seed, the
 * stream (a household, a point) and the step (a period), so any thread can work
 * out any number, in any order, and the answers do not depend on how the work
 * was divided.
 *
 * The function is Philox4x32-10: J. K. Salmon, M. A. Moraes, R. O. Dror and D.
 * E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11, 2011. Its
 * counter is (stream, step), its key the seed, each the low 32 bits first; the
 * result is 128 bits, as two words. */
#ifndef KERNELS_RANDOM_H
#define KERNELS_RANDOM_H

#include "kernels/lanes.h"

#include <stdint.h>
#include <string.h>

enum { RANDOM_BLOCK = 64 }; /* streams that are drawn together */

/* Asks for the loop that follows to be unrolled, whatever its size. */
#ifdef __clang__
#define UNROLLED _Pragma("clang loop unroll(full)")
#else
#define UNROLLED _Pragma("GCC unroll 16")
#endif

/* Counters that go through the rounds side by side, for alone each would leave
 * units idle while a round waits for the last one. The parts of four of them
 * fill 16 vector registers. */
enum { RANDOM_GROUP = 4 };

/* Ten rounds on the counters of RANDOM_GROUP * LANES streams from `first` on:
 * of each group of lanes the four parts, in the low halves; what stands above
 * them comes from earlier products and is never read. In registers only if it
 * is inlined and all its loops are unrolled. */
__attribute__((always_inline)) static inline void
random_group(uint64_t seed, uint64_t first, uint64_t step,
             lanes part[RANDOM_GROUP][4])
{
    uint32_t key0 = (uint32_t)seed, key1 = (uint32_t)(seed >> 32);
    UNROLLED
    for (int i = 0; i < RANDOM_GROUP; i++) {
        part[i][0] = lane_numbers + (first + (uint64_t)(i * LANES));
        part[i][1] = part[i][0] >> 32;
        part[i][2] = lanes_fill(step);
        part[i][3] = lanes_fill(step >> 32);
    }
    UNROLLED
    for (int round = 0; round < 10; round++) {
        UNROLLED
        for (int i = 0; i < RANDOM_GROUP; i++) {
            const lanes product0 = multiply32(part[i][0], 0xD2511F53);
            const lanes product1 = multiply32(part[i][2], 0xCD9E8D57);
            part[i][0] = (product1 >> 32) ^ part[i][1] ^ (uint64_t)key0;
            part[i][1] = product1;
            part[i][2] = (product0 >> 32) ^ part[i][3] ^ (uint64_t)key1;
            part[i][3] = product0;
        }
        key0 += 0x9E3779B9;
        key1 += 0xBB67AE85;
    }
}

/* Two random words for each of `count` streams from `first` on at one step, a
 * multiple of RANDOM_BLOCK. */
static inline void random_words_of(uint64_t seed, uint64_t first, int count,
                                   uint64_t step, uint64_t *restrict a,
                                   uint64_t *restrict b)
{
    const uint64_t low = 0xFFFFFFFF;
    for (int i = 0; i < count; i += RANDOM_GROUP * LANES) {
        lanes part[RANDOM_GROUP][4];
        random_group(seed, first + (uint64_t)i, step, part);
        UNROLLED
        for (int k = 0; k < RANDOM_GROUP; k++) {
            const int at = i + k * LANES;
            lanes_store(a + at, part[k][1] << 32 | (part[k][0] & low));
            lanes_store(b + at, part[k][3] << 32 | (part[k][2] & low));
        }
    }
}

/* The same for RANDOM_BLOCK streams. */
static inline void random_words(uint64_t seed, uint64_t first, uint64_t step,
                                uint64_t *restrict a, uint64_t *restrict b)
{
    random_words_of(seed, first, RANDOM_BLOCK, step, a, b);
}

/* The same words in halves, two pairs for each of the `count` streams: of
 * stream first + i the low and the high half of the first word are a[i] and
 * b[i], those of the second word a[count + i] and b[count + i]. What stands
 * above the 32 bits of a half is left over and no part of it. */
static inline void random_halves(uint64_t seed, uint64_t first, int count,
                                 uint64_t step, uint64_t *restrict a,
                                 uint64_t *restrict b)
{
    for (int i = 0; i < count; i += RANDOM_GROUP * LANES) {
        lanes part[RANDOM_GROUP][4];
        random_group(seed, first + (uint64_t)i, step, part);
        UNROLLED
        for (int k = 0; k < RANDOM_GROUP; k++) {
            const int at = i + k * LANES;
            lanes_store(a + at, part[k][0]);
            lanes_store(b + at, part[k][1]);
            lanes_store(a + count + at, part[k][2]);
            lanes_store(b + count + at, part[k][3]);
        }
    }
}

#endif
