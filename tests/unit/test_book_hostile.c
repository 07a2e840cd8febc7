/* Input that no author would write: read in bounded time, with faults in places that exist, and
 * without a crash. The mutants earn their keep under the sanitizers. */
#include "book_fixture.h"

#include <time.h>

#ifdef __has_feature
#define CLANG_SANITIZES __has_feature(address_sanitizer)
#else
#define CLANG_SANITIZES 0
#endif
#if defined __SANITIZE_ADDRESS__ || CLANG_SANITIZES
enum { SLOWER = 10 };
#else
enum { SLOWER = 1 };
#endif

enum { MEGABYTE = 1000000, MUTANTS = 2000 };

/* For a megabyte, or less. A machine that runs tests is busy; time that grows with the square of
 * the size would be minutes. */
static const double seconds_allowed = 1.0 * SLOWER;

static const char good[] =
    "---\ntitle: A *good* chapter\ndescription: With everything\nkeywords: [a, b]\n---\n\n"
    "(top)=\n# Title $x$ and {eval}`median.serial`\n\n% a comment\n+++\n\n"
    "Text with $a_b$, `code`, [a link](#top), [another](a.md#sub), 值$y$值[^note] --- \"done\".\n\n"
    "[^note]: A footnote with $z$\n    in two lines.\n\n"
    "$$\na = b\n$$ (eq:one)\n\nSee {eq}`eq:one`, {ref}`the top <top>`, {numref}`table`.\n\n"
    "```{experiment} wealth.median\n:name: median\n:caption: Long-run *median* $m$\n"
    ":set: households=50000, periods=1000\n:draft: households=10\n"
    ":variants: serial, parallel, numba?\n:threads: 1..cores, 8\n:show: table, speedup\n```\n\n"
    "- a list\n\n  ::::{note} Title\n  :class: dropdown\n\n  :::{tip}\n  deep {math}`x`\n  :::\n"
    "  ::::\n\n> | a | b \\| c |\n> |:--|---:|\n> | $x$ | {eval}`a` |\n\n"
    "```{table} Caption\n---\nname: table\nalign: 'left'\n---\n\n| a |\n|---|\n```\n\n"
    ":::{when} a > 1\nyes\n:::\n:::{otherwise}\nno\n:::\n\n## Sub\n\n"
    ":::{exercise}\n:label: ex\n```python\nx = 1\n```\n:::\n\n~~~{solution} ex\n    code\n~~~\n\n"
    "```{figure} a.png\n:name: fig\n\nThe caption\n```\n\n<div>$x$</div>\n\n"
    "```{exercise-start} *Gated*\n:label: gate\n```\n\n- in\n\n```{exercise-end}\n```\n\n"
    "~~~{solution-start} gate\n~~~\n\n{index}`a <pair: b; c>`\n\n~~~{solution-end}\n~~~\n\n"
    "\\begin{align*}\n\\label{eq:two}\na & b\n\\end{align*}\n\n{eq}`eq:two` {prf:ref}`lemma`\n\n"
    "```{list-table} *L*\n:header-rows: 1\n\n* - a\n  - $b$\n* - c\n  - {kbd}`d`\n```\n\n"
    "```{csv-table} C\n:header: x, \"y\"\n\n1, \"a \"\"b\"\", 2\"\n```\n\n"
    ":::{prf:lemma} Of $n$\n:label: lemma\n\nSo.\n:::\n\n"
    "```{index} single: a; b\n```\n\n```{code-cell} python\n---\nmystnb:\n  figure:\n"
    "    caption: c $x$\n    name: cell\n---\nx\n```\n\nEnd\n===\n";

/* Every place of a fault is in the file: a line that exists, a column up to just after its end. */
static void check_places(const struct book_fixture *all, const char *text, size_t size)
{
    for (size_t i = 0; i < all->diags.count; i++) {
        struct place place = all->diags.items[i].place;
        assert_true(place.line >= 0 && (place.column > 0) == (place.line > 0));
        const char *line = text, *end = text + size;
        for (int skip = 1; skip < place.line; skip++) {
            line = memchr(line, '\n', (size_t)(end - line));
            assert_non_null(line);
            line++;
        }
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        if (place.line > 0)
            assert_true(place.column <= (stop ? stop : end) - line + 1);
    }
}

