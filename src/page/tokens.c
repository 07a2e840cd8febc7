#include "page/tokens.h"

#include "page/tag.h"

#include <stdlib.h>
#include <string.h>

struct word {
    const char *text;
    size_t size;
};

static int compare_word(const void *key, const void *item)
{
    const struct word *word = key;
    const char *name = *(const char *const *)item;
    int order = strncmp(word->text, name, word->size);
    return order ? order : -(name[word->size] != '\0');
}

bool tokens_have(const struct tokens *tokens, const char *text, size_t size)
{
    const struct word word = {text, size};
    return tokens->count &&
           bsearch(&word, tokens->names, tokens->count, sizeof *tokens->names, compare_word);
}

static void add(struct tokens *tokens, struct arena *arena, const char *text, size_t size)
{
    if (tokens_have(tokens, text, size))
        return;
    tokens->names = array_grow(arena, tokens->names, tokens->count, sizeof *tokens->names);
    const char *name = arena_strndup(arena, text, size);
    size_t at = tokens->count++;
    for (; at > 0 && strcmp(tokens->names[at - 1], name) > 0; at--)
        tokens->names[at] = tokens->names[at - 1];
    tokens->names[at] = name;
}

void tokens_gather(struct tokens *tokens, struct arena *arena, const char *html, const char *name)
{
    struct tag tag;
    for (const char *at = html; tag_next(at, &tag); at = tag_after(&tag)) {
        struct attribute attribute;
        if (tag.closing || !tag_attribute(&tag, name, &attribute))
            continue;
        const char *word = attribute.value, *end = word + attribute.value_size;
        while (word < end) {
            size_t size = strcspn(word, " \t\r\n\"'>");
            if (size)
                add(tokens, arena, word, size);
            word += size + 1;
        }
    }
}
