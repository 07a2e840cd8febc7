#include "page/words.h"

#include <string.h>

struct words words_split(struct arena *arena, const char *list)
{
    struct words words = {0};
    for (const char *at = list; *at;) {
        at += strspn(at, ", \t\r\n");
        size_t size = strcspn(at, ","), trimmed = size;
        while (trimmed && strchr(" \t\r\n", at[trimmed - 1]))
            trimmed--;
        if (trimmed) {
            words.items = array_grow(arena, words.items, words.count, sizeof *words.items);
            words.items[words.count++] =
                (struct word){arena_strndup(arena, at, trimmed), (size_t)(at - list)};
        }
        at += size;
    }
    return words;
}

struct place word_place(struct place place, const struct word *word)
{
    place.column += place.column ? (int)word->offset : 0;
    return place;
}

const struct experiment *book_experiment(const struct book *book, const char *name)
{
    for (size_t i = 0; i < book->experiment_count; i++)
        if (strcmp(book->experiments[i]->name, name) == 0)
            return book->experiments[i];
    return NULL;
}
