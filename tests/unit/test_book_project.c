/* myst.yml and front matter: what is taken from them, and what is wrong with them. */
#include "book_fixture.h"

static void everything_is_read(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_start(&all);
    fixture_file(&all, "myst.yml",
                 "version: 1\n"
                 "project:\n"
                 "  title: A book\n"
                 "  subtitle: 'With: a subtitle'\n"
                 "  authors:\n"
                 "    - A. One\n"
                 "    - name: B. Two\n"
                 "      email: b@example.org\n"
                 "  copyright: 2024\n"
                 "  license: CC-BY-4.0\n"
                 "  language: en\n"
                 "  solutions: end\n"
                 "  values: footnotes\n"
                 "  math:\n"
                 "    '\\RR': '\\mathbb{R}'\n"
                 "    '\\E': {macro: '\\mathbb{E}'}\n"
                 "  toc:\n"
                 "    - file: z.md\n"
                 "    - title: A part\n"
                 "      children:\n"
                 "        - file: folder/y\n"
                 "          children:\n"
                 "            - file: ./x.md\n"
                 "    - file: index.md\n");
    fixture_file(&all, "index.md", "Hello\n");
    fixture_file(&all, "x.md", "---\ntitle: X, by name\ndescription: Of x\n---\n\n# x\n");
    fixture_file(&all, "folder/y.md", "## y {math}`z`\n");
    fixture_file(&all, "z.md", "no heading\n");
    fixture_file(&all, "unlisted.md", "{x}`y`\n");
    fixture_read(&all);
    fixture_expect_ok(&all);
    const struct book *book = &all.book;
    assert_string_equal(book->title, "A book");
    assert_int_equal(book->display.solutions, SOLUTIONS_END);
    assert_int_equal(book->display.values, VALUES_FOOTNOTES);
    assert_string_equal(book->subtitle, "With: a subtitle");
    assert_string_equal(book->copyright, "2024");
    assert_string_equal(book->license, "CC-BY-4.0");
    assert_string_equal(book->language, "en");
    assert_int_equal(book->author_count, 2);
    assert_string_equal(book->authors[1].name, "B. Two");
    assert_int_equal(book->macro_count, 2);
    assert_string_equal(book->macros[1].name, "\\E");
    assert_string_equal(book->macros[1].value, "\\mathbb{E}");
    static const char *const chapters[][3] = {{"index.md", "index", "index"},
                                              {"z.md", "z", "z"},
                                              {"folder/y.md", "folder-y", "y z"},
                                              {"x.md", "x", "X, by name"}};
    assert_int_equal(book->chapter_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(book->chapters[i]->number, i);
        assert_string_equal(book->chapters[i]->file, chapters[i][0]);
        assert_string_equal(book->chapters[i]->slug, chapters[i][1]);
        assert_string_equal(book->chapters[i]->title, chapters[i][2]);
    }
    assert_string_equal(book->chapters[3]->summary, "Of x");
    assert_null(book->chapters[1]->summary);
    fixture_release(&all);
}

static void without_it_every_chapter_by_name(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_start(&all);
    fixture_file(&all, "b.md", "# b\n");
    fixture_file(&all, "a.md", "# a\n");
    fixture_file(&all, "c.txt", "# c\n");
    fixture_read(&all);
    fixture_expect_ok(&all);
    assert_int_equal(all.book.chapter_count, 2);
    assert_string_equal(all.book.chapters[0]->title, "a");
    assert_int_equal(all.book.chapters[0]->number, 1);
    assert_null(all.book.title);
    fixture_file(&all, "index.md", "# i\n");
    fixture_file(&all, "myst.yml", "project:\n  title: t\n");
    fixture_read(&all);
    fixture_expect_ok(&all);
    assert_int_equal(all.book.chapter_count, 3);
    assert_string_equal(all.book.chapters[0]->title, "i");
    assert_int_equal(all.book.chapters[0]->number, 0);
    assert_string_equal(all.book.title, "t");
    fixture_release(&all);
}

struct mistake {
    const char *yaml;
    int line, column;
    const char *message;
};

