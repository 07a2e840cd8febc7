/* Handouts: files that need no other, alone and as a whole book; sheets of exercises. */
#include "page_fixture.h"

#include "page/faces.h"
#include "page/tag.h"

/* A picture of one pixel. */
static const char gif[] = "GIF89a\1\0\1\0\200\0\0\0\0\0\0\0\0!\371\4\1\0\0\0\0,\0\0\0\0\1\0\1\0"
                          "\0\2\2D\1\0;";

static const char first[] =
    "# First\n\n(here)=\n## Here\n\nSee {ref}`here`, {ref}`there`, {doc}`second`, {numref}`ex` and "
    "{eq}`euler`; [out](https://example.org/).\n\n$$e^{i\\pi} = -1$$ (euler)\n\n"
    "```{image} dot.gif\n:alt: A dot\n```\n";

static const char second[] =
    "# Second\n\n(there)=\n## There\n\nBack to {ref}`here`[^n] and {numref}`ex`.\n\n"
    ":::{exercise} Task\n:label: ex\nDo $\\mathbb{E}[x]$ as in {ref}`there`, and {ref}`here`.[^n]\n"
    ":::\n\n:::{hint}\nTry harder.\n:::\n\n:::{solution} ex\nDone.\n:::\n\n"
    "A word.\n\n:::{hint}\nOf something else.\n:::\n\n[^n]: Noted.\n\n[^m]: Never.\n";

static void write_book(struct page_fixture *f)
{
    page_forget(f);
    page_write(f, "first.md", first);
    page_write(f, "second.md", second);
    const char *path = path_join(&f->arena, f->folder, "dot.gif");
    assert_true(file_write(path, gif, sizeof gif - 1));
}

static bool try_handout(struct page_fixture *f, struct handout handout, enum solutions solutions)
{
    handout.paper = "a4";
    const struct page_options options = {.templates = "templates",
                                         .display = {.solutions = solutions},
                                         .rehearsal = true,
                                         .handout = &handout};
    write_book(f);
    return book_read(&f->book, f->folder, &f->diags) &&
           handout_render(&f->site, &f->book, &f->record, &options, &f->diags);
}

static const char *handout(struct page_fixture *f, struct handout what, enum solutions solutions,
                           const char *file)
{
    if (!try_handout(f, what, solutions)) {
        diags_print(&f->diags, stderr, false);
        fail_msg("the handout has faults");
    }
    const char *page = page_of(f, file);
    assert_non_null(page);
    return page;
}

static size_t count(const char *page, const char *part)
{
    size_t found = 0;
    for (; (page = strstr(page, part)) != NULL; page++)
        found++;
    return found;
}

/* Every href, src and url() is a fragment, data, or leads to a host. */
static void needs_nothing(const char *page)
{
    static const char *const marks[] = {"href=\"", "src=\"", "url("};
    static const char *const good[] = {"#", "data:", "https://"};
    for (size_t i = 0; i < 3; i++)
        for (const char *at = page; (at = strstr(at, marks[i])) != NULL; at++) {
            const char *url = at + strlen(marks[i]);
            if (strncmp(url, good[0], 1) != 0 && strncmp(url, good[1], 5) != 0 &&
                strncmp(url, good[2], 8) != 0)
                fail_msg("it asks for %.60s", at);
        }
}

static void each_chapter_is_a_file_that_needs_no_other(void **state)
{
    struct page_fixture *f = *state;
    const char *page = handout(f, (struct handout){0}, SOLUTIONS_UNSAID, "first.html");
    assert_int_equal(f->site.file_count, 2);
    needs_nothing(page);
    needs_nothing(page_of(f, "second.html"));
    page_has(page, "<img src=\"data:image/gif;base64,R0lGODlh");
    page_has(page, "size: a4;");
    page_has(page, "font-family:KaTeX_Main;src:url(data:font/woff2;base64,");
    page_has(page, "Permission is hereby granted"); /* KaTeX's licence goes with its fonts */
    page_lacks(page_of(f, "second.html"), "font-family:KaTeX_Fraktur;src");
}

