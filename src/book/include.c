#include "book/include.h"

#include "base/file.h"
#include "book/chapter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { INCLUDED_MAX = 16 << 20 }; /* bytes a chapter; files may be taken in often */

/* Whether the file is being read already, by the reading or those that led to it. */
static bool is_open(const struct reading *reading, const char *path)
{
    char *wanted = realpath(path, NULL);
    bool found = false;
    for (; reading && wanted && !found; reading = reading->includer) {
        char *open = realpath(reading->path, NULL);
        found = open && strcmp(open, wanted) == 0;
        free(open);
    }
    free(wanted);
    return found;
}

/* Whether the file may be read; else a fault has been reported. */
static bool is_allowed(struct reading *reading, const char *name, const char *path,
                       struct place place)
{
    if (!file_exists(path))
        reading_warning(reading, place, NULL, "'%s' cannot be read: %s", name, strerror(ENOENT));
    else if (!path_inside(reading->book->folder, path))
        reading_error(reading, place, "copy the file into the book's folder",
                      "'%s' lies outside of the book's folder", name);
    else if (is_open(reading, path))
        reading_error(reading, place, NULL, "'%s' would be taken in by itself, without end", name);
    else
        return true;
    return false;
}

struct reading *include_open(const struct walk *walk, const struct element *element,
                             const char *name, struct place place)
{
    struct reading *outer = walk->reading;
    struct book *book = outer->book;
    const char *folder = name[0] == '/' ? book->folder : path_folder(&book->arena, outer->path);
    const char *path = path_join(&book->arena, folder, name + strspn(name, "/"));
    if (!is_allowed(outer, name, path, place))
        return NULL;
    struct reading *inner = arena_alloc(&book->arena, sizeof *inner);
    *inner = *outer;
    inner->includer = outer;
    if (!reading_open(inner, path, place))
        return NULL;
    *inner->included += inner->size;
    if (*inner->included <= INCLUDED_MAX)
        return inner;
    reading_error(outer, element->place, NULL, "a chapter cannot take in more than %d MiB",
                  INCLUDED_MAX >> 20);
    return NULL;
}

/* The offset of a line of the file, counted from 0; from its end where `value` is negative. */
static size_t line_offset(const struct reading *reading, const char *value)
{
    long line = strtol(value, NULL, 10), count = (long)reading->line_count;
    line = line < 0 ? line + count : line;
    return line <= 0 ? 0 : line >= count ? reading->size : reading->lines[line];
}

/* The offset at or after the text that an option gives, from `from` on. */
static size_t text_offset(struct reading *outer, const struct reading *inner,
                          const struct element *element, const char *key, size_t from,
                          size_t otherwise)
{
    const char *text = element_option(element, key);
    if (!text || !*text)
        return otherwise;
    const char *found = memmem(inner->text + from, inner->size - from, text, strlen(text));
    if (!found)
        reading_warning(outer, element_option_place(element, key), NULL,
                        "this text is not in the file");
    return found ? (size_t)(found - inner->text) : otherwise;
}

/* The part of the file that the element's options choose. */
static void find_part(struct reading *outer, const struct reading *inner,
                      const struct element *element, size_t *begin, size_t *end)
{
    const char *first = element_option(element, "start-line");
    const char *last = element_option(element, "end-line");
    const char *after = element_option(element, "start-after");
    if (last)
        *end = line_offset(inner, last);
    if (first)
        *begin = line_offset(inner, first);
    size_t found = text_offset(outer, inner, element, "start-after", *begin, SIZE_MAX);
    if (found != SIZE_MAX)
        *begin = found + strlen(after);
    *end = text_offset(outer, inner, element, "end-before", *begin, *end);
    *end = *end < *begin ? *begin : *end;
}

void include_chapter(const struct walk *walk, struct element *element)
{
    struct reading *inner =
        element->text[0] ? include_open(walk, element, element->text, element->argument_place)
                         : NULL;
    cmark_node *place = element->node, *child;
    element_remove(walk->reading->chapter, element);
    if (inner) {
        size_t begin = chapter_body(inner), end = inner->size;
        find_part(walk->reading, inner, element, &begin, &end);
        struct source source = source_of_file(inner, begin, end);
        cmark_node *body = node_new(CMARK_NODE_DOCUMENT);
        parse_blocks(inner, &source, walk->parent, body, walk->depth + 1);
        while ((child = cmark_node_first_child(body)) != NULL)
            if (!cmark_node_insert_before(place, child))
                cmark_node_free(child);
        cmark_node_free(body);
    }
    cmark_node_free(place);
}

void include_source(const struct walk *walk, struct element *element)
{
    struct reading *inner =
        element->text[0] ? include_open(walk, element, element->text, element->argument_place)
                         : NULL;
    const char *language = element_option(element, "language");
    if (inner) {
        size_t begin = 0, end = inner->size;
        find_part(walk->reading, inner, element, &begin, &end);
        begin += begin > 0 && begin < end && inner->text[begin] == '\n';
        struct source source = source_of_file(inner, begin, end);
        element->body = arena_strndup(&walk->reading->book->arena, source.text, source.size);
        element->body_place = reading_place(inner, begin);
    }
    element->id = DIRECTIVE_code_block;
    element->text = language ? language : "";
}
