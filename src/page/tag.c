#include "page/tag.h"

#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_word(const char *name, size_t size, const char *word)
{
    return strlen(word) == size && strncasecmp(name, word, size) == 0;
}

bool tag_is(const struct tag *tag, const char *name)
{
    return is_word(tag->name, tag->name_size, name);
}

bool attribute_is(const struct attribute *attribute, const char *name)
{
    return is_word(attribute->name, attribute->name_size, name);
}

/* Where "</name" begins; the end of the text where it is missing. */
static const char *find_closing(const char *at, const struct tag *tag)
{
    while ((at = strstr(at, "</")) != NULL && strncasecmp(at + 2, tag->name, tag->name_size) != 0)
        at += 2;
    return at ? at : tag->end + strlen(tag->end);
}

/* Behind the tag that begins at `at`. */
static const char *find_end(const char *at)
{
    char quote = '\0';
    for (; *at; at++) {
        if (quote ? *at == quote : *at == '"' || *at == '\'')
            quote = quote ? '\0' : *at;
        else if (!quote && *at == '>')
            return at + 1;
    }
    return at;
}

bool tag_next(const char *at, struct tag *tag)
{
    while ((at = strchr(at, '<')) != NULL) {
        if (strncmp(at, "<!--", 4) == 0) {
            const char *end = strstr(at + 4, "-->");
            at = end ? end + 3 : at + strlen(at);
            continue;
        }
        bool closing = at[1] == '/';
        const char *name = at + 1 + closing;
        if (!isalpha((unsigned char)*name)) {
            at++;
            continue;
        }
        *tag = (struct tag){.begin = at,
                            .end = find_end(name),
                            .name = name,
                            .name_size = strcspn(name, " \t\r\n/>"),
                            .closing = closing};
        if (!closing && (tag_is(tag, "script") || tag_is(tag, "style")))
            tag->inside_end = find_closing(tag->end, tag);
        return true;
    }
    return false;
}

const char *tag_after(const struct tag *tag)
{
    return tag->inside_end ? tag->inside_end : tag->end;
}

bool attribute_next(const struct tag *tag, const char *at, struct attribute *attribute)
{
    static const char blanks[] = " \t\r\n/";
    const char *begin = at ? at : tag->name + tag->name_size;
    const char *name = begin + strspn(begin, blanks);
    if (name >= tag->end || *name == '>')
        return false;
    size_t size = strcspn(name, " \t\r\n/>=");
    const char *end = name + size;
    *attribute = (struct attribute){.begin = begin, .name = name, .name_size = size, .value = end};
    if (*end == '=') {
        const char quote = end[1] == '"' || end[1] == '\'' ? end[1] : '\0';
        const char stops[] = {quote, '\0'};
        attribute->value = end + 1 + (quote != '\0');
        attribute->value_size = strcspn(attribute->value, quote ? stops : " \t\r\n>");
        end = attribute->value + attribute->value_size;
        end += quote && *end == quote;
    }
    attribute->end = end > name ? end : name + 1; /* a stray sign is passed over */
    return true;
}

bool tag_attribute(const struct tag *tag, const char *name, struct attribute *attribute)
{
    for (const char *at = NULL; attribute_next(tag, at, attribute); at = attribute->end)
        if (attribute_is(attribute, name))
            return true;
    return false;
}

/* The ASCII character that begins at `at`, an entity by name or by number; *size is what it takes.
 * NUL for all else. */
static char entity_at(const char *at, size_t *size)
{
    static const struct {
        const char *entity;
        char character;
    } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}};
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        *size = strlen(entities[i].entity);
        if (strncmp(at, entities[i].entity, *size) == 0)
            return entities[i].character;
    }
    if (strncmp(at, "&#", 2) != 0)
        return '\0';
    char *end;
    const bool hex = at[2] == 'x' || at[2] == 'X';
    const unsigned long code = strtoul(at + 2 + hex, &end, hex ? 16 : 10);
    *size = (size_t)(end - at) + 1;
    return *end == ';' && code < 0x80 ? (char)code : '\0';
}

char *html_decode(struct arena *arena, const char *html, size_t size)
{
    struct text text = {0};
    for (const char *end = html + size; html < end;) {
        size_t length;
        char character = *html == '&' ? entity_at(html, &length) : '\0';
        text_add_char(&text, character ? character : *html);
        html += character ? length : 1;
    }
    return text_keep(&text, arena);
}

char *tag_value(struct arena *arena, const struct tag *tag, const char *name)
{
    struct attribute attribute;
    return tag_attribute(tag, name, &attribute)
               ? html_decode(arena, attribute.value, attribute.value_size)
               : NULL;
}
