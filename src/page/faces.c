#include "page/faces.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

struct word {
    const char *text;
    size_t size;
};

struct rule {
    const char *begin, *end; /* of the whole rule */
    struct word selector, body;
};

/* The next rule at or after `at`. What surrounds rules, as "@media … {" does, is passed over. */
static bool next_rule(const char *at, struct rule *rule)
{
    for (const char *open, *close; (open = strchr(at, '{')) != NULL; at = open + 1) {
        const char *inner = strchr(open + 1, '{');
        close = strchr(open + 1, '}');
        if (!close)
            return false;
        if (inner && inner < close)
            continue;
        at += strspn(at, "} \n\r\t");
        *rule = (struct rule){.begin = at,
                              .end = close + 1,
                              .selector = {at, (size_t)(open - at)},
                              .body = {open + 1, (size_t)(close - open - 1)}};
        return true;
    }
    return false;
}

/* The declaration's value, or a word of no size. */
static struct word value_of(const struct rule *rule, const char *property)
{
    const char *at = rule->body.text, *end = at + rule->body.size;
    size_t length = strlen(property);
    while (at < end) {
        const char *stop = memchr(at, ';', (size_t)(end - at));
        stop = stop ? stop : end;
        at += strspn(at, " \n\r\t");
        if ((size_t)(stop - at) > length && strncmp(at, property, length) == 0 && at[length] == ':')
            return (struct word){at + length + 1, (size_t)(stop - at) - length - 1};
        at = stop + 1;
    }
    return (struct word){0};
}

static const char family_mark[] = "KaTeX_";

/* The name of KaTeX's family that the rule asks for, or a word of no size. */
static struct word family_of(const struct rule *rule)
{
    struct word value = value_of(rule, "font-family");
    if (!value.size)
        value = value_of(rule, "font");
    const char *name =
        value.size ? memmem(value.text, value.size, family_mark, strlen(family_mark)) : NULL;
    if (!name)
        return (struct word){0};
    return (struct word){name, strspn(name, "_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                            "0123456789")};
}

/* Whether elements with the page's classes may match one of the selectors between its commas. */
static bool applies(const struct rule *rule, const struct tokens *classes)
{
    const char *at = rule->selector.text, *end = at + rule->selector.size;
    for (bool all = true; at < end; at++) {
        if (*at == ',') {
            if (all)
                return true;
            all = true;
        } else if (*at == '.' && !isdigit((unsigned char)at[1])) {
            size_t size = strcspn(at + 1, " .,>+~:[{");
            all = all && tokens_have(classes, at + 1, size);
        }
        if (at + 1 == end)
            return all;
    }
    return false;
}

static bool same(struct word left, struct word right)
{
    return left.size && left.size == right.size && memcmp(left.text, right.text, left.size) == 0;
}

static bool is_plain(struct word value)
{
    return same(value, (struct word){"400", 3}) || same(value, (struct word){"normal", 6});
}

/* Whether some rule that names no family and that the page uses gives the property that value. */
static bool given_elsewhere(const char *css, const struct tokens *classes, const char *property,
                            struct word wanted)
{
    struct rule rule;
    for (const char *at = css; next_rule(at, &rule); at = rule.end)
        if (!family_of(&rule).size && same(value_of(&rule, property), wanted) &&
            applies(&rule, classes))
            return true;
    return false;
}

/* Whether text under the rule may take a face that has the property's value. */
static bool may_be(const char *css, const struct tokens *classes, const struct rule *rule,
                   const char *property, struct word wanted)
{
    struct word given = value_of(rule, property);
    if (given.size)
        return same(given, wanted);
    return is_plain(wanted) || given_elsewhere(css, classes, property, wanted);
}

static bool is_face(const struct rule *rule)
{
    static const char mark[] = "@font-face";
    return rule->selector.size >= strlen(mark) &&
           strncmp(rule->selector.text, mark, strlen(mark)) == 0;
}

static bool is_wanted(const char *css, const struct tokens *classes, const struct rule *face)
{
    struct word family = family_of(face), weight = value_of(face, "font-weight"),
                style = value_of(face, "font-style");
    struct rule rule;
    for (const char *at = css; next_rule(at, &rule); at = rule.end)
        if (!is_face(&rule) && same(family_of(&rule), family) && applies(&rule, classes) &&
            may_be(css, classes, &rule, "font-weight", weight) &&
            may_be(css, classes, &rule, "font-style", style))
            return true;
    return false;
}

void faces_reduce(const char *css, const struct tokens *classes, struct text *out)
{
    const char *kept = css;
    struct rule rule;
    for (const char *at = css; next_rule(at, &rule); at = rule.end) {
        if (!is_face(&rule) || is_wanted(css, classes, &rule))
            continue;
        text_add_bytes(out, kept, (size_t)(rule.begin - kept));
        kept = rule.end;
    }
    text_add(out, kept);
}
