/* Diagnostics: what is wrong, where, and the nearest right thing. Functions that can fail append
 * here and return false or NULL; only cmd/ prints and chooses the exit status. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdio.h>

/* A place in a file. Lines and columns count from 1 (columns in bytes); 0 means unknown.
 * `file` is the path as it can be opened, or NULL for no place at all. */
struct place {
    const char *file;
    int line, column;
};

enum severity { SEVERITY_WARNING, SEVERITY_ERROR };

struct diag {
    enum severity severity;
    struct place place;
    const char *message;
    const char *hint; /* what to do instead, or NULL */
};

/* All zero bytes is an empty list. Everything in it belongs to its arena. */
struct diags {
    struct arena arena;
    struct diag *items;
    size_t count, errors;
    size_t failures; /* errors that cost only what they are about, and are not among `errors` */
    bool strict;     /* warnings about a file's text, which its author can mend, are errors */
};

/* `hint` may be NULL; it and `place.file` are copied. The same fault at the same place is kept
 * once. */
void diag_error(struct diags *diags, struct place place, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void diag_warning(struct diags *diags, struct place place, const char *hint, const char *format,
                  ...) __attribute__((format(printf, 4, 5)));
/* An error, but no reason to stop: all that it does not concern goes on. */
void diag_failure(struct diags *diags, struct place place, const char *hint, const char *format,
                  ...) __attribute__((format(printf, 4, 5)));

/* "did you mean 'X'?" for the entry of `known` nearest to `word`, else NULL. In diags' arena. */
const char *diag_suggest(struct diags *diags, const char *word, const char *const *known,
                         size_t count);

/* Prints all, ordered by file, line and column, each with its source line and a caret. Control
 * characters of messages and lines are shown harmless. Files that cannot be read lack their line.
 */
void diags_print(const struct diags *diags, FILE *stream, bool colour);

void diags_release(struct diags *diags);

#endif
