#include "book/blocks.h"

#include "book/lines.h"
#include "book/fences.h"

#include <string.h>

/* Environments that are formulas by themselves. */
static const char *const environments[] = {
    "equation",  "align",  "gather",  "multline",  "alignat",  "flalign",  "eqnarray",
    "equation*", "align*", "gather*", "multline*", "alignat*", "flalign*", "eqnarray*"};
enum { ENVIRONMENTS = sizeof environments / sizeof *environments };

struct desugar {
    struct reading *reading;
    const struct source *source;
    struct line *lines;
    size_t searched[ENVIRONMENTS]; /* no end of that environment is before this line */
    struct source_builder out;
};

/* Part of a line. */
struct span {
    size_t begin, end;
};

static bool starts_with(const struct source *source, size_t at, size_t end, const char *prefix)
{
    size_t size = strlen(prefix);
    return end - at >= size && memcmp(source->text + at, prefix, size) == 0;
}

static bool might_be_sugar(const struct source *source, const struct line *line)
{
    static const char *const starts[] = {":::", "$$", "(", "[^", "%", "+++", "\\begin{"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (starts_with(source, line->content, line->end, starts[i]))
            return true;
    return false;
}

static void insert(struct desugar *desugar, size_t offset, const char *string)
{
    source_insert(&desugar->out, source_origin(desugar->source, offset), string);
}

static void copy(struct desugar *desugar, size_t begin, size_t end)
{
    source_copy(&desugar->out, desugar->source, begin, end);
}

/* What stands before the content of lines that go on where `line` began: its quote marks, and
 * blanks for its list markers. */
static void insert_indentation(struct desugar *desugar, const struct line *line)
{
    char *blanks = arena_strndup(desugar->reading->scratch, desugar->source->text + line->begin,
                                 line->content - line->begin);
    for (char *c = blanks; *c; c++)
        if (*c != '>' && *c != '\t')
            *c = ' ';
    insert(desugar, line->content, blanks);
}

/* A fence longer than any in lines [from, to): tildes, whose info string may hold backticks. */
static const char *fence_around(struct desugar *desugar, size_t from, size_t to)
{
    size_t longest = 2;
    for (size_t i = from; i < to; i++) {
        size_t run = line_run(desugar->source, &desugar->lines[i], '~');
        longest = run > longest ? run : longest;
    }
    char *fence = arena_alloc(desugar->reading->scratch, longest + 2);
    memset(fence, '~', longest + 1);
    return fence;
}

/* ::: lines: the fence and all that it holds. */
static size_t emit_fence(struct desugar *desugar, size_t index)
{
    const struct line *line = &desugar->lines[index];
    if (line->partner == LINE_UNMATCHED)
        return index;
    size_t last = (size_t)line->partner;
    const struct line *closing = &desugar->lines[last];
    const char *fence = fence_around(desugar, index + 1, last);
    copy(desugar, line->begin, line->content);
    insert(desugar, line->content, fence);
    copy(desugar, line->content + line_run(desugar->source, line, ':'), closing->content);
    insert(desugar, closing->content, fence);
    insert(desugar, closing->content, "\n");
    return last + 1;
}

/* The first $$ in [at, end) that no backslash escapes, or `end`. */
static size_t find_dollars(const struct source *source, size_t at, size_t end)
{
    for (; at + 1 < end; at++) {
        if (source->text[at] == '\\')
            at++;
        else if (source->text[at] == '$' && source->text[at + 1] == '$')
            return at;
    }
    return end;
}

/* The label in " (label) " at [at, end); *rest is what follows it, `at` itself without a label. */
static struct span find_label(const struct source *source, size_t at, size_t end, size_t *rest)
{
    struct span label = {at, at};
    *rest = at;
    while (at < end && source->text[at] == ' ')
        at++;
    if (at >= end || source->text[at] != '(')
        return label;
    size_t stop = at + 1;
    while (stop < end && !strchr("()", source->text[stop]))
        stop++;
    if (stop >= end || source->text[stop] != ')' || stop == at + 1)
        return label;
    *rest = stop + 1;
    return (struct span){at + 1, stop};
}

/* The line with the $$ that closes a formula opened in line `index`, and where in it; the number
 * of lines when there is none. */
static size_t find_closing(const struct desugar *desugar, size_t index, size_t *at)
{
    const struct source *source = desugar->source;
    for (size_t i = index; i < source->line_count; i++) {
        const struct line *line = &desugar->lines[i];
        if (i > index && line->guard == LINE_FENCE)
            break;
        *at = find_dollars(source, line->content + (i == index ? 2 : 0), line->end);
        if (*at < line->end)
            return i;
    }
    return source->line_count;
}

static void insert_options(struct desugar *desugar, const struct line *line, struct span label)
{
    insert(desugar, line->content, "\n");
    if (label.end > label.begin) {
        insert_indentation(desugar, line);
        insert(desugar, label.begin, ":label: ");
        copy(desugar, label.begin, label.end);
        insert(desugar, label.end, "\n");
    }
    insert_indentation(desugar, line);
    insert(desugar, line->content, "\n"); /* the formula may start with a colon */
}

/* Copies [begin, end), if there is anything in it, as a line below `line`. */
static void copy_part(struct desugar *desugar, const struct line *line, size_t begin, size_t end)
{
    if (blank_between(desugar->source, begin, end))
        return;
    insert_indentation(desugar, line);
    copy(desugar, begin, end);
    insert(desugar, end, "\n");
}

/* The formula between the $$ that line `index` starts with and the one at `close` in line `last`,
 * as a fence. */
static void write_formula(struct desugar *desugar, size_t index, size_t last, size_t close,
                          struct span label)
{
    const struct line *line = &desugar->lines[index], *closing = &desugar->lines[last];
    const char *fence = fence_around(desugar, index, last + 1);
    copy(desugar, line->begin, line->content);
    insert(desugar, line->content, fence);
    insert(desugar, line->content, "{math}");
    insert_options(desugar, line, label);
    copy_part(desugar, line, line->content + 2, last == index ? close : line->end);
    if (last > index) {
        bool ends_there = !blank_between(desugar->source, closing->quoted, close);
        copy(desugar, line->end + 1, ends_there ? close : closing->begin);
        insert(desugar, close, ends_there ? "\n" : "");
    }
    insert_indentation(desugar, line);
    insert(desugar, close, fence);
    insert(desugar, close, "\n");
}

/* $$ at the start of a line: the formula up to its closing $$, or nothing. */
static size_t emit_formula(struct desugar *desugar, size_t index)
{
    const struct source *source = desugar->source;
    const struct line *line = &desugar->lines[index];
    size_t close = 0, rest, last = find_closing(desugar, index, &close);
    if (last == source->line_count) {
        reading_warning(desugar->reading, source_place(desugar->reading, source, line->content),
                        "end the formula with $$", "this $$ is never closed");
        return index;
    }
    const struct line *closing = &desugar->lines[last];
    struct span label = find_label(source, close + 2, closing->end, &rest);
    if (last == index && !blank_between(source, rest, closing->end))
        return index; /* a formula within a paragraph that happens to start with it */
    write_formula(desugar, index, last, close, label);
    copy_part(desugar, line, rest, closing->end);
    return last + 1;
}

/* The end of the line that ends the environment opened in line `index` by a line "\begin{name}",
 * and in *last which line that is; 0 where the line opens no environment of formulas. */
static size_t find_environment(struct desugar *desugar, size_t index, size_t *last)
{
    const struct source *source = desugar->source;
    const struct line *line = &desugar->lines[index];
    size_t name = line->content + strlen("\\begin{"), size = 0;
    while (name + size < line->end && source->text[name + size] != '}')
        size++;
    size_t i = 0;
    while (i < ENVIRONMENTS && (strlen(environments[i]) != size ||
                                memcmp(environments[i], source->text + name, size) != 0))
        i++;
    if (i == ENVIRONMENTS || index < desugar->searched[i])
        return 0;
    const char *closing = arena_printf(desugar->reading->scratch, "\\end{%s}", environments[i]);
    for (*last = index; *last < source->line_count; ++*last) {
        const struct line *at = &desugar->lines[*last];
        if (*last > index && at->guard == LINE_FENCE)
            break;
        const char *found =
            memmem(source->text + at->begin, at->end - at->begin, closing, strlen(closing));
        if (found)
            return (size_t)(found - source->text) + strlen(closing);
    }
    desugar->searched[i] = *last;
    return 0;
}

/* \begin{align} … \end{align}, which pages take for a formula as they take $$. */
static size_t emit_environment(struct desugar *desugar, size_t index)
{
    const struct line *line = &desugar->lines[index];
    size_t last, end = find_environment(desugar, index, &last);
    if (end == 0)
        return index;
    const char *fence = fence_around(desugar, index, last + 1);
    copy(desugar, line->begin, line->content);
    insert(desugar, line->content, fence);
    insert(desugar, line->content, "{math}");
    insert_options(desugar, line, (struct span){0, 0});
    insert_indentation(desugar, line);
    copy(desugar, line->content, end);
    insert(desugar, end, "\n");
    insert_indentation(desugar, line);
    insert(desugar, end, fence);
    insert(desugar, end, "\n");
    copy_part(desugar, line, end, desugar->lines[last].end);
    return last + 1;
}

/* "(name)=" alone on its line. */
static size_t emit_target(struct desugar *desugar, size_t index)
{
    const struct source *source = desugar->source;
    const struct line *line = &desugar->lines[index];
    size_t begin = line->content + 1, end = begin;
    while (end < line->end && !strchr("()<>`", source->text[end]))
        end++;
    if (end == begin || !starts_with(source, end, line->end, ")=") ||
        !blank_between(source, end + 2, line->end))
        return index;
    copy(desugar, line->begin, line->content);
    insert(desugar, begin, "<!--");
    copy(desugar, begin, end);
    insert(desugar, end, "-->\n");
    return index + 1;
}

static size_t indentation_of(const struct source *source, const struct line *line)
{
    size_t at = line->begin;
    while (at < line->end && at < line->begin + 4 && source->text[at] == ' ')
        at++;
    if (at < line->end && source->text[at] == '\t')
        at++;
    return at - line->begin;
}

/* The end of the footnote that starts in line `index`: indented lines after it, blank lines among
 * them, and lines that go on with its paragraph. */
static size_t footnote_end(const struct desugar *desugar, size_t index)
{
    const struct source *source = desugar->source;
    size_t end = index + 1;
    bool after_blank = false;
    for (size_t i = end; i < source->line_count; i++) {
        const struct line *line = &desugar->lines[i];
        if (blank_between(source, line->begin, line->end)) {
            after_blank = true;
            continue;
        }
        bool indented = indentation_of(source, line) >= 2;
        bool starts_anew = after_blank || might_be_sugar(source, line) || line->guard ||
                           line->content > line->begin || source->text[line->content] == '#';
        if (!indented && starts_anew)
            break;
        after_blank = false;
        end = i + 1;
    }
    return end;
}

/* "[^name]: text" at the left margin, with what is indented below it. */
static size_t emit_footnote(struct desugar *desugar, size_t index)
{
    const struct source *source = desugar->source;
    const struct line *line = &desugar->lines[index];
    size_t begin = line->content + 2, end = begin;
    while (end < line->end && !strchr("] \t`$", source->text[end]))
        end++;
    if (end == begin || line->content > line->begin + 3 ||
        !starts_with(source, end, line->end, "]:"))
        return index;
    size_t last = footnote_end(desugar, index);
    const char *fence = fence_around(desugar, index, last);
    insert(desugar, line->content, fence);
    insert(desugar, line->content, "{footnote} ");
    copy(desugar, begin, end);
    insert(desugar, end, "\n\n");
    size_t text = end + 2;
    while (text < line->end && source->text[text] == ' ')
        text++;
    copy(desugar, text, line->end + 1);
    for (size_t i = index + 1; i < last; i++)
        copy(desugar, desugar->lines[i].begin + indentation_of(source, &desugar->lines[i]),
             desugar->lines[i].end + 1);
    insert(desugar, desugar->lines[last - 1].end, fence);
    insert(desugar, desugar->lines[last - 1].end, "\n");
    return last;
}

/* "% comment", "+++" and "+++ {…}" become empty lines. */
static size_t emit_nothing(struct desugar *desugar, size_t index)
{
    const struct line *line = &desugar->lines[index];
    size_t run = line_run(desugar->source, line, '+');
    bool listed = line->content > line->quoted;
    bool rule = run == 3 && line->content + 3 < line->end &&
                desugar->source->text[line->content + 3] != ' ';
    if (listed || rule || (run > 0 && run != 3))
        return index;
    copy(desugar, line->begin, line->content);
    insert(desugar, line->content, "\n");
    return index + 1;
}

/* Writes what starts in line `index`; the line after it, or `index` if no sugar starts there. */
static size_t emit_sugar(struct desugar *desugar, size_t index)
{
    const struct source *source = desugar->source;
    const struct line *line = &desugar->lines[index];
    if (line->partner != LINE_ALONE)
        return emit_fence(desugar, index);
    if (line->guard != LINE_FREE || line->content >= line->end)
        return index;
    if (starts_with(source, line->content, line->end, "$$"))
        return emit_formula(desugar, index);
    switch (source->text[line->content]) {
    case '\\':
        return starts_with(source, line->content, line->end, "\\begin{")
                   ? emit_environment(desugar, index)
                   : index;
    case '(':
        return emit_target(desugar, index);
    case '[':
        return starts_with(source, line->content, line->end, "[^") ? emit_footnote(desugar, index)
                                                                   : index;
    case '%':
    case '+':
        return emit_nothing(desugar, index);
    default:
        return index;
    }
}

struct source desugar_blocks(struct reading *reading, const struct source *source)
{
    struct desugar desugar = {.reading = reading, .source = source, .out = {.reading = reading}};
    desugar.lines = lines_of(reading, source);
    size_t sugar = 0;
    while (sugar < source->line_count && !might_be_sugar(source, &desugar.lines[sugar]))
        sugar++;
    if (sugar == source->line_count)
        return *source;
    fences_match(reading, source, desugar.lines);
    for (size_t i = 0; i < source->line_count;) {
        size_t next = emit_sugar(&desugar, i);
        if (next == i)
            copy(&desugar, desugar.lines[i].begin, desugar.lines[i].end + 1);
        i = next > i ? next : i + 1;
    }
    return source_finish(&desugar.out);
}
