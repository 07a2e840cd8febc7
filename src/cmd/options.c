#include "cmd/options.h"

#include "base/file.h"
#include "base/text.h"

#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* An option stands in this table once: getopt's table, the help and the suggestions follow it. */
#define PUT(member) offsetof(struct options, member)
static const struct option_rule {
    const char *name, *value, *about;
    char letter;
    size_t text, flag; /* the member that takes the value, or becomes true; 0: see take_option */
} rules[] = {
    {"output", "DIR", "where pages are written (output)", 'o', PUT(output), 0},
    {"record", "FILE", "what was measured (OUTPUT/record.json)", 'r', PUT(record), 0},
    {"profile", "NAME", "draft, standard or thorough (standard)", 'p', 0, 0},
    {"fresh", NULL, "measure everything again", 'F', 0, PUT(fresh)},
    {"force", "NAME", "measure experiment NAME again; may be repeated", 'f', 0, 0},
    {"solutions", "MODE", "shown, folded, end or none: solutions of exercises (as the book says)",
     's', 0, 0},
    {"templates", "DIR", "page templates and chart scripts (those that came with the program)", 't',
     PUT(templates), 0},
    {"worker", "FILE", "the program that runs kernels (benchbook-worker beside this one)", 'w',
     PUT(worker), 0},
    {"hosts", "FILE", "host file: where the variant 'processes' runs (this machine)", 'H',
     PUT(hosts), 0},
    {"quiet", NULL, "print nothing but faults", 'q', 0, PUT(quiet)},
    {"help", NULL, "this help", 'h', 0, 0},
};
#undef PUT
enum { RULES = sizeof rules / sizeof *rules };

static bool takes(const struct command_rule *command, char letter)
{
    return letter == 'h' || strchr(command->takes, letter);
}

static void print_usage(FILE *stream)
{
    fputs("benchbook turns chapters with experiments into a book of measured numbers.\n\n"
          "usage: benchbook COMMAND [OPTION]... [DIR]\n\n",
          stream);
    for (size_t i = 0; i < command_rule_count; i++)
        fprintf(stream, "  %-8s %s\n", command_rules[i].name, command_rules[i].about);
    fputs("\nDIR is the folder of chapters (chapters). 'benchbook COMMAND --help' tells more;\n"
          "'benchbook --version' tells the version. Exit status: 0 done, 1 something in the book\n"
          "or a measurement is wrong, 2 wrong usage.\n",
          stream);
}

static void print_command_help(const struct command_rule *command)
{
    printf("usage: benchbook %s [OPTION]...%s%s\n\n%s\n\n", command->name,
           command->arguments[0] ? " " : "", command->arguments, command->about);
    for (size_t i = 0; i < RULES; i++) {
        if (!takes(command, rules[i].letter))
            continue;
        char form[40];
        snprintf(form, sizeof form, "-%c, --%s%s%s", rules[i].letter, rules[i].name,
                 rules[i].value ? " " : "", rules[i].value ? rules[i].value : "");
        printf("  %-24s %s\n", form, rules[i].about);
    }
}

static const struct command_rule *find_command(const char *name)
{
    const char *known[16];
    for (size_t i = 0; i < command_rule_count; i++) {
        if (strcmp(command_rules[i].name, name) == 0)
            return &command_rules[i];
        known[i] = command_rules[i].name;
    }
    const char *nearest = nearest_name(name, known, command_rule_count);
    fprintf(stderr, "benchbook: there is no command '%s'", name);
    if (nearest)
        fprintf(stderr, "; did you mean '%s'?", nearest);
    fputs("\n'benchbook --help' lists the commands.\n", stderr);
    return NULL;
}

static void complain_option(const struct command_rule *command, const char *word)
{
    const char *known[RULES], *name = word + strspn(word, "-");
    size_t count = 0;
    char bare[64];
    snprintf(bare, sizeof bare, "%.*s", (int)strcspn(name, "="), name);
    for (size_t i = 0; i < RULES; i++)
        if (takes(command, rules[i].letter))
            known[count++] = rules[i].name;
    const char *nearest = nearest_name(bare, known, count);
    fprintf(stderr, "benchbook %s: there is no option '%s', or it lacks its value", command->name,
            word);
    if (nearest && strcmp(nearest, bare) != 0)
        fprintf(stderr, "; did you mean '--%s'?", nearest);
    fprintf(stderr, "\n'benchbook %s --help' lists the options.\n", command->name);
}

static const struct option_rule *find_rule(int letter)
{
    const struct option_rule *rule = rules;
    while (rule->letter != letter)
        rule++;
    return rule;
}

