/* Numbers, anchors, labels and references, within a chapter and across chapters. */
#include "book_fixture.h"

static void two_chapters(struct book_fixture *all)
{
    fixture_start(all);
    fixture_file(all, "index.md",
                 "# Welcome\n\n## Part\n\n```{figure} a.png\n:name: cover\nC\n```\n"
                 "See {doc}`one`, {doc}`/two.md`, {ref}`loops`, {any}`two`.\n");
    fixture_file(
        all, "one.md",
        "(top)=\n# One\n\n(loops)=\n## The *loops*\n\n### Deep\n\n## Pure & simple: “x”\n\n"
        "## Pure & simple: “x”\n\n"
        "$$\na\n$$ (eq:a)\n\n$$\nunlabelled\n$$\n\n$$ b $$ (b)\n\n"
        "```{figure} a.png\n```\n\n```{figure} b.png\n:name: fig\nThe $x$ caption\n```\n\n"
        "(both)=\n(second)=\n```{experiment} k\n:name: median\n:caption: Wealth\n```\n\n"
        "(here)=\nA paragraph.\n");
    fixture_file(all, "two.md",
                 "# Two\n\n```{exercise}\n:label: ex\n```\n\n```{exercise}\n:label: free\n"
                 ":nonumber:\n```\n\n```{exercise}\n:label: ex2\n```\n\n"
                 ":::{solution} ex2\nSee {eq}`eq:a`, {numref}`Figure %s <fig>`, {ref}`top`, "
                 "{ref}`here`, [](one.md#deep), [](one.md#the-loops), [](#fig), [](#two), "
                 "[](one.md), [](one.md#median), [](http://x.md), [](pic.png).\n:::\n\n"
                 "## Sub {ref}`median`\n");
    fixture_read(all);
}

static void numbers(void **state)
{
    (void)state;
    struct book_fixture all;
    two_chapters(&all);
    assert_int_equal(all.book.chapters[0]->number, 0);
    assert_int_equal(all.book.chapters[2]->number, 2);
    assert_null(fixture_element(&all, 0, ELEMENT_HEADING, 1)->number);
    assert_string_equal(fixture_element(&all, 0, ELEMENT_DIRECTIVE, 0)->number, "1");
    static const char *const sections[] = {"1", "1.1", "1.1.1", "1.2", "1.3"};
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(fixture_element(&all, 1, ELEMENT_HEADING, i)->number, sections[i]);
    assert_string_equal(book_label(&all.book, "eq:a")->number, "1.1");
    assert_string_equal(book_label(&all.book, "b")->number, "1.2");
    assert_null(fixture_element(&all, 1, ELEMENT_DIRECTIVE, 1)->number);
    assert_string_equal(book_label(&all.book, "fig")->number, "1.1");
    assert_string_equal(book_label(&all.book, "median")->number, "1.1");
    assert_string_equal(book_label(&all.book, "ex")->number, "2.1");
    assert_null(book_label(&all.book, "free")->number);
    assert_string_equal(book_label(&all.book, "ex2")->number, "2.2");
    fixture_release(&all);
}

static void labels_and_anchors(void **state)
{
    (void)state;
    struct book_fixture all;
    two_chapters(&all);
    const struct label *loops = book_label(&all.book, "loops");
    assert_ptr_equal(loops->element, fixture_element(&all, 1, ELEMENT_HEADING, 1));
    assert_ptr_equal(loops->chapter, book_chapter(&all.book, "one"));
    assert_int_equal(loops->series, SERIES_SECTION);
    assert_string_equal(loops->title, "The loops");
    assert_string_equal(loops->anchor, "loops");
    assert_string_equal(loops->element->anchor, "loops");
    assert_null(fixture_element(&all, 1, ELEMENT_ANCHOR, 1)->anchor);
    assert_string_equal(fixture_element(&all, 1, ELEMENT_HEADING, 2)->anchor, "deep");
    assert_string_equal(fixture_element(&all, 1, ELEMENT_HEADING, 3)->anchor, "pure--simple-x");
    assert_string_equal(fixture_element(&all, 1, ELEMENT_HEADING, 4)->anchor, "pure--simple-x-1");
    assert_string_equal(book_label(&all.book, "fig")->title, "The x caption");
    assert_string_equal(book_label(&all.book, "here")->anchor, "here");
    assert_int_equal(book_label(&all.book, "here")->element->kind, ELEMENT_ANCHOR);
    const struct label *both = book_label(&all.book, "both");
    assert_string_equal(both->anchor, "both");
    assert_string_equal(book_label(&all.book, "second")->anchor, "second");
    assert_string_equal(book_label(&all.book, "median")->anchor, "both");
    assert_ptr_equal(both->element, book_label(&all.book, "second")->element);
    assert_ptr_equal(both->element, book_label(&all.book, "median")->element);
    assert_null(book_label(&all.book, "nothing"));
    fixture_release(&all);
}

