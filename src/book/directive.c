#include "book/directive.h"

#include "book/lines.h"
#include "book/yaml.h"

#include <string.h>

static const char *const directive_names[] = {
#define DIRECTIVE(id, name, ...) name,
#include "book/directives.def"
#undef DIRECTIVE
};

const struct directive_rule directive_rules[DIRECTIVE_COUNT] = {
#define DIRECTIVE(id, name, body, series, argument, options)                                       \
    {name, options, body, series, argument, true},
#define MYST(id, name, body, series, argument, options)                                            \
    {name, options, body, series, argument, false},
#include "book/directives.def"
#undef DIRECTIVE
};

/* Further names. A box that has no title of its own is headed by the name that was written. */
static const struct {
    const char *name;
    enum directive_id id;
} aliases[] = {
    {"code", DIRECTIVE_code_block},     {"sourcecode", DIRECTIVE_code_block},
    {"attention", DIRECTIVE_important}, {"caution", DIRECTIVE_warning},
    {"danger", DIRECTIVE_warning},      {"error", DIRECTIVE_warning},
    {"topic", DIRECTIVE_admonition},    {"sidebar", DIRECTIVE_admonition},
    {"margin", DIRECTIVE_admonition},   {"toggle", DIRECTIVE_dropdown},
    {"pull-quote", DIRECTIVE_epigraph},
};

static const char common_options[] = "name class";

const struct directive_rule *directive_rule_of(const char *name, size_t size)
{
    for (size_t i = 0; i < DIRECTIVE_COUNT; i++)
        if (strlen(directive_rules[i].name) == size &&
            memcmp(directive_rules[i].name, name, size) == 0)
            return &directive_rules[i];
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (strlen(aliases[i].name) == size && memcmp(aliases[i].name, name, size) == 0)
            return &directive_rules[aliases[i].id];
    return NULL;
}

static size_t skip_blanks(const struct source *source, size_t at, size_t end)
{
    while (at < end && (source->text[at] == ' ' || source->text[at] == '\t'))
        at++;
    return at;
}

static char *trimmed(struct arena *arena, const struct source *source, size_t begin, size_t end)
{
    begin = skip_blanks(source, begin, end);
    while (end > begin && (source->text[end - 1] == ' ' || source->text[end - 1] == '\t'))
        end--;
    return arena_strndup(arena, source->text + begin, end - begin);
}

static size_t line_end(const struct source *source, size_t at)
{
    const char *newline = memchr(source->text + at, '\n', source->size - at);
    return newline ? (size_t)(newline - source->text) : source->size;
}

static const struct directive_rule *find_rule(struct reading *reading, struct element *element)
{
    const struct directive_rule *rule = directive_rule_of(element->name, strlen(element->name));
    element->id = rule ? (int)(rule - directive_rules) : DIRECTIVE_COUNT;
    if (rule)
        return rule;
    reading_warning(reading, element->place,
                    reading_suggest(reading, element->name, directive_names, DIRECTIVE_COUNT),
                    "there is no directive '%s'", element->name);
    const char *meant = nearest_name(element->name, directive_names, DIRECTIVE_COUNT);
    return meant ? directive_rule_of(meant, strlen(meant)) : NULL;
}

/* "{name} argument" after the fence at `open`. */
static const struct directive_rule *read_head(struct reading *reading, const struct source *source,
                                              size_t open, struct element *element)
{
    struct arena *arena = &reading->book->arena;
    size_t end = line_end(source, open), at = open;
    while (at < end && source->text[at] == source->text[open])
        at++;
    size_t brace = skip_blanks(source, at, end);
    size_t size = name_length(source->text + brace + 1, end - brace - 1, DIRECTIVE_NAME_ALSO);
    size_t close = brace + 1 + size;
    element->place = source_place(reading, source, open);
    element->name = arena_strndup(arena, source->text + brace + 1, size);
    element->text = "";
    element->argument_place = source_place(reading, source, end);
    if (size == 0 || close >= end || source->text[close] != '}') {
        reading_warning(reading, source_place(reading, source, brace),
                        "write the name of a directive in braces: ```{note}",
                        "a directive's name in braces was expected here");
        element->id = DIRECTIVE_COUNT;
        element->name = "";
        element->text = trimmed(arena, source, brace, end);
        return NULL;
    }
    element->text = trimmed(arena, source, close + 1, end);
    if (element->text[0])
        element->argument_place =
            source_place(reading, source, skip_blanks(source, close + 1, end));
    return find_rule(reading, element);
}

