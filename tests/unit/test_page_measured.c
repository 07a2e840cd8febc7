/* Pages that depend on the record: values, conditions, claims, listings; and the same bytes twice.
 */
#include "page_fixture.h"

/* The experiments that the record of the fixture has measured, and one that it has not. */
#define EXPERIMENTS                                                                                \
    "```{experiment} wealth.median\n:name: median\n```\n\n"                                        \
    "```{experiment} wealth.median\n:name: later\n```\n\n"

static void values_explain_themselves(void **state)
{
    struct page_fixture *f = *state;
    const char *page = page_render_chapter(
        f, "# T\n\n" EXPERIMENTS "A {eval}`median.serial.time` b {eval}`later.simd.time` c "
           "{eval}`1 + 1` d {eval}`median.numpy.time`\n");
    page_has(page, "tabindex=\"0\" aria-describedby=\"value-detail-1\">400\xC2\xA0ms");
    page_has(page, "role=\"tooltip\" id=\"value-detail-1\">95\xC2\xA0% interval");
    page_has(page, "<span class=\"value unmeasured\" tabindex=\"0\" "
                   "aria-describedby=\"value-detail-2\">not measured<span");
    page_has(page, "<span class=\"value\">2</span>");
    page_has(page, "median, numpy: was killed by signal 11");
}

/* On paper, where it is wanted: a note for each way in which values were got. */
static void values_may_have_notes_on_paper(void **state)
{
    static const char chapter[] =
        "# T\n\n{eval}`time(median.serial)`, {eval}`time(median.parallel)`, "
        "{eval}`time(median.serial)`, {eval}`1 + 1`\n\nNote[^a]\n\n[^a]: <b>\n";
    struct page_fixture *f = *state;
    const char *page = page_render_chapter(f, chapter);
    page_lacks(page, "value-note");
    f->display.values = VALUES_FOOTNOTES;
    page = page_render_chapter(f, chapter);
    page_has(page, "400\xC2\xA0ms<sup class=\"value-note\">\xE2\x80\xA0"
                   "1</sup>");
    page_has(page, "<sup class=\"value-note\">\xE2\x80\xA0"
                   "2</sup>");
    page_lacks(page, "\xE2\x80\xA0"
                     "3");
    page_has(page, "<section class=\"value-notes\" aria-label=\"Measured values\">\n<ol>\n"
                   "<li>95\xC2\xA0% interval");
    page_has(page, "on 1 thread; verdict ");
    assert_true(strstr(page, "class=\"footnotes\"") < strstr(page, "class=\"value-notes\""));
    page_lacks(page_render_chapter(f, "# T\n\n{eval}`1 + 1`\n"), "value-note");
}

static void noisy_values_are_marked(void **state)
{
    struct page_fixture *f = *state;
    struct samples *samples = &f->record.results[0].configurations[2].samples;
    for (size_t i = 0; i < samples->count; i++)
        samples->items[i].wall *= i % 2 ? 2.0 : 0.5;
    const char *page = page_render_chapter(
        f, "# T\n\n" EXPERIMENTS "{eval}`median.parallel.time` {eval}`median.parallel.answer`\n");
    page_has(page, "<span class=\"value unreliable\"");
    page_has(page, "<span class=\"value-mark\"> (unreliable)</span>");
    assert_null(strstr(strstr(page, "value-mark") + 1, "value-mark")); /* no mark on the answer */
}

static void one_branch_is_shown(void **state)
{
    const char *page = page_render_chapter(
        *state, "# T\n\n" EXPERIMENTS ":::{when} median.parallel.speedup > 1.5\nFast.\n:::\n"
                ":::{otherwise}\nSlow.\n:::\n\n"
                ":::{when} median.parallel.speedup > 15\nVery fast.\n:::\n"
                ":::{otherwise}\nNot very.\n:::\n");
    page_has(page, "Fast.");
    page_lacks(page, "Slow.");
    page_lacks(page, "Very fast.");
    page_has(page, "Not very.");
}

static void no_branch_is_shown_for_what_was_not_measured(void **state)
{
    const char *page = page_render_chapter(
        *state,
        "# T\n\n" EXPERIMENTS ":::{when} later.parallel.speedup > 1\nFast {eval}`1 + 6`.\n:::\n"
        ":::{otherwise}\nSlow.\n:::\n");
    page_lacks(page, "Fast");
    page_lacks(page, "Slow.");
    page_has(page, "<p class=\"unmeasured-note\">");
}

