/* The C compiler, a program from outside: found, asked for its name, and run. */
#ifndef BENCH_COMPILER_H
#define BENCH_COMPILER_H

#include "base/arena.h"
#include "base/process.h"

#include <stdbool.h>
#include <stddef.h>

struct compiler {
    const char *const *words; /* how it is started: those of CC in the environment, or "cc" */
    size_t word_count;
    const char *name;  /* "gcc 12.2.0", "clang 14.0.6" */
    const char *plain; /* options for messages without excerpts, with columns counted in bytes */
};

/* `folder`, which is there, takes a file that asks the compiler for its name. False with *why in
 * words where there is no compiler. In the arena. */
bool compiler_find(struct compiler *compiler, const char *folder, struct arena *arena,
                   struct text *why);

/* The words of a text, which blanks separate; *count of them and NULL. In the arena. */
const char *const *words_of(struct arena *arena, const char *text, size_t *count);

/* The compiler at work on something. All zero bytes is none. */
struct compilation {
    struct process process;
    struct text said; /* all that it printed, in lines */
    bool running;
};

/* `arguments` ends with NULL. False with *why in words where it cannot be started. */
bool compilation_start(struct compilation *compilation, const struct compiler *compiler,
                       const char *const *arguments, struct text *why);

/* Waits for its end; whether it ended well. What it said stays; release that. */
bool compilation_end(struct compilation *compilation);

#endif
