/* Solutions on pages: open, folded, at the end of their chapter, or left out. */
#include "page_fixture.h"

static const char chapter[] =
    "# T\n\nSee {ref}`in-it`, {ref}`sol`, [that](#in-it), [](#sol) and {numref}`median`.\n\n"
    ":::{exercise}\n:label: ex\nDo it.\n:::\n\n"
    "::::{solution} ex\n:label: sol\n\n(in-it)=\n## Within\n\nDone.\n\n"
    "```{experiment} wealth.median\n:name: median\n:caption: C\n```\n\n"
    ":::{claim} median.serial.time < 0\nNever.\n:::\n::::\n\n"
    "## After\n\nBehind.\n\n```{results}\n:caption: R\n```\n";

static const char *render(struct page_fixture *f, enum solutions solutions)
{
    f->display.solutions = solutions;
    return page_render_chapter(f, chapter);
}

static bool is_before(const char *page, const char *first, const char *second)
{
    const char *found = strstr(page, first);
    return found && strstr(found, second);
}

static void are_folded_unless_told(void **state)
{
    const char *page = render(*state, SOLUTIONS_UNSAID);
    page_has(page, "<details class=\"solution\" id=\"sol\">\n"
                   "<summary>Solution to Exercise 1.1</summary>");
    page_lacks(page, "class=\"exercise-solution\"");
    page_lacks(page, "<section class=\"solutions\">");
    assert_true(is_before(page, "Done.", "Behind."));
}

static void are_open_in_place(void **state)
{
    const char *page = render(*state, SOLUTIONS_SHOWN);
    page_has(page,
             "<section class=\"solution\" id=\"sol\">\n<p class=\"solution-title\">Solution to "
             "<a href=\"#ex\">Exercise 1.1</a></p>");
    page_lacks(page, "<details class=\"solution\"");
    assert_true(is_before(page, "Done.", "Behind."));
}

static void stand_at_the_end_with_links_both_ways(void **state)
{
    const char *page = render(*state, SOLUTIONS_END);
    page_has(page, "<p class=\"exercise-solution\"><a href=\"#sol\">Solution</a></p>");
    page_has(page, "<h2 id=\"solutions\">Solutions ");
    page_has(page, "<p class=\"solution-title\">Solution to <a href=\"#ex\">Exercise 1.1</a></p>");
    page_has(page, "<li class=\"level-2\"><a href=\"#solutions\">Solutions</a></li>");
    assert_true(is_before(page, "After</a></li>", "<a href=\"#solutions\">Solutions</a></li>"));
    assert_true(is_before(page, "Solutions</a></li>", "Within</a></li>"));
    page_has(page, "<a href=\"#in-it\">Within</a>");
    assert_true(is_before(page, "Behind.", "<section class=\"solutions\">"));
    assert_true(is_before(page, "<section class=\"solutions\">", "Done."));
}

/* What refers to it keeps its words. */
static void are_left_out_with_all_that_leads_there(void **state)
{
    struct page_fixture *f = *state;
    const char *page = render(f, SOLUTIONS_NONE);
    page_has(page, "See Within, Solution to Exercise 1.1, that, sol and Experiment\xC2\xA0"
                   "1.1.");
    page_has(page, "Do it.");
    page_has(page, "Behind.");
    page_lacks(page, "Done.");
    page_lacks(page, "#in-it");
    page_lacks(page, "#sol");
    page_lacks(page, "#median");
    assert_int_equal(f->site.claims, 0);
    assert_int_equal(f->book.experiment_count, 1); /* measured all the same */
}

static void a_book_may_choose_and_the_command_line_decides(void **state)
{
    struct page_fixture *f = *state;
    page_write(f, "myst.yml", "project:\n  title: B\n  solutions: shown\n");
    page_has(render(f, SOLUTIONS_UNSAID), "<section class=\"solution\"");
    page_has(render(f, SOLUTIONS_FOLDED), "<details class=\"solution\"");
}

/* A chapter may use the section's name itself, and may have no solution at all. */
static void the_section_takes_a_free_anchor_or_is_not_there(void **state)
{
    struct page_fixture *f = *state;
    f->display.solutions = SOLUTIONS_END;
    const char *page = page_render_chapter(f, "# T\n\n## Solutions\n\n:::{exercise}\n:label: ex\n"
                                              "Do it.\n:::\n\n:::{solution} ex\nDone.\n:::\n");
    page_has(page, "<h2 id=\"solutions-1\">Solutions ");
    page = page_render_chapter(f, "# T\n\n:::{exercise}\nDo it.\n:::\n");
    page_lacks(page, "class=\"solutions\"");
    page_lacks(page, "class=\"exercise-solution\"");
}

/* Faults are told although nobody sees what is at fault. */
static void what_is_left_out_is_checked(void **state)
{
    struct page_fixture *f = *state;
    f->display.solutions = SOLUTIONS_NONE;
    page_expect_diag(f,
                     "# T\n\n:::{exercise}\n:label: ex\nDo it.\n:::\n\n:::{solution} ex\n"
                     "{eval}`nothing.serial`\n:::\n",
                     9, "unknown name 'nothing'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAGE_TEST(are_folded_unless_told),
        PAGE_TEST(are_open_in_place),
        PAGE_TEST(stand_at_the_end_with_links_both_ways),
        PAGE_TEST(are_left_out_with_all_that_leads_there),
        PAGE_TEST(a_book_may_choose_and_the_command_line_decides),
        PAGE_TEST(the_section_takes_a_free_anchor_or_is_not_there),
        PAGE_TEST(what_is_left_out_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
