/* Regular expressions for libraries that live by them: highlight.js tries dozens of alternatives at
 * every place of a listing, in which the script engine's own matcher is hundreds of times slower
 * than PCRE2.
 *
 * A Pattern is made and used like a RegExp, and finds the same: what PCRE2 might understand
 * otherwise (a pattern that it refuses, a text that is not ASCII, a match that it gives up) is left
 * to a RegExp of the engine. */
#include "page/pattern.h"

#include "base/fail.h"

#include <stdbool.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* ECMAScript's rules: "$" is before no final newline, "^" behind one; an empty class is none;
 * \uXXXX; a reference to a group that took no part matches nothing. */
#define OPTIONS                                                                                    \
    (PCRE2_DOLLAR_ENDONLY | PCRE2_ALT_CIRCUMFLEX | PCRE2_ALLOW_EMPTY_CLASS | PCRE2_ALT_BSUX |      \
     PCRE2_MATCH_UNSET_BACKREF)

/* Members that no script sees. */
static const char *const code_key = DUK_HIDDEN_SYMBOL("code");
static const char *const slow_key = DUK_HIDDEN_SYMBOL("slow");
static const char *const whole_key = DUK_HIDDEN_SYMBOL("whole");

struct code {
    pcre2_code *pattern;
    pcre2_match_data *match;
};

static void code_free(struct code *code)
{
    if (code->match)
        pcre2_match_data_free(code->match);
    if (code->pattern)
        pcre2_code_free(code->pattern);
    *code = (struct code){0};
}

static duk_ret_t finalise(duk_context *duk)
{
    if (duk_get_prop_string(duk, 0, code_key))
        code_free(duk_get_buffer(duk, -1, NULL));
    return 0;
}

/* Whether what the pattern says means the same in both languages: without escapes and classes that
 * only PCRE2 knows, without what its versions read differently, and in ASCII. */
static bool is_common(const char *source)
{
    bool in_class = false;
    for (; *source; source++) {
        if ((unsigned char)*source >= 0x80)
            return false;
        if (*source == '\\') {
            if (*++source == '\0' || strchr("aAeEgGhHkKlLNoPpQRUvVXzZC", *source))
                return false;
        } else if (*source == '[') {
            if (in_class && strchr(":.=", source[1]))
                return false;
            in_class = true;
        } else if (*source == ']') {
            in_class = false;
        } else if (*source == '{' && !in_class && strchr(", ", source[1])) {
            return false;
        }
    }
    return true;
}

static bool compile(struct code *code, const char *source, const char *flags)
{
    int error;
    size_t offset;
    uint32_t options = OPTIONS | (strchr(flags, 'm') ? PCRE2_MULTILINE : 0) |
                       (strchr(flags, 'i') ? PCRE2_CASELESS : 0);
    if (!is_common(source))
        return false;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context)
        fail("out of memory");
    pcre2_set_newline(context, PCRE2_NEWLINE_ANYCRLF);
    code->pattern =
        pcre2_compile((PCRE2_SPTR)source, strlen(source), options, &error, &offset, context);
    pcre2_compile_context_free(context);
    if (!code->pattern)
        return false;
    pcre2_jit_compile(code->pattern, PCRE2_JIT_COMPLETE); /* where there is none, it is slower */
    code->match = pcre2_match_data_create_from_pattern(code->pattern, NULL);
    if (!code->match)
        fail("out of memory");
    return true;
}

/* new Pattern(source, flags) */
static duk_ret_t construct(duk_context *duk)
{
    if (!duk_is_constructor_call(duk))
        return duk_type_error(duk, "Pattern is to be called by new");
    const char *source = duk_require_string(duk, 0);
    const char *flags = duk_is_undefined(duk, 1) ? "" : duk_require_string(duk, 1);
    duk_push_this(duk);
    duk_dup(duk, 0);
    duk_put_prop_string(duk, -2, "source");
    duk_push_string(duk, flags);
    duk_put_prop_string(duk, -2, "flags");
    duk_push_boolean(duk, strchr(flags, 'g') != NULL);
    duk_put_prop_string(duk, -2, "global");
    duk_push_int(duk, 0);
    duk_put_prop_string(duk, -2, "lastIndex");
    struct code *code = duk_push_fixed_buffer(duk, sizeof *code);
    duk_put_prop_string(duk, -2, code_key);
    duk_push_c_function(duk, finalise, 1);
    duk_set_finalizer(duk, -2);
    compile(code, source, flags);
    return 0;
}

/* The same by a RegExp of the engine, which is made when first needed. Stack: text, this. */
static duk_ret_t exec_slowly(duk_context *duk)
{
    if (!duk_get_prop_string(duk, 1, slow_key)) {
        duk_pop(duk);
        duk_get_global_string(duk, "RegExp");
        duk_get_prop_string(duk, 1, "source");
        duk_get_prop_string(duk, 1, "flags");
        duk_new(duk, 2);
        duk_dup_top(duk);
        duk_put_prop_string(duk, 1, slow_key);
    }
    duk_get_prop_string(duk, 1, "lastIndex");
    duk_put_prop_string(duk, 2, "lastIndex");
    duk_push_string(duk, "exec");
    duk_dup(duk, 0);
    duk_call_prop(duk, 2, 1);
    duk_get_prop_string(duk, 2, "lastIndex");
    duk_put_prop_string(duk, 1, "lastIndex");
    return 1;
}

static void set_last(duk_context *duk, size_t index)
{
    duk_push_uint(duk, (duk_uint_t)index);
    duk_put_prop_string(duk, 1, "lastIndex");
}

