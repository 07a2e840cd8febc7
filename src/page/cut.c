#include "page/cut.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/* One pass over the source. What is outside all braces is a series of declarations; one that has a
 * parameter list directly before its brace is a function. */
struct scan {
    struct arena *arena;
    const char *source;
    size_t at;
    int depth;       /* of braces */
    int parentheses; /* outside braces */
    bool started;    /* inside a declaration */
    size_t begin;    /* of the declaration */
    size_t comment;  /* where the comments directly above it start */
    bool commented;
    char last;        /* last byte of code outside braces */
    const char *word; /* last identifier outside braces */
    size_t word_size;
    const char *name; /* the one before the first parenthesis */
    size_t name_size;
    bool function; /* the braces that are open are a function's body */
    struct cut *cuts;
    size_t count;
};

static size_t skip_comment(const char *source, size_t at)
{
    if (source[at + 1] == '/')
        return at + strcspn(source + at, "\n");
    const char *end = strstr(source + at + 2, "*/");
    return end ? (size_t)(end - source) + 2 : at + strlen(source + at);
}

static size_t skip_quoted(const char *source, size_t at)
{
    char quote = source[at++];
    while (source[at] && source[at] != quote && source[at] != '\n')
        at += source[at] == '\\' && source[at + 1] ? 2 : 1;
    return at + (source[at] == quote);
}

/* A preprocessor line with those that continue it. */
static size_t skip_directive(const char *source, size_t at)
{
    while (source[at] && source[at] != '\n') {
        if (source[at] == '\\' && source[at + 1] == '\n')
            at += 2;
        else if (source[at] == '/' && source[at + 1] == '*')
            at = skip_comment(source, at);
        else
            at++;
    }
    return at;
}

static bool first_on_line(const char *source, size_t at)
{
    while (at > 0 && (source[at - 1] == ' ' || source[at - 1] == '\t'))
        at--;
    return at == 0 || source[at - 1] == '\n';
}

/* Whether a blank line follows. */
static bool blank_after(const char *source, size_t at)
{
    at += strspn(source + at, " \t\r");
    if (source[at] != '\n')
        return false;
    at++;
    at += strspn(source + at, " \t\r");
    return source[at] == '\n' || source[at] == '\0';
}

static void end_declaration(struct scan *scan)
{
    scan->started = scan->commented = scan->function = false;
    scan->name = NULL;
    scan->last = ';';
    scan->parentheses = 0;
}

static void start_declaration(struct scan *scan)
{
    if (scan->started)
        return;
    scan->started = true;
    scan->begin = scan->commented ? scan->comment : scan->at;
    scan->name = NULL;
}

static size_t line_begin(const char *source, size_t at)
{
    while (at > 0 && source[at - 1] != '\n')
        at--;
    return at;
}

static void keep_function(struct scan *scan)
{
    size_t begin = line_begin(scan->source, scan->begin);
    int line = 1;
    for (size_t i = 0; i < begin; i++)
        line += scan->source[i] == '\n';
    scan->cuts = array_grow(scan->arena, scan->cuts, scan->count, sizeof *scan->cuts);
    scan->cuts[scan->count++] =
        (struct cut){.name = arena_strndup(scan->arena, scan->name, scan->name_size),
                     .begin = begin,
                     .end = scan->at + strcspn(scan->source + scan->at, "\n"),
                     .line = line};
}

static void take_comment(struct scan *scan)
{
    size_t begin = scan->at;
    bool whole_line = first_on_line(scan->source, begin);
    scan->at = skip_comment(scan->source, begin);
    if (scan->started || scan->depth > 0)
        return;
    if (!scan->commented && whole_line)
        scan->comment = begin;
    scan->commented = whole_line && !blank_after(scan->source, scan->at);
}

static void take_directive(struct scan *scan)
{
    bool pragma = strncmp(scan->source + scan->at, "#pragma", 7) == 0;
    if (pragma && !scan->started && scan->depth == 0 && !scan->commented) {
        scan->comment = scan->at;
        scan->commented = true;
    }
    scan->at = skip_directive(scan->source, scan->at);
    if (!scan->started && scan->depth == 0 && (!pragma || blank_after(scan->source, scan->at)))
        scan->commented = false;
}

static void take_word(struct scan *scan)
{
    const char *word = scan->source + scan->at;
    size_t size = 0;
    while (isalnum((unsigned char)word[size]) || word[size] == '_')
        size++;
    if (scan->depth == 0) {
        start_declaration(scan);
        scan->word = word;
        scan->word_size = size;
        scan->last = 'a';
    }
    scan->at += size;
}

static void open_parenthesis(struct scan *scan)
{
    bool attribute = scan->word_size >= 13 && strncmp(scan->word, "__attribute__", 13) == 0;
    if (scan->parentheses++ == 0 && !scan->name && scan->last == 'a' && !attribute) {
        scan->name = scan->word;
        scan->name_size = scan->word_size;
    }
}

static void close_brace(struct scan *scan)
{
    if (scan->depth > 0 && --scan->depth == 0) {
        if (scan->function) {
            keep_function(scan);
            end_declaration(scan);
        } else {
            scan->last = '}';
        }
    }
}

static void take_sign(struct scan *scan)
{
    char sign = scan->source[scan->at];
    if (scan->depth == 0) {
        start_declaration(scan);
        if (sign == '(')
            open_parenthesis(scan);
        else if (sign == ')')
            scan->parentheses -= scan->parentheses > 0;
        else if (sign == '{')
            scan->function = scan->name && scan->last == ')' && scan->parentheses == 0;
    }
    scan->at++;
    if (sign == '{')
        scan->depth++;
    else if (sign == '}')
        close_brace(scan);
    else if (sign == ';' && scan->depth == 0 && scan->parentheses == 0)
        end_declaration(scan);
    else if (scan->depth == 0)
        scan->last = sign;
}

struct cut *cut_functions(struct arena *arena, const char *source, size_t *count)
{
    struct scan scan = {.arena = arena, .source = source, .last = ';', .word = source};
    while (source[scan.at]) {
        char byte = source[scan.at];
        if (isspace((unsigned char)byte))
            scan.at++;
        else if (byte == '/' && (source[scan.at + 1] == '/' || source[scan.at + 1] == '*'))
            take_comment(&scan);
        else if (byte == '#' && first_on_line(source, scan.at))
            take_directive(&scan);
        else if (byte == '"' || byte == '\'')
            scan.at = skip_quoted(source, scan.at);
        else if (isalnum((unsigned char)byte) || byte == '_')
            take_word(&scan);
        else
            take_sign(&scan);
    }
    *count = scan.count;
    return scan.cuts;
}

char *cut_run_function(struct arena *arena, const char *source, const char *kernel)
{
    char *descriptor = arena_printf(arena, "KERNEL(%s)", kernel);
    for (char *at = descriptor; *at; at++)
        if (*at == '.')
            *at = '_';
    const char *from = strstr(source, descriptor);
    const char *end = from ? strstr(from, "\n}") : NULL;
    const char *run = from ? strstr(from, ".run") : NULL;
    if (!run || (end && run > end))
        return NULL;
    run += strlen(".run");
    run += strspn(run, " \t=");
    size_t size = strspn(run, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    return size > 0 ? arena_strndup(arena, run, size) : NULL;
}
