#include "book/names.h"

#include "base/text.h"

#include <string.h>

/* The entry of `name`, or the free one where it would go. The table is never full. */
static struct name_entry *slot(const struct names *names, const char *name)
{
    size_t at = (size_t)hash_string(HASH_START, name) & (names->capacity - 1);
    while (names->entries[at].name && strcmp(names->entries[at].name, name) != 0)
        at = (at + 1) & (names->capacity - 1);
    return &names->entries[at];
}

size_t *names_find(const struct names *names, const char *name)
{
    if (names->capacity == 0)
        return NULL;
    struct name_entry *entry = slot(names, name);
    return entry->name ? &entry->number : NULL;
}

static void grow(struct names *names, struct arena *arena)
{
    struct names grown = {.count = names->count,
                          .capacity = names->capacity ? 2 * names->capacity : 16};
    grown.entries = arena_alloc(arena, grown.capacity * sizeof *grown.entries);
    for (size_t i = 0; i < names->capacity; i++)
        if (names->entries[i].name)
            *slot(&grown, names->entries[i].name) = names->entries[i];
    *names = grown;
}

void names_add(struct names *names, struct arena *arena, const char *name, size_t number)
{
    if (2 * names->count >= names->capacity)
        grow(names, arena);
    *slot(names, name) = (struct name_entry){name, number};
    names->count++;
}
