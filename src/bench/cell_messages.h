/* What a compiler says of a cell, from the lines that it prints. */
#ifndef BENCH_CELL_MESSAGES_H
#define BENCH_CELL_MESSAGES_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* Where a message belongs. */
enum cell_origin {
    IN_CELL,  /* at `line` and `column` of the cell's text, both from 1; columns count bytes */
    IN_CALL,  /* in the call that is put behind the text */
    ELSEWHERE /* in a header that the cell includes at `line`, or 0 where that is not said */
};

struct cell_message {
    enum cell_origin origin;
    bool error; /* otherwise a warning */
    int line, column;
    const char *text, *hint; /* one clean line each; the hint may be NULL */
};

/* All zero bytes is no messages. */
struct cell_messages {
    struct cell_message *items;
    size_t count, errors;
};

/* Adds the errors and warnings among the lines of `said`, in their order, each once; not more than
 * a hundred. The cell's text is known to the compiler as `file`, the call behind it as `call`, of
 * which only the first error counts. A note that says what to include becomes the hint of what it
 * follows. In the arena. */
void cell_messages_read(struct cell_messages *messages, const char *said, const char *file,
                        const char *call, struct arena *arena);

#endif