static void push_match(duk_context *duk, const char *text, const size_t *ends, int count,
                       uint32_t groups)
{
    duk_idx_t array = duk_push_array(duk);
    for (duk_uarridx_t i = 0; i <= groups; i++) {
        if ((int)i < count && ends[2 * i] != PCRE2_UNSET)
            duk_push_lstring(duk, text + ends[2 * i], ends[2 * i + 1] - ends[2 * i]);
        else
            duk_push_undefined(duk);
        duk_put_prop_index(duk, array, i);
    }
    duk_push_uint(duk, (duk_uint_t)ends[0]);
    duk_put_prop_string(duk, array, "index");
    duk_dup(duk, 0);
    duk_put_prop_string(duk, array, "input");
}

/* pattern.exec(text) */
static duk_ret_t exec(duk_context *duk)
{
    duk_size_t size;
    duk_to_string(duk, 0);
    duk_push_this(duk);
    const char *text = duk_get_lstring(duk, 0, &size);
    duk_get_prop_string(duk, 1, code_key);
    struct code *code = duk_require_buffer(duk, -1, NULL);
    duk_get_prop_string(duk, 1, "global");
    bool global = duk_to_boolean(duk, -1);
    duk_get_prop_string(duk, 1, "lastIndex");
    double last = duk_to_number(duk, -1);
    duk_set_top(duk, 2);
    if (!code->pattern || duk_get_length(duk, 0) != size || !(last >= 0))
        return exec_slowly(duk); /* characters of more than a byte */
    size_t start = global ? (size_t)(last > (double)size ? (double)size + 1 : last) : 0;
    int count = start > size ? PCRE2_ERROR_NOMATCH
                             : pcre2_match(code->pattern, (PCRE2_SPTR)text, size, start, 0,
                                           code->match, NULL);
    if (count < 0 && count != PCRE2_ERROR_NOMATCH)
        return exec_slowly(duk);
    if (count < 0) {
        set_last(duk, 0);
        duk_push_null(duk);
        return 1;
    }
    const size_t *ends = pcre2_get_ovector_pointer(code->match);
    uint32_t groups;
    pcre2_pattern_info(code->pattern, PCRE2_INFO_CAPTURECOUNT, &groups);
    push_match(duk, text, ends, count, groups);
    if (global)
        set_last(duk, ends[1]);
    return 1;
}

/* --- Replacing -----------------------------------------------------------------------------------
 */

/* The characters of which the pattern finds one: "&", "[&<>]", "([A-Z])". Empty for any other. */
static void characters_of(const char *source, bool found[128])
{
    size_t size = strlen(source);
    bool group = size > 2 && source[0] == '(' && source[size - 1] == ')';
    source += group;
    size -= group ? 2 : 0;
    if (size == 1 && strchr("\\^$.*+?()[]{}|", *source) == NULL && (unsigned char)*source < 0x80)
        found[(unsigned char)*source] = true;
    if (size < 3 || source[0] != '[' || source[size - 1] != ']')
        return;
    if (size == 5 && memcmp(source, "[A-Z]", 5) == 0) {
        memset(found + 'A', true, 'Z' - 'A' + 1);
        return;
    }
    for (size_t i = 1; i + 1 < size; i++)
        if (strchr("\\^-[]", source[i]) || (unsigned char)source[i] >= 0x80)
            return;
    for (size_t i = 1; i + 1 < size; i++)
        found[(unsigned char)source[i]] = true;
}

static bool holds_any(const char *text, size_t size, const bool found[128])
{
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)text[i] < 0x80 && found[(unsigned char)text[i]])
            return true;
    return false;
}

/* String.prototype.replace, which KaTeX calls several times for each node of a formula to escape
 * what is hardly ever there. Stack: pattern, replacement. */
static duk_ret_t replace(duk_context *duk)
{
    bool found[128] = {false}, simple = false;
    duk_size_t size;
    duk_push_this(duk);
    const char *text = duk_get_lstring(duk, 2, &size);
    if (text && duk_is_object(duk, 0)) {
        duk_get_prop_string(duk, 0, "ignoreCase");
        duk_get_prop_string(duk, 0, "source");
        if (!duk_to_boolean(duk, -2) && duk_is_string(duk, -1))
            characters_of(duk_get_string(duk, -1), found);
        simple = memchr(found, true, sizeof found) != NULL;
    }
    duk_set_top(duk, 3);
    if (simple && !holds_any(text, size, found))
        return 1;
    duk_push_current_function(duk);
    duk_get_prop_string(duk, -1, whole_key);
    duk_dup(duk, 2);
    duk_dup(duk, 0);
    duk_dup(duk, 1);
    duk_call_method(duk, 2);
    return 1;
}

static void add_replace(duk_context *duk)
{
    duk_get_global_string(duk, "String");
    duk_get_prop_string(duk, -1, "prototype");
    duk_push_c_function(duk, replace, 2);
    duk_get_prop_string(duk, -2, "replace");
    duk_put_prop_string(duk, -2, whole_key);
    duk_put_prop_string(duk, -2, "replace");
    duk_pop_2(duk);
}

void pattern_add(duk_context *duk)
{
    add_replace(duk);
    duk_push_c_function(duk, construct, 2);
    duk_push_object(duk);
    duk_push_c_function(duk, exec, 1);
    duk_put_prop_string(duk, -2, "exec");
    duk_put_prop_string(duk, -2, "prototype");
    duk_put_global_string(duk, "Pattern");
}