static void check_argument(struct reading *reading, const struct directive_rule *rule,
                           const struct element *element)
{
    if (rule->argument == ARGUMENT_REQUIRED && !element->text[0])
        reading_error(reading, element->place, NULL, "{%s} needs an argument after its name",
                      rule->name);
    if (rule->argument == ARGUMENT_NONE && element->text[0])
        reading_error(reading, element->argument_place, NULL, "{%s} takes no argument", rule->name);
}

/* Whether the option speaks to another program, as "mystnb.image.alt" does. */
static bool is_foreign(const struct directive_rule *rule, const char *key)
{
    return !rule->ours && strchr(key, '.');
}

/* Keeps an option; an unknown key or one given twice is a fault at `key_place`. */
static void add_option(struct reading *reading, const struct directive_rule *rule,
                       struct element *element, struct place key_place, struct option option)
{
    struct arena *arena = &reading->book->arena;
    if (!word_in(rule->options, option.key) && !word_in(common_options, option.key)) {
        const char *known = arena_printf(reading->scratch, "%s %s", rule->options, common_options);
        if (is_foreign(rule, option.key))
            return;
        reading_error(reading, key_place, reading_suggest_from(reading, option.key, known),
                      "{%s} has no option '%s'", rule->name, option.key);
        return;
    }
    if (element_option(element, option.key)) {
        reading_error(reading, key_place, NULL, "the option '%s' is given twice", option.key);
        return;
    }
    option.key = arena_strdup(arena, option.key);
    option.value = arena_strdup(arena, option.value);
    struct option *options =
        array_grow(arena, (struct option *)element->options, element->option_count, sizeof option);
    options[element->option_count++] = option;
    element->options = options;
}

/* The value of an entry of YAML options as one text: a list's entries with commas. */
static const char *yaml_text(struct reading *reading, const struct yaml *node)
{
    if (node->kind == YAML_SCALAR)
        return node->value;
    struct text joined = {0};
    for (size_t i = 0; i < node->count; i++) {
        text_add(&joined, i > 0 ? ", " : "");
        text_add(&joined, node->items[i]->value);
    }
    return text_keep(&joined, reading->scratch);
}

/* What other programs are told of a cell goes deeper: "mystnb.figure.name". */
static void add_yaml_options(struct reading *reading, const struct directive_rule *rule,
                             struct element *element, const struct yaml *root, const char *prefix)
{
    if (!root || !yaml_expect(reading, root, YAML_MAPPING, "a block of options"))
        return;
    for (size_t i = 0; i < root->count; i++) {
        const struct yaml *item = root->items[i];
        const char *key = arena_printf(reading->scratch, "%s%s", prefix, item->key);
        if (item->kind != YAML_MAPPING)
            add_option(reading, rule, element, item->key_place,
                       (struct option){key, yaml_text(reading, item), item->place});
        else if (element->id == DIRECTIVE_code_cell)
            add_yaml_options(reading, rule, element, item,
                             arena_printf(reading->scratch, "%s.", key));
        else
            reading_error(reading, item->place, NULL, "the option '%s' must be a text", key);
    }
}

static bool is_rule_of_dashes(const struct source *held, size_t line)
{
    size_t begin = held->lines[line], end = held->lines[line + 1] - 1;
    return end - begin >= 3 && memcmp(held->text + begin, "---", 3) == 0 &&
           blank_between(held, begin + 3, end);
}