static void each_mistake_has_its_place(void **state)
{
    (void)state;
    static const struct mistake mistakes[] = {
        {"project:\n  titel: a\n", 2, 3, "'titel' is not a key"},
        {"projekt:\n  title: a\n", 1, 1, "'projekt' is not a key"},
        {"project:\n  title: [a]\n", 2, 10, "title must be a text, not a list"},
        {"project: a\n", 1, 10, "project must be a mapping, not a text"},
        {"- a\n", 1, 1, "myst.yml must be a mapping, not a list"},
        {"project:\n  authors:\n    - email: a\n", 3, 7, "an author needs a name"},
        {"project:\n  solutions: hidden\n", 2, 14, "solutions cannot be shown as 'hidden'"},
        {"project:\n  solutions: [end]\n", 2, 14, "solutions must be a text, not a list"},
        {"project:\n  math:\n    RR: a\n", 3, 5, "starts with a backslash"},
        {"project:\n  math: a\n", 2, 9, "math must be a mapping"},
        {"project:\n  toc: a.md\n", 2, 8, "toc must be a list"},
        {"project:\n  toc:\n    - a.md\n    - file: a.md\n", 3, 7, "names a file"},
        {"project:\n  toc:\n    - file: b.md\n    - file: a.md\n", 3, 13, "no file 'b.md'"},
        {"project:\n  toc:\n    - file: ../a.md\n", 3, 13, "'../a.md' is outside the book"},
        {"project:\n  toc:\n    - file: x/../../a.md\n", 3, 13, "is outside the book"},
        {"project:\n  toc:\n    - file: /etc/a.md\n", 3, 13, "is outside the book"},
        {"project:\n  toc:\n    - file: a.md\n    - file: ./a.md\n", 4, 13, "listed twice"},
        {"project:\n  toc:\n    - file: a.md\n      titel: b\n", 4, 7, "'titel' is not a key"},
        {"project:\n  title: a\n  title: b\n", 3, 3, "'title' is given twice"},
        {"project:\n  é: 'ü' x\n", 2, 12, "YAML"},
        {"project: {title: *a}\n", 1, 18, "an alias"},
        {"project:\n\ttitle: a\n", 2, 1, "YAML"},
        {"a: \x01\n", 1, 4, "YAML"},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct book_fixture all;
        fixture_start(&all);
        fixture_file(&all, "a.md", "# a\n");
        fixture_file(&all, "myst.yml", mistakes[i].yaml);
        fixture_read(&all);
        const struct diag *fault = fixture_fault(&all, "myst.yml", mistakes[i].line,
                                                 mistakes[i].column, mistakes[i].message);
        bool warning = strstr(fault->message, "is not a key") != NULL;
        assert_int_equal(fault->severity, warning ? SEVERITY_WARNING : SEVERITY_ERROR);
        assert_int_equal(all.ok, warning);
        assert_int_equal(all.diags.count, 1);
        fixture_release(&all);
    }
}

static void suggestions(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_start(&all);
    fixture_file(&all, "loops.md", "# a\n");
    fixture_file(&all, "myst.yml", "project:\n  titel: a\n  toc:\n    - file: lops.md\n");
    fixture_read(&all);
    assert_string_equal(fixture_fault(&all, "myst.yml", 2, 3, "titel")->hint,
                        "did you mean 'title'?");
    assert_string_equal(fixture_fault(&all, "myst.yml", 4, 13, "lops.md")->hint,
                        "did you mean 'loops.md'?");
    fixture_release(&all);
}

static void front_matter(void **state)
{
    (void)state;
    static const struct mistake mistakes[] = {
        {"---\ntitle: a\n# b\n", 1, 1, "this front matter is never closed"},
        {"---\ntitle: [a\n---\n# b\n", 2, 10, "YAML"},
        {"---\n\ntitle: {a: b}\n---\n", 3, 8, "title must be a text"},
        {"---\n- a\n---\n", 2, 1, "front matter must be a mapping"},
        {"---\r\ntitle: a\r\ntitle: b\r\n---\r\n", 3, 1, "'title' is given twice"},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct book_fixture all;
        fixture_chapter(&all, mistakes[i].yaml);
        fixture_only_fault(&all, mistakes[i].line, mistakes[i].column, mistakes[i].message);
        fixture_release(&all);
    }
    struct book_fixture all;
    fixture_chapter(&all, "---\n---\n$x$\n\n---\ntitle: no\n---\n");
    fixture_expect_ok(&all);
    fixture_place(fixture_element(&all, 0, ELEMENT_ROLE, 0)->place, 3, 1);
    fixture_release(&all);
}

static void folders_that_hold_no_book(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_start(&all);
    fixture_read(&all);
    assert_false(all.ok);
    assert_non_null(strstr(all.diags.items[0].message, "there is no chapter"));
    diags_release(&all.diags);
    book_release(&all.book);
    assert_false(book_read(&all.book, "/nowhere/at/all", &all.diags));
    assert_non_null(strstr(all.diags.items[0].message, "cannot read the folder"));
    fixture_release(&all);
}

static void two_chapters_for_one_page(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_start(&all);
    fixture_file(&all, "myst.yml", "project:\n  toc:\n    - file: a/b.md\n    - file: a-b.md\n");
    fixture_file(&all, "a/b.md", "# 1\n");
    fixture_file(&all, "a-b.md", "# 2\n");
    fixture_read(&all);
    fixture_fault(&all, "myst.yml", 4, 13, "would both become 'a-b.html'");
    assert_int_equal(all.diags.count, 1);
    fixture_release(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_read),
        cmocka_unit_test(without_it_every_chapter_by_name),
        cmocka_unit_test(each_mistake_has_its_place),
        cmocka_unit_test(suggestions),
        cmocka_unit_test(front_matter),
        cmocka_unit_test(folders_that_hold_no_book),
        cmocka_unit_test(two_chapters_for_one_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