static void references_that_hold(void **state)
{
    (void)state;
    struct book_fixture all;
    two_chapters(&all);
    /* A heading's own anchor is taken by its label: one link of the book is meant to fail. */
    fixture_fault(&all, "two.md", 17, 89, "there is no label 'the-loops'");
    assert_int_equal(all.diags.count, 1);
    const struct element *solution = fixture_element(&all, 2, ELEMENT_DIRECTIVE, 3);
    assert_string_equal(solution->name, "solution");
    assert_ptr_equal(solution->previous, book_label(&all.book, "ex2")->element);
    assert_ptr_equal(book_chapter(&all.book, "two.md"), all.book.chapters[2]);
    assert_null(book_chapter(&all.book, "three"));
    fixture_release(&all);
}

static void references_that_fail(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int column;
        const char *message, *hint;
    } cases[] = {
        {"a {ref}`lops`", 9, "there is no label 'lops'", "did you mean 'loops'?"},
        {"a {ref}`text <lops>`", 9, "there is no label 'lops'", "did you mean 'loops'?"},
        {"{numref}`here`", 10, "'here' has no number", NULL},
        {"{eq}`loops`", 6, "'loops' is not an equation", NULL},
        {"{doc}`a.mdd`", 7, "there is no chapter 'a.mdd'", "did you mean 'a.md'?"},
        {"{any}`xyzzy`", 7, "there is no label 'xyzzy'", NULL},
        {"a [b *c*](b.md) d", 11, "there is no chapter 'b.md'", NULL},
        {"a [b](#lops) [c](#lops)", 18, "there is no label 'lops'", "did you mean 'loops'?"},
        {"[b](a.md#lops)", 5, "there is no label 'lops'", NULL},
        {"[b][c]\n\n[c]: #lops", 1, "there is no label 'lops'", NULL},
        {"a[^x]", 2, "the footnote 'x' has no text", NULL},
        {":::{solution} loops\n:::", 15, "'loops' is not an exercise", NULL},
        {":::{solution} lops\n:::", 15, "there is no label 'lops'", "did you mean 'loops'?"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct book_fixture all;
        struct text text = {0};
        text_addf(&text, "(loops)=\n# h\n\n(here)=\nx\n\n%s\n", cases[i].text);
        fixture_chapter(&all, text_string(&text));
        const struct diag *fault =
            fixture_fault(&all, "a.md", 7, cases[i].column, cases[i].message);
        if (cases[i].hint)
            assert_string_equal(fault->hint, cases[i].hint);
        assert_int_equal(fault->severity, SEVERITY_WARNING);
        assert_true(all.ok);
        text_release(&text);
        fixture_release(&all);
    }
}

static void labels_given_twice(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_start(&all);
    fixture_file(&all, "a.md", "(x)=\n# a\n\n[^1]: a\n\n[^1]: b\n");
    fixture_file(&all, "b.md", "# b\n\n```{note}\n:name: x\n```\n\n$$ y $$ (y)\n\n$$ y $$ (y)\n");
    fixture_read(&all);
    fixture_fault(&all, "b.md", 4, 8, "the label 'x' is used before, in a.md, line 1");
    fixture_fault(&all, "b.md", 9, 10, "the label 'y' is used before, in b.md, line 7");
    fixture_fault(&all, "a.md", 6, 1, "the footnote '1' is written before, in line 4");
    assert_int_equal(all.diags.count, 3);
    assert_string_equal(book_label(&all.book, "x")->chapter->file, "a.md");
    fixture_release(&all);
}

static void anchors_are_unique(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "# a\n\n## a\n\n## a-1\n\n(b c)=\n## a\n\n## b c\n\n## ?!\n\n## "
                          "Größe\n\n[](#gr%C3%B6%c3%9fe)\n");
    fixture_expect_ok(&all);
    static const char *const anchors[] = {"a", "a-1", "a-1-1", "b-c", "b-c-1", "section"};
    for (size_t i = 0; i < sizeof anchors / sizeof *anchors; i++)
        assert_string_equal(fixture_element(&all, 0, ELEMENT_HEADING, i)->anchor, anchors[i]);
    fixture_release(&all);
}

static void links_between_folders(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_start(&all);
    fixture_file(&all, "myst.yml",
                 "project:\n  toc:\n    - file: a.md\n    - file: part/b.md\n"
                 "    - file: part/c\n");
    fixture_file(&all, "a.md", "[](part/b.md#b) {doc}`part/c`\n");
    fixture_file(&all, "part/b.md", "# b\n\n[](../a.md) [](./c.md) [](/a.md) [](a.md)\n");
    fixture_file(&all, "part/c.md", "---\nlabel: sea\n---\n# c\n\n{ref}`sea`, {doc}`../a`\n");
    fixture_read(&all);
    fixture_fault(&all, "b.md", 3, 37, "there is no chapter 'a.md'");
    assert_int_equal(all.diags.count, 1);
    assert_string_equal(all.book.chapters[1]->slug, "part-b");
    assert_string_equal(all.book.chapters[1]->file, "part/b.md");
    assert_null(book_label(&all.book, "sea")->element);
    assert_null(book_label(&all.book, "sea")->anchor);
    assert_string_equal(book_label(&all.book, "sea")->title, "c");
    assert_string_equal(book_label(&all.book, "sea")->number, "3");
    fixture_release(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(labels_and_anchors),
        cmocka_unit_test(references_that_hold),
        cmocka_unit_test(references_that_fail),
        cmocka_unit_test(labels_given_twice),
        cmocka_unit_test(anchors_are_unique),
        cmocka_unit_test(links_between_folders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
