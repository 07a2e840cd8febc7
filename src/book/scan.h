/* Scans the inlines of one paragraph or heading for what MyST adds to them and for code spans, by
 * the rules of CommonMark: the leftmost of code span, tag and formula wins. Internal to book/. */
#ifndef BOOK_SCAN_H
#define BOOK_SCAN_H

#include "base/arena.h"

#include <stddef.h>

enum inline_kind {
    INLINE_CODE,     /* `code`, with {role} before it or not */
    INLINE_MATH,     /* $x$ */
    INLINE_DISPLAY,  /* $$x$$ within a paragraph */
    INLINE_FOOTNOTE, /* [^name] */
    INLINE_TICKS     /* backticks that delimit nothing, not more than cmark would look for */
};

/* Offsets into the text that was scanned. */
struct inline_item {
    enum inline_kind kind;
    size_t begin, end;           /* with its delimiters; a role begins at its brace */
    size_t content, content_end; /* between its delimiters; of backticks, they themselves */
    size_t ticks;                /* of code: how many backticks delimit it */
    size_t role; /* length of the role's name, which follows `begin`'s brace; or 0 */
};

struct inline_items {
    struct inline_item *items;
    size_t count;
};

/* All items in [begin, end), in order, in the arena. Linear in the number of bytes. */
struct inline_items inline_scan(struct arena *arena, const char *text, size_t begin, size_t end);

#endif
