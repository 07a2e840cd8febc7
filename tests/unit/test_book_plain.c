/* Chapters that hold plain CommonMark come out as cmark itself prints them. */
#include "book_fixture.h"

static const char *const documents[] = {
    "A paragraph\nof two lines,  \nand a *strong **nested** emphasis* with `code`.\n",
    "- tight\n- list\n  - nested\n    1. numbered\n    2. twice\n\n* loose\n\n* list\n",
    "> quote\nlazily continued\n>\n> - with a list\n>\n>   of two paragraphs\n\n***\n",
    "[a](http://example.org \"title\") [b][ref] [ref] ![c](d.png)\n\n[ref]: http://e.f/g_h_i 'J'\n",
    "<div class=\"x\">\n*not emphasis*\n</div>\n\ntext <b>bold</b> <!-- comment --> &copy; \\*\n",
    "\"Quotes\" -- and --- dashes... it's 'fine'.\n\nHard\\\nbreak\n",
    "1) one\n2) two\n\n   para\n\n10) ten\n",
    "a | b\n\n| c\n\n: d\n\n(e) f\n\n[g]: /h\n\n50 % i\n\n{j} k\n",
    "<http://example.org/?a=b&c> <a@b.org> \\<x> `` ` `` ``unclosed\n",
    "***a** b*c_d_e __f__g `h\ni` *j `*` k*\n",
    "",
    "\n\n\n",
    "no newline at the end",
};

static void as_cmark_prints_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        const char *document = documents[i];
        struct book_fixture all;
        fixture_chapter(&all, document);
        fixture_expect_ok(&all);
        char *html = cmark_render_html(all.book.chapters[0]->root, CMARK_OPT_DEFAULT);
        char *expected =
            cmark_markdown_to_html(document, strlen(document), CMARK_OPT_DEFAULT | CMARK_OPT_SMART);
        assert_string_equal(html, expected);
        free(html);
        free(expected);
        fixture_release(&all);
    }
}

/* Headings and code are elements. */
static void headings_and_code_too(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"# a *b*\n\ntext\n\nSetext `c`\n===\n\n## d ##\n",
         "<h1>a <em>b</em></h1><p>text</p><h1>Setext <code>c</code></h1><h2>d</h2>"},
        {"\tcode\n\n\n\tmore\n\n- x\n\n      y\n",
         "<code||codemore><ul><li><p>x</p><code||y></li></ul>"},
        {"```\na < b\n```\n\n~~~~ c\n~~~\n~~~~\n> ```\n> d\n> ```\n",
         "<code||a < b><code|c|~~~><blockquote><code||d></blockquote>"},
        {"para\n# heading\npara\n---\n", "<p>para</p><h1>heading</h1><h2>para</h2>"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct book_fixture all;
        fixture_chapter(&all, cases[i][0]);
        fixture_expect_ok(&all);
        assert_string_equal(fixture_html(&all, 0), cases[i][1]);
        fixture_release(&all);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_cmark_prints_it),
        cmocka_unit_test(headings_and_code_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
