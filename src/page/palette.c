#include "page/palette.h"

#include "page/svg.h"

#include <ctype.h>
#include <string.h>

/* Of "light-dark(A, B)" the one or the other, of anything else all of it. */
static char *choose_colour(char *value, bool dark)
{
    static const char both[] = "light-dark(";
    char *comma = strchr(value, ','), *end = strrchr(value, ')');
    if (strncmp(value, both, strlen(both)) != 0 || !comma || !end || end < comma)
        return value;
    *comma = *end = '\0';
    value = dark ? comma + 1 : value + strlen(both);
    return value + strspn(value, " ");
}

char *style_property(const char *style, const char *name, bool dark, struct arena *arena)
{
    const char *wanted = arena_printf(arena, "--%s:", name);
    const char *at = style;
    while ((at = strstr(at, wanted)) != NULL) {
        bool whole =
            at == style || isspace((unsigned char)at[-1]) || at[-1] == '{' || at[-1] == ';';
        at += strlen(wanted);
        if (!whole)
            continue;
        at += strspn(at, " \t\r\n");
        size_t size = strcspn(at, ";}");
        while (size > 0 && isspace((unsigned char)at[size - 1]))
            size--;
        return choose_colour(arena_strndup(arena, at, size), dark);
    }
    return NULL;
}

/* "#rgb" or "#rrggbb": what every reader of drawings knows. */
static bool is_plain(const char *colour)
{
    size_t digits = strspn(colour + (*colour == '#'), "0123456789abcdefABCDEF");
    return *colour == '#' && (digits == 3 || digits == 6) && colour[1 + digits] == '\0';
}

struct palette palette_read(const char *style, struct arena *arena)
{
    struct palette palette = {0};
    for (size_t i = 0; i < svg_colour_count && i < PALETTE_MAX; i++) {
        const char *name = svg_colours[i].class_name;
        const char *colour = style_property(style, name, false, arena);
        palette.colours[i] = colour && is_plain(colour)   ? colour
                             : strcmp(name, "paper") == 0 ? "#ffffff"
                                                          : "#000000";
    }
    palette.font = style_property(style, "sans", false, arena);
    if (!palette.font)
        palette.font = "sans-serif";
    return palette;
}
