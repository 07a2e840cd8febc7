/* Templates: a user's go, file by file, before the program's, and are checked; a book's own logo,
 * licence and colours reach its pages. */
#include "page_fixture.h"

static bool try_pages(struct page_fixture *f, bool own)
{
    const struct page_options options = {
        .templates = "templates",
        .own_templates = own ? path_join(&f->arena, f->folder, "templates") : NULL,
        .rehearsal = true};
    page_write(f, "chapter.md", "# T\n\nText.\n");
    return book_read(&f->book, f->folder, &f->diags) &&
           page_render(&f->site, &f->book, &f->record, &options, &f->diags);
}

static const char *pages(struct page_fixture *f, bool own)
{
    if (!try_pages(f, own)) {
        diags_print(&f->diags, stderr, false);
        fail_msg("the pages have faults");
    }
    return page_of(f, "chapter.html");
}

static void own_files_go_before_those_of_the_program(void **state)
{
    struct page_fixture *f = *state;
    page_write(f, "templates/footer.html", "<footer>{{> ours}} {{book.title}}</footer>\n");
    page_write(f, "templates/ours.html", "<p>Ours</p>");
    page_write(f, "templates/style-print.css", "/* no paper */\n");
    const char *page = pages(f, true);
    page_has(page, "<footer><p>Ours</p> T</footer>");
    page_has(page, "<div class=\"layout\">");
    page_has(page_of(f, "assets/style.css"), "/* no paper */");
    page_has(page_of(f, "assets/style.css"), "--paper:");
    page_lacks(page_of(f, "assets/style.css"), "@media print");
}

static void the_source_of_a_page_can_be_shown(void **state)
{
    struct page_fixture *f = *state;
    page_write(f, "templates/page.html", "<pre>{{body}}</pre>{{#body}}{{{.}}}{{/body}}{{{body}}}");
    const char *page = pages(f, true);
    page_has(page, "<pre>&lt;h1");
    page_has(page, "&lt;p&gt;Text.&lt;&#x2F;p&gt;\n</pre><h1");
    page_has(page, "<p>Text.</p>\n<h1");
}

struct fault {
    const char *file, *text;
    int line, column;
    const char *message, *hint;
};

static void expect_fault(struct page_fixture *f, const struct fault *fault)
{
    const char *file = arena_printf(&f->arena, "templates/%s", fault->file);
    page_forget(f);
    page_write(f, file, fault->text);
    try_pages(f, true);
    const struct diag *found = f->diags.count ? &f->diags.items[0] : NULL;
    if (f->diags.count != 1 || found->place.line != fault->line ||
        found->place.column != fault->column || !strstr(found->place.file, fault->file) ||
        strcmp(found->message, fault->message) != 0 ||
        (fault->hint && strcmp(found->hint, fault->hint) != 0)) {
        diags_print(&f->diags, stderr, false);
        fail_msg("not exactly: %s:%d:%d: %s", fault->file, fault->line, fault->column,
                 fault->message);
    }
    assert_int_equal(remove(path_join(&f->arena, f->folder, file)), 0);
}

