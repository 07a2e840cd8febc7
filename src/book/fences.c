#include "book/fences.h"

#include "book/directive.h"

#include <string.h>

/* The fences that are open, innermost last. */
struct open_fences {
    int *lines;
    size_t count;
};

static bool is_opening(const struct source *source, const struct line *line, size_t colons)
{
    size_t at = line->content + colons;
    while (at < line->end && (source->text[at] == ' ' || source->text[at] == '\t'))
        at++;
    return at < line->end && source->text[at] == '{';
}

/* Whether what the fence holds is no Markdown. */
static bool is_raw(const struct source *source, const struct line *line, size_t colons)
{
    size_t at = line->content + colons;
    while (source->text[at] != '{')
        at++;
    size_t size = name_length(source->text + at + 1, line->end - at - 1, DIRECTIVE_NAME_ALSO);
    const struct directive_rule *rule = directive_rule_of(source->text + at + 1, size);
    return rule && rule->body == BODY_RAW;
}

/* The position in the stack of the fence that `colons` colons close, or -1: the innermost of the
 * same length, else the innermost that is shorter. */
static int closed_by(const struct source *source, const struct line *lines,
                     const struct open_fences *open, size_t colons, bool raw)
{
    int shorter = -1;
    for (size_t i = open->count; i-- > 0 && open->count - i <= NESTING_MAX;) {
        size_t length = line_run(source, &lines[open->lines[i]], ':');
        if (length == colons)
            return (int)i;
        if (length < colons && shorter < 0)
            shorter = (int)i;
        if (raw)
            break;
    }
    return shorter;
}

static void report(struct reading *reading, const struct source *source, struct line *line,
                   const char *hint, const char *message)
{
    line->partner = LINE_UNMATCHED;
    reading_warning(reading, source_place(reading, source, line->content), hint, "%s", message);
}

/* Takes fences that are never closed from the stack until `count` are left. */
static void leave_open(struct reading *reading, const struct source *source, struct line *lines,
                       struct open_fences *open, size_t count, bool reporting)
{
    while (open->count > count) {
        struct line *line = &lines[open->lines[--open->count]];
        if (reporting)
            report(reading, source, line, "close it with as many colons on a line of their own",
                   "this ::: is never closed");
    }
}

/* Matches all lines by the guards that are set. Without `reporting`, only partners are set. */
static void match(struct reading *reading, const struct source *source, struct line *lines,
                  bool reporting)
{
    struct open_fences open = {
        .lines = arena_alloc(reading->scratch, (source->line_count + 1) * sizeof *open.lines)};
    bool raw = false;
    for (size_t i = 0; i < source->line_count; i++) {
        struct line *line = &lines[i];
        size_t colons = line_run(source, line, ':');
        line->partner = LINE_ALONE;
        if (colons < 3 || (!raw && line->guard != LINE_FREE))
            continue;
        if (!raw && is_opening(source, line, colons)) {
            open.lines[open.count++] = (int)i;
            raw = is_raw(source, line, colons);
            continue;
        }
        if (!blank_between(source, line->content + colons, line->end))
            continue;
        int closed = closed_by(source, lines, &open, colons, raw);
        if (closed < 0 && !raw && reporting)
            report(reading, source, line, "a directive is opened by ':::{name}'",
                   "this ::: closes nothing");
        if (closed < 0)
            continue;
        leave_open(reading, source, lines, &open, (size_t)closed + 1, reporting);
        lines[open.lines[--open.count]].partner = (int)i;
        raw = false;
    }
    leave_open(reading, source, lines, &open, 0, reporting);
}

/* A ``` inside a raw ::: fence, which cmark does not know yet, may have set guards beyond it.
 * Masks what such fences hold; whether anything was masked that was not before. */
static bool mask_raw(const struct source *source, struct line *lines)
{
    bool changed = false;
    for (size_t i = 0; i < source->line_count; i++) {
        int end = lines[i].partner;
        if (end < 0 || !is_raw(source, &lines[i], line_run(source, &lines[i], ':')))
            continue;
        for (int j = (int)i + 1; j < end; j++)
            if (lines[j].guard == LINE_FENCE && !lines[j].masked)
                changed = lines[j].masked = true;
    }
    return changed;
}

void fences_match(struct reading *reading, const struct source *source, struct line *lines)
{
    enum { ROUNDS_MAX = 8 };
    for (int round = 0; round < ROUNDS_MAX; round++) {
        lines_guard(reading, source, lines);
        match(reading, source, lines, false);
        if (!mask_raw(source, lines))
            break;
    }
    match(reading, source, lines, true);
}
