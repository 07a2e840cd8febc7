#include "bench/hosts.h"

#include "base/file.h"
#include "base/text.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS_MOST = 4096 };
static const char BLANKS[] = " \t\r";

static bool is_host(const char *name, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!isalnum((unsigned char)name[i]) && !strchr("._-", name[i]))
            return false;
    return size > 0 && isalnum((unsigned char)name[0]);
}

/* The number at the start of the text, up to white space; 0 if it is none. */
static int slots_of(const char *text)
{
    char *end;
    long number = strtol(text, &end, 10);
    bool whole = end > text && (*end == '\0' || strchr(BLANKS, *end));
    return whole && number >= 1 && number <= SLOTS_MOST ? (int)number : 0;
}

/* `line` without its comment. */
static void read_host(struct hosts *hosts, struct text *list, const char *line, struct place place,
                      struct diags *diags)
{
    static const char word[] = "slots=";
    const char *name = line + strspn(line, BLANKS);
    size_t size = strcspn(name, " \t\r:");
    const char *rest = name + size, *given = strstr(rest, word);
    int slots = 1;
    if (*name == '\0')
        return;
    if (*rest == ':')
        slots = slots_of(rest + 1);
    else if (given)
        slots = slots_of(given + sizeof word - 1);
    if (!is_host(name, size))
        diag_error(diags, place, "a line is 'NAME slots=N' or 'NAME:N'",
                   "'%.60s' cannot be the name of a host", name);
    else if (slots == 0)
        diag_error(diags, place, NULL, "the slots of %.*s are no number from 1 to %d", (int)size,
                   name, SLOTS_MOST);
    text_addf(list, "%s%.*s:%d", list->size ? "," : "", (int)size, name, slots);
    hosts->slots += slots;
}

bool hosts_read(struct hosts *hosts, const char *path, struct arena *arena, struct diags *diags)
{
    size_t before = diags->errors;
    struct text list = {0};
    struct place place = {.file = path};
    char *content = file_read(arena, path, NULL);
    *hosts = (struct hosts){0};
    if (!content) {
        diag_error(diags, place, NULL, "the host file cannot be read: %s", strerror(errno));
        return false;
    }
    for (char *line = content, *next; line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        line[strcspn(line, "#")] = '\0';
        place.line++;
        read_host(hosts, &list, line, place, diags);
    }
    if (list.size == 0)
        diag_error(diags, (struct place){.file = path}, NULL, "the host file names no host");
    hosts->list = text_keep(&list, arena);
    return diags->errors == before;
}
