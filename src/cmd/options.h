/* The command line: one table of commands, one of options; help is made from them. */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include "base/arena.h"
#include "bench/profile.h"
#include "book/display.h"

#include <stdbool.h>
#include <stddef.h>

enum exit_status { EXIT_DONE = 0, EXIT_WRONG = 1, EXIT_USAGE = 2 };

struct options {
    const struct command_rule *command;
    const char *folder; /* of the chapters */
    const char *output, *record, *worker;
    const char *templates, *own_templates; /* the program's, and what --templates names, or NULL */
    const struct profile *profile;
    struct display display;
    bool fresh, quiet, exercises, single, pdf, no_pdf;
    const char *paper; /* one of papers: page/paper.h */
    const char *const *chapters;
    size_t chapter_count;
    const char **force;
    size_t force_count;
};

struct job;

struct command_rule {
    const char *name, *arguments, *about;
    const char *takes; /* the short forms of the options that it understands */
    enum exit_status (*run)(struct job *job);
};
extern const struct command_rule command_rules[];
extern const size_t command_rule_count;

/* Reads the command line; what is not given gets its default. When there is nothing to run (help,
 * version, wrong usage) it has printed what there is to say, returns false and sets *status. All
 * strings belong to the arena or the command line. */
bool options_read(struct options *options, int count, char **words, struct arena *arena,
                  enum exit_status *status);

#endif
