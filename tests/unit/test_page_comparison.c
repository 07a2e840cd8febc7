/* {comparison}: files of the book set beside its own record, the faults in it, and what expressions
 * say of it; and the page that stands by itself. */
#include "page_fixture.h"

#include "page/compare.h"

#include <unistd.h>

static const char directive[] = "```{comparison} records/there.json\n"
                                ":name: versus\n"
                                ":caption: Two machines\n"
                                ":here: here\n"
                                ":baseline: here\n"
                                "%s"
                                "```\n";

/* A record like the fixture's own, to be bent and kept with the book. */
static void make_other(struct record *other)
{
    fixture_record(other);
    other->result_count = 1;
}

static void keep(struct page_fixture *f, struct record *other, const char *file)
{
    const char *path = path_join(&f->arena, f->folder, file);
    assert_true(folder_make(path_folder(&f->arena, path)));
    assert_true(record_write_samples(other, path, &f->diags));
}

/* Serial twice as fast, parallel as fast, its answer on two threads another. */
static void keep_ordinary(struct page_fixture *f)
{
    struct record other = {0};
    make_other(&other);
    fixture_scale(&other.results[0].configurations[0], 0.5);
    other.results[0].configurations[2].answer = 7;
    other.results[0].configurations[2].bits = "401c000000000000";
    fact_add(&other.build, &other.arena, "compiler", "Compiler", "clang 19", NULL);
    keep(f, &other, "records/there.json");
    record_release(&other);
}

/* The page with its charts drawn. */
static const char *draw(struct page_fixture *f, const char *markdown)
{
    fact_add(&f->record.machine, &f->record.arena, "cpu.model", "Processor", "Pentium", NULL);
    page_forget(f);
    page_write(f, "chapter.md", markdown);
    if (!page_try(f, false)) {
        diags_print(&f->diags, stderr, false);
        fail_msg("the chapter has faults");
    }
    return page_without_scripts(f, page_of(f, "chapter.html"));
}

static const char *with_options(struct page_fixture *f, const char *options, const char *rest)
{
    char *block = arena_printf(&f->arena, directive, options);
    return arena_printf(&f->arena, "# T\n\n%s\n%s\n", block, rest);
}

static void records_stand_side_by_side(void **state)
{
    struct page_fixture *f = *state;
    keep_ordinary(f);
    const char *page = draw(f, with_options(f, ":show: summary, machines, ratios, times\n", ""));
    page_has(page, "<figure class=\"comparison\" id=\"versus\">");
    page_has(page, "Two machines\n</figcaption>");
    page_has(page, "<li>Of the 2 figures of “there” that can be set beside those of “here”, 1 is "
                   "faster, and of 1 it cannot be told.</li>");
    page_has(page,
             "<li>The largest gain: median, serial, which is 2.00 times as fast in “there” as "
             "in “here” (95");
    page_has(page, "<li>Refused of “there”: 1 for “the answers differ”.</li>");
    page_has(page, "<th scope=\"row\">Compiler</th><td class=\"words\">gcc 12</td>"
                   "<td class=\"words\">clang 19</td>");
    page_has(page, "Alike in all records: Date.");
    page_has(page, "<span class=\"change change-faster\">faster</span>");
    page_has(page, ">2.00×");
    page_has(page, "there: the answers differ: 7 instead of 0.30000000000000004.");
    page_has(page, ">400\xC2\xA0ms");
    page_has(page, ">200\xC2\xA0ms");
}

static void charts_have_all_records(void **state)
{
    struct page_fixture *f = *state;
    struct record other = {0};
    make_other(&other);
    keep(f, &other, "records/there.json");
    const char *page = draw(f, with_options(f, ":show: chart, speedup, efficiency, table\n", ""));
    page_lacks(page, "class=\"box\"");
    page_has(page, "Ratios to the baseline</title>");
    page_has(page, "Speed-up against threads</title>");
    page_has(page, "On 2 threads here is ");
    page_has(page, "On 2 threads there is ");
    page_has(page, "Parallel efficiency against threads</title>");
    page_has(page, "compared sortable");
    record_release(&other);
}

/* The ceilings of a machine on which all takes `slower` times as long. */
static void add_ceilings(struct record *record, double slower)
{
    static const char *const names[] = {"median", "fma", "triad"};
    static const char *const kernels[] = {"wealth.median", "limits.fma", "limits.triad"};
    struct arena *arena = &record->arena;
    record->results = arena_alloc(arena, 3 * sizeof *record->results);
    record->kernels = arena_alloc(arena, 3 * sizeof *record->kernels);
    record->result_count = record->kernel_count = 3;
    for (size_t i = 0; i < 3; i++) {
        struct result *result = &record->results[i];
        fixture_result(result, arena, names[i]);
        result->kernel = kernels[i];
        result->operations = i == 2 ? 1e9 : 3e9;
        result->traffic = i == 1 ? 0 : 4e9;
        record->kernels[i] = (struct kernel_note){kernels[i], "", "", "wealth.c", NULL, NULL};
        for (size_t k = 0; k < 3; k++)
            fixture_scale(&result->configurations[k], slower * (i == 0 ? 4 : 1));
    }
}

