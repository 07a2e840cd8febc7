/* A drawing of a page as a file of its own: what the style sheet says of it is written into it. */
#include "page/svg.h"

#include "page/html.h"

#include <stdlib.h>
#include <string.h>

static const char current[] = "currentColor";

/* The value of an attribute within the tag, which goes to `end`; NULL where it has none. */
static const char *find_attribute(const char *tag, const char *end, const char *name, size_t *size)
{
    const char *at = memmem(tag, (size_t)(end - tag), name, strlen(name));
    if (!at)
        return NULL;
    at += strlen(name);
    const char *close = memchr(at, '"', (size_t)(end - at));
    *size = close ? (size_t)(close - at) : 0;
    return close ? at : NULL;
}

/* The colour of the tag's class; NULL where it has none. */
static const char *colour_of(const char *tag, const char *end, const struct palette *palette)
{
    size_t size;
    const char *name = find_attribute(tag, end, " class=\"", &size);
    for (size_t i = 0; name && i < svg_colour_count; i++)
        if (strlen(svg_colours[i].class_name) == size &&
            memcmp(svg_colours[i].class_name, name, size) == 0)
            return palette->colours[i];
    return NULL;
}

/* Copies a tag. The colour of its class becomes its own, and links are written as the readers of
 * SVG 1.1 know them. */
static void add_tag(const char *tag, const char *end, const struct palette *palette,
                    struct text *out)
{
    static const char class_name[] = " class=\"", link[] = " href=\"";
    const char *colour = colour_of(tag, end, palette);
    while (tag < end) {
        size_t left = (size_t)(end - tag), size = 0;
        if (colour && left > strlen(class_name) &&
            memcmp(tag, class_name, strlen(class_name)) == 0) {
            find_attribute(tag, end, class_name, &size);
            html_addf(out, " color=\"%s\"", colour);
            tag += strlen(class_name) + size + 1;
        } else if (colour && left > strlen(current) && memcmp(tag, current, strlen(current)) == 0) {
            html_add(out, colour);
            tag += strlen(current);
        } else if (left > strlen(link) && memcmp(tag, link, strlen(link)) == 0) {
            text_add(out, " xlink:href=\"");
            tag += strlen(link);
        } else {
            text_add_char(out, *tag++);
        }
    }
}

/* The root with its size, and what a style sheet would have said. */
static void open_root(const char *root, const char *end, const struct palette *palette,
                      struct text *out)
{
    size_t size = 0, label_size = 0;
    const char *box = find_attribute(root, end, " viewBox=\"", &size);
    const char *label = find_attribute(root, end, " aria-labelledby=\"", &label_size);
    double numbers[4] = {0}; /* left, top, width, height */
    char *at = (char *)box;
    for (size_t i = 0; at && i < 4; i++)
        numbers[i] = strtod(at, &at);
    text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" "
                  "xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
    text_addf(out,
              " width=\"%g\" height=\"%g\" viewBox=\"%.*s\" role=\"img\" "
              "aria-labelledby=\"%.*s\"",
              numbers[2], numbers[3], (int)size, box ? box : "", (int)label_size,
              label ? label : "");
    html_addf(out, " font-family=\"%s\" font-size=\"12\">", palette->font);
}

static void add_ground(const struct palette *palette, struct text *out)
{
    for (size_t i = 0; i < svg_colour_count; i++)
        if (strcmp(svg_colours[i].class_name, "paper") == 0)
            html_addf(out, "\n<rect width=\"100%%\" height=\"100%%\" fill=\"%s\"/>",
                      palette->colours[i]);
}

void svg_alone(const char *svg, const struct palette *palette, struct text *out)
{
    static const char described[] = "</desc>";
    const char *at = svg, *close;
    while (*at) {
        size_t words = strcspn(at, "<");
        text_add_bytes(out, at, words);
        at += words;
        if (*at == '\0' || (close = strchr(at, '>')) == NULL)
            break;
        if (at == svg)
            open_root(at, close, palette, out);
        else
            add_tag(at, close + 1, palette, out);
        if (strncmp(at, described, strlen(described)) == 0)
            add_ground(palette, out);
        at = close + 1;
    }
}
