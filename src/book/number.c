#include "book/number.h"

#include "base/text.h"
#include "book/names.h"

#include <string.h>

enum { LEVELS = 6 };

int option_labels(const struct element *element, const struct option *labels[2])
{
    int count = 0;
    for (size_t i = 0; i < element->option_count && count < 2; i++) {
        const struct option *option = &element->options[i];
        bool label = strcmp(option->key, "name") == 0 || strcmp(option->key, "label") == 0 ||
                     strcmp(option->key, "mystnb.figure.name") == 0;
        if (label && option->value[0])
            labels[count++] = option;
    }
    return count;
}

/* What stands between a target and what it names without being named itself. */
static bool is_passed_over(const struct element *element)
{
    return element->kind == ELEMENT_ANCHOR ||
           (element->kind == ELEMENT_DIRECTIVE &&
            (element->id == DIRECTIVE_raw || element->id == DIRECTIVE_index));
}

struct element *target_of(struct element *anchor)
{
    enum { TARGETS_MAX = 16 }; /* on one block; each walks over those after it */
    cmark_node *next = cmark_node_next(anchor->node);
    for (int i = 0; next && i < TARGETS_MAX; i++, next = cmark_node_next(next)) {
        struct element *element = cmark_node_get_user_data(next);
        if (!element || (element->kind != ELEMENT_HEADING && element->kind != ELEMENT_DIRECTIVE &&
                         element->kind != ELEMENT_ANCHOR))
            return anchor;
        if (!is_passed_over(element))
            return element;
    }
    return anchor;
}

static bool has_caption(const struct element *element)
{
    cmark_node *first = cmark_node_first_child(element->node);
    const struct element *caption = first ? cmark_node_get_user_data(first) : NULL;
    return caption && caption->kind == ELEMENT_CAPTION;
}

/* Whether the element takes a number of its series. */
static bool is_numbered(const struct element *element, enum series series)
{
    switch (series) {
    case SERIES_NONE:
    case SERIES_SECTION:
        return false;
    case SERIES_EXPERIMENT:
        return true;
    case SERIES_EQUATION:
        return element->anchor != NULL;
    case SERIES_FIGURE:
    case SERIES_TABLE:
    case SERIES_LISTING:
        return has_caption(element);
    default:
        return element_option(element, "nonumber") == NULL;
    }
}

static const char *section_number(struct arena *arena, const struct chapter *chapter,
                                  const int counts[LEVELS + 1], int level)
{
    struct text text = {0};
    text_addf(&text, "%d", chapter->number);
    for (int i = 2; i <= level; i++)
        text_addf(&text, ".%d", counts[i]);
    return text_keep(&text, arena);
}

static void number_heading(struct arena *arena, const struct chapter *chapter,
                           int counts[LEVELS + 1], struct element *heading)
{
    if (heading->parent)
        return;
    heading->series = SERIES_SECTION;
    counts[heading->level]++;
    for (int i = heading->level + 1; i <= LEVELS; i++)
        counts[i] = 0;
    bool again = heading->level == 1 && counts[1] > 1; /* a chapter has one title */
    if (chapter->number > 0 && !again)
        heading->number = section_number(arena, chapter, counts, heading->level);
}

void chapter_number(struct arena *arena, struct chapter *chapter)
{
    int sections[LEVELS + 1] = {0}, counts[SERIES_COUNT] = {0};
    for (size_t i = 0; i < chapter->element_count; i++) {
        struct element *element = chapter->elements[i];
        if (element->kind == ELEMENT_HEADING)
            number_heading(arena, chapter, sections, element);
        if (element->kind != ELEMENT_DIRECTIVE)
            continue;
        element->series = directive_rules[element->id].series;
        if (!is_numbered(element, element->series))
            continue;
        int count = ++counts[element->series];
        element->number = chapter->number > 0 ? arena_printf(arena, "%d.%d", chapter->number, count)
                                              : arena_printf(arena, "%d", count);
    }
}

