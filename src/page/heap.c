/* Most of what the engine asks for is a few dozen bytes that it soon gives back. Blocks up to half
 * a KiB come from lists by size, which saves a tenth of the time of a formula. */
#include "page/heap.h"

#include "base/fail.h"
#include "base/process.h"

#include <stdlib.h>
#include <string.h>

enum { TICKS = 256, GRAIN = 16, CHUNK = 1 << 13, SMALL_MAX = GRAIN * HEAP_CLASSES };

/* Stands before what the engine gets; in a free block the way to the next one. */
union heap_block {
    size_t size; /* that the engine asked for */
    union heap_block *next;
};

void heap_begin(struct heap *heap)
{
    heap->late = heap->full = false;
    heap->ticks = 0;
    heap->deadline = clock_seconds() + HEAP_SECONDS;
}

void heap_release(struct heap *heap)
{
    arena_release(&heap->chunks);
    *heap = (struct heap){0};
}

static bool allowed(struct heap *heap, size_t size)
{
    if (size > HEAP_LIMIT || heap->used > HEAP_LIMIT - size) {
        heap->full = true;
        return false;
    }
    if (heap->late || ++heap->ticks < TICKS)
        return !heap->late;
    heap->ticks = 0;
    heap->late = clock_seconds() > heap->deadline;
    return !heap->late;
}

/* With its head. */
static size_t whole(size_t size)
{
    return (size + sizeof(union heap_block) + GRAIN - 1) / GRAIN * GRAIN;
}

static void cut_chunk(struct heap *heap, size_t size)
{
    char *chunk = arena_alloc(&heap->chunks, CHUNK);
    union heap_block **list = &heap->free[size / GRAIN - 1];
    for (size_t at = 0; at + size <= CHUNK; at += size) {
        union heap_block *block = (union heap_block *)(chunk + at);
        block->next = *list;
        *list = block;
    }
}

static union heap_block *take(struct heap *heap, size_t size)
{
    size_t bytes = whole(size);
    union heap_block *block;
    if (bytes > SMALL_MAX) {
        block = malloc(bytes);
        if (!block)
            fail("out of memory");
    } else {
        union heap_block **list = &heap->free[bytes / GRAIN - 1];
        if (!*list)
            cut_chunk(heap, bytes);
        block = *list;
        *list = block->next;
    }
    block->size = size;
    heap->used += size;
    return block;
}

static void give(struct heap *heap, union heap_block *block)
{
    size_t bytes = whole(block->size);
    heap->used -= block->size;
    if (bytes > SMALL_MAX) {
        free(block);
        return;
    }
    block->next = heap->free[bytes / GRAIN - 1];
    heap->free[bytes / GRAIN - 1] = block;
}

void *heap_alloc(void *data, duk_size_t size)
{
    return size > 0 && allowed(data, size) ? take(data, size) + 1 : NULL;
}

void heap_free(void *data, void *block)
{
    if (block)
        give(data, (union heap_block *)block - 1);
}

/* The block where it is large before and after. */
static union heap_block *resize(struct heap *heap, union heap_block *old, size_t size)
{
    heap->used += size - old->size;
    union heap_block *block = realloc(old, whole(size));
    if (!block)
        fail("out of memory");
    block->size = size;
    return block;
}

void *heap_realloc(void *data, void *block, duk_size_t size)
{
    struct heap *heap = data;
    if (!block)
        return heap_alloc(data, size);
    union heap_block *old = (union heap_block *)block - 1;
    if (size == 0) {
        give(heap, old);
        return NULL;
    }
    size_t kept = size < old->size ? size : old->size;
    if (size > kept && !allowed(heap, size - kept))
        return NULL;
    if (whole(size) > SMALL_MAX && whole(old->size) > SMALL_MAX)
        return resize(heap, old, size) + 1;
    union heap_block *moved = take(heap, size);
    memcpy(moved + 1, block, kept);
    give(heap, old);
    return moved + 1;
}
