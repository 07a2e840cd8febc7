/* Escaping, and numbers as people read them. */
#include "unit.h"

#include "page/context.h"
#include "page/html.h"

#include <math.h>
#include <string.h>

static void expect_escaped(const char *string, const char *expected)
{
    struct text html = {0};
    html_add(&html, string);
    assert_string_equal(text_string(&html), expected);
    text_release(&html);
}

static void escapes_what_could_leave_its_place(void **state)
{
    (void)state;
    expect_escaped("a\xC2\x9B"
                   "b\xE2\x80\xAE"
                   "c\xE2\x81\xA9",
                   "a\xEF\xBF\xBD"
                   "b\xEF\xBF\xBD"
                   "c\xEF\xBF\xBD");
    expect_escaped("\xC2\xA0 \xE2\x80\x9Cx\xE2\x80\x9D", "\xC2\xA0 \xE2\x80\x9Cx\xE2\x80\x9D");
    expect_escaped("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;");
    expect_escaped("\" onclick='x' `y`", "&quot; onclick=&#39;x&#39; `y`");
    expect_escaped("a & b &amp;", "a &amp; b &amp;amp;");
    expect_escaped("]]> {{x}} {{{y}}}", "]]&gt; {{x}} {{{y}}}");
    expect_escaped("ünï ☃ 🦊", "ünï ☃ 🦊");
    expect_escaped("", "");
}

static void replaces_control_characters(void **state)
{
    (void)state;
    expect_escaped("a\x01"
                   "b\x1b[31m\x7f",
                   "a\xEF\xBF\xBD"
                   "b\xEF\xBF\xBD[31m\xEF\xBF\xBD");
    expect_escaped("a\tb\nc\r", "a\tb\nc\r");
    struct text html = {0};
    html_add_bytes(&html, "a\0b", 3);
    assert_string_equal(text_string(&html), "a\xEF\xBF\xBD"
                                            "b");
    text_release(&html);
}

static void formats_markup_with_escaped_arguments(void **state)
{
    (void)state;
    struct text html = {0};
    html_addf(&html, "<a href=\"%s\" data-n=\"%d\">%r</a> %zu %%", "\"><b>", -3, "<i>x</i>",
              (size_t)7);
    assert_string_equal(text_string(&html),
                        "<a href=\"&quot;&gt;&lt;b&gt;\" data-n=\"-3\"><i>x</i></a> 7 %");
    text_release(&html);
}

#define NBSP "\xC2\xA0"

static void expect_number(char *(*format)(struct arena *arena, double value), double value,
                          const char *expected)
{
    struct arena arena = {0};
    assert_string_equal(format(&arena, value), expected);
    arena_release(&arena);
}

static void writes_seconds(void **state)
{
    (void)state;
    expect_number(format_seconds, 3.4512, "3.45" NBSP "s");
    expect_number(format_seconds, 0.012345, "12.3" NBSP "ms");
    expect_number(format_seconds, 1.5e-6, "1.50" NBSP "µs");
    expect_number(format_seconds, 2.5e-8, "25.0" NBSP "ns");
    expect_number(format_seconds, 1e-12, "0.00100" NBSP "ns");
    expect_number(format_seconds, 0, "0.00" NBSP "s");
    expect_number(format_seconds, 1234.5, "1,234" NBSP "s");
    expect_number(format_seconds, NAN, "–");
}

/* 999.6 ms are no 1000 ms. */
static void carries_into_the_next_unit(void **state)
{
    (void)state;
    expect_number(format_seconds, 0.9996, "1.00" NBSP "s");
    expect_number(format_seconds, 0.9994, "999" NBSP "ms");
    expect_number(format_seconds, 0.00099996, "1.00" NBSP "ms");
    expect_number(format_ratio, 9.996, "10.0×");
    expect_number(format_ratio, 99.96, "100×");
}

static void writes_ratios(void **state)
{
    (void)state;
    expect_number(format_ratio, 7.9, "7.90×");
    expect_number(format_ratio, 0.8734, "0.873×");
    expect_number(format_ratio, 1234.4, "1,234×");
    expect_number(format_ratio, INFINITY, "∞");
    expect_number(format_ratio, NAN, "–");
}

static void writes_numbers(void **state)
{
    (void)state;
    expect_number(format_number, 1825000, "1,825,000");
    expect_number(format_number, -1000, "−1,000");
    expect_number(format_number, 0, "0");
    expect_number(format_number, -0.0, "0");
    expect_number(format_number, 999, "999");
    expect_number(format_number, 1.8253, "1.83");
    expect_number(format_number, 1234.56, "1,235");
    expect_number(format_number, -0.00123, "−0.00123");
    expect_number(format_number, 1.234e-7, "1.23" NBSP "×" NBSP "10⁻⁷");
    expect_number(format_number, 2.5e300, "2.50" NBSP "×" NBSP "10³⁰⁰");
    expect_number(format_number, -INFINITY, "−∞");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_what_could_leave_its_place),
        cmocka_unit_test(replaces_control_characters),
        cmocka_unit_test(formats_markup_with_escaped_arguments),
        cmocka_unit_test(writes_seconds),
        cmocka_unit_test(carries_into_the_next_unit),
        cmocka_unit_test(writes_ratios),
        cmocka_unit_test(writes_numbers),
    };
    return cmocka_run_group_tests_name("page_html", tests, NULL, NULL);
}
