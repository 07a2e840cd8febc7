#include "book/lines.h"

#include "base/fail.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

bool blank_between(const struct source *source, size_t begin, size_t end)
{
    while (begin < end && is_blank(source->text[begin]))
        begin++;
    return begin >= end;
}

static size_t skip_quotes(const struct source *source, size_t at, size_t end)
{
    while (at < end && (is_blank(source->text[at]) || source->text[at] == '>'))
        at++;
    return at;
}

/* Past the list marker at `at` and the blanks after it, or `at` if there is none. */
static size_t skip_marker(const struct source *source, size_t at, size_t end)
{
    const char *text = source->text;
    size_t next = at;
    if (next < end && strchr("-+*", text[next])) {
        next++;
    } else {
        while (next < end && next - at < 9 && text[next] >= '0' && text[next] <= '9')
            next++;
        if (next == at || next >= end || !strchr(".)", text[next]))
            return at;
        next++;
    }
    return next < end && is_blank(text[next]) ? skip_quotes(source, next, end) : at;
}

struct line *lines_of(struct reading *reading, const struct source *source)
{
    struct line *lines = arena_alloc(reading->scratch, (source->line_count + 1) * sizeof *lines);
    for (size_t i = 0; i < source->line_count; i++) {
        struct line *line = &lines[i];
        line->begin = source->lines[i];
        line->end = source->lines[i + 1] - 1;
        line->quoted = skip_quotes(source, line->begin, line->end);
        line->partner = LINE_ALONE;
        size_t next = line->quoted;
        do {
            line->content = next;
            next = skip_marker(source, next, line->end);
        } while (next > line->content);
    }
    return lines;
}

size_t line_run(const struct source *source, const struct line *line, char c)
{
    size_t at = line->content;
    while (at < line->end && source->text[at] == c)
        at++;
    return at - line->content;
}

static size_t count_lines(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += *text == '\n';
    return count;
}

/* cmark does not tell. The opening fence is no part of what a fenced block holds, but is the first
 * line of an indented one that happens to start with backticks. */
bool code_is_fenced(const struct source *source, cmark_node *code)
{
    int start = cmark_node_get_start_line(code), end = cmark_node_get_end_line(code);
    size_t at = source_offset(source, start, cmark_node_get_start_column(code));
    size_t size = source_line_end(source, start) - at;
    char mark = source->text[at];
    if (size < 3 || (mark != '`' && mark != '~') || source->text[at + 1] != mark ||
        source->text[at + 2] != mark)
        return false;
    const char *literal = cmark_node_get_literal(code);
    bool repeated = strncmp(literal, source->text + at, size) == 0 && literal[size] == '\n';
    return !repeated || count_lines(literal) != (size_t)end - (size_t)start + 1;
}

bool fence_is_closed(const struct source *source, cmark_node *code)
{
    int start = cmark_node_get_start_line(code), end = cmark_node_get_end_line(code);
    if (end <= start)
        return false;
    size_t open = source_offset(source, start, cmark_node_get_start_column(code));
    size_t size = 0, run = 0, stop = source_line_end(source, end);
    while (source->text[open + size] == source->text[open])
        size++;
    size_t at = skip_quotes(source, source_offset(source, end, 1), stop);
    while (at + run < stop && source->text[at + run] == source->text[open])
        run++;
    return run >= size && blank_between(source, at + run, stop);
}

static void guard_node(const struct source *source, struct line *lines, cmark_node *node)
{
    int start = cmark_node_get_start_line(node), end = cmark_node_get_end_line(node);
    enum line_guard guard = LINE_SOFT;
    if (cmark_node_get_type(node) == CMARK_NODE_CODE_BLOCK && code_is_fenced(source, node)) {
        guard = LINE_FENCE;
        /* A fence that ends with the quote or list around it claims the line after it, too. */
        if (!fence_is_closed(source, node) && end > start && (size_t)end < source->line_count)
            end--;
    }
    lines[start - 1].guard = guard; /* of HTML on one line, cmark reports no end */
    for (int i = start; i < end && (size_t)i < source->line_count; i++)
        lines[i].guard = guard;
}

/* The text with masked lines blanked; the text itself when there are none. */
static const char *masked_text(struct reading *reading, const struct source *source,
                               const struct line *lines)
{
    char *copy = NULL;
    for (size_t i = 0; i < source->line_count; i++) {
        if (!lines[i].masked)
            continue;
        if (!copy)
            copy = arena_strndup(reading->scratch, source->text, source->size);
        memset(copy + lines[i].begin, ' ', lines[i].end - lines[i].begin);
    }
    return copy ? copy : source->text;
}

void lines_guard(struct reading *reading, const struct source *source, struct line *lines)
{
    struct source masked = *source;
    masked.text = masked_text(reading, source, lines);
    cmark_node *root = cmark_parse_document(masked.text, masked.size, CMARK_OPT_DEFAULT);
    cmark_iter *walk = root ? cmark_iter_new(root) : NULL;
    if (!walk)
        fail("out of memory");
    for (size_t i = 0; i < source->line_count; i++)
        lines[i].guard = LINE_FREE;
    while (cmark_iter_next(walk) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(walk);
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_HTML_BLOCK)
            guard_node(&masked, lines, node);
    }
    cmark_iter_free(walk);
    cmark_node_free(root);
}
