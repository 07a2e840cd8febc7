#include "base/arena.h"

#include "base/fail.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdint.h>
#include <string.h>

/* The first block is small: most arenas are for a moment's work, and what they zero costs time. */
enum { FIRST_SIZE = 1 << 12, BLOCK_SIZE = 1 << 16 };

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    alignas(max_align_t) char data[];
};

static struct arena_block *block_new(size_t size)
{
    struct arena_block *block = calloc(1, sizeof *block + size);
    if (!block)
        fail("out of memory");
    block->size = size;
    return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t alignment = alignof(max_align_t);
    if (size > SIZE_MAX / 2)
        fail("out of memory");
    size = (size + alignment - 1) / alignment * alignment;
    struct arena_block *head = arena->head;
    if (!head || head->size - head->used < size) {
        const size_t usual = head ? BLOCK_SIZE : FIRST_SIZE;
        struct arena_block *block = block_new(size > usual ? size : usual);
        if (head && size > BLOCK_SIZE) { /* a large block of its own: keep filling the old one */
            block->next = head->next;
            head->next = block;
            block->used = size;
            return block->data;
        }
        block->next = head;
        arena->head = head = block;
    }
    void *result = head->data + head->used;
    head->used += size;
    return result;
}

char *arena_strndup(struct arena *arena, const char *bytes, size_t size)
{
    char *copy = arena_alloc(arena, size + 1);
    if (size)
        memcpy(copy, bytes, size);
    return copy;
}

char *arena_strdup(struct arena *arena, const char *string)
{
    return string ? arena_strndup(arena, string, strlen(string)) : NULL;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size < 0)
        fail("cannot format '%s'", format);
    char *result = arena_alloc(arena, (size_t)size + 1);
    va_start(arguments, format);
    vsnprintf(result, (size_t)size + 1, format, arguments);
    va_end(arguments);
    return result;
}

void arena_release(struct arena *arena)
{
    for (struct arena_block *block = arena->head; block;) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
    arena->head = NULL;
}

void *array_grow(struct arena *arena, void *items, size_t count, size_t size)
{
    if (count & (count - 1)) /* not a power of two: there is room */
        return items;
    if (count > SIZE_MAX / 4 / size)
        fail("out of memory");
    void *grown = arena_alloc(arena, (count ? 2 * count : 1) * size);
    if (count)
        memcpy(grown, items, count * size);
    return grown;
}
