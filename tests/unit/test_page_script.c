/* The script engine: its limits, its libraries, and what it says when one is missing. */
#include "unit.h"

#include "page/engine.h"
#include "page/memo.h"

#include <stdlib.h>
#include <string.h>

struct fixture {
    struct memo *memo;
    struct script *script;
    struct text html, why;
};

static int open_script(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->memo = memo_new(NULL);
    fixture->script = script_new(fixture->memo);
    *state = fixture;
    return 0;
}

static int close_script(void **state)
{
    struct fixture *fixture = *state;
    script_free(fixture->script);
    memo_free(fixture->memo);
    text_release(&fixture->html);
    text_release(&fixture->why);
    free(fixture);
    return 0;
}

static void expect_in(const struct text *text, const char *part)
{
    if (!strstr(text_string(text), part))
        fail_msg("'%s' is not in: %s", part, text_string(text));
}

static void expect_not_in(const struct text *text, const char *part)
{
    if (strstr(text_string(text), part))
        fail_msg("'%s' is in: %s", part, text_string(text));
}

static void sets_formulas(void **state)
{
    struct fixture *f = *state;
    assert_true(script_math(f->script, "x^2 < \\mathbb{E}[y]", false, &f->html, &f->why));
    expect_in(&f->html, "<math ");
    expect_in(&f->html, "class=\"katex-html\"");
    expect_not_in(&f->html, "katex-display");
    assert_true(script_math(f->script, "x", true, &f->html, &f->why));
    expect_in(&f->html, "katex-display");
}

static void refuses_bad_formulas_with_a_reason(void **state)
{
    struct fixture *f = *state;
    assert_false(script_math(f->script, "x + \\foo", false, &f->html, &f->why));
    expect_in(&f->why, "Undefined control sequence: \\foo");
    expect_not_in(&f->why, "\xCC\xB2"); /* the combining underline */
    assert_int_equal(f->html.size, 0);
    assert_null(script_lacks(f->script, LIBRARY_KATEX));
}

static void formulas_make_no_links_and_end(void **state)
{
    struct fixture *f = *state;
    script_math(f->script, "\\href{javascript:alert(1)}{x}", false, &f->html, &f->why);
    script_math(f->script, "\\htmlClass{x}{y} \\includegraphics{http://a/b.png}", false, &f->html,
                &f->why);
    expect_not_in(&f->html, "href=");
    expect_not_in(&f->html, "<img");
    text_truncate(&f->why, 0);
    assert_false(script_math(f->script, "\\def\\x{\\x\\x}\\x", false, &f->html, &f->why));
    expect_in(&f->why, "Too many expansions");
}

static void escapes_text_in_formulas(void **state)
{
    struct fixture *f = *state;
    assert_true(script_math(f->script, "\\text{<script>\"}", false, &f->html, &f->why));
    expect_not_in(&f->html, "<script>");
}

static void knows_the_macros_of_the_book(void **state)
{
    struct fixture *f = *state;
    script_set_macros(f->script, "{\"\\\\RR\":\"\\\\mathbb{R}\"}");
    assert_true(script_math(f->script, "\\RR", false, &f->html, &f->why));
    expect_in(&f->html, "R</mi>");
}

static void highlights_known_languages(void **state)
{
    struct fixture *f = *state;
    assert_true(script_highlight(f->script, "c", "int main(void) { return 1 < 2; } // <b>",
                                 &f->html, &f->why));
    expect_in(&f->html, "hljs-keyword");
    expect_in(&f->html, "&lt;b&gt;");
    expect_not_in(&f->html, "<b>");
}

/* C writes exact fractions in hexadecimal; the highlighter's own grammar does not know them. */
static void colours_hexadecimal_fractions_whole(void **state)
{
    static const char *const numbers[] = {"0x1.71547652b82fep+0", "0x1p-52", "0X.8P+3f", "0xFF"};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char source[100], expected[100];
        snprintf(source, sizeof source, "double f(void) { return %s; }", numbers[i]);
        snprintf(expected, sizeof expected, "<span class=\"hljs-number\">%s</span>;", numbers[i]);
        text_truncate(&f->html, 0);
        assert_true(script_highlight(f->script, "c", source, &f->html, &f->why));
        expect_in(&f->html, expected);
    }
}

static void leaves_unknown_languages_plain(void **state)
{
    struct fixture *f = *state;
    assert_true(script_highlight(f->script, "<b>", "a < \"b\"", &f->html, &f->why));
    assert_string_equal(text_string(&f->html), "a &lt; &quot;b&quot;");
    text_truncate(&f->html, 0);
    assert_true(script_highlight(f->script, "", "a < b", &f->html, &f->why));
    assert_string_equal(text_string(&f->html), "a &lt; b");
}

