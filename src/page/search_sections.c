/* What a page says, section by section: its HTML read back. */
#include "page/search.h"

#include <stdlib.h>
#include <string.h>

/* A tag as it stands in the HTML. */
struct tag {
    const char *name;
    size_t name_size;
    const char *rest; /* its attributes */
    size_t rest_size;
    bool closing;
};

/* Whether the tag has that class among its own. */
static bool has_class(const struct tag *tag, const char *word)
{
    static const char attribute[] = " class=\"";
    const char *end = tag->rest + tag->rest_size;
    const char *at = memmem(tag->rest, tag->rest_size, attribute, strlen(attribute));
    if (!at)
        return false;
    at += strlen(attribute);
    while (at < end && *at != '"') {
        size_t size = strcspn(at, " \"");
        if (size == strlen(word) && memcmp(at, word, size) == 0)
            return true;
        at += size + (at[size] == ' ');
    }
    return false;
}

static bool is_named(const struct tag *tag, const char *name)
{
    return strlen(name) == tag->name_size && memcmp(name, tag->name, tag->name_size) == 0;
}

/* What nobody searches for: source, formulas, drawings, figures by the table, explanations that
 * come up at a pointer, marks beside headings. */
static bool is_skipped(const struct tag *tag)
{
    static const char *const names[] = {"pre", "svg", "script", "style"};
    static const char *const classes[] = {
        "katex", "value-detail", "value-notes",    "value-note", "anchor",
        "data",  "samples",      "configurations", "overview",   "contents",
        "facts", "reasons",      "parameters",     "answers",    "no-chart"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_named(tag, names[i]))
            return true;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (has_class(tag, classes[i]))
            return true;
    return false;
}

/* Whether words on both sides of the tag are one text. */
static bool is_inline(const struct tag *tag)
{
    static const char *const names[] = {"a", "code", "em", "kbd", "span", "strong", "sub", "sup"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_named(tag, names[i]))
            return true;
    return false;
}

static bool is_heading(const struct tag *tag)
{
    return tag->name_size == 2 && tag->name[0] == 'h' && tag->name[1] >= '1' && tag->name[1] <= '6';
}

/* Reads the tag at `at`, a '<'; returns what follows it. A '>' in an attribute is escaped. */
static const char *read_tag(const char *at, struct tag *tag)
{
    size_t size = strcspn(at, ">");
    tag->closing = at[1] == '/';
    tag->name = at + 1 + tag->closing;
    tag->name_size = strcspn(tag->name, " >\n");
    tag->rest = tag->name + tag->name_size;
    tag->rest_size = (size_t)(at + size - tag->rest);
    return at + size + (at[size] == '>');
}

/* The end of the element that `tag` has opened: behind the closing tag. */
static const char *skip_element(const char *at, const struct tag *tag)
{
    for (int depth = 1; depth > 0 && *at;) {
        struct tag inner;
        at += strcspn(at, "<");
        if (!*at)
            break;
        at = read_tag(at, &inner);
        if (inner.name_size == tag->name_size && memcmp(inner.name, tag->name, tag->name_size) == 0)
            depth += inner.closing ? -1 : 1;
    }
    return at;
}

/* A character as html_add() or cmark escape it, or one that is none. Returns what follows. */
static const char *add_character(struct text *text, const char *at)
{
    static const struct {
        const char *entity;
        char character;
    } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
    for (size_t i = 0; *at == '&' && i < sizeof entities / sizeof *entities; i++) {
        size_t size = strlen(entities[i].entity);
        if (strncmp(at, entities[i].entity, size) == 0) {
            text_add_char(text, entities[i].character);
            return at + size;
        }
    }
    bool space = strchr(" \t\r\n", *at);
    if (!space || (text->size && text->data[text->size - 1] != ' '))
        text_add_char(text, space ? ' ' : *at);
    return at + 1;
}

static void add_gap(struct text *text)
{
    add_character(text, " ");
}

static char *take(struct text *text, struct arena *arena)
{
    while (text->size && text->data[text->size - 1] == ' ')
        text_truncate(text, text->size - 1);
    char *kept = arena_strdup(arena, text_string(text));
    text_truncate(text, 0);
    return kept;
}

/* The id of a heading, in which only what html_add() escapes is escaped. */
static char *anchor_of(const struct tag *tag, struct arena *arena)
{
    static const char attribute[] = " id=\"";
    const char *at = memmem(tag->rest, tag->rest_size, attribute, strlen(attribute));
    struct text anchor = {0};
    if (!at)
        return NULL;
    for (at += strlen(attribute); *at && *at != '"';)
        at = add_character(&anchor, at);
    return text_keep(&anchor, arena);
}

struct search_section *search_sections(struct arena *arena, const char *html, size_t *count)
{
    struct search_section *sections = NULL;
    struct search_section section = {.anchor = "", .heading = ""};
    struct text text = {0};
    *count = 0;
    for (const char *at = html;;) {
        struct tag tag = {.name = ""};
        const char *anchor = NULL;
        if (*at == '<') {
            at = read_tag(at, &tag);
            anchor = is_heading(&tag) && !tag.closing ? anchor_of(&tag, arena) : NULL;
        } else if (*at) {
            at = add_character(&text, at);
            continue;
        }
        if (anchor || !tag.name_size) { /* the section ends */
            section.text = take(&text, arena);
            if (*section.text || *section.heading) {
                sections = array_grow(arena, sections, *count, sizeof *sections);
                sections[(*count)++] = section;
            }
            if (!tag.name_size)
                break;
            section = (struct search_section){.anchor = anchor, .heading = ""};
        } else if (is_heading(&tag) && tag.closing && *section.anchor && !*section.heading) {
            section.heading = take(&text, arena);
        } else if (!tag.closing && is_skipped(&tag)) {
            at = skip_element(at, &tag);
            add_gap(&text);
        } else if (!is_inline(&tag)) {
            add_gap(&text);
        }
    }
    text_release(&text);
    return sections;
}
