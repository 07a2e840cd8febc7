/* The script engine's memory: bounded in size, and bounded in time, for the engine asks for memory
 * whenever a script makes a value. Private to page/. */
#ifndef PAGE_HEAP_H
#define PAGE_HEAP_H

#include "base/arena.h"

#include <duktape.h>
#include <stdbool.h>
#include <stddef.h>

#define HEAP_SECONDS 10.0                /* that one call may take */
#define HEAP_LIMIT   ((size_t)128 << 20) /* bytes that the engine may hold */

enum { HEAP_CLASSES = 32 };

/* All zero bytes is a heap of nothing, in which no call has begun. */
struct heap {
    struct arena chunks;                  /* that small blocks are cut from */
    union heap_block *free[HEAP_CLASSES]; /* small blocks of each size that are free */
    size_t used;                          /* bytes that the engine holds */
    double deadline;                      /* of the call that runs, on clock_seconds() */
    unsigned ticks;                       /* allocations since the clock was last read */
    bool late, full;                      /* the call was ended for time, for memory */
};

/* From here on a call has its whole time. */
void heap_begin(struct heap *heap);

/* The engine's own allocation functions; `data` is the heap. */
void *heap_alloc(void *data, duk_size_t size);
void *heap_realloc(void *data, void *block, duk_size_t size);
void heap_free(void *data, void *block);

/* After the engine was destroyed. */
void heap_release(struct heap *heap);

#endif
