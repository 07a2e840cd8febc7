/* Mathematical functions that compilers can vectorise and that give the same 64
 * bits everywhere.
 *
 * Each is straight-line code of + - * / sqrt and integer operations, whose
 * results IEEE 754 fixes to the bit, so the answer does not depend on the
 * compiler, the processor or the vector's width. A multiply and an add stay two
 * operations: -ffp-contract=off is required. -ffast-math would break the
 * functions silently (it cancels the additions that round to an integer) and is
 * refused.
 *
 * The polynomials are minimax ones; tests/coefficients.py finds them. They are
 * summed pairwise (Estrin's scheme), which leaves the processor more to do at
 * once than Horner's. Errors are in units in the last place (ulp) of the exact
 * result. ..._OPERATIONS counts floating-point operations, a division or a
 * square root as one. */
#ifndef KERNELS_VECMATH_H
#define KERNELS_VECMATH_H

#include "kernels/kernel.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#if defined __FAST_MATH__ || defined __ASSOCIATIVE_MATH__ ||                   \
    defined __RECIPROCAL_MATH__
#error "the kernels need IEEE arithmetic: build them without -ffast-math"
#endif
#if FLT_EVAL_METHOD != 0
#error "the kernels need arithmetic in double precision, not in a wider one"
#endif