static void what_is_elsewhere_becomes_text_that_says_where(void **state)
{
    const char *page = handout(*state, (struct handout){0}, SOLUTIONS_UNSAID, "first.html");
    page_has(page, "<a href=\"#here\">Here</a>");
    page_has(page, "<span class=\"elsewhere\">There</span> "
                   "(chapter 2, \xE2\x80\x9CSecond\xE2\x80\x9D)");
    page_has(page, "<span class=\"elsewhere\">Second</span>,"); /* which says it already */
    page_has(page, "<span class=\"elsewhere\">Exercise\xC2\xA0"
                   "2.1</span> and");
    page_has(page, "<a href=\"https://example.org/\">out</a>");
}

static void only_chapters_that_are_named(void **state)
{
    struct page_fixture *f = *state;
    static const char *const names[] = {"second.md"};
    handout(f, (struct handout){.chapters = names, .chapter_count = 1}, SOLUTIONS_UNSAID,
            "second.html");
    assert_int_equal(f->site.file_count, 1);
}

static void unknown_chapters_are_told_all_at_once(void **state)
{
    struct page_fixture *f = *state;
    static const char *const names[] = {"secnd", "frist"};
    assert_false(
        try_handout(f, (struct handout){.chapters = names, .chapter_count = 2}, SOLUTIONS_UNSAID));
    assert_int_equal(f->diags.errors, 2);
    assert_string_equal(f->diags.items[0].hint, "did you mean 'second'?");
    assert_string_equal(f->diags.items[1].hint, "did you mean 'first'?");
    assert_int_equal(f->site.file_count, 0);
}

static void whole_book_in_one_file(void **state)
{
    struct page_fixture *f = *state;
    const char *page = handout(f, (struct handout){.single = true}, SOLUTIONS_UNSAID, "book.html");
    assert_int_equal(f->site.file_count, 1);
    needs_nothing(page);
    page_has(page, "<article id=\"c1\">");
    page_has(page, "<article id=\"c2\">");
    page_has(page, "id=\"c1-here\"");
    page_has(page, "id=\"c2-there\"");
    page_has(page, "<a href=\"#c2-there\">There</a>");
    page_has(page, "<a href=\"#c2\">Second</a>");
    page_has(page, "<a href=\"#c1-here\">Here</a>");
    page_has(page, "id=\"c1-euler\"");
    page_has(page, "(1.1)");
    page_has(page, "Exercise 2.1");
    page_lacks(strstr(page, "<article"), "class=\"elsewhere\"");
    assert_int_equal(count(page, "aria-label=\"Contents\""), 1);
}

/* The chapters have footnotes, headings and values that have the same ids on pages of their own. */
static void ids_are_unique_in_it(void **state)
{
    const char *page =
        handout(*state, (struct handout){.single = true}, SOLUTIONS_UNSAID, "book.html");
    size_t ids = 0;
    for (const char *at = page; (at = strstr(at, " id=\"")) != NULL; at++, ids++) {
        char id[128];
        snprintf(id, sizeof id, "%.*s\"", (int)strcspn(at + 5, "\"") + 5, at);
        if (count(page, id) != 1)
            fail_msg("%s is there %zu times", id, count(page, id));
    }
    assert_true(ids > 10);
}

static void sheet_has_exercises_and_their_hints_alone(void **state)
{
    struct page_fixture *f = *state;
    const char *page =
        handout(f, (struct handout){.exercises = true}, SOLUTIONS_NONE, "second-exercises.html");
    assert_int_equal(f->site.file_count, 1); /* the first chapter has none */
    needs_nothing(page);
    page_has(page, "Exercise 2.1 (Task)");
    page_has(page, "Try harder.");
    page_has(page, "Noted.");
    page_has(page, "font-family:KaTeX_AMS;src:url(data:font/woff2;base64,");
    page_lacks(page, "Back to <");
    page_lacks(page, "A word.");
    page_lacks(page, "Of something else.");
    page_lacks(page, "Never.");
    page_lacks(page, "Done.");
    page_lacks(page, "href=\"#there\""); /* which is not on the sheet */
}

static void sheet_has_solutions_where_they_are_wanted(void **state)
{
    struct page_fixture *f = *state;
    const char *page =
        handout(f, (struct handout){.exercises = true}, SOLUTIONS_SHOWN, "second-exercises.html");
    page_has(page, "Done.");
    page = handout(f, (struct handout){.exercises = true}, SOLUTIONS_END, "second-exercises.html");
    const char *section = strstr(page, "<section class=\"solutions\">");
    assert_non_null(section);
    page_has(section, "Done.");
}

