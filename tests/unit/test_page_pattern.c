/* Patterns find what the engine's own regular expressions find, listing by listing. */
#include "unit.h"

#include "base/file.h"
#include "base/text.h"
#include "page/pattern.h"

#include <stdlib.h>
#include <string.h>

#ifndef HIGHLIGHT_JS
#define HIGHLIGHT_JS "/usr/share/javascript/highlight.js/highlight.min.js"
#endif

static duk_context *engine(void)
{
    duk_context *duk = duk_create_heap_default();
    assert_non_null(duk);
    pattern_add(duk);
    return duk;
}

static void run(duk_context *duk, const char *source)
{
    if (duk_peval_string(duk, source) != 0)
        fail_msg("%s", duk_safe_to_string(duk, -1));
}

/* Each pattern on each text, from match to match as with a RegExp, and what is found with it. */
static void finds_what_a_regexp_finds(void **state)
{
    (void)state;
    duk_context *duk = engine();
    run(duk,
        "var patterns = ['a', 'b+', '(a)|(b)', '^x', 'x$', '\\\\bfoo\\\\b', '[A-Z]\\\\w*', "
        "'\\\\s+',"
        "  '[^]', '[]', '(?:a|(b))c', '(a)?b\\\\1', '\\\\u0041', '\\\\x41', '.', '', '\\\\B|\\\\b',"
        "  '[[:alpha:]]', '\\\\v', 'a{2}', 'a{1,}', '[-+]?\\\\d+', '(?=b)', '(?!b).', '\\\\$', '$',"
        "  '^', '\\\\n', '[\\\\s\\\\S]', '\\u00e9'];"
        "var texts = ['', 'a', 'ab', 'abab aab', 'x\\nx\\nfoo x\\n', 'foo_bar Foo 12 -3', 'A$ "
        "\\u000b',"
        "  'caf\\u00e9 ab b', 'ac bc c', '\\u20ac$', 'aa\\ta', ':alp]'];"
        "var flags = ['', 'g', 'm', 'gm', 'gim'], compared = 0;"
        "function all(re, text) {"
        "  var out = [], match;"
        "  for (var i = 0; i < 9; i++) {"
        "    match = re.exec(text);"
        "    out.push(match && [match.index, match.length, match.input, re.lastIndex, match]);"
        "    if (match && match[0] === '') re.lastIndex++;"
        "  }"
        "  return JSON.stringify(out);"
        "}"
        "patterns.forEach(function (source) { texts.forEach(function (text) {"
        "  flags.forEach(function (flag) {"
        "    var one = all(new RegExp(source, flag), text), two = all(new Pattern(source, flag), "
        "text);"
        "    if (one !== two)"
        "      throw new Error('/' + source + '/' + flag + ' on ' + JSON.stringify(text) + ': ' + "
        "two +"
        "        ', not ' + one);"
        "    compared++;"
        "  });"
        "}); });"
        "compared;");
    assert_int_equal(duk_get_int(duk, -1), 30 * 12 * 5);
    duk_destroy_heap(duk);
}

static void refuses_what_is_no_pattern(void **state)
{
    (void)state;
    duk_context *duk = engine();
    run(duk, "var thrown = 0;"
             "['(', '[', '*'].forEach(function (source) {"
             "  try { new Pattern(source, 'g').exec('x'); } catch (error) { thrown++; } });"
             "thrown;");
    assert_int_equal(duk_get_int(duk, -1), 3);
    duk_destroy_heap(duk);
}

static void replaces_like_the_engine(void **state)
{
    (void)state;
    duk_context *duk = engine();
    run(duk,
        "['a&b<c>', 'plain', '', 'caf\\u00e9', 'marginRight', 'a-b'].map(function (text) {"
        "  return text.replace(/&/g, '&amp;').replace(/[&><\"']/g, function (c) { return '[' + c"
        "    + ']'; }).replace(/([A-Z])/g, '-$1').replace('l', 'L').replace(/C/i, "
        "'K').replace(/-/, '$&$&') +"
        "    String.prototype.replace.call(17, /[7]/, '8');"
        "}).join(' ');");
    assert_string_equal(duk_get_string(duk, -1), "a[&]amp;b[<]K[>]18 pLain18 18 Kaf\xC3\xA9"
                                                 "18 margin--Right18 a--b18");
    duk_destroy_heap(duk);
}