/* Who reads a statement that noise may have decided is told so, once. */
static void statements_on_noise_are_doubted(void **state)
{
    struct page_fixture *f = *state;
    const char *chapter =
        "# T\n\n" EXPERIMENTS "::::{when} median.parallel.speedup < 0\nNo.\n::::\n::::{otherwise}\n"
        ":::{when} median.parallel.speedup > 0\nFast.\n:::\n::::\n\n"
        ":::{when} median.agree\nSame.\n:::\n\n"
        ":::{claim} median.parallel.time > 0\nIt takes time.\n:::\n";
    page_lacks(page_render_chapter(f, chapter), "doubt");
    struct samples *samples = &f->record.results[0].configurations[2].samples;
    for (size_t i = 0; i < samples->count; i++)
        samples->items[i].wall *= i % 2 ? 2.0 : 0.5;
    const char *page = page_render_chapter(f, chapter);
    page_has(page, "<p class=\"doubt\">");
    assert_null(strstr(strstr(page, "class=\"doubt\"") + 1, "class=\"doubt\""));
    assert_true(strstr(page, "class=\"doubt\"") < strstr(page, "Fast."));
    page_has(page, "Checked on this machine, but by unreliable figures:");
}

/* What this machine's reader does not see has its faults found all the same. */
static void hidden_parts_are_checked(void **state)
{
    page_expect_diag(*state,
                     "# T\n\n:::{when} machine.cores > 99\n\n:::{note}\n{eval}`oops`\n:::\n:::\n",
                     6, "unknown name 'oops'");
    page_expect_diag(*state,
                     "# T\n\n:::{when} machine.cores > 0\nx\n:::\n:::{otherwise}\n$\\no$\n:::\n", 7,
                     "\\no");
}

static void conditions_must_be_conditions(void **state)
{
    page_expect_diag(*state, "# T\n\n:::{when} machine.cores\nx\n:::\n", 3, "wants a condition");
    page_expect_diag(*state, "# T\n\n:::{when} machine.cores >\nx\n:::\n", 3,
                     "a value is expected");
    page_expect_diag(*state, "# T\n\n:::{claim} 'yes'\nx\n:::\n", 3, "wants a condition");
}

static void claims_are_counted(void **state)
{
    struct page_fixture *f = *state;
    const char *page = page_render_chapter(
        f, "# T\n\n" EXPERIMENTS ":::{claim} median.agree\nOne.\n:::\n\n"
           ":::{claim} median.parallel.speedup > 50\nTwo.\n:::\n\n"
           ":::{claim} later.agree\nThree.\n:::\n\n"
           "::::{when} machine.cores > 99\n:::{claim} 1 > 2\nFour.\n:::\n::::\n");
    assert_int_equal(f->site.claims, 3);
    assert_int_equal(f->site.unmet, 1);
    page_has(page, "Not reproduced on this machine:");
    page_has(page, "<code>median.parallel.speedup &gt; 50</code>");
    page_has(page, "Checked on this machine:");
    page_has(page, "Not measured on this machine:");
}

static void set_source(struct page_fixture *f, const char *text)
{
    f->record.sources = arena_alloc(&f->arena, sizeof *f->record.sources);
    f->record.sources[0] = (struct source){"wealth.c", "cafe", text};
}

static void listings_show_what_was_compiled(void **state)
{
    struct page_fixture *f = *state;
    set_source(f, "/* Helps. */\nstatic int help(void)\n{\n    return 1 < 2;\n}\n\n"
                  "/* Works. */\nstatic double work(void)\n{\n    return help();\n}\n\n"
                  "KERNEL(wealth_median) = {\n    .run = work,\n};\n");
    const char *page =
        page_render_chapter(f, "# T\n\n```{listing} wealth.median\n:caption: What runs\n```\n\n"
                               "```{listing} wealth.c\n:function: help\n```\n");
    page_has(page, "<span class=\"number\">Listing 1.1</span>");
    page_has(page, "wealth.c, lines 7 to 11");
    page_has(page, "data-line=\"7\"><span class=\"hljs-comment\">/* Works. */");
    page_has(page, "wealth.c, lines 1 to 5");
    page_has(page, "1</span> &lt; ");
    page_expect_diag(f, "# T\n\n```{listing} welth.c\n```\n", 3, "'welth.c'");
    assert_string_equal(f->diags.items[0].hint, "did you mean 'wealth.c'?");
    page_expect_diag(f, "# T\n\n```{listing} wealth.c\n:function: halp\n```\n", 4, "'halp'");
    assert_string_equal(f->diags.items[0].hint, "did you mean 'help'?");
}

