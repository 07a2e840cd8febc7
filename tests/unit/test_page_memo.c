/* Results that are kept from one run to the next: found again, never found for anything else, and
 * no worse than absent where what was kept is broken. */
#include "page_fixture.h"

#include "page/memo.h"

#include <string.h>
#include <sys/stat.h>

struct fixture {
    struct arena arena;
    const char *folder, *packs;
    struct memo *memo;
};

static int open_folder(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->folder = fixture_folder(&f->arena);
    f->packs = path_join(&f->arena, f->folder, "packs");
    f->memo = memo_new(f->packs);
    *state = f;
    return 0;
}

static int close_folder(void **state)
{
    struct fixture *f = *state;
    memo_free(f->memo);
    folder_remove(f->folder);
    arena_release(&f->arena);
    free(f);
    return 0;
}

static struct digest key(const char *text)
{
    return digest_bytes(text, strlen(text));
}

static void keep(struct fixture *f, const char *name, const char *result)
{
    memo_keep(f->memo, key(name), result, strlen(result));
}

/* What another run of the program finds. */
static void start_anew(struct fixture *f, const char *unit)
{
    memo_free(f->memo);
    f->memo = memo_new(f->packs);
    memo_open(f->memo, unit);
}

static void expect(struct fixture *f, const char *name, const char *result)
{
    size_t size;
    const char *found = memo_find(f->memo, key(name), &size);
    if (!result) {
        assert_null(found);
        return;
    }
    assert_non_null(found);
    assert_string_equal(found, result);
    assert_int_equal(size, strlen(result));
}

static void keep_two(struct fixture *f)
{
    memo_open(f->memo, "chapter");
    keep(f, "a", "result of a");
    keep(f, "b", "");
    memo_close(f->memo, false);
}

static const char *only_pack(struct fixture *f)
{
    size_t count;
    const char **names = folder_list(&f->arena, f->packs, "", &count);
    assert_non_null(names);
    assert_int_equal(count, 1);
    return path_join(&f->arena, f->packs, names[0]);
}

static void finds_in_the_next_run_what_a_unit_used(void **state)
{
    struct fixture *f = *state;
    keep_two(f);
    start_anew(f, "chapter");
    expect(f, "a", "result of a");
    expect(f, "b", "");
    expect(f, "c", NULL);
    assert_int_equal(memo_made(f->memo), 0);
    start_anew(f, "another");
    expect(f, "a", NULL);
}

static void keeps_only_what_is_still_used(void **state)
{
    struct fixture *f = *state;
    keep_two(f);
    start_anew(f, "chapter");
    expect(f, "b", "");
    memo_close(f->memo, true); /* all that there was before besides */
    start_anew(f, "chapter");
    expect(f, "a", "result of a");
    memo_close(f->memo, false);
    start_anew(f, "chapter");
    expect(f, "a", "result of a");
    expect(f, "b", NULL);
}

static void shares_results_between_units_of_a_run(void **state)
{
    struct fixture *f = *state;
    keep_two(f);
    memo_open(f->memo, "second");
    expect(f, "a", "result of a");
    memo_close(f->memo, false);
    start_anew(f, "second");
    expect(f, "a", "result of a");
    expect(f, "b", NULL);
}