/* Roles and directives stand where the file has what writes them. */
static void check_written(const struct element *element, const char *text)
{
    const char *starts = element->kind == ELEMENT_ROLE        ? "{$["
                         : element->kind == ELEMENT_DIRECTIVE ? "`~:$[\\"
                                                              : NULL;
    if (!starts)
        return;
    for (int line = 1; line < element->place.line; line++)
        text = strchr(text, '\n') + 1;
    char c = text[element->place.column - 1];
    if (!c || !strchr(starts, c))
        fail_msg("{%s} is not at %d:%d", element->name, element->place.line, element->place.column);
}

static void check_elements(const struct book_fixture *all, const char *text)
{
    for (size_t i = 0; i < all->book.chapter_count; i++) {
        const struct chapter *chapter = all->book.chapters[i];
        for (size_t j = 0; j < chapter->element_count; j++) {
            const struct element *element = chapter->elements[j];
            cmark_node *root = element->node;
            for (cmark_node *up; (up = cmark_node_parent(root));)
                root = up;
            assert_ptr_equal(root, chapter->root);
            assert_ptr_equal(cmark_node_get_user_data(element->node), element);
            assert_true(element->place.line > 0);
            check_written(element, text);
        }
    }
}

static void read_bytes(struct book_fixture *all, const char *text, size_t size)
{
    fixture_bytes(all, "a.md", text, size);
    fixture_read(all);
    check_places(all, text, size);
}

static void read_repeated(const char *const *units, size_t count, size_t size)
{
    struct book_fixture all;
    fixture_start(&all);
    char *text = malloc(size);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0, length = strlen(units[i]); j < size; j++)
            text[j] = units[i][j % length];
        fixture_bytes(&all, "a.md", text, size);
        clock_t start = clock(); /* of this process alone, whatever else the machine does */
        fixture_read(&all);
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (seconds > seconds_allowed)
            fail_msg("%zu bytes of '%s' took %.1f s", size, units[i], seconds);
    }
    free(text);
    fixture_release(&all);
}

static void a_megabyte_of_one_thing(void **state)
{
    (void)state;
    static const char *const units[] = {"[", "`", "$", ":::\n", ":::{note}\n"};
    read_repeated(units, sizeof units / sizeof *units, MEGABYTE);
}

static void much_of_one_thing(void **state)
{
    (void)state;
    static const char *const units[] = {"$ ",
                                        "$x$ ",
                                        "` `` ",
                                        "$`",
                                        "::::{tip}\n:::\n",
                                        "```{note}\n",
                                        "```\n",
                                        ">",
                                        "> - ",
                                        "*a ",
                                        "![",
                                        "](",
                                        "[a](#b) ",
                                        "[a][b] ",
                                        "[^a] ",
                                        "[^a]: b\n\n",
                                        "{x}`y` ",
                                        "{ref}`y` ",
                                        "(a)=\n",
                                        "{math}`y` ",
                                        "# a\n",
                                        "$$\n",
                                        "<a b=\"",
                                        "<a ",
                                        "<!--",
                                        "| a |\n|---|\n",
                                        "\\",
                                        "% a\n",
                                        "+++\n",
                                        ":a: b\n",
                                        "---\n",
                                        "\"",
                                        "\t",
                                        "\r",
                                        "\r\n",
                                        "~~~{math}\n"};
    read_repeated(units, sizeof units / sizeof *units, MEGABYTE / 10);
}

static void bytes_that_are_no_text(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_start(&all);
    for (int byte = 0; byte < 256; byte++) {
        char text[] = {'a', (char)byte, '\n', (char)byte, '$', (char)byte, '$', '\n', '\0'};
        read_bytes(&all, text, sizeof text - 1);
        assert_int_equal(all.ok, byte > 0 && byte < 0x80);
        check_elements(&all, text);
    }
    fixture_release(&all);
}

static void nesting_has_a_limit(void **state)
{
    (void)state;
    struct book_fixture all;
    for (int depth = 30; depth <= 40; depth += 10) {
        struct text text = {0};
        for (int i = depth; i > 0; i--)
            text_addf(&text, "%.*s{note}\n", i + 2, "::::::::::::::::::::::::::::::::::::::::::");
        text_add(&text, "deep\n");
        for (int i = 1; i <= depth; i++)
            text_addf(&text, "%.*s\n", i + 2, "::::::::::::::::::::::::::::::::::::::::::");
        fixture_chapter(&all, text_string(&text));
        if (depth <= 32)
            fixture_expect_ok(&all);
        else
            fixture_only_fault(&all, 34, 1, "directives nested more than 32 deep");
        text_release(&text);
        fixture_release(&all);
    }
    struct text quotes = {0};
    for (int i = 0; i < 101; i++)
        text_add(&quotes, ">");
    fixture_chapter(&all, text_string(&quotes));
    fixture_only_fault(&all, 1, 1, "nested more than 100 deep");
    text_release(&quotes);
    fixture_release(&all);
}