/* Sources in many languages, each with what their grammars find hard. */
static const char *const listings[][2] = {
    {"c", "#include <a.h>\nint main(void) { /* x\n y */ return 0x1.8p-3 + 'a' + \"s\\\"\"; }\n"},
    {"cpp", "template <typename T> auto f(T &&x) -> decltype(x) { return R\"(a)\"; } // é\n"},
    {"python",
     "@wraps(f)\ndef f(x: int = 3, *a):\n    '''doc'''\n    return f\"{x:.2f} {a!r}\" if 1j "
     "else None\nclass A(B): pass\n>>> x\n"},
    {"bash", "for i in $(seq 1 \"$n\"); do echo \"${i%%.*}\" | sed 's/a/b/'; done # x\n"},
    {"julia", "function f(x::Vector{Float64}) where T\n  x' * x .+ 1e-3 # ∑\nend\n"},
    {"r", "f <- function(x, ...) x %in% c(1L, 2e3, NA) # y\n"},
    {"fortran", "program a\n  real(8) :: x = 1.0d0 ! c\n  do i = 1, 10\n  end do\nend program\n"},
    {"javascript", "const f = async (x) => `a${x}` + /re[/]x/g.test(y) ? <a b={c}/> : null;\n"},
    {"json", "{\"a\": [1, -2.5e3, true, null, \"\\u0041\"]}\n"},
    {"xml", "<!-- c --><a href='x'>&amp;<script>var a = 1;</script></a>\n"},
    {"css", "a:hover > b { color: #fff !important; } @media print { x { y: 1px } }\n"},
    {"tex", "\\begin{aligned} x &= \\frac{1}{2} % c\n\\end{aligned}\n"},
    {"makefile", "all: $(OBJ)\n\t@echo $< > $@ # c\n"},
    {"rust", "fn f<'a>(x: &'a str) -> Result<u8, ()> { Ok(b'x' + 1_000u8) } // c\n"},
    {"sql", "SELECT a, COUNT(*) FROM t WHERE x LIKE '%y' -- c\n"},
    {"yaml", "a: &x\n  - b: \"c\" # d\n"},
    {"diff", "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n"},
    {"haskell", "f :: Int -> [a]\nf x | x > 0 = [y | y <- z] -- c\n"},
    {"matlab", "x = a' * [1 2; 3 4]'; % c\n"},
};

static void push_highlighter(duk_context *duk, const char *source, const char *constructor)
{
    struct text text = {0};
    text_addf(&text, "var self = this; (function (RegExp) {%s\n}).call(this, %s); self.hljs;",
              source, constructor);
    run(duk, text.data);
    text_release(&text);
}

static void push_highlighted(duk_context *duk, duk_idx_t highlighter, const char *const listing[2])
{
    duk_push_string(duk, "highlight");
    duk_push_string(duk, listing[0]);
    duk_push_string(duk, listing[1]);
    duk_push_true(duk);
    if (duk_pcall_prop(duk, highlighter, 3) != 0)
        fail_msg("%s", duk_safe_to_string(duk, -1));
    duk_get_prop_string(duk, -1, "value");
    duk_remove(duk, -2);
}

static void highlights_the_same(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *path = getenv("BENCHBOOK_HIGHLIGHT_JS");
    const char *source = file_read(&arena, path && *path ? path : HIGHLIGHT_JS, NULL);
    assert_non_null(source);
    duk_context *duk = engine();
    run(duk, "var console = { log: function () {}, warn: function () {}, error: function () {} };");
    duk_idx_t plain = duk_get_top(duk);
    push_highlighter(duk, source, "RegExp");
    push_highlighter(duk, source, "Pattern");
    for (size_t i = 0; i < sizeof listings / sizeof *listings; i++) {
        push_highlighted(duk, plain, listings[i]);
        push_highlighted(duk, plain + 1, listings[i]);
        assert_string_equal(duk_get_string(duk, -2), duk_get_string(duk, -1));
        assert_non_null(strstr(duk_get_string(duk, -1), "hljs-"));
        duk_pop_2(duk);
    }
    duk_destroy_heap(duk);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_a_regexp_finds),
        cmocka_unit_test(refuses_what_is_no_pattern),
        cmocka_unit_test(replaces_like_the_engine),
        cmocka_unit_test(highlights_the_same),
    };
    return cmocka_run_group_tests_name("page_pattern", tests, NULL, NULL);
}