static void rooflines_have_a_ceiling_for_each_record(void **state)
{
    struct page_fixture *f = *state;
    struct record other = {0};
    make_other(&other);
    add_ceilings(&other, 2);
    add_ceilings(&f->record, 1);
    keep(f, &other, "records/there.json");
    const char *page = draw(f, with_options(f, ":show: roofline\n", ""));
    page_lacks(page, "class=\"box\"");
    page_has(page, "Rates beneath what each machine can attain</title>");
    /* 3e9 operations in 0.84 s and 1.68 s, under 3/4 operations a byte of 4e9 bytes in 0.21 s and
     * 0.42 s */
    page_has(page, "“here” reaches 3.57 GFLOP/s by parallel on 2 threads, 25\xC2\xA0% of what it "
                   "allows. “there” reaches 1.78 GFLOP/s by parallel on 2 threads, 25");
    page_lacks(page, "<code>fma</code>");
    record_release(&other);
}

static void reasons_are_said_once(void **state)
{
    struct page_fixture *f = *state;
    struct record other = {0};
    struct setting settings[] = {{"n", "households", 10}, {"rate", NULL, -1.0 / 3}};
    make_other(&other);
    other.results[0].settings = settings;
    keep(f, &other, "records/there.json");
    const char *page = draw(f, with_options(f, ":show: ratios\n", ""));
    page_has(page, "not compared<sup class=\"mark\">a</sup>");
    page_has(page, "there: other sizes: median with n = 10 instead of 1000000.");
    record_release(&other);
}

static void expressions_know_it(void **state)
{
    struct page_fixture *f = *state;
    keep_ordinary(f);
    const char *page =
        draw(f, with_options(f, ":show: summary\n",
                             "R{eval}`versus.there.median.serial.ratio` "
                             "F{eval}`versus.there.median.serial.faster` "
                             "U{eval}`versus[\"there\"].median.parallel.at(1).untold` "
                             "X{eval}`versus.there.median.parallel.refused` "
                             "W{eval}`versus.there.median.parallel.reason` "
                             "C{eval}`versus.there.compared`-{eval}`versus.there.faster` "
                             "N{eval}`versus.there.median.parallel.ratio`\n\n"
                             ":::{when} versus.there.median.serial.ratio > 1.5\nTaken.\n:::\n"));
    page_has(page, ">2.00×<span class=\"value-detail\"");
    page_has(page, "wealth.median, serial, there beside here");
    page_has(page, ">yes<");
    page_has(page, "the answers differ: 7 instead of");
    page_has(page, ">2</span>-<span class=\"value\">1</span>");
    page_has(page, "not measured<span class=\"value-detail\"");
    page_has(page, "Taken.");
}

static void expressions_have_faults(void **state)
{
    struct page_fixture *f = *state;
    keep_ordinary(f);
    page_expect_diag(f, with_options(f, "", "{eval}`versus.ther.median.serial.ratio`"), 10,
                     "the comparison versus has no record 'ther'; did you mean 'there'?");
    page_expect_diag(f, with_options(f, "", "{eval}`versus.there.medain.serial.ratio`"), 10,
                     "a record in a comparison has no 'medain'; did you mean 'median'?");
    page_expect_diag(f, with_options(f, "", "{eval}`versus.there.median.serial.rate`"), 10,
                     "a compared configuration has no 'rate'; did you mean 'ratio'?");
    page_expect_diag(f, with_options(f, "", "{eval}`versus.there.median`"), 10,
                     "an experiment in a comparison cannot be shown");
}

