#include "cmd/job.h"

#include <fcntl.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdint.h>
#include <unistd.h>

const struct command_rule command_rules[] = {
    {"build", "[DIR]", "plan, measure what is missing, render: the whole way", 0, 1, "orpFfsvStwHq",
     command_build},
    {"check", "[DIR]", "validate all chapters, compile their cells; measure nothing", 0, 1,
     "orpStwHq", command_check},
    {"plan", "[DIR]", "tell what would be measured, how often, how long", 0, 1, "orpFfOStwH",
     command_plan},
    {"measure", "[DIR]", "measure what is missing; write the record, no pages", 0, 1, "orpFfOStwHq",
     command_measure},
    {"render", "[DIR]", "write the pages from the record; measure nothing", 0, 1, "orsvStq",
     command_render},
    {"handout", "[DIR] [CHAPTER]...", "write chapters as files that need no other, and as PDF", 0,
     SIZE_MAX, "orsvePASdntq", command_handout},
    {"list", "", "list kernels, builds and parameters, with units, defaults and ranges", 0, 0, "w",
     command_list},
    {"compare", "FILE FILE...", "set records side by side: one page, and a summary in words", 2,
     SIZE_MAX, "boOtq", command_compare},
    {"extract", "FILE NEW", "write what comparisons need of a record into a small one", 2, 2, "Oq",
     command_extract},
};
const size_t command_rule_count = sizeof command_rules / sizeof *command_rules;

/* A stream that was closed before the start would lend its number to the next file or pipe that is
 * opened, and what is printed would end up there. */
static void open_standard_streams(void)
{
    int file;
    do
        file = open("/dev/null", O_RDWR);
    while (file >= 0 && file <= STDERR_FILENO);
    if (file >= 0)
        close(file);
}

/* The heap of a book grows by megabytes and is given back at the end: no need to ask the system for
 * a few pages at a time, which costs a tenth of rendering. */
static void grow_heap_in_steps(void)
{
#ifdef M_TOP_PAD
    enum { STEP = 4 << 20 };
    mallopt(M_TOP_PAD, STEP);
    mallopt(M_TRIM_THRESHOLD, 16 * STEP);
#endif
}

int main(int count, char **words)
{
    struct job job = {0};
    enum exit_status status;
    grow_heap_in_steps();
    open_standard_streams();
    /* A limit on the size of files is then told as an error, like a full disk. */
    signal(SIGXFSZ, SIG_IGN);
    setlocale(LC_CTYPE, "C.UTF-8"); /* numbers stay in C's notation */
    if (options_read(&job.options, count, words, &job.arena, &status))
        status = job.options.command->run(&job);
    arena_release(&job.arena);
    return status;
}
