/* Text: a growing string. Appending cannot fail, so callers need no check after each step. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All zero bytes is an empty text. After any append `data` is NUL-terminated. */
struct text {
    char *data;
    size_t size, capacity;
};

void text_add(struct text *text, const char *string);
void text_add_bytes(struct text *text, const char *bytes, size_t size);
void text_add_char(struct text *text, char byte);
void text_addf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The bytes in base 64 (RFC 4648), with padding. */
void text_add_base64(struct text *text, const void *bytes, size_t size);

/* Drops all bytes from `size` on; the memory is kept. */
void text_truncate(struct text *text, size_t size);

/* The contents as a string; "" when nothing was ever added. Valid until the next append. */
const char *text_string(const struct text *text);

/* Moves the contents into the arena and releases the text. */
char *text_keep(struct text *text, struct arena *arena);

void text_release(struct text *text);

/* The entry of `known` that differs least from `word`, by edit distance with transpositions, or
 * NULL when none is near enough to be a plausible misspelling. */
const char *nearest_name(const char *word, const char *const *known, size_t count);

/* FNV-1a, 64 bits: content keys of caches and records; not for use against an adversary.
 * Start with HASH_START and chain. */
#define HASH_START UINT64_C(0xCBF29CE484222325)
uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size);
/* The string and its terminating NUL, so that ("ab","c") and ("a","bc") differ. */
uint64_t hash_string(uint64_t hash, const char *string);

/* Whether the bytes are well-formed UTF-8 without NUL; otherwise *offset is the first fault. */
bool utf8_valid(const char *bytes, size_t size, size_t *offset);

#endif
