#include "base/diag.h"
#include "base/file.h"
#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/benchbook-unit.XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return folder_remove(folder) ? 0 : -1;
}

static void files_round_trip(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *path = path_join(&arena, folder, "x");
    size_t size = 0;
    assert_true(file_write(path, "a\0b", 3));
    assert_memory_equal(file_read(&arena, path, &size), "a\0b", 4);
    assert_int_equal(size, 3);
    assert_null(file_read(&arena, path_join(&arena, folder, "absent"), NULL));
    assert_int_equal(errno, ENOENT);
    assert_null(file_read(&arena, folder, NULL));
    arena_release(&arena);
}

static void equal_bytes_leave_the_file_alone(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct stat before, after;
    const char *path = path_join(&arena, folder, "same");
    assert_true(file_write(path, "bytes", 5));
    assert_int_equal(stat(path, &before), 0);
    assert_true(file_write(path, "bytes", 5));
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_true(file_write(path, "other", 5));
    assert_int_equal(stat(path, &after), 0);
    assert_int_not_equal(before.st_ino, after.st_ino);
    arena_release(&arena);
}

static void a_failed_write_leaves_nothing(void **state)
{
    (void)state;
    struct arena arena = {0};
    size_t count = 0;
    assert_true(folder_make(path_join(&arena, folder, "full/target")));
    assert_false(file_write(path_join(&arena, folder, "full/target"), "x", 1));
    assert_false(file_write(path_join(&arena, folder, "no/such/place"), "x", 1));
    assert_non_null(folder_list(&arena, path_join(&arena, folder, "full"), "", &count));
    assert_int_equal(count, 0);
    arena_release(&arena);
}

static void what_is_no_file_is_not_replaced(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct stat status;
    const char *pipe = path_join(&arena, folder, "pipe");
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_false(file_write(pipe, "x", 1));
    assert_int_equal(errno, EINVAL);
    assert_int_equal(stat(pipe, &status), 0);
    assert_true(S_ISFIFO(status.st_mode));
    assert_false(file_write(folder, "x", 1));
    assert_int_equal(errno, EISDIR);
    arena_release(&arena);
}

/* A pipe that nobody writes to and a device without an end would both be read for ever. */
static void what_is_no_file_is_not_read(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *pipe = path_join(&arena, folder, "unwritten");
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_null(file_read(&arena, pipe, NULL));
    assert_int_equal(errno, EINVAL);
    assert_null(file_read(&arena, "/dev/zero", NULL));
    assert_int_equal(errno, EINVAL);
    assert_null(file_read(&arena, folder, NULL));
    assert_int_equal(errno, EISDIR);
    assert_non_null(file_read(&arena, "/proc/self/stat", NULL));
    arena_release(&arena);
}

/* Told before there is anything to write, and without a trace. */
static void what_can_be_written_is_known_before(void **state)
{
    (void)state;
    struct arena arena = {0};
    size_t count = 0;
    const char *sub = path_join(&arena, folder, "sub");
    assert_true(folder_make(sub));
    assert_true(file_writable(path_join(&arena, sub, "new")));
    assert_true(file_write(path_join(&arena, sub, "old"), "x", 1));
    assert_true(file_writable(path_join(&arena, sub, "old")));
    assert_non_null(folder_list(&arena, sub, "", &count));
    assert_int_equal(count, 1);
    assert_false(file_writable(sub));
    assert_int_equal(errno, EISDIR);
    assert_false(file_writable("/dev/null"));
    assert_int_equal(errno, EINVAL);
    assert_false(file_writable(path_join(&arena, sub, "no/such")));
    assert_int_equal(errno, ENOENT);
    assert_false(file_writable(""));
    arena_release(&arena);
}

static void folders_are_made_listed_and_removed(void **state)
{
    (void)state;
    struct arena arena = {0};
    size_t count = 0;
    const char *deep = path_join(&arena, folder, "a/b/c");
    assert_true(folder_make(deep));
    assert_true(folder_make(deep));
    assert_true(file_write(path_join(&arena, deep, "2.md"), "", 0));
    assert_true(file_write(path_join(&arena, deep, "1.md"), "", 0));
    assert_true(file_write(path_join(&arena, deep, "3.txt"), "", 0));
    const char **names = folder_list(&arena, deep, ".md", &count);
    assert_int_equal(count, 2);
    assert_string_equal(names[0], "1.md");
    assert_string_equal(names[1], "2.md");
    assert_true(folder_remove(path_join(&arena, folder, "a")));
    assert_null(folder_list(&arena, deep, ".md", &count));
    arena_release(&arena);
}

