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

/* By KERNEL_BUILD. */
#define LANES_libm     0
#define LANES_serial   0
#define LANES_simd     1
#define LANES_parallel 1

#if !KERNEL_EXPAND(LANES, KERNEL_BUILD)

typedef uint64_t lanes;
static const lanes lane_numbers = 0;

static inline lanes multiply32(lanes a, uint32_t b)
{
    return (a & 0xFFFFFFFF) * b;
}

#elif defined __AVX512F__
#include <immintrin.h>

typedef uint64_t lanes __attribute__((vector_size(64)));
static const lanes lane_numbers = {0, 1, 2, 3, 4, 5, 6, 7};

static inline lanes multiply32(lanes a, uint32_t b)
{
    return (lanes)_mm512_mul_epu32((__m512i)a, _mm512_set1_epi64(b));
}

#elif defined __AVX2__
#include <immintrin.h>

typedef uint64_t lanes __attribute__((vector_size(32)));
static const lanes lane_numbers = {0, 1, 2, 3};

static inline lanes multiply32(lanes a, uint32_t b)
{
    return (lanes)_mm256_mul_epu32((__m256i)a, _mm256_set1_epi64x(b));
}

#elif defined __SSE2__
#include <emmintrin.h>

typedef uint64_t lanes __attribute__((vector_size(16)));
static const lanes lane_numbers = {0, 1};

static inline lanes multiply32(lanes a, uint32_t b)
{
    return (lanes)_mm_mul_epu32((__m128i)a, _mm_set1_epi64x(b));
}

#elif defined __ARM_NEON
#include <arm_neon.h>

typedef uint64_t lanes __attribute__((vector_size(16)));
static const lanes lane_numbers = {0, 1};

static inline lanes multiply32(lanes a, uint32_t b)
{
    return (lanes)vmull_n_u32(vmovn_u64((uint64x2_t)a), b);
}

#else

typedef uint64_t lanes __attribute__((vector_size(16)));
static const lanes lane_numbers = {0, 1};

static inline lanes multiply32(lanes a, uint32_t b)
{
    return (a & 0xFFFFFFFF) * (uint64_t)b;
}

#endif

enum { LANES = sizeof(lanes) / 8 }; /* of eight bytes each */

/* multiply32(a, b): the product of each lane's low half and b. */

/* The same number in all lanes. */
static inline lanes lanes_fill(uint64_t number)
{
    return number - (lanes){0};
}

#endif
