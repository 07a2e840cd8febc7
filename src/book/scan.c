#include "book/scan.h"

#include "book/reading.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* The limits of cmark: of a code span's delimiter, and of parentheses in a link's destination. */
enum { TICKS_MAX = 80, PARENTHESES_MAX = 32 };

struct scanner {
    struct arena *arena;
    const char *text;
    size_t at, end;
    size_t brace;                     /* the last unescaped '{', SIZE_MAX if none */
    size_t last_ticks[TICKS_MAX + 1]; /* where the last run of that many backticks starts */
    bool no_dollar, no_dollars;       /* no closing $ or $$ lies ahead */
    bool no_comment;                  /* no --> lies ahead */
    struct inline_items found;
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_punctuation(char c)
{
    return c > ' ' && c < 0x7F && !is_digit(c) && !(c >= 'a' && c <= 'z') &&
           !(c >= 'A' && c <= 'Z');
}

static size_t run_length(const struct scanner *scanner, size_t at)
{
    size_t stop = at;
    while (stop < scanner->end && scanner->text[stop] == scanner->text[at])
        stop++;
    return stop - at;
}

static void add(struct scanner *scanner, struct inline_item item)
{
    struct inline_items *found = &scanner->found;
    found->items = array_grow(scanner->arena, found->items, found->count, sizeof *found->items);
    found->items[found->count++] = item;
    scanner->at = item.end;
}

static void note_backticks(struct scanner *scanner)
{
    for (size_t at = scanner->at; at < scanner->end; at++) {
        const char *tick = memchr(scanner->text + at, '`', scanner->end - at);
        if (!tick)
            return;
        at = (size_t)(tick - scanner->text);
        size_t run = run_length(scanner, at);
        if (run <= TICKS_MAX)
            scanner->last_ticks[run] = at;
        at += run - 1;
    }
}

/* The length of a role's name between the last brace and the backticks at `tick`, else 0. */
static size_t role_before(const struct scanner *scanner, size_t tick)
{
    if (scanner->brace == SIZE_MAX || tick < scanner->brace + 3 || scanner->text[tick - 1] != '}')
        return 0;
    size_t size = tick - 1 - (scanner->brace + 1);
    return name_length(scanner->text + scanner->brace + 1, size, ":+._-") == size ? size : 0;
}

static void scan_code(struct scanner *scanner)
{
    size_t open = scanner->at, run = run_length(scanner, open), role = role_before(scanner, open);
    if (run > TICKS_MAX) {
        scanner->at += run;
        return;
    }
    if (scanner->last_ticks[run] <= open) {
        add(scanner,
            (struct inline_item){INLINE_TICKS, open, open + run, open, open + run, run, 0});
        return;
    }
    for (size_t at = open + run; at < scanner->end; at++) {
        const char *tick = memchr(scanner->text + at, '`', scanner->end - at);
        at = (size_t)(tick - scanner->text);
        size_t length = run_length(scanner, at);
        if (length == run) {
            add(scanner, (struct inline_item){INLINE_CODE, role ? scanner->brace : open, at + run,
                                              open + run, at, run, role});
            return;
        }
        at += length - 1;
    }
}

/* The closing dollars of a formula that starts at `from`, or 0. */
static size_t closing_dollars(const struct scanner *scanner, size_t from, size_t dollars)
{
    for (size_t at = from; at < scanner->end; at++) {
        if (scanner->text[at] == '\\') {
            at++;
        } else if (scanner->text[at] == '$') {
            bool twice = at + 1 < scanner->end && scanner->text[at + 1] == '$';
            if (dollars == 2 && twice && at > from)
                return at;
            if (dollars == 1 && at > from && !is_space(scanner->text[at - 1]) &&
                !(at + 1 < scanner->end && is_digit(scanner->text[at + 1])))
                return at;
        }
    }
    return 0;
}

static void scan_math(struct scanner *scanner)
{
    size_t open = scanner->at;
    size_t dollars = open + 1 < scanner->end && scanner->text[open + 1] == '$' ? 2 : 1;
    bool *none = dollars == 2 ? &scanner->no_dollars : &scanner->no_dollar;
    size_t content = open + dollars;
    scanner->at = content;
    bool spaced = dollars == 1 && (content >= scanner->end || is_space(scanner->text[content]));
    if (*none || spaced)
        return;
    size_t close = closing_dollars(scanner, content, dollars);
    *none = close == 0;
    if (close)
        add(scanner, (struct inline_item){
                         .kind = dollars == 2 ? INLINE_DISPLAY : INLINE_MATH,
                         .begin = open,
                         .end = close + dollars,
                         .content = content,
                         .content_end = close,
                     });
}

static void scan_footnote(struct scanner *scanner)
{
    size_t open = scanner->at++, at = open + 2;
    while (at < scanner->end && !is_space(scanner->text[at]) && !strchr("[]`$", scanner->text[at]))
        at++;
    if (at < scanner->end && scanner->text[at] == ']' && at > open + 2)
        add(scanner, (struct inline_item){
                         .kind = INLINE_FOOTNOTE,
                         .begin = open,
                         .end = at + 1,
                         .content = open + 2,
                         .content_end = at,
                     });
}

static size_t skip_spaces(const struct scanner *scanner, size_t at)
{
    while (at < scanner->end && is_space(scanner->text[at]))
        at++;
    return at;
}

/* Past the attribute of a tag that starts at `at`, or `at` if there is none. */
static size_t skip_attribute(const struct scanner *scanner, size_t at)
{
    const char *text = scanner->text;
    size_t stop = at;
    while (stop < scanner->end && !is_space(text[stop]) && !strchr("\"'=<>`/$", text[stop]))
        stop++;
    size_t equals = skip_spaces(scanner, stop);
    if (stop == at || equals >= scanner->end || text[equals] != '=')
        return stop;
    size_t value = skip_spaces(scanner, equals + 1);
    if (value < scanner->end && (text[value] == '"' || text[value] == '\'')) {
        const char *quote = memchr(text + value + 1, text[value], scanner->end - value - 1);
        return quote ? (size_t)(quote - text) + 1 : at;
    }
    stop = value;
    while (stop < scanner->end && !is_space(text[stop]) && !strchr("\"'=<>`", text[stop]))
        stop++;
    return stop > value ? stop : at;
}

/* Past an HTML tag or an autolink that starts at `at`, or `at` if there is none. */
static size_t skip_tag(const struct scanner *scanner, size_t at)
{
    const char *text = scanner->text;
    size_t from = at + 1 + (at + 1 < scanner->end && text[at + 1] == '/');
    size_t next = from + name_length(text + from, scanner->end - from, "+.-@");
    if (next == from)
        return at;
    if (next < scanner->end && text[next] == ':') {
        while (next < scanner->end && !is_space(text[next]) && text[next] != '<' &&
               text[next] != '>')
            next++;
        return next < scanner->end && text[next] == '>' ? next + 1 : at;
    }
    for (;;) {
        size_t start = skip_spaces(scanner, next);
        size_t stop = start > next ? skip_attribute(scanner, start) : start;
        next = start;
        if (stop == start)
            break;
        next = stop;
    }
    next += next < scanner->end && text[next] == '/';
    return next < scanner->end && text[next] == '>' ? next + 1 : at;
}

static void scan_angle(struct scanner *scanner)
{
    const char *from = scanner->text + scanner->at;
    size_t left = scanner->end - scanner->at;
    if (left > 4 && memcmp(from, "<!--", 4) == 0 && !scanner->no_comment) {
        const char *stop = memmem(from + 4, left - 4, "-->", 3);
        scanner->no_comment = stop == NULL;
        scanner->at += stop ? (size_t)(stop - from) + 3 : 1;
        return;
    }
    size_t next = skip_tag(scanner, scanner->at);
    scanner->at = next > scanner->at ? next : scanner->at + 1;
}

/* A link's destination is no place for formulas. */
static void scan_bracket(struct scanner *scanner)
{
    scanner->at++;
    if (scanner->at >= scanner->end || scanner->text[scanner->at] != '(')
        return;
    int open = 0;
    for (size_t at = scanner->at; at < scanner->end && !is_space(scanner->text[at]); at++) {
        open += scanner->text[at] == '(';
        open -= scanner->text[at] == ')';
        if (open == 0)
            scanner->at = at + 1;
        if (open == 0 || open > PARENTHESES_MAX)
            return;
    }
}

static void scan_one(struct scanner *scanner)
{
    const char *text = scanner->text;
    size_t at = scanner->at;
    switch (text[at]) {
    case '\\':
        scanner->at += 1 + (at + 1 < scanner->end && is_punctuation(text[at + 1]));
        break;
    case '`':
        scan_code(scanner);
        break;
    case '$':
        scan_math(scanner);
        break;
    case '<':
        scan_angle(scanner);
        break;
    case ']':
        scan_bracket(scanner);
        break;
    case '[':
        if (at + 1 < scanner->end && text[at + 1] == '^')
            scan_footnote(scanner);
        else
            scanner->at++;
        break;
    default:
        scanner->brace = text[at] == '{' ? at : scanner->brace;
        scanner->at++;
    }
}

struct inline_items inline_scan(struct arena *arena, const char *text, size_t begin, size_t end)
{
    struct scanner scanner = {
        .arena = arena, .text = text, .at = begin, .end = end, .brace = SIZE_MAX};
    note_backticks(&scanner);
    while (scanner.at < scanner.end)
        scan_one(&scanner);
    return scanner.found;
}