static void paths_join_and_split(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_string_equal(path_join(&arena, "a", "b"), "a/b");
    assert_string_equal(path_join(&arena, "a/", "b"), "a/b");
    assert_string_equal(path_join(&arena, ".", "b"), "b");
    assert_string_equal(path_join(&arena, "a", "/b"), "/b");
    assert_string_equal(path_folder(&arena, "a/b/c"), "a/b");
    assert_string_equal(path_folder(&arena, "/c"), "/");
    assert_string_equal(path_folder(&arena, "c"), ".");
    assert_string_equal(path_name("a/b"), "b");
    assert_string_equal(path_name("b"), "b");
    arena_release(&arena);
}

static char *printed(const struct diags *diags)
{
    static char buffer[4096];
    memset(buffer, 0, sizeof buffer);
    FILE *stream = fmemopen(buffer, sizeof buffer - 1, "w");
    diags_print(diags, stream, false);
    fclose(stream);
    return buffer;
}

static void diagnostics_show_line_and_caret(void **state)
{
    (void)state;
    struct diags diags = {0};
    struct arena arena = {0};
    static const char *const known[] = {"note", "tip"};
    const char *path = path_join(&arena, folder, "chapter.md");
    assert_true(file_write(path, "one\ngr\xC3\xBC\xC3\x9F {notte}\n", 18));
    diag_error(&diags, (struct place){path, 2, 9}, diag_suggest(&diags, "notte", known, 2),
               "unknown directive '%s'", "notte");
    diag_error(&diags, (struct place){path, 2, 9}, NULL, "unknown directive '%s'", "notte");
    diag_warning(&diags, (struct place){path, 1, 1}, NULL, "odd \033[31m");
    assert_int_equal(diags.count, 2);
    assert_int_equal(diags.errors, 1);
    char expected[1024];
    snprintf(expected, sizeof expected,
             "%s:1:1: warning: odd \\x1b[31m\n    1 | one\n      | ^\n"
             "%s:2:9: error: unknown directive 'notte'\n    2 | gr\xC3\xBC\xC3\x9F {notte}\n"
             "      |       ^\n        did you mean 'note'?\n",
             path, path);
    assert_string_equal(printed(&diags), expected);
    diags_release(&diags);
    arena_release(&arena);
}

/* A failure is printed as the error that it is, but is not among those that stop. */
static void failures_are_counted_apart(void **state)
{
    (void)state;
    struct diags diags = {0};
    diag_failure(&diags, (struct place){0}, "mend it", "it does not compile");
    diag_failure(&diags, (struct place){0}, "mend it", "it does not compile");
    diag_error(&diags, (struct place){0}, NULL, "it is not there");
    assert_int_equal(diags.count, 2);
    assert_int_equal(diags.errors, 1);
    assert_int_equal(diags.failures, 1);
    assert_string_equal(printed(&diags), "benchbook: error: it does not compile\n        mend it\n"
                                         "benchbook: error: it is not there\n");
    diags_release(&diags);
}

static void diagnostics_survive_places_that_do_not_exist(void **state)
{
    (void)state;
    struct diags diags = {0};
    diag_error(&diags, (struct place){0}, "do this", "no place at all");
    diag_error(&diags, (struct place){"/no/such/file", 7, 3}, NULL, "unreadable");
    assert_string_equal(printed(&diags), "benchbook: error: no place at all\n        do this\n"
                                         "/no/such/file:7:3: error: unreadable\n");
    diags_release(&diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_round_trip),
        cmocka_unit_test(equal_bytes_leave_the_file_alone),
        cmocka_unit_test(a_failed_write_leaves_nothing),
        cmocka_unit_test(what_is_no_file_is_not_replaced),
        cmocka_unit_test(what_is_no_file_is_not_read),
        cmocka_unit_test(what_can_be_written_is_known_before),
        cmocka_unit_test(folders_are_made_listed_and_removed),
        cmocka_unit_test(paths_join_and_split),
        cmocka_unit_test(diagnostics_show_line_and_caret),
        cmocka_unit_test(failures_are_counted_apart),
        cmocka_unit_test(diagnostics_survive_places_that_do_not_exist),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
