#include "cmd/job.h"

#include <locale.h>

const struct command_rule command_rules[] = {
    {"build", "[DIR]", "plan, measure what is missing, render: the whole way", "orpFftwq",
     command_build},
    {"check", "[DIR]", "validate all chapters; measure nothing", "orptwq", command_check},
    {"plan", "[DIR]", "tell what would be measured, how often, how long", "orpFftw", command_plan},
    {"measure", "[DIR]", "measure what is missing; write the record, no pages", "orpFftwq",
     command_measure},
    {"render", "[DIR]", "write the pages from the record; measure nothing", "ortq", command_render},
    {"list", "", "list kernels, builds and parameters, with units, defaults and ranges", "w",
     command_list},
};
const size_t command_rule_count = sizeof command_rules / sizeof *command_rules;

int main(int count, char **words)
{
    struct job job = {0};
    enum exit_status status;
    setlocale(LC_CTYPE, "C.UTF-8"); /* numbers stay in C's notation */
    if (options_read(&job.options, count, words, &job.arena, &status))
        status = job.options.command->run(&job);
    arena_release(&job.arena);
    return status;
}