/* xorshift64; the same mutants in every run. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    return *state ^= *state << 17;
}

/* Changes a few places of `text`, which has room for 4 times its size; the new size. */
static size_t mutate(char *text, size_t size, uint64_t *random)
{
    static const char *const scraps[] = {"`",
                                         "```",
                                         "$",
                                         "$$",
                                         ":::",
                                         "{",
                                         "}",
                                         "\n",
                                         "\n\n",
                                         "|",
                                         "---",
                                         "(",
                                         ")=",
                                         "[^",
                                         "]",
                                         "\r\n",
                                         "\t",
                                         "    ",
                                         "\\",
                                         ">",
                                         "- ",
                                         ":",
                                         "<",
                                         "#",
                                         "é",
                                         "\xFF",
                                         "::::",
                                         "{note}",
                                         "~~~",
                                         "```{exercise-end}\n```\n",
                                         "\\begin{align}\n",
                                         "\\end{align}\n",
                                         "* - ",
                                         "\"",
                                         ", "};
    for (size_t changes = next_random(random) % 6 + 1; changes > 0; changes--) {
        size_t at = next_random(random) % (size + 1), length = next_random(random) % 40;
        length = length < size - at ? length : size - at;
        const char *scrap = scraps[next_random(random) % (sizeof scraps / sizeof *scraps)];
        size_t added = strlen(scrap);
        switch (next_random(random) % 4) {
        case 0: /* cut */
            memmove(text + at, text + at + length, size - at - length);
            size -= length;
            break;
        case 1: /* double */
            memmove(text + at + length, text + at, size - at);
            size += length;
            break;
        case 2: /* end */
            size = next_random(random) % 8 == 0 ? at : size;
            break;
        default: /* insert */
            memmove(text + at + added, text + at, size - at);
            memcpy(text + at, scrap, added);
            size += added;
        }
    }
    return size;
}

static void mutants_of_a_good_chapter(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, good);
    fixture_expect_ok(&all);
    uint64_t random = 20240506;
    char *text = malloc(4 * sizeof good);
    for (int i = 0; i < MUTANTS; i++) {
        memcpy(text, good, sizeof good - 1);
        size_t size = mutate(text, sizeof good - 1, &random);
        text[size] = '\0';
        read_bytes(&all, text, size);
        check_elements(&all, text);
        for (size_t j = 0; j < all.book.chapter_count; j++)
            free(cmark_render_html(all.book.chapters[j]->root, CMARK_OPT_DEFAULT));
        arena_release(&all.arena);
    }
    free(text);
    fixture_release(&all);
}

static void mutants_of_a_project(void **state)
{
    (void)state;
    static const char project[] =
        "version: 1\nproject:\n  title: 'A'\n  authors: [a, {name: b}]\n  math:\n"
        "    '\\R': \"b\"\n  toc:\n    - file: a.md\n    - title: c\n      children:\n"
        "        - file: d.md\n";
    struct book_fixture all;
    fixture_start(&all);
    fixture_file(&all, "a.md", "# a\n");
    fixture_file(&all, "d.md", "# d\n");
    uint64_t random = 1;
    char *text = malloc(4 * sizeof project + 1000);
    for (int i = 0; i < MUTANTS / 4; i++) {
        memcpy(text, project, sizeof project - 1);
        size_t size = mutate(text, sizeof project - 1, &random);
        fixture_bytes(&all, "myst.yml", text, size);
        fixture_read(&all);
        check_places(&all, text, size);
        arena_release(&all.arena);
    }
    free(text);
    fixture_release(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_megabyte_of_one_thing),   cmocka_unit_test(much_of_one_thing),
        cmocka_unit_test(bytes_that_are_no_text),    cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(mutants_of_a_good_chapter), cmocka_unit_test(mutants_of_a_project),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