/* `wanted`, or the first of wanted-1, wanted-2, … that the chapter does not use yet. */
static const char *claim(struct names *used, struct arena *arena, struct arena *scratch,
                         const char *wanted)
{
    const char *name = wanted;
    size_t *next = names_find(used, wanted);
    while (next && names_find(used, name))
        name = arena_printf(arena, "%s-%zu", wanted, ++*next);
    names_add(used, scratch, name, 0);
    return name;
}

/* A label as an HTML id: without white space. */
static const char *label_id(struct arena *arena, const char *label)
{
    char *id = arena_strdup(arena, label);
    for (char *c = id; *c; c++)
        if (*c == ' ' || *c == '\t' || *c == '\n')
            *c = '-';
    return id;
}

/* Typographic punctuation, U+2000 to U+206F, which slugs leave out like ASCII's. */
static bool is_typographic(const char *at)
{
    return (unsigned char)at[0] == 0xE2 &&
           ((unsigned char)at[1] == 0x80 || (unsigned char)at[1] == 0x81);
}

/* "Pure & simple" → "pure--simple", as GitHub makes anchors of headings. */
static const char *slug_of(struct arena *arena, const char *heading)
{
    struct text slug = {0};
    for (const char *at = heading; *at; at++) {
        char c = *at;
        if (is_typographic(at))
            at += 2;
        else if (c >= 'A' && c <= 'Z')
            text_add_char(&slug, (char)(c - 'A' + 'a'));
        else if (c == ' ')
            text_add_char(&slug, '-');
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                 (unsigned char)c >= 0x80)
            text_add_char(&slug, c);
    }
    if (slug.size == 0)
        text_add(&slug, "section");
    return text_keep(&slug, arena);
}

static void anchor_labels(struct arena *arena, struct chapter *chapter, struct arena *scratch,
                          struct names *used)
{
    const struct option *labels[2];
    for (size_t i = 0; i < chapter->element_count; i++) {
        struct element *element = chapter->elements[i], *owner = element;
        const char *name = NULL;
        if (element->kind == ELEMENT_ANCHOR) {
            name = element->name;
            owner = target_of(element);
            owner = owner->anchor ? element : owner; /* each further name keeps its own place */
        } else if (element->kind == ELEMENT_DIRECTIVE && !element->anchor &&
                   option_labels(element, labels) > 0) {
            name = labels[0]->value;
        }
        if (name)
            owner->anchor = claim(used, arena, scratch, label_id(arena, name));
    }
}

/* What generated lists link to although its author gave it no name. */
static const char *usual_name(struct arena *arena, const struct element *element)
{
    if (element->kind == ELEMENT_DIRECTIVE && element->id == DIRECTIVE_solution)
        return arena_printf(arena, "solution-%s", label_id(arena, element->text));
    if ((element->kind == ELEMENT_DIRECTIVE && element->id == DIRECTIVE_index) ||
        (element->kind == ELEMENT_ROLE && element->id == ROLE_index))
        return "index";
    if (element->kind == ELEMENT_DIRECTIVE && element->id == DIRECTIVE_claim &&
        element_option(element, "original"))
        return "claim";
    return NULL;
}

void chapter_anchor(struct arena *arena, struct chapter *chapter, struct arena *scratch)
{
    struct names used = {0};
    anchor_labels(arena, chapter, scratch, &used);
    for (size_t i = 0; i < chapter->element_count; i++) {
        struct element *element = chapter->elements[i];
        if (element->kind == ELEMENT_HEADING && !element->anchor)
            element->anchor = claim(&used, arena, scratch, slug_of(arena, element->text));
    }
    for (size_t i = 0; i < chapter->element_count; i++) {
        struct element *element = chapter->elements[i];
        const char *name = element->anchor ? NULL : usual_name(arena, element);
        if (name)
            element->anchor = claim(&used, arena, scratch, name);
    }
}
