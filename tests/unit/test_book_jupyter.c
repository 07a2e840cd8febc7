/* Books as Jupyter Book has them, and BibTeX. */
#include "book_fixture.h"

#include "book/latex.h"

static void toc(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_start(&all);
    fixture_file(&all, "_toc.yml",
                 "format: jb-book\nroot: intro\noptions:\n  numbered: true\nparts:\n"
                 "- caption: One\n  chapters:\n  - file: a\n    sections:\n    - file: sub/b\n"
                 "- caption: Two\n  chapters:\n  - file: c.md\n  - url: https://example.org\n"
                 "  - file: none\n");
    fixture_file(&all, "intro.md", "# i\n");
    fixture_file(&all, "a.md", "# a\n");
    fixture_file(&all, "sub/b.md", "# b\n");
    fixture_file(&all, "c.md", "# c\n");
    fixture_file(&all, "unlisted.md", "{no}`x`\n");
    fixture_read(&all);
    fixture_fault(&all, "_toc.yml", 14, 5, "only files of the book are listed");
    fixture_fault(&all, "_toc.yml", 15, 11, "there is no file 'none.md'");
    assert_int_equal(all.diags.count, 2);
    assert_true(all.ok);
    assert_int_equal(all.book.chapter_count, 4);
    assert_string_equal(all.book.chapters[0]->file, "intro.md");
    assert_int_equal(all.book.chapters[0]->number, 0);
    assert_string_equal(all.book.chapters[2]->file, "sub/b.md");
    assert_string_equal(all.book.chapters[2]->part, "One");
    assert_string_equal(all.book.chapters[3]->part, "Two");
    fixture_release(&all);
}

static void other_forms_of_toc(void **state)
{
    (void)state;
    static const char *const forms[] = {
        "root: b\nchapters:\n- file: a\n",
        "format: jb-article\nroot: b\nsections:\n- file: a\n",
        "- file: b\n  numbered: true\n- part: P\n  chapters:\n  - file: a\n",
        "root: b\nsubtrees:\n- entries:\n  - file: a\n",
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct book_fixture all;
        fixture_start(&all);
        fixture_file(&all, "_toc.yml", forms[i]);
        fixture_file(&all, "a.md", "# a\n");
        fixture_file(&all, "b.md", "# b\n");
        fixture_read(&all);
        fixture_expect_ok(&all);
        assert_string_equal(all.book.chapters[0]->file, "b.md");
        assert_int_equal(all.book.chapters[0]->number, 0);
        assert_int_equal(all.book.chapters[1]->number, 1);
        fixture_release(&all);
    }
}

static void myst_yml_goes_first(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_start(&all);
    fixture_file(&all, "_toc.yml", "root: a\n");
    fixture_file(
        &all, "_config.yml",
        "title: theirs\nauthor: A & B\nunknown: 1\nsphinx:\n  config:\n"
        "    mathjax3_config:\n      tex:\n        macros:\n          \"argmax\": \"arg\\\\,max\"\n"
        "          RR: no\n          norm: [\"|#1|\", 1]\n"
        "    intersphinx_mapping:\n      intro: [\"https://example.org/\", null]\n");
    fixture_file(&all, "myst.yml",
                 "project:\n  title: ours\n  math:\n    \\RR: \\mathbb{R}\n"
                 "  toc:\n  - file: b.md\n");
    fixture_file(&all, "b.md",
                 "---\nmath:\n  \\Own: x\n---\n# b\n\n{doc}`intro:page` {doc}`other:page`\n");
    fixture_read(&all);
    fixture_fault(&all, "b.md", 7, 25, "there is no chapter 'other:page'");
    assert_int_equal(all.diags.count, 1);
    assert_string_equal(all.book.title, "ours");
    assert_string_equal(all.book.authors[0].name, "A & B");
    assert_string_equal(all.book.chapters[0]->file, "b.md");
    assert_int_equal(all.book.macro_count, 4);
    assert_string_equal(all.book.macros[3].name, "\\Own");
    assert_string_equal(all.book.macros[0].name, "\\RR");
    assert_string_equal(all.book.macros[0].value, "\\mathbb{R}");
    assert_string_equal(all.book.macros[1].value, "arg\\,max");
    assert_string_equal(all.book.macros[2].value, "|#1|");
    assert_int_equal(all.book.site_count, 1);
    fixture_release(&all);
}

static void broken_files_of_others_are_warnings(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_start(&all);
    fixture_file(&all, "_toc.yml", "root: [\n");
    fixture_file(&all, "_config.yml", "- a\n");
    fixture_file(&all, "a.md", "# a\n");
    fixture_read(&all);
    assert_int_equal(all.diags.count, 2);
    assert_true(all.ok);
    assert_int_equal(all.book.chapter_count, 1);
    fixture_release(&all);
}

static void latex_into_unicode(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"M{\\\"u}ller", "Müller"},
        {"M\\\"{u}ller and J\\'ozef", "Müller and Józef"},
        {"{\\'\\i} \\'{\\i} \\`{ e }", "í í è"},
        {"\\O{}re \\AA se \\ss{} {\\ae}", "Øre Åse ß æ"},
        {"\\c{c} \\v{S} {\\v S} \\H{o} \\k a \\u{g}", "ç Š Š ő ą ğ"},
        {"\\d{q}\\'{q}", "q\xCC\xA3q\xCC\x81"},
        {"{A} {B}ig {{Title}}", "A Big Title"},
        {"a--b---c ``d'' `e' f~g", "a–b—c “d” ‘e’ f\xC2\xA0g"},
        {"\\emph{x} {\\bf y} \\textit{z} \\unknown{w}", "x y z w"},
        {"50\\% \\& \\$5 \\# \\_ \\{x\\}", "50% & $5 # _ {x}"},
        {"in $\\mathbb{R}^{n}$ -- so", "in $\\mathbb{R}^{n}$ – so"},
        {"\\", ""},
        {"\\'", ""},
        {"\\'{", ""},
        {"{{{", ""},
        {"$", "$"},
        {"", ""},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(latex_plain(&arena, cases[i][0]), cases[i][1]);
    arena_release(&arena);
}