/* Options between lines of dashes; the line after them. */
static size_t read_yaml_options(struct reading *reading, const struct directive_rule *rule,
                                const struct source *held, struct element *element)
{
    size_t end = 1;
    while (end < held->line_count && !is_rule_of_dashes(held, end))
        end++;
    if (end == held->line_count) {
        reading_error(reading, source_place(reading, held, 0), "end it with another line of ---",
                      "this block of options is never closed");
        return held->line_count;
    }
    struct source_builder builder = {.reading = reading};
    source_copy(&builder, held, held->lines[1], held->lines[end]);
    struct source block = source_finish(&builder);
    add_yaml_options(reading, rule, element, yaml_read(reading, &block), "");
    return end + 1;
}

/* ":key: value" lines; the first line that is none. */
static size_t read_option_lines(struct reading *reading, const struct directive_rule *rule,
                                const struct source *held, struct element *element)
{
    size_t line = 0;
    for (; line < held->line_count; line++) {
        size_t end = held->lines[line + 1] - 1;
        size_t colon = skip_blanks(held, held->lines[line], end);
        if (colon >= end || held->text[colon] != ':')
            break;
        size_t size = name_length(held->text + colon + 1, end - colon - 1, "-_");
        size_t second = colon + 1 + size;
        if (size == 0)
            break;
        struct place key_place = source_place(reading, held, colon + 1);
        if (second >= end || held->text[second] != ':') {
            if (rule->body == BODY_RAW)
                break;
            reading_error(reading, key_place, "write ':key: value', or leave an empty line first",
                          "an option's key ends with a colon");
            continue;
        }
        size_t value = skip_blanks(held, second + 1, end);
        add_option(reading, rule, element, key_place,
                   (struct option){
                       arena_strndup(reading->scratch, held->text + colon + 1, size),
                       trimmed(reading->scratch, held, value, end),
                       source_place(reading, held, value),
                   });
    }
    return line;
}

/* The line after the options of a directive that is not known. */
static size_t skip_options(const struct source *held)
{
    size_t line = 0;
    while (line < held->line_count && held->text[held->lines[line]] == ':' &&
           memchr(held->text + held->lines[line] + 1, ':',
                  held->lines[line + 1] - held->lines[line] - 1))
        line++;
    return line;
}

static void take_body(struct reading *reading, const struct source *held, size_t line,
                      struct element *element, struct source *body)
{
    while (line < held->line_count &&
           blank_between(held, held->lines[line], held->lines[line + 1] - 1))
        line++;
    struct source_builder builder = {.reading = reading};
    source_copy(&builder, held, held->lines[line], held->size);
    *body = source_finish(&builder);
    element->body = arena_strndup(&reading->book->arena, body->text, body->size);
    element->body_place = body->size ? source_place(reading, body, 0) : element->place;
}

const struct directive_rule *directive_read(struct reading *reading, const struct source *source,
                                            size_t open, const struct source *held,
                                            struct element *element, struct source *body)
{
    const struct directive_rule *rule = read_head(reading, source, open, element);
    bool known = rule && element->id != DIRECTIVE_COUNT, lenient = reading->lenient;
    size_t line = known ? 0 : skip_options(held);
    reading->lenient = lenient || (known && !rule->ours);
    if (known)
        check_argument(reading, rule, element);
    if (known && held->line_count > 0)
        line = is_rule_of_dashes(held, 0) ? read_yaml_options(reading, rule, held, element)
                                          : read_option_lines(reading, rule, held, element);
    take_body(reading, held, line, element, body);
    if (known && rule->body == BODY_NONE && body->size > 0)
        reading_error(reading, element->body_place,
                      "options come directly after the opening line, as ':key: value'",
                      "{%s} has no body", rule->name);
    reading->lenient = lenient;
    return rule;
}
