/* Digests: 128 bits that stand for bytes where these are too many to keep, as the keys of a cache.
 * Equal by chance for two of 2^32 different inputs with a probability below 2^-64; not for use
 * against an adversary, and not the same on machines of another byte order. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct digest {
    uint64_t words[2];
};

struct digest digest_bytes(const void *bytes, size_t size);
bool digest_equal(struct digest a, struct digest b);

/* As 32 hexadecimal digits, in the arena. */
char *digest_text(struct arena *arena, struct digest digest);

#endif