static void titles_do_not_end_the_style_sheet(void **state)
{
    struct page_fixture *f = *state;
    const struct handout what = {.paper = "letter", .single = true};
    const struct page_options options = {
        .templates = "templates", .rehearsal = true, .handout = &what};
    page_write(f, "only.md", "---\ntitle: 'A \"b\" </style> \\ c'\n---\n\nText.\n");
    assert_true(book_read(&f->book, f->folder, &f->diags));
    assert_true(handout_render(&f->site, &f->book, &f->record, &options, &f->diags));
    const char *page = page_of(f, "book.html");
    page_has(page, "size: letter;");
    page_has(page, "@top-left { content: \"A \\22 b\\22  \\3C /style> \\5C  c\"; }");
    page_has(page, "<p class=\"book-title\">A &quot;b&quot; &lt;&#x2F;style&gt; \\ c</p>");
}

/* --- Faces ---------------------------------------------------------------------------------------
 */

static void entities_are_turned_back(void **state)
{
    static const char html[] =
        "<img alt='a' src=\"a&#x2F;b&#47;&amp;&lt;&quot;&#39;&nbsp;&#xE9;&#\">";
    struct arena arena = {0};
    struct tag tag;
    (void)state;
    assert_true(tag_next(html, &tag));
    assert_string_equal(tag_value(&arena, &tag, "src"), "a/b/&<\"'&nbsp;&#xE9;&#");
    assert_string_equal(tag_value(&arena, &tag, "alt"), "a");
    assert_null(tag_value(&arena, &tag, "lt"));
    arena_release(&arena);
}

static const char css[] =
    "@font-face{font-family:KaTeX_Main;src:url(a);font-weight:400;font-style:normal}"
    "@font-face{font-family:KaTeX_Main;src:url(b);font-weight:700;font-style:normal}"
    "@font-face{font-family:KaTeX_Main;src:url(c);font-weight:400;font-style:italic}"
    "@font-face{font-family:KaTeX_AMS;src:url(d);font-weight:400;font-style:normal}"
    ".katex{font:normal 1.21em KaTeX_Main,serif}.katex .textbf{font-weight:700}"
    ".katex .mathit{font-family:KaTeX_Main;font-style:italic}"
    "@media screen{.katex .mathbb,.katex .textbb{font-family:KaTeX_AMS}}";

static void expect_faces(const char *html, const char *expected)
{
    struct arena arena = {0};
    struct tokens classes = {0};
    struct text out = {0}, got = {0};
    tokens_gather(&classes, &arena, html, "class");
    faces_reduce(css, &classes, &out);
    for (const char *at = text_string(&out); (at = strstr(at, "url(")) != NULL; at++)
        text_add_char(&got, at[4]);
    assert_string_equal(text_string(&got), expected);
    assert_non_null(strstr(text_string(&out), ".katex .mathbb,.katex .textbb"));
    text_release(&got);
    text_release(&out);
    arena_release(&arena);
}

static void faces_are_kept_that_the_page_can_ask_for(void **state)
{
    (void)state;
    expect_faces("<p class=\"other\">", "");
    expect_faces("<span class=\"katex\">x</span>", "a");
    expect_faces("<span class=\"katex\"><b class='mord textbf'>", "ab");
    expect_faces("<span class=\"katex\"><i class=\"mathit\">", "ac");
    expect_faces("<span class=\"katex\"><i class=\"textbb\">", "ad");
    expect_faces("<span class=\"katexx\"><i class=\"textbb\">", "");
    expect_faces("<!-- <span class=\"katex\"> --><pre data-x=\"class='katex'\">", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAGE_TEST(each_chapter_is_a_file_that_needs_no_other),
        PAGE_TEST(what_is_elsewhere_becomes_text_that_says_where),
        PAGE_TEST(only_chapters_that_are_named),
        PAGE_TEST(unknown_chapters_are_told_all_at_once),
        PAGE_TEST(whole_book_in_one_file),
        PAGE_TEST(ids_are_unique_in_it),
        PAGE_TEST(sheet_has_exercises_and_their_hints_alone),
        PAGE_TEST(sheet_has_solutions_where_they_are_wanted),
        PAGE_TEST(titles_do_not_end_the_style_sheet),
        cmocka_unit_test(entities_are_turned_back),
        cmocka_unit_test(faces_are_kept_that_the_page_can_ask_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
