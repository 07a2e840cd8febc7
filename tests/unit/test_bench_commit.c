#include "base/file.h"
#include "bench/commit.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

/* Every place where git could look is outside of any repository. */
static void a_folder_without_repository_says_so(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *why = NULL;
    assert_null(commit_of("/proc", &arena, &why));
    assert_non_null(strstr(why, "git"));
    arena_release(&arena);
}

static void a_missing_git_says_so(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *why = NULL, *path = arena_strdup(&arena, getenv("PATH"));
    setenv("PATH", "/nowhere", 1);
    assert_null(commit_of(".", &arena, &why));
    assert_string_equal(why, "git is not installed");
    setenv("PATH", path, 1);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_without_repository_says_so),
        cmocka_unit_test(a_missing_git_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