static void bibtex(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_start(&all);
    fixture_file(&all, "x.bib",
                 "@string{j = \"Journal\"}\n@comment{no}\n"
                 "@Article{Key2001, Author = {van der Berg, Jr., K. and Doe, Jane and others},\n"
                 "  title = {On {B}ig} # { things}, journal = j, year = 2001}\n"
                 "@book(b, editor = \"R{\\\"o}e, Ann\", title = {B})\n");
    fixture_file(&all, "a.md", "{cite}`Key2001, b,Key201` {cite:t}`b`\n\n```{bibliography}\n```\n");
    fixture_read(&all);
#ifdef HAVE_BTPARSE
    const struct diag *fault =
        fixture_fault(&all, "a.md", 1, 19, "there is no BibTeX entry 'Key201'");
    assert_string_equal(fault->hint, "did you mean 'Key2001'?");
    assert_int_equal(all.diags.count, 1);
    assert_int_equal(all.book.reference_count, 2);
    const struct reference *article = book_reference(&all.book, "Key2001");
    assert_string_equal(article->type, "article");
    assert_int_equal(article->people_count, 3);
    assert_string_equal(article->people[0].family, "van der Berg, Jr.");
    assert_string_equal(article->people[0].given, "K.");
    assert_string_equal(article->people[2].family, "others");
    assert_string_equal(reference_field(article, "title"), "On Big things");
    assert_string_equal(reference_field(article, "journal"), "Journal");
    assert_string_equal(reference_field(article, "year"), "2001");
    assert_false(article->edited);
    assert_true(book_reference(&all.book, "b")->edited);
    assert_string_equal(book_reference(&all.book, "b")->people[0].family, "Röe");
#endif
    fixture_release(&all);
}

/* Bytes cut, doubled and put in at random: nothing crashes. What btparse says of them is lost here,
 * where cmocka has a function of the name by which it speaks. */
static void mutants_of_a_bibliography(void **state)
{
    (void)state;
    static const char good[] =
        "@string{j = \"Journal\" # { of }}\n@article{a, author = {van der Berg, Jr., K. and {Doe "
        "\\&\n"
        " Co} and others}, title = {M{\\\"u}ller \\'{\\i} $x$ \\c c}, journal = j # \"x\", year = "
        "1}\n"
        "@comment{x} @preamble{\"y\"}\n@book(b, editor = \"A B\", note = {--- ``q''})\n";
    static const char scraps[] = "@{}(),=#\"\\$~%'- \nand1x\xFF\xC3";
    struct book_fixture all;
    fixture_start(&all);
    fixture_file(&all, "a.md", "{cite}`a,b`\n");
    uint64_t random = 7;
    for (int i = 0; i < 400; i++) { /* each in a process of its own */
        char text[2 * sizeof good];
        size_t size = sizeof good - 1;
        memcpy(text, good, size);
        for (int changes = 0; changes < 4; changes++) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407U;
            size_t at = (random >> 33) % (size + 1), length = (random >> 20) % 12;
            length = length < size - at ? length : size - at;
            if (random >> 63) {
                memmove(text + at, text + at + length, size - at - length);
                size -= length;
            } else if (size + 1 < sizeof text) {
                memmove(text + at + 1, text + at, size++ - at);
                text[at] = scraps[(random >> 40) % (sizeof scraps - 1)];
            }
        }
        fixture_bytes(&all, "x.bib", text, size);
        fixture_read(&all);
        assert_int_equal(all.diags.errors, 0);
        arena_release(&all.arena);
    }
    fixture_release(&all);
}

static void which_bibliographies(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_start(&all);
    fixture_file(&all, "x.bib", "@misc{x, title = {unread, since others are named}}\n");
    fixture_file(&all, "lib/y.bib", "@misc{y, title = {y}}\n");
    fixture_file(&all, "z.bib", "@misc{z, title = {z}}\n@misc{y, title = {again}}\n");
    fixture_file(&all, "myst.yml",
                 "project:\n  bibliography:\n  - lib/y.bib\n  - none.bib\n"
                 "  - ../../../etc/passwd\n");
    fixture_file(&all, "a.md", "```{bibliography} z.bib\n```\n");
    fixture_read(&all);
    fixture_fault(&all, "myst.yml", 4, 5, "'none.bib' cannot be read");
#ifdef HAVE_BTPARSE
    fixture_fault(&all, "z.bib", 2, 1, "the key 'y' is used before");
    assert_int_equal(all.book.reference_count, 2);
    assert_null(book_reference(&all.book, "x"));
    assert_string_equal(reference_field(book_reference(&all.book, "y"), "title"), "y");
#endif
    assert_true(all.ok);
    fixture_release(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(toc),
        cmocka_unit_test(other_forms_of_toc),
        cmocka_unit_test(myst_yml_goes_first),
        cmocka_unit_test(broken_files_of_others_are_warnings),
        cmocka_unit_test(latex_into_unicode),
        cmocka_unit_test(bibtex),
        cmocka_unit_test(which_bibliographies),
#ifdef HAVE_BTPARSE
        cmocka_unit_test(mutants_of_a_bibliography),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
