/* Claims that apply somewhere, and the table that sets those of an original beside ours. */
#include "page_fixture.h"

#define EXPERIMENTS                                                                                \
    "```{experiment} wealth.median\n:name: median\n```\n\n"                                        \
    "```{experiment} wealth.median\n:name: later\n```\n\n"
#define TABLE "```{claims}\n:name: table\n:caption: Claims\n```\n\n"

static void make_noisy(struct page_fixture *f)
{
    struct samples *samples = &f->record.results[0].configurations[2].samples;
    for (size_t i = 0; i < samples->count; i++)
        samples->items[i].wall *= i % 2 ? 2.0 : 0.5;
}

/* The table's row that has those words, up to its end. */
static const char *row_of(struct page_fixture *f, const char *page, const char *words)
{
    const char *table = strstr(page, "<table class=\"claims\">");
    const char *found = table ? strstr(table, words) : NULL;
    if (!found)
        fail_msg("no row has '%s':\n%.4000s", words, table ? table : page);
    return arena_strndup(&f->arena, found, (size_t)(strstr(found, "</tr>") - found));
}

static void each_outcome_has_its_name(void **state)
{
    struct page_fixture *f = *state;
    const char *chapter =
        "# T\n\n" EXPERIMENTS ":::{claim} median.parallel.speedup > 1\n:original: A *first* one.\n"
        ":here: time(median.serial), ratio(median.serial.time, "
        "median.parallel.time)\nText.\n:::\n\n"
        ":::{claim} median.parallel.speedup > 50\n:original: A second.\n:name: "
        "named\nText.\n:::\n\n"
        ":::{claim} later.agree\n:original: A third.\n:here: time(later.serial)\nText.\n:::\n\n"
        ":::{claim} 1 > 2\n:original: A fourth.\n:when: machine.cores > 99\nText.\n:::\n\n"
        "::::{when} machine.cores < 99\nx\n::::\n::::{otherwise}\n"
        ":::{claim} 1 > 2\n:original: A fifth.\nText.\n:::\n::::\n\n"
        ":::{claim} 1 < 2\n:original: A sixth.\n:when: later.agree\nText.\n:::\n\n" TABLE;
    const char *page = page_render_chapter(f, chapter);
    page_has(page, "<span class=\"number\">Table 1.1</span>");
    const char *row = row_of(f, page, "A <em>first</em> one.");
    page_has(row, "<a href=\"#claim\">");
    page_has(row, ">holds</span>");
    page_has(row, "400\xC2\xA0ms");
    page_has(row, "<span class=\"interval\">39");
    page_has(row, "1.90×");
    row = row_of(f, page, "A second.");
    page_has(row, "<a href=\"#named\">");
    page_has(row, ">not reproduced</span>");
    page_has(row, "no figure is named");
    row = row_of(f, page, "A third.");
    page_has(row, ">cannot be told</span>");
    page_has(row, ">not measured<");
    row = row_of(f, page, "A fourth.");
    page_has(row, ">not applicable here</span>");
    page_has(row, "applies where <code>machine.cores &gt; 99</code></span>");
    page_has(row, "<a href=\"chapter.html\">");
    row = row_of(f, page, "A fifth.");
    page_has(row, ">not applicable here</span>");
    page_has(row, "<code>machine.cores &lt; 99</code> does not hold</span>");
    page_has(row_of(f, page, "A sixth."), ">cannot be told</span>");
    page_lacks(strstr(page, "<article>"), "NaN");
    make_noisy(f);
    page = page_render_chapter(f, chapter);
    row = row_of(f, page, "A <em>first</em> one.");
    page_has(row, ">cannot be told</span>");
    page_has(row, "it holds, but by unreliable figures");
    page_has(page, "Checked on this machine, but by unreliable figures:");
    page_has(row_of(f, page, "A second."), ">cannot be told</span>");
    page_has(page, "<div class=\"claim untold\" id=\"named\">");
    assert_int_equal(f->site.unmet, 0);
    assert_int_equal(f->site.untold, 1);
}

/* A claim that does not apply is neither shown nor counted; where that cannot be told it is not
 * measured. */
static void a_claim_may_apply_elsewhere(void **state)
{
    struct page_fixture *f = *state;
    const char *page = page_render_chapter(
        f, "# T\n\n" EXPERIMENTS "See {ref}`away`.\n\n"
           ":::{claim} 1 > 2\n:when: machine.cores > 99\n:name: away\nNot here.\n:::\n\n"
           ":::{claim} 1 > 2\n:when: machine.cores > 0\nHere.\n:::\n\n"
           ":::{claim} 1 > 2\n:when: later.agree\nPerhaps.\n:::\n");
    page_lacks(page, "Not here.");
    page_lacks(page, "#away");
    page_has(page, "<div class=\"claim unmet\">");
    page_has(page, "<div class=\"claim unmeasured\">");
    assert_int_equal(f->site.claims, 2);
    assert_int_equal(f->site.unmet, 1);
}