static void fills_templates_once(void **state)
{
    struct fixture *f = *state;
    assert_true(script_template(f->script, "<p>{{a}}</p>{{{b}}}{{> c}}",
                                "{\"a\":\"<{{b}}>\",\"b\":\"{{a}}<i>\"}",
                                "{\"c\":\"{{#x}}never{{/x}}end\"}", &f->html, &f->why));
    assert_string_equal(text_string(&f->html), "<p>&lt;{{b}}&gt;</p>{{a}}<i>end");
}

static void keeps_characters_beyond_the_first_plane(void **state)
{
    struct fixture *f = *state;
    assert_true(script_template(f->script, "{{{a}}} {{{b}}}",
                                "{\"a\":\"\\ud83e\\udd8a\",\"b\":\"🦊\"}", "{}", &f->html,
                                &f->why));
    assert_string_equal(text_string(&f->html), "🦊 🦊");
}

static void tells_what_a_script_throws(void **state)
{
    struct fixture *f = *state;
    assert_false(script_call(f->script, "nothing", NULL, 0, &f->html, &f->why));
    expect_in(&f->why, "no function 'nothing'");
    text_truncate(&f->why, 0);
    assert_false(script_template(f->script, "{{#open}}", "{}", "{}", &f->html, &f->why));
    expect_in(&f->why, "open");
}

static void bounds_memory(void **state)
{
    struct fixture *f = *state;
    const char *huge[] = {"{{#a}}{{{b}}}{{/a}}", "{}", "{}"};
    struct text view = {0};
    text_add(&view, "{\"b\":\"");
    for (int i = 0; i < 1 << 20; i++)
        text_add(&view, "0123456789abcdef");
    text_add(&view, "\",\"a\":[");
    for (int i = 0; i < 20; i++)
        text_add(&view, i ? ",1" : "1");
    text_add(&view, "]}");
    huge[1] = view.data;
    assert_true(script_load(f->script, LIBRARY_MUSTACHE, &f->why));
    assert_false(script_call(f->script, "renderTemplate", huge, 3, &f->html, &f->why));
    expect_in(&f->why, "more than");
    text_release(&view);
    text_truncate(&f->html, 0);
    assert_true(script_template(f->script, "{{a}}", "{\"a\":1}", "{}", &f->html, &f->why));
    assert_string_equal(text_string(&f->html), "1");
}

static void says_which_package_is_missing(void **state)
{
    struct fixture *f = *state;
    setenv("BENCHBOOK_KATEX_JS", "/nonexistent/katex.js", 1);
    assert_false(script_math(f->script, "x", false, &f->html, &f->why));
    unsetenv("BENCHBOOK_KATEX_JS");
    expect_in(&f->why, "/nonexistent/katex.js");
    expect_in(&f->why, "libjs-katex");
    assert_non_null(script_lacks(f->script, LIBRARY_KATEX));
    assert_null(script_lacks(f->script, LIBRARY_HIGHLIGHT));
    setenv("BENCHBOOK_HIGHLIGHT_JS", "/etc/hostname", 1); /* there, but no script */
    assert_false(script_highlight(f->script, "c", "x", &f->html, &f->why));
    unsetenv("BENCHBOOK_HIGHLIGHT_JS");
    expect_in(&f->why, "libjs-highlight.js");
}

static void sets_the_same_formula_once(void **state)
{
    struct fixture *f = *state;
    assert_true(script_math(f->script, "\\frac{a}{b}", false, &f->html, &f->why));
    assert_int_equal(memo_made(f->memo), 1);
    for (int i = 0; i < 3; i++) {
        text_truncate(&f->html, 0);
        assert_true(script_math(f->script, "\\frac{a}{b}", false, &f->html, &f->why));
        expect_in(&f->html, "mfrac");
    }
    assert_int_equal(memo_made(f->memo), 1);
    assert_true(script_math(f->script, "\\frac{a}{b}", true, &f->html, &f->why));
    assert_int_equal(memo_made(f->memo), 2);
}

#define SCRIPT_TEST(test) cmocka_unit_test_setup_teardown(test, open_script, close_script)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRIPT_TEST(sets_formulas),
        SCRIPT_TEST(refuses_bad_formulas_with_a_reason),
        SCRIPT_TEST(formulas_make_no_links_and_end),
        SCRIPT_TEST(escapes_text_in_formulas),
        SCRIPT_TEST(knows_the_macros_of_the_book),
        SCRIPT_TEST(highlights_known_languages),
        SCRIPT_TEST(colours_hexadecimal_fractions_whole),
        SCRIPT_TEST(leaves_unknown_languages_plain),
        SCRIPT_TEST(fills_templates_once),
        SCRIPT_TEST(keeps_characters_beyond_the_first_plane),
        SCRIPT_TEST(tells_what_a_script_throws),
        SCRIPT_TEST(bounds_memory),
        SCRIPT_TEST(says_which_package_is_missing),
        SCRIPT_TEST(sets_the_same_formula_once),
    };
    return cmocka_run_group_tests_name("page_script", tests, NULL, NULL);
}
