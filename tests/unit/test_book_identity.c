/* How a book presents itself: authors, licence, source, logo and colours in myst.yml. */
#include "book_fixture.h"

#include <math.h>

static const struct book *read(struct book_fixture *all, const char *project)
{
    fixture_start(all);
    fixture_file(all, "myst.yml", project);
    fixture_file(all, "index.md", "# Hello\n");
    fixture_read(all);
    return &all->book;
}

static void authors_have_their_affiliations(void **state)
{
    struct book_fixture all;
    (void)state;
    const struct book *book = read(&all, "project:\n"
                                         "  affiliations:\n"
                                         "    - {id: x, name: University of X}\n"
                                         "    - {id: y, institution: Institute Y}\n"
                                         "  authors:\n"
                                         "    - name: A. One\n"
                                         "      affiliations: [x, y]\n"
                                         "    - {name: B. Two, affiliation: A School}\n"
                                         "    - {name: C. Three, affiliations: [{name: Home}]}\n"
                                         "    - D. Four\n");
    static const char *const expected[][2] = {{"A. One", "University of X; Institute Y"},
                                              {"B. Two", "A School"},
                                              {"C. Three", "Home"},
                                              {"D. Four", ""}};
    fixture_expect_ok(&all);
    assert_int_equal(book->author_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(book->authors[i].name, expected[i][0]);
        assert_string_equal(book->authors[i].affiliations, expected[i][1]);
    }
    fixture_release(&all);
}

static void licence_may_be_one_of_text_and_one_of_code(void **state)
{
    static const char *const cases[][2] = {
        {"license: CC-BY-4.0", "CC-BY-4.0"},
        {"license: {id: CC-BY-4.0}", "CC-BY-4.0"},
        {"license: {content: CC-BY-4.0, code: MIT}", "CC-BY-4.0, MIT (code)"},
        {"license: {code: {id: MIT}}", "MIT (code)"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct book_fixture all;
        char project[128];
        snprintf(project, sizeof project, "project:\n  %s\n", cases[i][0]);
        const struct book *book = read(&all, project);
        fixture_expect_ok(&all);
        assert_string_equal(book->license, cases[i][1]);
        fixture_release(&all);
    }
}

static void site_says_what_the_project_does_not(void **state)
{
    struct book_fixture all;
    (void)state;
    const struct book *book = read(&all, "project:\n"
                                         "  title: Ours\n"
                                         "  github: owner/name\n"
                                         "site:\n"
                                         "  title: Another\n"
                                         "  description: Of it\n"
                                         "  options:\n"
                                         "    logo: logo.svg\n"
                                         "    favicon: icon.png\n"
                                         "    accent: rebeccapurple\n"
                                         "    accent_dark: '#9cf'\n");
    fixture_expect_ok(&all);
    assert_string_equal(book->title, "Ours");
    assert_string_equal(book->description, "Of it");
    assert_string_equal(book->github, "https://github.com/owner/name");
    assert_string_equal(book->logo.path, "logo.svg");
    assert_int_equal(book->logo.place.line, 8);
    assert_string_equal(book->favicon.path, "icon.png");
    assert_string_equal(colour_write(&book->accent.colour, &all.arena), "#663399");
    assert_string_equal(colour_write(&book->accent_dark.colour, &all.arena), "#99ccff");
    fixture_release(&all);
}

static void faults_are_told_with_their_places(void **state)
{
    static const struct {
        const char *project;
        int line;
        const char *words;
    } cases[] = {
        {"site:\n  options:\n    accent: stealblue\n", 3, "'stealblue' is no colour"},
        {"site:\n  options:\n    accent: '#12345'\n", 3, "'#12345' is no colour"},
        {"site:\n  options:\n    acent: red\n", 3, "acent"},
        {"site:\n  opitons: {}\n", 2, "opitons"},
        {"project:\n  github: a/b/c\n", 2, "'a/b/c' is no repository"},
        {"project:\n  authors: [{affiliation: X}]\n", 2, "an author needs a name"},
        {"project:\n  license: {text: X}\n", 2, "a licence has a name"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct book_fixture all;
        read(&all, cases[i].project);
        assert_int_equal(all.diags.count, 1);
        assert_int_equal(all.diags.items[0].place.line, cases[i].line);
        if (!strstr(all.diags.items[0].message, cases[i].words))
            fail_msg("'%s' is not in '%s'", cases[i].words, all.diags.items[0].message);
        fixture_release(&all);
    }
}

static void colours_are_read_as_css_writes_them(void **state)
{
    static const char *const good[][2] = {{"#0b57a4", "#0b57a4"},
                                          {"#0B57A4", "#0b57a4"},
                                          {"#05a", "#0055aa"},
                                          {"rgb(11, 87, 164)", "#0b57a4"},
                                          {"rgb(11 87 164)", "#0b57a4"},
                                          {"rgb(100% 0% 50%)", "#ff0080"},
                                          {"hsl(0 100% 50%)", "#ff0000"},
                                          {"hsl(120, 100%, 25%)", "#008000"},
                                          {"hsl(240 100% 50%)", "#0000ff"},
                                          {"SteelBlue", "#4682b4"}};
    static const char *const bad[] = {"",           "#",
                                      "#12",        "#12345g",
                                      "rgb(1 2)",   "rgb(1 2 300)",
                                      "rgb(1 2 3",  "rgb(1 2 3) ;x",
                                      "hsl(0 1 2)", "url(x)",
                                      "red}",       "transparent"};
    struct arena arena = {0};
    struct colour colour;
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(colour_read(good[i][0], &colour));
        assert_string_equal(colour_write(&colour, &arena), good[i][1]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (colour_read(bad[i], &colour))
            fail_msg("'%s' is taken for a colour", bad[i]);
    arena_release(&arena);
}

/* Black on white is 21 by definition; #767676 is the lightest grey that WCAG's 4.5 allows there. */
static void contrast_is_that_of_wcag(void **state)
{
    struct colour white, black, grey, lighter;
    (void)state;
    assert_true(colour_read("white", &white) && colour_read("black", &black));
    assert_true(colour_read("#767676", &grey) && colour_read("#777777", &lighter));
    assert_true(fabs(colour_contrast(&white, &black) - 21) < 1e-9);
    assert_true(colour_contrast(&black, &white) == colour_contrast(&white, &black));
    assert_true(colour_contrast(&white, &grey) > 4.5);
    assert_true(colour_contrast(&white, &lighter) < 4.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(authors_have_their_affiliations),
        cmocka_unit_test(licence_may_be_one_of_text_and_one_of_code),
        cmocka_unit_test(site_says_what_the_project_does_not),
        cmocka_unit_test(faults_are_told_with_their_places),
        cmocka_unit_test(colours_are_read_as_css_writes_them),
        cmocka_unit_test(contrast_is_that_of_wcag),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
