/* Arena: memory that is freed all at once. One arena per unit of work (a book, a record, a render).
 *
 * Nothing here fails: running out of memory ends the program with a message. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;

/* All zero bytes is an empty arena; it needs no other initialisation. */
struct arena {
    struct arena_block *head;
};

/* `size` zeroed bytes, aligned for any type, owned by the arena. */
void *arena_alloc(struct arena *arena, size_t size);

/* Copies, NUL-terminated. arena_strdup(arena, NULL) is NULL. */
char *arena_strdup(struct arena *arena, const char *string);
char *arena_strndup(struct arena *arena, const char *bytes, size_t size);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Frees everything that came from the arena; it is empty and usable afterwards. */
void arena_release(struct arena *arena);

/* Room for one more item in an array of `count` items of `size` bytes each that was grown by this
 * function only; the result replaces the old pointer:
 *     list->items = array_grow(arena, list->items, list->count, sizeof *list->items);
 *     list->items[list->count++] = item;
 * Capacities are powers of two, so a full array is one whose count is 0 or a power of two. */
void *array_grow(struct arena *arena, void *items, size_t count, size_t size);

#endif
