#include "bench/compiler.h"

#include "base/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Seconds until a compilation counts as hung. */
static const double LIMIT = 60;
/* More than anyone reads; the rest is not kept. */
enum { SAID_MOST = 1 << 18, WORDS_MOST = 128 };

/* Its messages in English, as UTF-8, wherever the user is at home. */
static const char *const environment[] = {"LC_ALL=C.UTF-8", "LANGUAGE=", NULL};

const char *const *words_of(struct arena *arena, const char *text, size_t *count)
{
    const char **words = NULL;
    size_t size;
    *count = 0;
    for (text += strspn(text, " \t\n"); *text; text += size, text += strspn(text, " \t\n")) {
        size = strcspn(text, " \t\n");
        words = array_grow(arena, words, *count, sizeof *words);
        words[(*count)++] = arena_strndup(arena, text, size);
    }
    words = array_grow(arena, words, *count, sizeof *words);
    words[*count] = NULL;
    return words;
}

bool compilation_start(struct compilation *compilation, const struct compiler *compiler,
                       const char *const *arguments, struct text *why)
{
    const char *line[WORDS_MOST];
    size_t count = 0;
    *compilation = (struct compilation){0};
    for (size_t i = 0; i < compiler->word_count && count < WORDS_MOST; i++)
        line[count++] = compiler->words[i];
    while (*arguments && count < WORDS_MOST)
        line[count++] = *arguments++;
    if (count == WORDS_MOST) {
        text_addf(why, "a compiler's command of more than %d words", WORDS_MOST - 1);
        return false;
    }
    line[count] = NULL;
    const struct command command = {.arguments = line, .environment = environment, .merged = true};
    compilation->running = process_start(&compilation->process, &command, why);
    return compilation->running;
}

bool compilation_end(struct compilation *compilation)
{
    struct text line = {0};
    const double deadline = clock_seconds() + LIMIT;
    enum process_result result = PROCESS_LINE;
    if (!compilation->running)
        return false;
    while (result == PROCESS_LINE) {
        result = process_read_line(&compilation->process, &line, deadline - clock_seconds());
        if (result == PROCESS_LINE && compilation->said.size + line.size < SAID_MOST)
            text_addf(&compilation->said, "%s\n", text_string(&line));
    }
    if (result == PROCESS_TIMEOUT)
        text_addf(&compilation->said, "the compiler was stopped after %g s\n", LIMIT);
    /* what closed its output is about to end */
    int status = process_stop(&compilation->process, result == PROCESS_ENDED ? LIMIT : 0);
    process_release(&compilation->process);
    compilation->running = false;
    text_release(&line);
    return status == 0 && result == PROCESS_ENDED;
}

/* "gcc 12 2 0", what the preprocessor makes of this, into "gcc 12.2.0". */
static const char question[] = "#ifdef __clang__\n"
                               "clang __clang_major__ __clang_minor__ __clang_patchlevel__\n"
                               "#else\n"
                               "gcc __GNUC__ __GNUC_MINOR__ __GNUC_PATCHLEVEL__\n"
                               "#endif\n";

static bool read_name(struct compiler *compiler, const char *line, struct arena *arena)
{
    enum { GCC_WIDTHS = 11 }; /* the first gcc that counts columns by their width */
    size_t count;
    const char *const *said = words_of(arena, line, &count);
    bool clang = count == 4 && strcmp(said[0], "clang") == 0;
    if (!clang && (count != 4 || strcmp(said[0], "gcc") != 0))
        return false;
    compiler->name = arena_printf(arena, "%s %s.%s.%s", said[0], said[1], said[2], said[3]);
    if (clang)
        compiler->plain = "-fno-caret-diagnostics";
    else if (strtol(said[1], NULL, 10) < GCC_WIDTHS)
        compiler->plain = "-fno-diagnostics-show-caret";
    else
        compiler->plain = "-fno-diagnostics-show-caret -fdiagnostics-column-unit=byte";
    return true;
}

bool compiler_find(struct compiler *compiler, const char *folder, struct arena *arena,
                   struct text *why)
{
    const char *given = getenv("CC"), *file = path_join(arena, folder, "which.c");
    const char *const arguments[] = {"-E", "-P", file, NULL};
    struct compilation compilation;
    compiler->words = words_of(arena, given ? given : "", &compiler->word_count);
    if (compiler->word_count == 0)
        compiler->words = words_of(arena, "cc", &compiler->word_count);
    if (!file_write(file, question, sizeof question - 1)) {
        text_addf(why, "'%s' cannot be written: %s", file, strerror(errno));
        return false;
    }
    if (!compilation_start(&compilation, compiler, arguments, why))
        return false;
    bool found =
        compilation_end(&compilation) && read_name(compiler, text_string(&compilation.said), arena);
    if (!found)
        text_addf(why, "'%s' is no C compiler that this program knows", compiler->words[0]);
    text_release(&compilation.said);
    return found;
}
