/* A chapter's cell on its page: its text, how to compile it, and why it could not be run. */
#include "page_fixture.h"

#define TEXT "double k(void)\n{\n    return 1 < 2;\n}\n"

/* The record of a run in which the cell `k` had this text. */
static void record_cell(struct page_fixture *f, const char *text, const char *absent)
{
    struct record *record = &f->record;
    struct arena *arena = &record->arena;
    record->kernels = arena_alloc(arena, sizeof *record->kernels);
    record->kernels[0] = (struct kernel_note){.name = "k",
                                              .source = "chapter.md/k.c",
                                              .absent = absent,
                                              .complaint = absent ? "k.c:1:1: error: <b>" : NULL};
    record->kernel_count = 1;
    record->sources = arena_alloc(arena, sizeof *record->sources);
    record->sources[0] = (struct source){"chapter.md/k.c", "cafe", text};
    record->source_count = 1;
    fact_add(&record->build, arena, "cells.recipe", "Cells are compiled by",
             "cc -std=c17 -O3 -fopenmp", NULL);
}

static void is_a_listing(void **state)
{
    struct page_fixture *f = *state;
    record_cell(f, TEXT, NULL);
    const char *page =
        page_render_chapter(f, "# a\n\n{numref}`listed`\n\n"
                               "```{kernel} k\n:name: listed\n:caption: One *thing*\n"
                               ":answer: it\n" TEXT "```\n");
    page_has(page, "<a href=\"#listed\">Listing\xC2\xA0"
                   "1.1</a>");
    page_has(page, "<figure class=\"listing\" id=\"listed\">");
    page_has(page, "<span class=\"number\">Listing 1.1</span>");
    page_has(page, "One <em>thing</em>");
    page_has(page, "data-line=\"4\"");
    page_has(page, "return</span> <span class=\"hljs-number\">1</span> &lt; ");
    page_has(page, "It returns it.");
    page_has(page, "<code>cc -std=c17 -O3 -fopenmp -c k.c\n</code>"); /* there is no main() */
    page_lacks(page, "class=\"box\"");
}

static void a_program_is_linked(void **state)
{
    struct page_fixture *f = *state;
    record_cell(f, TEXT, NULL);
    const char *page = page_render_chapter(f, "```{kernel} k\n" TEXT
                                              "\nint main(void)\n{\n    return k() > 0;\n}\n```\n");
    page_has(page, "cc -std=c17 -O3 -fopenmp -o k k.c -lm\n");
    page = page_render_chapter(f, "```{kernel} k\n/* int main(void) { } */\n" TEXT "```\n");
    page_has(page, "cc -std=c17 -O3 -fopenmp -c k.c\n");
    page = page_render_chapter(f, "```{kernel} k\n#include \"kernels/random.h\"\n" TEXT "```\n");
    page_has(page, "-fopenmp -DKERNEL_BUILD=parallel -Isrc -c k.c\n");
}

/* Elsewhere {listing} shows the function alone. */
static void its_function_can_be_listed(void **state)
{
    struct page_fixture *f = *state;
    record_cell(f, "#include <math.h>\n\n" TEXT "\nint main(void)\n{\n}\n", NULL);
    const char *page = page_render_chapter(f, "```{listing} k\n```\n");
    page_has(page, "chapter.md/k.c, lines 3 to 6");
    page_lacks(page, "math");
}

/* Where nothing was compiled there is no recipe to give. */
static void without_a_recipe_there_is_only_the_text(void **state)
{
    struct page_fixture *f = *state;
    const char *page = page_render_chapter(f, "```{kernel} k\n" TEXT "```\n");
    page_has(page, "data-line=\"4\"");
    page_lacks(page, "Copied into");
    page_lacks(page, "It returns");
}

static void a_fault_is_told_in_its_place(void **state)
{
    struct page_fixture *f = *state;
    record_cell(f, TEXT, "the cell 'k' does not compile: <i>");
    const char *page = page_render_chapter(f, "# a\n\n```{kernel} k\n" TEXT "```\n");
    page_has(page, "<p class=\"box-title\">This cell is not run</p>");
    page_has(page, "does not compile: &lt;i&gt;");
    page_has(page, "k.c:1:1: error: &lt;b&gt;");
    page_has(page, "chapter.md, line 3");
    page_lacks(page, "Copied into");
    page_has(page, "data-line=\"4\"");
}

/* What was said of another text is not said of this one. */
static void a_mended_cell_has_no_box(void **state)
{
    struct page_fixture *f = *state;
    record_cell(f, "double k(void)\n", "the cell 'k' does not compile: <i>");
    const char *page = page_render_chapter(f, "```{kernel} k\n" TEXT "```\n");
    page_lacks(page, "class=\"box\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAGE_TEST(is_a_listing),
        PAGE_TEST(a_program_is_linked),
        PAGE_TEST(its_function_can_be_listed),
        PAGE_TEST(without_a_recipe_there_is_only_the_text),
        PAGE_TEST(a_fault_is_told_in_its_place),
        PAGE_TEST(a_mended_cell_has_no_box),
    };
    return cmocka_run_group_tests_name("page_cell", tests, NULL, NULL);
}