/* Of a whole book, in its order, whichever side of its chapters the table stands on. */
static void the_table_is_the_books(void **state)
{
    struct page_fixture *f = *state;
    page_write(
        f, "another.md",
        "# A\n\n:::{claim} 1 < 2\n:original: From $x$ and [there](chapter.md).\nText.\n:::\n");
    page_write(f, "zuletzt.md", "# Z\n\n:::{claim} 1 < 2\n:original: From the end.\nText.\n:::\n");
    const char *page = page_render_chapter(
        f, "# T\n\n:::{claim} 1 < 2\n:original: From before.\nText.\n:::\n\n" TABLE
           ":::{claim} 1 < 2\n:original: From behind {eval}`1 + 1`.\nText.\n:::\n\nLast.\n");
    static const char *const order[] = {"From <span class=\"katex\">", "From before.",
                                        "From behind <span class=\"value\">2</span>.",
                                        "From the end.", "Last."};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        page_has(page, order[i]);
        page = strstr(page, order[i]);
    }
    page = page_of(f, "chapter.html");
    page_has(page, "<a href=\"another.html#claim\"><span class=\"number\">1</span> A</a>");
    page_has(page, "<a href=\"#claim-1\"><span class=\"number\">2</span> T</a>");
    page_has(page, "<a href=\"zuletzt.html#claim\">");
    page_lacks(page_of(f, "another.html"), "From");
}

static void without_claims_there_is_no_table(void **state)
{
    struct page_fixture *f = *state;
    const char *chapter = "# T\n\n" TABLE ":::{exercise}\n:label: ex\nDo it.\n:::\n\n"
                          "::::{solution} ex\n:::{claim} 1 < 2\n:original: Hidden.\nText.\n:::\n"
                          "::::\n";
    page_has(page_render_chapter(f, chapter), ">holds</span>");
    f->display.solutions = SOLUTIONS_NONE;
    const char *page = page_render_chapter(f, chapter);
    page_has(page, "sets no claims of an original");
    page_lacks(page, "Hidden.");
    page = page_render_chapter(f, "# T\n\n:::{claim} 1 < 2\n:original: Unlisted.\nText.\n:::\n");
    page_lacks(page, "Unlisted.");
    page_has(page, "Text.");
}

static void faults_have_their_places(void **state)
{
    static const struct {
        const char *claim, *words;
        int line, column;
    } faults[] = {
        {":::{claim} 1 < 2\n:original: O\n:here: min(1, 2), oops.serial\nx\n:::\n",
         "unknown name 'oops'", 5, 19},
        {":::{claim} 1 < 2\n:when: machine.cores\nx\n:::\n", "':when:' wants a condition", 4, 8},
        {":::{claim} 1 < 2\n:when: machine.cores >\nx\n:::\n", "a value is expected", 4, 8},
        {":::{claim} 1 <\n:when: 1 > 2\nx\n:::\n", "a value is expected", 3, 12},
        {":::{claim} 1 < 2\n:orignal: O\nx\n:::\n", "{claim} has no option 'orignal'", 4, 2},
        {":::{claim} 1 < 2\n:here: 1\nx\n:::\n", "there is none", 4, 8},
        {":::{claim} 1 < 2\n:original:\nx\n:::\n", "':original:' says nothing", 4, 11},
        {":::{claim} 1 < 2\n:original: A {eval}`oops`\nx\n:::\n", "unknown name 'oops'", 4, 21},
        {":::{claim} 1 < 2\n:original: A {ref}`nowhere`\nx\n:::\n", "no label 'nowhere'", 4, 20},
        {"```{claims}\n```\n\n```{claims}\n```\n",
         "the table of claims stands before, in chapter.md, line 3", 6, 1},
        {"```{claims}\n:show: table\n```\n", "{claims} has no option 'show'", 4, 2},
    };
    struct page_fixture *f = *state;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        page_expect_diag(f, arena_printf(&f->arena, "# T\n\n%s", faults[i].claim), faults[i].line,
                         faults[i].words);
        assert_int_equal(f->diags.items[0].place.column, faults[i].column);
    }
}

/* However odd what stands between commas is, it is cut, and told of, once. */
static void odd_lists_are_cut(void **state)
{
    static const char *const odd[] = {",,,", ")))", "((", "'a, b", "\"", "a[", "1,2,(", "'', 1)"};
    struct page_fixture *f = *state;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        page_forget(f);
        page_write(f, "chapter.md",
                   arena_printf(&f->arena,
                                "# T\n\n" TABLE
                                ":::{claim} 1 < 2\n:original: O\n:here: %s\nx\n:::\n",
                                odd[i]));
        assert_int_equal(page_try(f, true), i == 0);
    }
    page_has(page_render_chapter(f, "# T\n\n" TABLE ":::{claim} 1 < 2\n:original: O\n"
                                    ":here: 'a, b)', run[\"date\"], max(1, min(2, 3))\nx\n:::\n"),
             ">a, b)</span></p>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAGE_TEST(each_outcome_has_its_name), PAGE_TEST(a_claim_may_apply_elsewhere),
        PAGE_TEST(the_table_is_the_books),    PAGE_TEST(without_claims_there_is_no_table),
        PAGE_TEST(faults_have_their_places),  PAGE_TEST(odd_lists_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
