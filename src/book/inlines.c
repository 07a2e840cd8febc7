#include "book/inlines.h"

#include "base/fail.h"
#include "book/table.h"

#include <string.h>

/* The end of a line that starts with "[label]:", or `at`. */
static size_t skip_definition(const struct source *source, size_t at, size_t end)
{
    if (source->text[at] != '[')
        return at;
    const char *newline = memchr(source->text + at, '\n', end - at);
    size_t stop = newline ? (size_t)(newline - source->text) : end;
    const char *close = memmem(source->text + at, stop - at, "]:", 2);
    const char *bracket = memchr(source->text + at, ']', stop - at);
    return close && close == bracket && newline ? stop + 1 : at;
}

void inline_range(const struct source *source, cmark_node *block, size_t *begin, size_t *end)
{
    *begin =
        source_offset(source, cmark_node_get_start_line(block), cmark_node_get_start_column(block));
    *end = source_line_end(source, cmark_node_get_end_line(block));
    if (*end < *begin)
        *end = *begin;
    for (size_t next; *begin < *end; *begin = next)
        if ((next = skip_definition(source, *begin, *end)) == *begin)
            return;
}

static void insert(struct source_builder *out, const struct source *source, size_t offset,
                   const char *string)
{
    source_insert(out, source_origin(source, offset), string);
}

/* Backticks of a length that does not occur in the formula. */
static const char *delimiter(struct reading *reading, const struct source *source,
                             const struct inline_item *item)
{
    size_t longest = 0, run = 0;
    for (size_t at = item->content; at < item->content_end; at++) {
        run = source->text[at] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    char *ticks = arena_alloc(reading->scratch, longest + 2);
    memset(ticks, '`', longest + 1);
    return ticks;
}

static void write_role(struct source_builder *out, const struct source *source,
                       const struct inline_item *item)
{
    const char *text = source->text;
    const char *ticks = delimiter(out->reading, source, item);
    bool padded = text[item->content] == '`' || text[item->content_end - 1] == '`';
    insert(out, source, item->begin, item->kind == INLINE_FOOTNOTE ? "{footnote}" : "{math}");
    insert(out, source, item->begin, ticks);
    insert(out, source, item->begin, padded ? " " : "");
    insert(out, source, item->begin, item->kind == INLINE_DISPLAY ? "\\displaystyle " : "");
    source_copy(out, source, item->content, item->content_end);
    insert(out, source, item->end, padded ? " " : "");
    insert(out, source, item->end, ticks);
    if (item->end < source->size && text[item->end] == '`')
        insert(out, source, item->end, "\xE2\x81\xA0"); /* word joiner: keeps the backticks apart */
}

/* cmark 0.30 loses code spans that follow backticks without a partner, unless those are escaped. */
static void escape_ticks(struct source_builder *out, const struct source *source,
                         const struct inline_item *item)
{
    for (size_t at = item->begin; at < item->end; at++) {
        insert(out, source, at, "\\");
        source_copy(out, source, at, at + 1);
    }
}

/* Copies up to the end of the block, its sugar replaced; whether there was any. */
static bool write_block(struct source_builder *out, const struct source *source, size_t *done,
                        cmark_node *block)
{
    size_t begin, end;
    bool changed = false;
    inline_range(source, block, &begin, &end);
    struct inline_items found = inline_scan(out->reading->scratch, source->text, begin, end);
    for (size_t i = 0; i < found.count; i++) {
        const struct inline_item *item = &found.items[i];
        if (item->kind == INLINE_CODE || item->begin < *done)
            continue;
        source_copy(out, source, *done, item->begin);
        if (item->kind == INLINE_TICKS)
            escape_ticks(out, source, item);
        else
            write_role(out, source, item);
        *done = item->end;
        changed = true;
    }
    return changed;
}

struct source desugar_inlines(struct reading *reading, const struct source *source,
                              cmark_node *root)
{
    if (!strpbrk(source->text, "$`") && !strstr(source->text, "[^"))
        return *source;
    struct source_builder out = {.reading = reading};
    size_t done = 0;
    bool changed = false;
    cmark_iter *walk = cmark_iter_new(root);
    if (!walk)
        fail("out of memory");
    for (cmark_event_type event; (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(walk);
        cmark_node_type type = cmark_node_get_type(node);
        bool block = type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING;
        if (block && event == CMARK_EVENT_ENTER && !table_found(source, node))
            changed |= write_block(&out, source, &done, node);
    }
    cmark_iter_free(walk);
    source_copy(&out, source, done, source->size);
    struct source result = source_finish(&out);
    return changed ? result : *source;
}
