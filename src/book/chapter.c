#include "book/chapter.h"

#include "base/fail.h"
#include "base/text.h"
#include "book/gates.h"
#include "book/parse.h"
#include "book/project.h"

#include <string.h>

static const char known_keys[] =
    "title short_title subtitle description label date author authors keywords tags subject "
    "license copyright kernelspec jupytext jupyter numbering exports downloads thumbnail banner "
    "bibliography math abbreviations parts site doi github venue open_access settings orphan "
    "file_format format_name format_version mystnb substitutions html_meta";

/* The first line from `from` on that is `dashes`, or "..." where that ends a block too; its offset
 * and the offset after it. False if there is none. */
static bool find_end(const struct reading *reading, size_t from, size_t *begin, size_t *end)
{
    const char *text = reading->text;
    for (size_t at = from; at < reading->size; at = *end) {
        const char *newline = memchr(text + at, '\n', reading->size - at);
        size_t stop = newline ? (size_t)(newline - text) : reading->size, last = stop;
        while (last > at && strchr(" \t\r", text[last - 1]))
            last--;
        *begin = at;
        *end = newline ? stop + 1 : stop;
        if (last - at == 3 &&
            (memcmp(text + at, "---", 3) == 0 || memcmp(text + at, "...", 3) == 0))
            return true;
    }
    return false;
}

static void take_text(struct reading *reading, const struct yaml *root, const char *key,
                      const char **value)
{
    const struct yaml *node = yaml_get(root, key);
    if (node && yaml_expect(reading, node, YAML_SCALAR, key) && node->value[0])
        *value = arena_strdup(&reading->book->arena, node->value);
}

static void read_settings(struct reading *reading, const struct yaml *root)
{
    yaml_check_keys(reading, root, known_keys);
    take_text(reading, root, "title", &reading->chapter->title);
    take_text(reading, root, "description", &reading->chapter->summary);
    take_text(reading, root, "label", &reading->label);
    bibliography_list(reading, yaml_get(root, "bibliography"));
    macros_read(reading, yaml_get(root, "math"));
    if (reading->label)
        reading->label_place = yaml_get(root, "label")->place;
}

/* Where the file's text starts, behind a byte-order mark. */
static size_t text_begin(const struct reading *reading)
{
    return reading->size >= 3 && memcmp(reading->text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/* Whether the file has lines of --- around what may be front matter, [begin, end); in *rest the
 * offset of what follows it. */
static bool find_front_matter(const struct reading *reading, size_t *begin, size_t *end,
                              size_t *rest)
{
    size_t at = text_begin(reading), first;
    return reading->size - at >= 4 && memcmp(reading->text + at, "---", 3) == 0 &&
           find_end(reading, at, &first, begin) && first == at &&
           find_end(reading, *begin, end, rest);
}

size_t chapter_body(const struct reading *reading)
{
    size_t begin, end, rest;
    return find_front_matter(reading, &begin, &end, &rest) ? rest : text_begin(reading);
}

/* A rule at the top with "key:" below it was meant to open front matter. */
static void warn_of_open(struct reading *reading)
{
    size_t at = text_begin(reading), ignored, begin;
    if (!find_end(reading, at, &ignored, &begin) || ignored != at || reading->text[at] != '-')
        return;
    size_t size = name_length(reading->text + begin, reading->size - begin, "_-");
    if (size > 0 && begin + size < reading->size && reading->text[begin + size] == ':')
        reading_warning(reading, reading_place(reading, at), "end it with another line of ---",
                        "this front matter is never closed");
}

/* Reads the front matter, if there is any; the offset of what follows it. Two rules with a word
 * between them, or a rule alone, are Markdown. */
static size_t read_front_matter(struct reading *reading)
{
    size_t begin, end, rest;
    if (!find_front_matter(reading, &begin, &end, &rest)) {
        warn_of_open(reading);
        return text_begin(reading);
    }
    struct source source = source_of_file(reading, begin, end);
    reading->lenient = true;
    const struct yaml *root = yaml_read(reading, &source);
    bool mapping = !root || root->kind == YAML_MAPPING;
    if (root && mapping)
        read_settings(reading, root);
    reading->lenient = false;
    return mapping ? rest : text_begin(reading);
}

static void add_plain(struct text *text, cmark_node *node)
{
    const struct element *element = cmark_node_get_user_data(node);
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
        text_add(text, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
        text_add(text, " ");
        break;
    case CMARK_NODE_CUSTOM_INLINE:
        if (element && element->id != ROLE_footnote)
            text_add(text, element->text);
        break;
    default:
        break;
    }
}

char *plain_text(struct arena *arena, cmark_node *node)
{
    struct text text = {0};
    cmark_iter *walk = cmark_iter_new(node);
    if (!walk)
        fail("out of memory");
    for (cmark_event_type event; (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;)
        if (event == CMARK_EVENT_ENTER)
            add_plain(&text, cmark_iter_get_node(walk));
    cmark_iter_free(walk);
    return text_keep(&text, arena);
}

static void check_headings(struct reading *reading)
{
    struct chapter *chapter = reading->chapter;
    int level = 0;
    for (size_t i = 0; i < chapter->element_count; i++) {
        struct element *element = chapter->elements[i];
        if (element->kind != ELEMENT_HEADING)
            continue;
        element->text = plain_text(&reading->book->arena, element->node);
        if (element->parent)
            continue;
        if (!chapter->title && element->text[0])
            chapter->title = element->text;
        if (level > 0 && element->level > level + 1)
            reading_warning(reading, element->place, NULL,
                            "headings jump from level %d to level %d", level, element->level);
        level = element->level;
    }
}

bool chapter_read(struct reading *reading, struct chapter *chapter, struct place place)
{
    reading->chapter = chapter;
    if (!reading_open(reading, chapter->path, place))
        return false;
    size_t body = read_front_matter(reading), included = 0;
    reading->included = &included;
    struct source source = source_of_file(reading, body, reading->size);
    chapter->root = node_new(CMARK_NODE_DOCUMENT);
    parse_blocks(reading, &source, NULL, chapter->root, 0);
    gates_close(reading);
    reading->included = NULL;
    check_headings(reading);
    if (!chapter->title)
        chapter->title = chapter->slug;
    return true;
}