static void writes_no_pack_that_is_as_it_was(void **state)
{
    struct fixture *f = *state;
    struct stat before, after;
    keep_two(f);
    assert_int_equal(stat(only_pack(f), &before), 0);
    start_anew(f, "chapter");
    expect(f, "b", ""); /* in another order */
    expect(f, "a", "result of a");
    memo_close(f->memo, false);
    assert_int_equal(stat(only_pack(f), &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_int_equal(before.st_ctim.tv_nsec, after.st_ctim.tv_nsec);
}

static void takes_a_broken_pack_for_none(void **state)
{
    struct fixture *f = *state;
    size_t size;
    keep_two(f);
    const char *path = only_pack(f);
    const char *bytes = file_read(&f->arena, path, &size);
    char *broken = arena_alloc(&f->arena, size);
    for (size_t cut = 0; cut < size; cut++) {
        assert_true(file_write(path, bytes, cut));
        start_anew(f, "chapter");
        expect(f, "a", NULL);
    }
    for (size_t i = 0; i < size; i++) {
        memcpy(broken, bytes, size);
        broken[i] ^= 0x20;
        assert_true(file_write(path, broken, size));
        start_anew(f, "chapter");
        expect(f, "a", NULL);
        expect(f, "b", NULL);
    }
    keep(f, "a", "made anew");
    memo_close(f->memo, false);
    start_anew(f, "chapter");
    expect(f, "a", "made anew");
}

static void removes_packs_of_units_that_are_gone(void **state)
{
    struct fixture *f = *state;
    keep_two(f);
    memo_open(f->memo, "second");
    keep(f, "c", "3");
    memo_close(f->memo, false);
    start_anew(f, "second");
    memo_close(f->memo, true);
    memo_prune(f->memo);
    only_pack(f);
    start_anew(f, "second");
    expect(f, "c", "3");
}

static void does_without_a_folder(void **state)
{
    struct fixture *f = *state;
    assert_true(file_write(f->packs, "a file", 6));
    keep_two(f); /* cannot be written */
    expect(f, "a", "result of a");
    memo_free(f->memo);
    f->memo = memo_new(NULL);
    memo_open(f->memo, "chapter");
    keep(f, "a", "1");
    memo_close(f->memo, false);
    expect(f, "a", "1");
    assert_false(memo_has(f->memo, "chapter"));
}

/* --- Of pages ------------------------------------------------------------------------------------
 */

static const char chapter[] = "# One\n\n$x^2$ and {eval}`machine.cores`\n\n"
                              "```{code-block} c\nint x;\n```\n\n```{machine}\n```\n";

static const char *render(struct page_fixture *f, const char *text)
{
    f->memo = path_join(&f->arena, f->folder, ".memo");
    return page_render_chapter(f, text);
}

static void makes_nothing_twice(void **state)
{
    struct page_fixture *f = *state;
    char *first = arena_strdup(&f->arena, render(f, chapter));
    assert_true(f->site.made >= 5); /* formula, listing, value, two frames of pages */
    assert_string_equal(render(f, chapter), first);
    assert_int_equal(f->site.made, 0);
}

static void makes_anew_only_what_changes(void **state)
{
    struct page_fixture *f = *state;
    render(f, chapter);
    page_has(render(f, "# One\n\nNew prose, $x^2$ and {eval}`machine.cores`\n\n"), "New prose");
    assert_int_equal(f->site.made, 0);
    page_has(render(f, "# One\n\n$x^3$ and {eval}`machine.cores`\n\n"), "x^3");
    assert_int_equal(f->site.made, 1);
    f->record.cores += 3;
    page_has(render(f, "# One\n\n$x^3$ and {eval}`machine.cores`\n\n"),
             arena_printf(&f->arena, ">%d</span>", f->record.cores));
    assert_int_equal(f->site.made, 1); /* the value */
    f->record.profile = "draft";
    page_has(render(f, "# One\n\n$x^3$\n"), "draft-stamp");
    assert_int_equal(f->site.made, 2); /* the frames of both pages */
    page_has(render(f, "# Two\n\n$x^3$\n"), "<span>Two</span>");
    assert_int_equal(f->site.made, 2);
}

/* The search's index: a part of it follows from a page's text. */
static void indexes_only_what_changes(void **state)
{
    struct page_fixture *f = *state;
    f->memo = path_join(&f->arena, f->folder, ".memo");
    page_write(f, "chapter.md", "# One\n\nA barrier.\n");
    page_write(f, "second.md", "# Two\n\nA lock.\n");
    assert_true(page_try(f, false));
    char *first = arena_strdup(&f->arena, page_of(f, "assets/search.js"));
    page_forget(f);
    assert_true(page_try(f, false));
    assert_int_equal(f->site.made, 0);
    assert_string_equal(page_of(f, "assets/search.js"), first);
    page_forget(f);
    page_write(f, "second.md", "# Two\n\nA semaphore.\n");
    assert_true(page_try(f, false));
    assert_int_equal(f->site.made, 1);
    page_has(page_of(f, "assets/search.js"), "A semaphore.");
    page_lacks(page_of(f, "assets/search.js"), "A lock.");
}

/* A list of all chapters on every page would make a book's size the square of its chapters. */
static void lists_of_long_books_are_folded(void **state)
{
    struct page_fixture *f = *state;
    for (int i = 1; i <= 200; i++)
        page_write(f, arena_printf(&f->arena, "c%03d.md", i), "# T\n\nText.\n");
    assert_true(page_try(f, true));
    const char *page = page_of(f, "c100.html");
    page_has(page, "href=\"c070.html\"");
    page_has(page, "href=\"c129.html\"");
    page_has(page, "69 earlier chapters");
    page_has(page, "71 later chapters");
    page_lacks(page, "href=\"c069.html\"");
    page_lacks(page, "href=\"c130.html\"");
    for (int i = 1; i <= 200; i++)
        page_has(page_of(f, "index.html"), arena_printf(&f->arena, "href=\"c%03d.html\"", i));
}

#define MEMO_TEST(test) cmocka_unit_test_setup_teardown(test, open_folder, close_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        MEMO_TEST(finds_in_the_next_run_what_a_unit_used),
        MEMO_TEST(keeps_only_what_is_still_used),
        MEMO_TEST(shares_results_between_units_of_a_run),
        MEMO_TEST(writes_no_pack_that_is_as_it_was),
        MEMO_TEST(takes_a_broken_pack_for_none),
        MEMO_TEST(removes_packs_of_units_that_are_gone),
        MEMO_TEST(does_without_a_folder),
        PAGE_TEST(makes_nothing_twice),
        PAGE_TEST(makes_anew_only_what_changes),
        PAGE_TEST(indexes_only_what_changes),
        PAGE_TEST(lists_of_long_books_are_folded),
    };
    return cmocka_run_group_tests_name("page_memo", tests, NULL, NULL);
}
