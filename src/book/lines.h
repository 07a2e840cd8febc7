/* The lines of a source, each with what stands before its content, and whether cmark reads it as
 * code or HTML, where nothing is sugar. Internal to book/. */
#ifndef BOOK_LINES_H
#define BOOK_LINES_H

#include "book/source.h"

enum line_guard {
    LINE_FREE,
    LINE_SOFT, /* HTML or indented code: no sugar starts here */
    LINE_FENCE /* a fenced block: no sugar reaches across it either */
};

enum { LINE_ALONE = -1, LINE_UNMATCHED = -2 };

struct line {
    size_t begin, end; /* without its newline */
    size_t quoted;     /* after blanks and quote marks */
    size_t content;    /* after blanks, quote marks and list markers */
    enum line_guard guard;
    bool masked; /* counts as empty when the guards are set */
    int partner; /* of an opening ::: line: the index of the line that closes it; of a ::: line
                    without a partner LINE_UNMATCHED; of all others LINE_ALONE */
};

/* `source->line_count` lines, without guards, in the scratch arena. */
struct line *lines_of(struct reading *reading, const struct source *source);

/* Asks cmark which lines are code or HTML. */
void lines_guard(struct reading *reading, const struct source *source, struct line *lines);

/* How many of `c` the line's content starts with. */
size_t line_run(const struct source *source, const struct line *line, char c);

/* Whether nothing but blanks is in [begin, end). */
bool blank_between(const struct source *source, size_t begin, size_t end);

/* A code block that cmark found in this source: whether it is fenced, not indented, and whether
 * its closing fence is there. */
bool code_is_fenced(const struct source *source, cmark_node *code);
bool fence_is_closed(const struct source *source, cmark_node *code);

#endif
