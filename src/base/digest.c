#include "base/digest.h"

#include <inttypes.h>
#include <string.h>

/* Odd numbers without a pattern: the first digits of the square roots of 2, 3, 5 and 7. */
#define ROOT_2 UINT64_C(0x6A09E667F3BCC909)
#define ROOT_3 UINT64_C(0xBB67AE8584CAA73B)
#define ROOT_5 UINT64_C(0x3C6EF372FE94F82B)
#define ROOT_7 UINT64_C(0xA54FF53A5F1D36F1)

static uint64_t turn(uint64_t word, int bits)
{
    return word << bits | word >> (64 - bits);
}

/* Every bit of the result depends on every bit of the word. */
static uint64_t scatter(uint64_t word)
{
    word = (word ^ word >> 32) * ROOT_3;
    word = (word ^ word >> 29) * ROOT_7;
    return word ^ word >> 32;
}

/* Each step is a bijection of either half of the state, and each takes in the other half. */
static void take(struct digest *digest, const void *bytes)
{
    uint64_t in[2];
    memcpy(in, bytes, sizeof in);
    digest->words[0] = (turn(digest->words[0] ^ in[0] * ROOT_2, 27) + digest->words[1]) * ROOT_5;
    digest->words[1] = (turn(digest->words[1] ^ in[1] * ROOT_7, 31) + digest->words[0]) * ROOT_3;
}

struct digest digest_bytes(const void *bytes, size_t size)
{
    enum { STEP = 16 };
    struct digest digest = {{ROOT_3 ^ size, ROOT_5}};
    const char *at = bytes;
    char rest[STEP] = {0};
    size_t left = size;
    for (; left >= STEP; left -= STEP, at += STEP)
        take(&digest, at);
    if (left > 0)
        memcpy(rest, at, left);
    take(&digest, rest);
    digest.words[0] = scatter(digest.words[0] + turn(digest.words[1], 32));
    digest.words[1] = scatter(digest.words[1] + digest.words[0]);
    return digest;
}

bool digest_equal(struct digest a, struct digest b)
{
    return a.words[0] == b.words[0] && a.words[1] == b.words[1];
}

char *digest_text(struct arena *arena, struct digest digest)
{
    return arena_printf(arena, "%016" PRIx64 "%016" PRIx64, digest.words[0], digest.words[1]);
}
