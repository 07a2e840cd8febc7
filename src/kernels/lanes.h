/* Lanes: as many 64-bit integers as one vector register holds, worked on
 * together by the ordinary operators. In the serial build a lane stands alone,
 * so that nothing there is vectorised.
 *
 * They exist for one operation. Random numbers need the 64-bit product of two
 * 32-bit numbers; every vector unit has an instruction for it, and gcc does not
 * find it behind the expression in C. */
#ifndef KERNELS_LANES_H
#define KERNELS_LANES_H

#include "kernels/kernel.h"

#include <stdint.h>
#include <string.h>

/* By KERNEL_BUILD. */
#define LANES_libm     0
#define LANES_serial   0
#define LANES_simd     1
#define LANES_parallel 1

#if !KERNEL_EXPAND(LANES, KERNEL_BUILD)

typedef uint64_t lanes;
static const lanes lane_numbers = 0;

static inline lanes product32(lanes a, lanes b)
{
    return (a & 0xFFFFFFFF) * (b & 0xFFFFFFFF);
}

#elif defined __AVX512F__
#include <immintrin.h>

typedef uint64_t lanes __attribute__((vector_size(64)));
static const lanes lane_numbers = {0, 1, 2, 3, 4, 5, 6, 7};

static inline lanes product32(lanes a, lanes b)
{
    return (lanes)_mm512_mul_epu32((__m512i)a, (__m512i)b);
}

#elif defined __AVX2__
#include <immintrin.h>

typedef uint64_t lanes __attribute__((vector_size(32)));
static const lanes lane_numbers = {0, 1, 2, 3};

static inline lanes product32(lanes a, lanes b)
{
    return (lanes)_mm256_mul_epu32((__m256i)a, (__m256i)b);
}

#elif defined __SSE2__
#include <emmintrin.h>

typedef uint64_t lanes __attribute__((vector_size(16)));
static const lanes lane_numbers = {0, 1};

static inline lanes product32(lanes a, lanes b)
{
    return (lanes)_mm_mul_epu32((__m128i)a, (__m128i)b);
}

#elif defined __ARM_NEON
#include <arm_neon.h>

typedef uint64_t lanes __attribute__((vector_size(16)));
static const lanes lane_numbers = {0, 1};

static inline lanes product32(lanes a, lanes b)
{
    return (lanes)vmull_u32(vmovn_u64((uint64x2_t)a), vmovn_u64((uint64x2_t)b));
}

#else

typedef uint64_t lanes __attribute__((vector_size(16)));
static const lanes lane_numbers = {0, 1};

static inline lanes product32(lanes a, lanes b)
{
    return (a & 0xFFFFFFFF) * (b & 0xFFFFFFFF);
}

#endif

enum { LANES = sizeof(lanes) / 8 }; /* of eight bytes each */

/* product32(a, b): in each lane the product of the low halves of a's and b's.
 */

/* The same number in all lanes. */
static inline lanes lanes_fill(uint64_t number)
{
    return number - (lanes){0};
}

/* The product of each lane's low half and b. */
static inline lanes multiply32(lanes a, uint32_t b)
{
    return product32(a, lanes_fill(b));
}

static inline lanes lanes_load(const uint64_t *numbers)
{
    lanes loaded;
    memcpy(&loaded, numbers, sizeof loaded);
    return loaded;
}

static inline void lanes_store(uint64_t *numbers, lanes stored)
{
    memcpy(numbers, &stored, sizeof stored);
}

static inline uint64_t lanes_sum(lanes added)
{
    uint64_t number[LANES], sum = 0;
    lanes_store(number, added);
    for (int i = 0; i < LANES; i++)
        sum += number[i];
    return sum;
}

#endif