static bool take_profile(struct options *options, const char *name)
{
    options->profile = profile_find(name);
    if (options->profile)
        return true;
    fprintf(stderr, "benchbook: there is no profile '%s'; there are", name);
    for (size_t i = 0; i < profile_count; i++)
        fprintf(stderr, "%s %s", i ? "," : "", profiles[i].name);
    fputc('\n', stderr);
    return false;
}

static bool take_solutions(struct options *options, const char *name, struct arena *arena)
{
    if (solutions_find(name, &options->solutions))
        return true;
    fprintf(stderr, "benchbook: solutions cannot be shown as '%s'; there are %s\n", name,
            solutions_names(arena));
    return false;
}

/* `letter` is one of the table's. */
static bool take_option(struct options *options, int letter, const char *value, struct arena *arena)
{
    const struct option_rule *rule = find_rule(letter);
    if (rule->value && !*value) {
        fprintf(stderr, "benchbook %s: the value of --%s is empty\n", options->command->name,
                rule->name);
        return false;
    }
    if (rule->text) {
        memcpy((char *)options + rule->text, &value, sizeof value);
    } else if (rule->flag) {
        memcpy((char *)options + rule->flag, &(bool){true}, sizeof(bool));
    } else if (letter == 'p') {
        return take_profile(options, value);
    } else if (letter == 's') {
        return take_solutions(options, value, arena);
    } else {
        options->force =
            array_grow(arena, options->force, options->force_count, sizeof *options->force);
        options->force[options->force_count++] = value;
    }
    return true;
}

/* The options that the command takes, in getopt's two notations. */
static void list_options(const struct command_rule *command, struct option table[RULES + 1],
                         char letters[2 * RULES + 2])
{
    *letters++ = ':';
    for (size_t i = 0; i < RULES; i++) {
        const struct option_rule *rule = &rules[i];
        if (!takes(command, rule->letter))
            continue;
        *table++ = (struct option){rule->name, rule->value ? required_argument : no_argument, NULL,
                                   rule->letter};
        *letters++ = rule->letter;
        if (rule->value)
            *letters++ = ':';
    }
    *table = (struct option){0};
    *letters = '\0';
}

/* The options behind the command, and the folder. */
static bool read_words(struct options *options, int count, char **words, struct arena *arena,
                       enum exit_status *status)
{
    const struct command_rule *command = options->command;
    struct option table[RULES + 1];
    char letters[2 * RULES + 2];
    list_options(command, table, letters);
    *status = EXIT_USAGE;
    optind = 1;
    for (int letter; (letter = getopt_long(count, words, letters, table, NULL)) != -1;) {
        if (letter == 'h') {
            print_command_help(command);
            *status = EXIT_DONE;
            return false;
        }
        if (letter == '?' || letter == ':') {
            complain_option(command, words[optind - 1]);
            return false;
        }
        if (!take_option(options, letter, optarg, arena))
            return false;
    }
    const int most = command->arguments[0] ? 1 : 0;
    if (count - optind > most) {
        fprintf(stderr, "benchbook %s: one word too many: '%s'\n", command->name,
                words[optind + most]);
        return false;
    }
    if (optind < count)
        options->folder = words[optind];
    return true;
}

static void set_defaults(struct options *options, struct arena *arena)
{
    const char *program = program_folder(arena);
    if (!options->record)
        options->record = path_join(arena, options->output, "record.json");
    if (!options->worker)
        options->worker = path_join(arena, program, "benchbook-worker");
    if (!options->templates) { /* beside build/, or where `make install` puts them */
        const char *here = path_join(arena, program, "../templates");
        const char *page = path_join(arena, here, "page.html");
        options->templates =
            file_exists(page) ? here : path_join(arena, program, "../share/benchbook/templates");
    }
}

bool options_read(struct options *options, int count, char **words, struct arena *arena,
                  enum exit_status *status)
{
    *options = (struct options){
        .folder = "chapters", .output = "output", .profile = profile_find("standard")};
    const char *first = count > 1 ? words[1] : "";
    *status = EXIT_DONE;
    if (strcmp(first, "--version") == 0 || strcmp(first, "-V") == 0) {
        puts("benchbook " BENCHBOOK_VERSION);
        return false;
    }
    bool help = strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0;
    if (help || count < 2) {
        print_usage(help ? stdout : stderr);
        *status = help ? EXIT_DONE : EXIT_USAGE;
        return false;
    }
    options->command = find_command(first);
    *status = EXIT_USAGE;
    if (!options->command || !read_words(options, count - 1, words + 1, arena, status))
        return false;
    set_defaults(options, arena);
    return true;
}
