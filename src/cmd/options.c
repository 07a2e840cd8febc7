#include "cmd/options.h"

#include "base/file.h"
#include "base/text.h"
#include "page/paper.h"

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
    {"values", "MODE", "plain or footnotes: measured values on paper (as the book says)", 'v', 0,
     0},
    {"exercises", NULL, "exercises and their hints alone, without solutions unless asked for", 'e',
     0, PUT(exercises)},
    {"single", NULL, "all in one file", 'S', 0, PUT(single)},
    {"paper", "SIZE", "a4 or letter (a4)", 'P', 0, 0},
    {"pdf", NULL, "a PDF beside each file, or an error (where Chromium is installed)", 'd', 0,
     PUT(pdf)},
    {"no-pdf", NULL, "HTML alone", 'n', 0, PUT(no_pdf)},
    {"templates", "DIR", "templates that go, file by file, before those of the program", 't',
     PUT(own_templates), 0},
    {"worker", "FILE", "the program that runs kernels (benchbook-worker beside this one)", 'w',
     PUT(worker), 0},
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

static bool take_paper(struct options *options, const char *name)
{
    for (size_t i = 0; papers[i]; i++)
        if (strcmp(papers[i], name) == 0) {
            options->paper = papers[i];
            return true;
        }
    fprintf(stderr, "benchbook: there is no paper of size '%s'; there are", name);
    for (size_t i = 0; papers[i]; i++)
        fprintf(stderr, "%s %s", i ? "," : "", papers[i]);
    fputc('\n', stderr);
    return false;
}

static bool take_display(struct options *options, const char *name, const char *value,
                         struct arena *arena)
{
    const struct display_choice *choice = display_find(name);
    if (display_set(&options->display, choice, value))
        return true;
    fprintf(stderr, "benchbook: %s cannot be shown as '%s'; there are %s\n", choice->shows, value,
            display_names(choice, arena));
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
    } else if (letter == 's' || letter == 'v') {
        return take_display(options, rule->name, value, arena);
    } else if (letter == 'P') {
        return take_paper(options, value);
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

/* The words that are no options: the folder, and chapters where the command takes them. A chapter
 * is told from the folder by not being one. */
static bool take_words(struct options *options, int count, char **words)
{
    const struct command_rule *command = options->command;
    const bool chapters = strstr(command->arguments, "CHAPTER");
    if (count > 0 && command->arguments[0] && (!chapters || folder_exists(words[0]))) {
        options->folder = *words++;
        count--;
    }
    if (count > 0 && !chapters) {
        fprintf(stderr, "benchbook %s: one word too many: '%s'\n", command->name, words[0]);
        return false;
    }
    options->chapters = (const char *const *)words;
    options->chapter_count = (size_t)count;
    return true;
}

/* The options behind the command, and its words. */
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
    return take_words(options, count - optind, words + optind);
}

/* The templates that came with the program: beside build/, or where `make install` puts them. NULL
 * where there are none. */
static const char *find_templates(const char *program, struct arena *arena)
{
    static const char *const folders[] = {"../templates", "../share/benchbook/templates"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        const char *folder = path_join(arena, program, folders[i]);
        if (file_exists(path_join(arena, folder, "page.html")))
            return folder;
    }
    return NULL;
}

static void set_defaults(struct options *options, struct arena *arena)
{
    const char *program = program_folder(arena);
    if (!options->record)
        options->record = path_join(arena, options->output, "record.json");
    if (!options->worker)
        options->worker = path_join(arena, program, "benchbook-worker");
    options->templates = find_templates(program, arena);
    if (!options->templates) { /* the program stands alone: then that folder has to be whole */
        options->templates = options->own_templates ? options->own_templates : "templates";
        options->own_templates = NULL;
    }
}

bool options_read(struct options *options, int count, char **words, struct arena *arena,
                  enum exit_status *status)
{
    *options = (struct options){.folder = "chapters",
                                .output = "output",
                                .profile = profile_find("standard"),
                                .paper = papers[0]};
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
