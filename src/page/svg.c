#include "page/svg.h"

#include "page/html.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct svg_colour svg_colours[] = {
    {"s1", NULL, 0xB00001},       {"s2", NULL, 0xB00002},       {"s3", NULL, 0xB00003},
    {"s4", NULL, 0xB00004},       {"s5", NULL, 0xB00005},       {"s6", NULL, 0xB00006},
    {"ink", "INK", 0xB0000A},     {"muted", "MUTED", 0xB0000B}, {"grid", "GRID", 0xB0000C},
    {"ideal", "IDEAL", 0xB0000D}, {"paper", "PAPER", 0xB0000E},
};
const size_t svg_colour_count = sizeof svg_colours / sizeof *svg_colours;

/* The colours that gnuplot chooses where a script says nothing. */
static const struct {
    const char *name, *class_name;
} plain_colours[] = {{"black", "ink"}, {"gray", "grid"}, {"white", "paper"}};

enum { ATTRIBUTES_MAX = 24, DEPTH_MAX = 32, VIEW_BOX_MAX = 80 };

struct span {
    const char *at;
    size_t size;
};

struct attribute {
    struct span name, value;
};

struct tag {
    struct span name;
    bool closes, empty; /* </name>, <name/> */
    struct attribute attributes[ATTRIBUTES_MAX];
    size_t count;
};

/* What becomes of an element. */
enum fate {
    FATE_DROP, /* with all that is in it */
    FATE_KEEP,
    FATE_SHAPE, /* kept; drawn even without children */
    FATE_DEFINE /* <defs>: kept once something uses it */
};

static const struct {
    const char *name;
    enum fate fate;
} fates[] = {
    {"g", FATE_KEEP},         {"text", FATE_SHAPE},    {"tspan", FATE_SHAPE},
    {"path", FATE_SHAPE},     {"line", FATE_SHAPE},    {"rect", FATE_SHAPE},
    {"circle", FATE_SHAPE},   {"ellipse", FATE_SHAPE}, {"polygon", FATE_SHAPE},
    {"polyline", FATE_SHAPE}, {"use", FATE_SHAPE},     {"defs", FATE_DEFINE},
};

/* Attributes that are kept as they are. Colours, ids and links have rules of their own. */
static const char *const kept_attributes[] = {
    "d",
    "points",
    "transform",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "width",
    "height",
    "text-anchor",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "opacity",
    "fill-opacity",
    "stroke-opacity",
};

struct open_element {
    struct span name;
    size_t start, content; /* where its tag and its content begin in the output */
    enum fate fate;
};

struct finisher {
    const struct svg_labels *labels;
    struct text drawing, definitions;
    struct open_element open[DEPTH_MAX];
    size_t depth;
    size_t dropped;  /* depth of the outermost dropped element, plus 1; 0: none */
    size_t defining; /* likewise of <defs> */
    bool uses;
    char view_box[VIEW_BOX_MAX];
};

static bool span_is(struct span span, const char *string)
{
    return strlen(string) == span.size && memcmp(span.at, string, span.size) == 0;
}

static enum fate fate_of(struct span name)
{
    for (size_t i = 0; i < sizeof fates / sizeof *fates; i++)
        if (span_is(name, fates[i].name))
            return fates[i].fate;
    return FATE_DROP;
}

/* ---- reading tags ---- */

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && isspace((unsigned char)*at))
        at++;
    return at;
}

static struct span read_name(const char *at, const char *end)
{
    const char *from = at;
    while (at < end && (isalnum((unsigned char)*at) || strchr(":_-.", *at)))
        at++;
    return (struct span){from, (size_t)(at - from)};
}

/* Reads name = "value"; NULL when it is malformed. */
static const char *read_attribute(const char *at, const char *end, struct attribute *attribute)
{
    attribute->name = read_name(at, end);
    if (attribute->name.size == 0)
        return NULL;
    at = skip_space(at + attribute->name.size, end);
    if (at == end || *at != '=')
        return NULL;
    at = skip_space(at + 1, end);
    if (at == end || (*at != '"' && *at != '\''))
        return NULL;
    const char *close = memchr(at + 1, *at, (size_t)(end - at - 1));
    if (!close)
        return NULL;
    attribute->value = (struct span){at + 1, (size_t)(close - at - 1)};
    return close + 1;
}

