/* The words that an attribute takes in a page: its classes, its ids. Private to page/. */
#ifndef PAGE_TOKENS_H
#define PAGE_TOKENS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* A set, in the order of bytes. All zero bytes is the empty one. */
struct tokens {
    const char **names;
    size_t count;
};

/* Adds every word of the attribute, as it is written in the HTML; names are the arena's. */
void tokens_gather(struct tokens *tokens, struct arena *arena, const char *html,
                   const char *attribute);
bool tokens_have(const struct tokens *tokens, const char *text, size_t size);

#endif