static void faults_are_told_with_their_places(void **state)
{
    static const struct fault faults[] = {
        {"footer.html", "<p>\n\xC3\xA9 {{#draft}}x{{/draft}}{{#run}}y</p>\n", 2, 25,
         "the section 'run' does not end", "write {{/run}} where it does"},
        {"footer.html", "{{#book}}{{#run}}{{/book}}\n", 1, 10, "the section 'run' does not end",
         NULL},
        {"footer.html", "x{{/run}}\n", 1, 2, "the section 'run' ends here and begins nowhere",
         NULL},
        {"footer.html", "a\n{{title\n", 2, 1, "the tag does not end", "write }} where it does"},
        {"footer.html", "<p>{{book.titel}}</p>\n", 1, 4, "pages have no value 'book.titel'",
         "did you mean 'book.title'?"},
        {"footer.html", "{{#run}}\n{{{machin}}}{{/run}}", 2, 1, "pages have no value 'machin'",
         "did you mean 'machine'?"},
        {"footer.html", "{{> hed}}", 1, 1, "there is no template 'hed' to include",
         "did you mean 'head'?"},
        {"fooder.html", "x", 0, 0, "no page uses this template", "did you mean 'footer.html'?"},
        {"stile.css", "x", 0, 0, "no page uses this file", "did you mean 'style.css'?"},
        {"charts/sweap.gp", "x", 0, 0, "no page uses this file", "did you mean 'sweep.gp'?"},
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        expect_fault(*state, &faults[i]);
}

static void no_folder_of_that_name_is_an_error(void **state)
{
    struct page_fixture *f = *state;
    assert_false(try_pages(f, true));
    assert_int_equal(f->diags.count, 1);
    assert_non_null(strstr(f->diags.items[0].message, "there is no folder"));
}

/* What they use is known, and what the program offers beyond it as well. */
static void own_copies_of_all_templates_have_no_fault(void **state)
{
    struct page_fixture *f = *state;
    size_t count;
    const char **files = folder_list(&f->arena, "templates", ".html", &count);
    assert_true(count > 5);
    for (size_t i = 0; i < count; i++)
        page_write(f, arena_printf(&f->arena, "templates/%s", files[i]),
                   file_read(&f->arena, path_join(&f->arena, "templates", files[i]), NULL));
    pages(f, true);
    assert_int_equal(f->diags.count, 0);
}

static void book_brings_its_logo_colours_and_people(void **state)
{
    struct page_fixture *f = *state;
    page_write(f, "logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    page_write(f, "myst.yml",
               "project:\n  title: B\n  github: o/n\n  license: CC-BY-4.0\n"
               "  authors:\n    - {name: A. One, affiliation: X}\n"
               "site:\n  options:\n    logo: logo.svg\n    accent: '#700'\n");
    const char *page = pages(f, false);
    page_has(page, "<img src=\"files&#x2F;logo.svg\" alt=\"\">");
    page_has(page, ">Source on GitHub</a>");
    page_has(page, "Licence: CC-BY-4.0");
    assert_non_null(page_of(f, "files/logo.svg"));
    page_has(page_of(f, "assets/style.css"), ":root { --link-light: #770000; }");
    page_lacks(page_of(f, "assets/style.css"), ":root { --link-dark:");
    assert_int_equal(f->diags.count, 0);
}

static void colours_that_are_hard_to_read_are_warned_of(void **state)
{
    struct page_fixture *f = *state;
    page_write(f, "myst.yml",
               "site:\n  options:\n    accent: '#777777'\n"
               "    accent_dark: '#777777'\n");
    pages(f, false);
    assert_int_equal(f->diags.count, 2);
    assert_int_equal(f->diags.errors, 0);
    assert_int_equal(f->diags.items[0].place.line, 3);
    assert_non_null(strstr(f->diags.items[0].message, "4.5 to 1 on light pages"));
    assert_int_equal(f->diags.items[1].place.line, 4);
    assert_non_null(strstr(f->diags.items[1].message, "on dark pages"));
}

static void logo_that_is_not_there_is_told_at_its_place(void **state)
{
    struct page_fixture *f = *state;
    page_write(f, "myst.yml", "site:\n  options:\n    logo: logo.svg\n");
    assert_true(try_pages(f, false));
    assert_int_equal(f->diags.count, 1);
    assert_int_equal(f->diags.items[0].place.line, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAGE_TEST(own_files_go_before_those_of_the_program),
        PAGE_TEST(the_source_of_a_page_can_be_shown),
        PAGE_TEST(faults_are_told_with_their_places),
        PAGE_TEST(no_folder_of_that_name_is_an_error),
        PAGE_TEST(own_copies_of_all_templates_have_no_fault),
        PAGE_TEST(book_brings_its_logo_colours_and_people),
        PAGE_TEST(colours_that_are_hard_to_read_are_warned_of),
        PAGE_TEST(logo_that_is_not_there_is_told_at_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
