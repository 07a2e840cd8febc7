#include "bench/clean.h"

#include "base/text.h"

#include <ctype.h>
#include <string.h>

/* Appends what can be kept; `lines` keeps newlines and tabs as they are. */
static void add_clean(struct text *text, const char *bytes, size_t size, bool lines)
{
    while (size > 0) {
        size_t good = 0;
        if (utf8_valid(bytes, size, &good))
            good = size;
        for (size_t i = 0; i < good; i++) {
            bool kept = lines && (bytes[i] == '\n' || bytes[i] == '\t');
            bool control = (unsigned char)bytes[i] < 0x20 || bytes[i] == 0x7F;
            text_add_char(text, control && !kept ? ' ' : bytes[i]);
        }
        bytes += good;
        size -= good;
        if (size > 0) {
            text_add_char(text, *bytes == '\0' ? ' ' : '?');
            bytes++;
            size--;
        }
    }
}

static bool continues(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

char *clean_line(struct arena *arena, const char *bytes, size_t size, size_t most)
{
    struct text text = {0};
    bool cut = size > most;
    size_t end = cut ? most : size;
    while (cut && end > 0 && continues(bytes[end]))
        end--;
    add_clean(&text, bytes, end, false);
    if (cut)
        text_add(&text, "…");
    return text_keep(&text, arena);
}

char *clean_tail(struct arena *arena, const char *bytes, size_t size, size_t most)
{
    struct text text = {0};
    while (size > 0 && isspace((unsigned char)bytes[size - 1]))
        size--;
    if (size == 0)
        return NULL;
    if (size > most) {
        bytes += size - most;
        size = most;
        const char *line = memchr(bytes, '\n', size);
        size_t skip = line ? (size_t)(line + 1 - bytes) : 0;
        while (!line && skip < size && continues(bytes[skip]))
            skip++;
        bytes += skip;
        size -= skip;
    }
    add_clean(&text, bytes, size, true);
    return text_keep(&text, arena);
}

bool clean_name(const char *name)
{
    size_t size = strlen(name);
    if (size == 0 || size > 64 || !isalpha((unsigned char)name[0]))
        return false;
    for (size_t i = 0; i < size; i++)
        if (!isalnum((unsigned char)name[i]) && !strchr("._-", name[i]))
            return false;
    return true;
}