static void a_record_without_sources_is_no_fault(void **state)
{
    struct page_fixture *f = *state;
    f->record.source_count = 0;
    page_has(page_render_chapter(f, "# T\n\n```{listing} wealth.c\n```\n"), "No listing");
    assert_int_equal(f->site.boxes, 1);
}

static void a_missing_library_is_told_once(void **state)
{
    struct page_fixture *f = *state;
    setenv("BENCHBOOK_KATEX_JS", "/nonexistent/katex.js", 1);
    page_expect_diag(f, "# T\n\n$a$ and $b$\n\n$$\nc\n$$\n", 0, "libjs-katex");
    unsetenv("BENCHBOOK_KATEX_JS");
    setenv("BENCHBOOK_MUSTACHE_JS", "/nonexistent/mustache.js", 1);
    page_expect_diag(f, "# T\n", 0, "libjs-mustache");
    unsetenv("BENCHBOOK_MUSTACHE_JS");
}

static void drafts_are_stamped(void **state)
{
    struct page_fixture *f = *state;
    page_lacks(page_render_chapter(f, "# T\n"), "draft-stamp");
    f->record.profile = "draft";
    page_has(page_render_chapter(f, "# T\n"), "class=\"draft-stamp\"");
    page_has(page_of(f, "index.html"), "class=\"draft-stamp\"");
}

static void pages_ask_no_other_host(void **state)
{
    struct page_fixture *f = *state;
    page_render_chapter(f, "# T\n\n$x$\n\n" EXPERIMENTS);
    for (size_t i = 0; i < f->site.file_count; i++) {
        const char *path = f->site.files[i].path, *bytes = f->site.files[i].bytes;
        if (strstr(path, ".woff2") || strstr(path, ".txt"))
            continue;
        page_lacks(bytes, "src=\"http");
        page_lacks(bytes, "url(http");
        page_lacks(bytes, "url(//");
        page_lacks(bytes, "@import");
        page_lacks(bytes, "<script src");
    }
    assert_non_null(page_of(f, "assets/katex/LICENCE.txt"));
    assert_non_null(page_of(f, "assets/katex/fonts/KaTeX_Main-Regular.woff2"));
    page_lacks(page_of(f, "assets/katex/katex.css"), ".ttf");
}

static void the_same_bytes_twice(void **state)
{
    struct page_fixture *f = *state;
    page_write(f, "other.md",
               "# Other\n\n{doc}`chapter`[^1] {eval}`median.serial.time`\n\n[^1]: N\n");
    page_render_chapter(f, "# T\n\n$x$ {eval}`median.parallel.speedup`\n\n" EXPERIMENTS);
    size_t count = f->site.file_count;
    struct site_file *first = arena_alloc(&f->arena, count * sizeof *first);
    for (size_t i = 0; i < count; i++) {
        first[i] = f->site.files[i];
        first[i].path = arena_strdup(&f->arena, first[i].path);
        first[i].bytes = arena_strndup(&f->arena, first[i].bytes, first[i].size);
    }
    page_render_chapter(f, "# T\n\n$x$ {eval}`median.parallel.speedup`\n\n" EXPERIMENTS);
    assert_int_equal(f->site.file_count, count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(f->site.files[i].path, first[i].path);
        assert_int_equal(f->site.files[i].size, first[i].size);
        assert_memory_equal(f->site.files[i].bytes, first[i].bytes, first[i].size);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAGE_TEST(values_explain_themselves),
        PAGE_TEST(values_may_have_notes_on_paper),
        PAGE_TEST(noisy_values_are_marked),
        PAGE_TEST(one_branch_is_shown),
        PAGE_TEST(statements_on_noise_are_doubted),
        PAGE_TEST(no_branch_is_shown_for_what_was_not_measured),
        PAGE_TEST(hidden_parts_are_checked),
        PAGE_TEST(conditions_must_be_conditions),
        PAGE_TEST(claims_are_counted),
        PAGE_TEST(listings_show_what_was_compiled),
        PAGE_TEST(a_record_without_sources_is_no_fault),
        PAGE_TEST(a_missing_library_is_told_once),
        PAGE_TEST(drafts_are_stamped),
        PAGE_TEST(pages_ask_no_other_host),
        PAGE_TEST(the_same_bytes_twice),
    };
    return cmocka_run_group_tests_name("page_measured", tests, NULL, NULL);
}