static inline double from_bits(uint64_t bits)
{
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

static inline uint64_t to_bits(double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

/* A uniform number (k + 1/2) / 2^52, 0 <= k < 2^52, from a random word's upper
 * 52 bits: exact, and neither 0 nor 1. They become the fraction of a number in
 * [1, 2). */
static inline double uniform(uint64_t word)
{
    return from_bits(word >> 12 | 0x3FF0000000000000) - (1 - 0x1p-53);
}
enum { UNIFORM_OPERATIONS = 1 };

/* 2^x for |x| < 1022, within 1.3 ulp. Adding 1.5 * 2^52 rounds x to an integer,
 * which then stands in the sum's lowest bits; a polynomial gives the power of
 * what is left. */
static inline double vec_exp2(double x)
{
    const double shifted = x + 0x1.8p52;
    const double f = x - (shifted - 0x1.8p52), f2 = f * f, f4 = f2 * f2;
    const double p12 = 0x1.ebfbdff82c5a4p-3 + 0x1.c6b08d7049fe8p-5 * f;
    const double p34 = 0x1.3b2ab6fba010bp-7 + 0x1.5d87fe78cd723p-10 * f;
    const double p56 = 0x1.4309130edc065p-13 + 0x1.ffcbfba970856p-17 * f;
    const double p78 = 0x1.62bfc79480ce8p-20 + 0x1.b5267ceff2e85p-24 * f;
    const double p9a = 0x1.e61b5fd9eac31p-28 + 0x1.e79bba2bd27eap-32 * f;
    const double p14 = p12 + p34 * f2;
    const double p58 = p56 + p78 * f2;
    const double p1a = p14 + (p58 + p9a * f4) * f4;
    const double power = 1 + (0x1.62e42fefa39efp-1 * f + p1a * f2);
    return from_bits(to_bits(power) + (to_bits(shifted) << 52));
}
enum { EXP2_OPERATIONS = 27 };

/* The logarithm of x to base 2, for normal x > 0, within 3.7 ulp. x = 2^e m
 * with m between sqrt(1/2) and sqrt(2); with s = (m - 1) / (m + 1) the
 * logarithm of m is an odd polynomial in s. */
static inline double vec_log2(double x)
{
    const uint64_t root = 0x3FE6A09E667F3BCD; /* the bits of sqrt(1/2) */
    const uint64_t bits = to_bits(x) + (0x3FF0000000000000 - root);
    const double e =
        from_bits(bits >> 52 | 0x4330000000000000) - (0x1p52 + 1023);
    const double m = from_bits((bits & 0xFFFFFFFFFFFFF) + root);
    const double s = (m - 1) / (m + 1), z = s * s, z2 = z * z;
    const double p12 = 0x1.ec709dc3a047ep-1 + 0x1.2776c50ee36d9p-1 * z;
    const double p34 = 0x1.a61762d6e0f2ap-2 + 0x1.484afb5cd09c6p-2 * z;
    const double p56 = 0x1.0ca166312f32ep-2 + 0x1.c46cf2ebd0dc9p-3 * z;
    const double p57 = p56 + 0x1.b59de2cf342d7p-3 * z2;
    const double p17 = p12 + (p34 + p57 * z2) * z2;
    return e + (0x1.71547652b82fep+1 + p17 * z) * s;
}
enum { LOG2_OPERATIONS = 22 };

/* The cosine of x, |x| <= 400, within 1 ulp (beside its zeros, within 1e-27).
 *
 * The angle left after the nearest k quarter turns is whole - b. A quarter turn
 * is taken in two parts, the first of 45 bits, so that its product with k is
 * exact, and whole with it. For odd k the cosine is +-sin(whole - b); for even
 * k it is +-cos(whole - b) = +-(1 - 2 sin^2(a - b)), where a and b are halved.
 * So one polynomial serves for both.
 *
 * The sine is a + w with a exact and w small. 1 - 2 (a + w)^2 is summed as
 * 3/4 - ((2 a^2 - 1/4) + 2 w (2 a + w)): small terms leave small roundings. */
static inline double vec_cos(double x)
{
    const double rest = 0x1.8469898cc517p-48; /* of a quarter turn */
    const double shifted = x * 0x1.45f306dc9c883p-1 + (0x1.8p52 + 1);
    const double k = shifted - (0x1.8p52 + 1);
    const uint64_t next = to_bits(shifted); /* the low bits are of k + 1 */
    const int even = (int64_t)(next << 63) < 0;
    const double whole = x - k * 0x1.921fb54442dp+0;
    const double a = even ? 0.5 * whole : whole;
    const double b = k * (even ? 0.5 * rest : rest);
    const double r = a - b, z = r * r, z2 = z * z;
    const double p01 = -0x1.5555555555549p-3 + 0x1.111111110f87ep-7 * z;
    const double p23 = -0x1.a01a019c12028p-13 + 0x1.71de357814538p-19 * z;
    const double p45 = -0x1.ae5e66862934bp-26 + 0x1.5d93178dc2034p-33 * z;
    const double w = (p01 + (p23 + p45 * z2) * z2) * (r * z) - b;
    const double sine = a + w;
    const double cosine = 0.75 - ((whole * a - 0.25) + (w + w) * (whole + w));
    const uint64_t sign = next << 62 & 0x8000000000000000;
    return from_bits(to_bits(even ? cosine : sine) ^ sign);
}
enum { COS_OPERATIONS = 31 }; /* code that branches leaves out 1 or 7 of them */

/* A point on the unit circle in a random direction. The word's top bit chooses
 * the axis, the next one which end of it, the 52 below them the angle between
 * -45 and 45 degrees from there, so no reduction is needed; within 3 ulp. */
static inline void vec_direction(uint64_t word, double *x, double *y)
{
    const double r = from_bits(word << 2 >> 12 | 0x3FF0000000000000) - 1.5;
    const double z = r * r, z2 = z * z, z4 = z2 * z2;
    const double s01 = 0x1.921fb54442d18p+0 - 0x1.4abbce625be41p-1 * z;
    const double s23 = 0x1.466bc677587f9p-4 - 0x1.32d2cce2e5b97p-8 * z;
    const double s45 = 0x1.50782fda11048p-13 - 0x1.e30071a5ebf1cp-19 * z;
    const double s46 = s45 + 0x1.e3f37d939b466p-25 * z2;
    const double sine = (s01 + s23 * z2 + s46 * z4) * r;
    const double c01 = 1 - 0x1.3bd3cc9be45dep+0 * z;
    const double c23 = 0x1.03c1f081b5abp-2 - 0x1.55d3c7e3c95b6p-6 * z;
    const double c45 = 0x1.e1f50683b3973p-11 - 0x1.a6d1ecb6c4f42p-16 * z;
    const double c67 = 0x1.f9cc6a6cf56ffp-22 - 0x1.b26fc992ab946p-28 * z;
    const double cosine = c01 + c23 * z2 + (c45 + c67 * z2) * z4;
    const uint64_t sign = word << 1 & 0x8000000000000000;
    const double along = from_bits(to_bits(cosine) ^ sign);
    const int upright = (int64_t)word < 0;
    *x = upright ? sine : along;
    *y = upright ? along : sine;
}
enum { DIRECTION_OPERATIONS = 31 };

#include "kernels/libm.h" /* which replaces them in the libm build */

#endif
