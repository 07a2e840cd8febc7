/* A site on disk: written whole, and cleared of what an earlier one left. */
#include "unit.h"

#include "base/file.h"
#include "page/parts.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
    struct arena arena;
    struct site site;
    struct diags diags;
    const char *folder;
};

static int open_folder(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    const char *root = getenv("TMPDIR");
    char *folder = arena_printf(&f->arena, "%s/site-test.XXXXXX", root ? root : "/tmp");
    assert_non_null(mkdtemp(folder));
    f->folder = folder;
    *state = f;
    return 0;
}

static int close_folder(void **state)
{
    struct fixture *f = *state;
    folder_remove(f->folder);
    site_release(&f->site);
    diags_release(&f->diags);
    arena_release(&f->arena);
    free(f);
    return 0;
}

static void add(struct fixture *f, const char *path, const char *text)
{
    site_add(&f->site, path, text, strlen(text));
}

static const char *at(struct fixture *f, const char *path)
{
    return path_join(&f->arena, f->folder, path);
}

static void write_site(struct fixture *f)
{
    assert_true(site_write(&f->site, f->folder, &f->diags));
    assert_int_equal(f->diags.errors, 0);
}

static void expect_file(struct fixture *f, const char *path, const char *text)
{
    const char *bytes = file_read(&f->arena, at(f, path), NULL);
    assert_non_null(bytes);
    assert_string_equal(bytes, text);
}

static void writes_files_and_folders(void **state)
{
    struct fixture *f = *state;
    add(f, "index.html", "<p>");
    add(f, "files/a/b.svg", "<svg/>");
    add(f, "index.html", "a second of that name does not count");
    write_site(f);
    expect_file(f, "index.html", "<p>");
    expect_file(f, "files/a/b.svg", "<svg/>");
}

static void removes_what_an_earlier_site_left(void **state)
{
    struct fixture *f = *state;
    add(f, "index.html", "1");
    add(f, "old.html", "1");
    add(f, "files/a/b.svg", "<svg/>");
    write_site(f);
    assert_true(file_write(at(f, "mine.txt"), "kept", 4));
    site_release(&f->site);
    add(f, "index.html", "2");
    write_site(f);
    expect_file(f, "index.html", "2");
    expect_file(f, "mine.txt", "kept");
    assert_false(file_exists(at(f, "old.html")));
    assert_int_not_equal(access(at(f, "files"), F_OK), 0);
}

static void leaves_unchanged_files_alone(void **state)
{
    struct fixture *f = *state;
    struct stat before, after;
    add(f, "index.html", "1");
    write_site(f);
    assert_int_equal(stat(at(f, "index.html"), &before), 0);
    write_site(f);
    assert_int_equal(stat(at(f, "index.html"), &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
}

/* The manifest is a file that anyone may have changed. */
static void follows_no_manifest_out_of_the_folder(void **state)
{
    struct fixture *f = *state;
    const char *inner = at(f, "site");
    char *manifest = arena_printf(&f->arena,
                                  "../precious.txt\n%s\n./precious.txt\na/../../precious"
                                  ".txt\n\n/\nstale.html",
                                  at(f, "precious.txt"));
    assert_true(folder_make(inner));
    assert_true(file_write(at(f, "precious.txt"), "kept", 4));
    assert_true(file_write(at(f, "site/stale.html"), "gone", 4));
    assert_true(file_write(at(f, "site/.benchbook-manifest"), manifest, strlen(manifest)));
    add(f, "index.html", "1");
    assert_true(site_write(&f->site, inner, &f->diags));
    expect_file(f, "precious.txt", "kept");
    assert_false(file_exists(at(f, "site/stale.html")));
}

static void says_what_cannot_be_written(void **state)
{
    struct fixture *f = *state;
    assert_true(file_write(at(f, "blocked"), "a file, no folder", 17));
    add(f, "index.html", "1");
    assert_false(site_write(&f->site, at(f, "blocked/site"), &f->diags));
    assert_int_equal(f->diags.errors, 1);
    expect_file(f, "blocked", "a file, no folder");
}

#define SITE_TEST(test) cmocka_unit_test_setup_teardown(test, open_folder, close_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SITE_TEST(writes_files_and_folders),     SITE_TEST(removes_what_an_earlier_site_left),
        SITE_TEST(leaves_unchanged_files_alone), SITE_TEST(follows_no_manifest_out_of_the_folder),
        SITE_TEST(says_what_cannot_be_written),
    };
    return cmocka_run_group_tests_name("page_site", tests, NULL, NULL);
}