/* Reads the tag at `at`, which is '<'; the place after it, or NULL when it is malformed. */
static const char *read_tag(const char *at, const char *end, struct tag *tag)
{
    *tag = (struct tag){0};
    at++;
    if (at < end && *at == '/') {
        tag->closes = true;
        at++;
    }
    tag->name = read_name(at, end);
    at = skip_space(at + tag->name.size, end);
    while (at < end && *at != '>' && *at != '/') {
        struct attribute attribute;
        at = read_attribute(at, end, &attribute);
        if (!at)
            return NULL;
        if (tag->count < ATTRIBUTES_MAX)
            tag->attributes[tag->count++] = attribute;
        at = skip_space(at, end);
    }
    if (at < end && *at == '/') {
        tag->empty = true;
        at++;
    }
    return at < end && *at == '>' && tag->name.size ? at + 1 : NULL;
}

/* The place after a declaration, comment or CDATA section that starts at `at`. */
static const char *skip_markup(const char *at, const char *end)
{
    static const struct {
        const char *opens, *closes;
    } kinds[] = {{"<?", "?>"}, {"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<!", ">"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t size = strlen(kinds[i].opens);
        if ((size_t)(end - at) < size || memcmp(at, kinds[i].opens, size) != 0)
            continue;
        const char *close =
            memmem(at, (size_t)(end - at), kinds[i].closes, strlen(kinds[i].closes));
        return close ? close + strlen(kinds[i].closes) : NULL;
    }
    return at;
}

/* ---- writing ---- */

/* Reads "rgb( 176, 0, 1)" into 0xB00001; false for anything else. */
static bool read_rgb(const char *colour, unsigned long *rgb)
{
    static const char opening[] = "rgb(", marks[] = ",,)";
    if (strncmp(colour, opening, sizeof opening - 1) != 0)
        return false;
    const char *at = colour + sizeof opening - 1;
    *rgb = 0;
    for (size_t i = 0; i < 3; i++) {
        char *end;
        at += strspn(at, " ");
        unsigned long channel = isdigit((unsigned char)*at) ? strtoul(at, &end, 10) : 256;
        if (channel > 255)
            return false;
        at = end + strspn(end, " ");
        if (*at++ != marks[i])
            return false;
        *rgb = *rgb << 8 | channel;
    }
    return *at == '\0';
}

/* The class that a colour stands for; NULL for a colour that a script chose itself. */
static const char *colour_class(struct span value)
{
    char copy[32];
    unsigned long rgb;
    for (size_t i = 0; i < sizeof plain_colours / sizeof *plain_colours; i++)
        if (span_is(value, plain_colours[i].name))
            return plain_colours[i].class_name;
    if (value.size >= sizeof copy)
        return NULL;
    memcpy(copy, value.at, value.size);
    copy[value.size] = '\0';
    if (!read_rgb(copy, &rgb))
        return NULL;
    for (size_t i = 0; i < svg_colour_count; i++)
        if (svg_colours[i].rgb == rgb)
            return svg_colours[i].class_name;
    return NULL;
}

/* Whether a value holds nothing but numbers, names and parentheses. */
static bool harmless(struct span value)
{
    for (size_t i = 0; i < value.size; i++)
        if (!isalnum((unsigned char)value.at[i]) && !strchr(" \t\n\r.,-+()%", value.at[i]))
            return false;
    return true;
}

static void add_attribute(struct text *out, const char *name, struct span value)
{
    text_addf(out, " %s=\"", name);
    bool space = false;
    for (size_t i = 0; i < value.size; i++) { /* runs of space shrink to one */
        bool is_space = isspace((unsigned char)value.at[i]);
        if (!is_space && space)
            text_add_char(out, ' ');
        if (!is_space)
            text_add_char(out, value.at[i]);
        space = is_space;
    }
    text_add_char(out, '"');
}

/* stroke, fill or color: a known colour becomes `currentColor` under a class that sets it. */
static void add_colour(struct text *out, const struct attribute *attribute, const char **class_name)
{
    const char *found = colour_class(attribute->value);
    bool itself = span_is(attribute->name, "color");
    if (found)
        *class_name = found;
    if (found && itself)
        return;
    char name[8];
    snprintf(name, sizeof name, "%.*s", (int)attribute->name.size, attribute->name.at);
    if (found)
        text_addf(out, " %s=\"currentColor\"", name);
    else if (harmless(attribute->value))
        add_attribute(out, name, attribute->value);
}

/* href and id: only within the drawing, under the chart's own prefix. */
static void add_reference(struct finisher *finisher, struct text *out,
                          const struct attribute *attribute)
{
    struct span value = attribute->value;
    bool id = span_is(attribute->name, "id");
    if (!id && (value.size == 0 || value.at[0] != '#'))
        return;
    if (!id)
        value = (struct span){value.at + 1, value.size - 1};
    if (read_name(value.at, value.at + value.size).size != value.size)
        return;
    finisher->uses = finisher->uses || (!id && !finisher->defining);
    text_addf(out, " %s%s-%.*s\"", id ? "id=\"" : "href=\"#", finisher->labels->id, (int)value.size,
              value.at);
}

static void add_tag(struct finisher *finisher, struct text *out, const struct tag *tag)
{
    const char *class_name = NULL;
    text_addf(out, "<%.*s", (int)tag->name.size, tag->name.at);
    for (size_t i = 0; i < tag->count; i++) {
        const struct attribute *attribute = &tag->attributes[i];
        if (span_is(attribute->name, "stroke") || span_is(attribute->name, "fill") ||
            span_is(attribute->name, "color"))
            add_colour(out, attribute, &class_name);
        else if (span_is(attribute->name, "xlink:href") || span_is(attribute->name, "href") ||
                 (finisher->defining && span_is(attribute->name, "id")))
            add_reference(finisher, out, attribute);
        for (size_t k = 0; k < sizeof kept_attributes / sizeof *kept_attributes; k++)
            if (span_is(attribute->name, kept_attributes[k]) && harmless(attribute->value))
                add_attribute(out, kept_attributes[k], attribute->value);
    }
    if (class_name)
        text_addf(out, " class=\"%s\"", class_name);
    text_add(out, tag->empty ? "/>" : ">");
}

static struct text *output_of(struct finisher *finisher)
{
    return finisher->defining ? &finisher->definitions : &finisher->drawing;
}

/* Whether `at` begins one of the entities that XML itself defines, or a character's number. */
static bool is_entity(const char *at, const char *end)
{
    static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if ((size_t)(end - at) >= strlen(names[i]) && memcmp(at, names[i], strlen(names[i])) == 0)
            return true;
    if (end - at < 4 || at[1] != '#')
        return false;
    for (at += 2; at < end && isxdigit((unsigned char)*at); at++)
        ;
    return at < end && *at == ';' && at[-1] != '#';
}

/* Text of a drawing is escaped by gnuplot; a stray '&' is made harmless all the same. */
static void add_characters(struct finisher *finisher, const char *at, const char *end)
{
    const struct open_element *inner = &finisher->open[finisher->depth - 1];
    if (finisher->dropped || !(span_is(inner->name, "text") || span_is(inner->name, "tspan")))
        return;
    struct text *out = output_of(finisher);
    for (; at < end; at++) {
        if (*at == '&' && !is_entity(at, end))
            text_add(out, "&amp;");
        else if (*at == '>')
            text_add(out, "&gt;");
        else
            text_add_char(out, *at);
    }
}

static void keep_view_box(struct finisher *finisher, const struct tag *tag)
{
    for (size_t i = 0; i < tag->count; i++)
        if (span_is(tag->attributes[i].name, "viewBox") && harmless(tag->attributes[i].value))
            snprintf(finisher->view_box, sizeof finisher->view_box, "%.*s",
                     (int)tag->attributes[i].value.size, tag->attributes[i].value.at);
}

static bool open_tag(struct finisher *finisher, const struct tag *tag)
{
    if (finisher->depth == DEPTH_MAX)
        return false;
    bool root = finisher->depth == 0 && span_is(tag->name, "svg");
    enum fate fate = root ? FATE_KEEP : fate_of(tag->name);
    struct text *out = output_of(finisher);
    struct open_element element = {tag->name, out->size, out->size, fate};
    if (root) {
        keep_view_box(finisher, tag);
    } else if (finisher->dropped) {
        ;
    } else if (fate == FATE_DROP) {
        finisher->dropped = finisher->depth + 1;
    } else if (fate == FATE_DEFINE) {
        finisher->defining = finisher->depth + 1;
    } else {
        add_tag(finisher, out, tag);
        element.content = out->size;
    }
    finisher->open[finisher->depth++] = element;
    return true;
}

static bool close_tag(struct finisher *finisher, struct span name)
{
    if (finisher->depth == 0)
        return false;
    struct open_element element = finisher->open[--finisher->depth];
    if (element.name.size != name.size || memcmp(element.name.at, name.at, name.size) != 0)
        return false;
    struct text *out = output_of(finisher);
    if (finisher->dropped == finisher->depth + 1) {
        finisher->dropped = 0;
    } else if (finisher->defining == finisher->depth + 1) {
        finisher->defining = 0;
    } else if (!finisher->dropped && finisher->depth > 0) {
        if (element.fate == FATE_KEEP && out->size == element.content)
            text_truncate(out, element.start); /* an empty group */
        else
            text_addf(out, "</%.*s>\n", (int)name.size, name.at);
    }
    return true;
}

static bool take_tag(struct finisher *finisher, const struct tag *tag)
{
    if (tag->closes)
        return close_tag(finisher, tag->name);
    if (!tag->empty)
        return open_tag(finisher, tag);
    enum fate fate = fate_of(tag->name);
    struct text *out = output_of(finisher);
    if (!finisher->dropped && finisher->depth > 0 && fate == FATE_SHAPE)
        add_tag(finisher, out, tag);
    return finisher->depth > 0;
}

static bool walk(struct finisher *finisher, const char *at, const char *end)
{
    while (at && at < end) {
        const char *after = skip_markup(at, end);
        if (!after || after > at) {
            at = after;
        } else if (*at == '<') {
            struct tag tag;
            at = read_tag(at, end, &tag);
            if (!at || !take_tag(finisher, &tag))
                return false;
        } else {
            const char *next = memchr(at, '<', (size_t)(end - at));
            next = next ? next : end;
            if (finisher->depth)
                add_characters(finisher, at, next);
            at = next;
        }
    }
    return at && finisher->depth == 0 && finisher->view_box[0];
}

bool svg_finish(const char *svg, size_t size, const struct svg_labels *labels, struct text *html,
                struct text *why)
{
    struct finisher finisher = {.labels = labels};
    bool whole = walk(&finisher, svg, svg + size);
    if (whole) {
        html_addf(html,
                  "<svg class=\"chart\" viewBox=\"%s\" role=\"img\" "
                  "aria-labelledby=\"%s-title %s-desc\">\n"
                  "<title id=\"%s-title\">%s</title>\n<desc id=\"%s-desc\">%s</desc>\n",
                  finisher.view_box, labels->id, labels->id, labels->id, labels->title, labels->id,
                  labels->description);
        if (finisher.uses)
            text_addf(html, "<defs>\n%s</defs>\n", text_string(&finisher.definitions));
        text_add(html, text_string(&finisher.drawing));
        text_add(html, "</svg>\n");
    } else {
        text_add(why, "gnuplot's drawing is not whole");
    }
    text_release(&finisher.drawing);
    text_release(&finisher.definitions);
    return whole;
}
