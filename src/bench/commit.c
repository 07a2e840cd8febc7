#include "bench/commit.h"

#include "base/process.h"

#include <string.h>

static const double SECONDS = 5;

const char *commit_of(const char *folder, struct arena *arena, const char **why)
{
    const char *const arguments[] = {"git",      "-C",      folder,        "describe",
                                     "--always", "--dirty", "--abbrev=12", NULL};
    const struct command command = {.arguments = arguments};
    struct process process;
    struct text line = {0}, cause = {0};
    const char *commit = NULL;
    *why = "git is not installed";
    if (process_start(&process, &command, &cause)) {
        bool answered = process_read_line(&process, &line, SECONDS) == PROCESS_LINE;
        answered = process_stop(&process, answered ? SECONDS : 0) == 0 && answered;
        process_release(&process);
        *why = "the folder is in no git repository";
        if (answered && line.size > 0)
            commit = arena_strdup(arena, text_string(&line));
    }
    text_release(&line);
    text_release(&cause);
    return commit;
}