static void directives_have_faults(void **state)
{
    struct page_fixture *f = *state;
    keep_ordinary(f);
    page_write(f, "records/words.json", "no record");
    static const struct {
        const char *markdown, *words;
        int line;
    } cases[] = {
        {"# T\n\n```{comparison}\n```\n", "{comparison} needs an argument", 3},
        {"# T\n\n```{comparison} ../there.json\n```\n", "lies outside of the book's folder", 3},
        {"# T\n\n```{comparison} http://x/there.json\n```\n", "is on another host", 3},
        {"# T\n\n```{comparison} records/their.json\n```\n", "'records/their.json' cannot be read",
         3},
        {"# T\n\n```{comparison} records/words.json\n```\n", "the record is no JSON", 1},
        {"# T\n\n```{comparison} records/there.json\n:here: none\n```\n",
         "a comparison needs at least two records", 3},
        {"# T\n\n```{comparison} records/there.json\n:baseline: their\n```\n",
         "no record here has the name 'their'", 4},
        {"# T\n\n```{comparison} records/there.json\n:names: a, b\n```\n",
         "there are 2 names for 1 files", 4},
        {"# T\n\n```{comparison} records/there.json\n:here: there\n```\n",
         "two records have the name 'there'", 3},
        {"# T\n\n```{comparison} records/there.json\n:experiments: median, medain\n```\n",
         "none of the records has an experiment 'medain'", 4},
        {"# T\n\n```{comparison} records/there.json\n:show: ratio\n```\n",
         "':show:' does not know 'ratio'", 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        page_expect_diag(f, cases[i].markdown, cases[i].line, cases[i].words);
}

static void links_out_of_the_book_are_refused(void **state)
{
    struct page_fixture *f = *state;
    char *elsewhere = fixture_folder(&f->arena);
    struct record other = {0};
    make_other(&other);
    const char *outside = path_join(&f->arena, elsewhere, "secret.json");
    assert_true(record_write_samples(&other, outside, &f->diags));
    assert_int_equal(symlink(outside, path_join(&f->arena, f->folder, "link.json")), 0);
    page_expect_diag(f, "# T\n\n```{comparison} link.json\n```\n", 3,
                     "lies outside of the book's folder");
    record_release(&other);
    folder_remove(elsewhere);
}

/* Everything that a record can bring in words, in all parts of the page. */
static void hostile_words_are_shown_harmless(void **state)
{
    struct page_fixture *f = *state;
    struct record other = {0};
    make_other(&other);
    struct result *result = &other.results[0], *own = &f->record.results[0];
    static struct setting settings[] = {{HOSTILE_NAME, HOSTILE_NAME, 1}};
    result->name = own->name = HOSTILE_NAME;
    result->kernel = own->kernel = HOSTILE_NAME;
    result->settings = own->settings = settings;
    result->setting_count = own->setting_count = 1;
    for (size_t i = 1; i < 3; i++)
        result->configurations[i].variant = own->configurations[i].variant = HOSTILE_NAME;
    result->configurations[0].status = STATUS_FAILED;
    result->configurations[0].reason = HOSTILE_NAME;
    struct source sources[] = {{HOSTILE_NAME, "cafe", ""}};
    struct kernel_note kernels[] = {{HOSTILE_NAME, "", "", HOSTILE_NAME, NULL, NULL}};
    other.sources = f->record.sources = sources;
    other.kernels = f->record.kernels = kernels;
    fact_add(&other.machine, &other.arena, "cpu.model", "<script>", HOSTILE_NAME, NULL);
    fact_add(&other.build, &other.arena, "build.compiler", HOSTILE_NAME, HOSTILE_NAME, NULL);
    keep(f, &other, "records/there.json");
    const char *page = draw(f, with_options(f,
                                            ":show: summary, machines, chart, ratios, times, "
                                            "speedup, efficiency, table\n",
                                            ""));
    page_has(page, "&lt;/script&gt;&lt;b&gt;");
    page_lacks(page, "<script");
    page_lacks(page, "</script");
    page_lacks(page, "<b>");
    page_lacks(page, "\x01");
    page_lacks(page, "class=\"box\""); /* gnuplot took all names for names */
    record_release(&other);
}

static void a_page_stands_by_itself(void **state)
{
    struct page_fixture *f = *state;
    struct record other = {0};
    struct comparison comparison;
    make_other(&other);
    fixture_scale(&other.results[0].configurations[0], 0.5);
    const struct contender contenders[] = {{"</script><b>", &f->record}, {"new", &other}};
    compare(&comparison, contenders, 2, 0, NULL, 0, &f->arena);
    const char *page = compare_page(&comparison, &(struct page_options){.templates = "templates"},
                                    &f->arena, &f->diags);
    assert_non_null(page);
    page_has(page, "<h1>Comparison of 2 records</h1>");
    page_has(page, "<p>The baseline is &lt;/script&gt;&lt;b&gt;.</p>");
    page_has(page, "data-value=\"2\"");
    page_lacks(page, "href=\"assets");
    page_lacks(page, "src=");
    page_lacks(page, "<b>");
    page_lacks(page, "class=\"box\"");
    assert_null(strstr(strstr(page, "</script>") + 1, "</script>")); /* its own alone */
    record_release(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAGE_TEST(records_stand_side_by_side),
        PAGE_TEST(charts_have_all_records),
        PAGE_TEST(rooflines_have_a_ceiling_for_each_record),
        PAGE_TEST(reasons_are_said_once),
        PAGE_TEST(expressions_know_it),
        PAGE_TEST(expressions_have_faults),
        PAGE_TEST(directives_have_faults),
        PAGE_TEST(links_out_of_the_book_are_refused),
        PAGE_TEST(hostile_words_are_shown_harmless),
        PAGE_TEST(a_page_stands_by_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
