/* Extracts of records: small, and as good as the whole where records are compared. */
#include "record_fixture.h"

#include "record/compare.h"
#include "record/extract.h"

#include <unistd.h>

struct extract_fixture {
    struct arena arena;
    struct record whole, extract, back;
    struct diags diags;
};

static int set_up(void **state)
{
    struct extract_fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    fixture_record(&f->whole);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct extract_fixture *f = *state;
    record_release(&f->extract);
    record_release(&f->back);
    record_release(&f->whole);
    diags_release(&f->diags);
    arena_release(&f->arena);
    free(f);
    return 0;
}

static size_t size_of(struct extract_fixture *f, const char *path)
{
    size_t size = 0;
    assert_non_null(file_read(&f->arena, path, &size));
    return size;
}

/* Writes the extract of the experiment "median" and reads it back. */
static void round_trip(struct extract_fixture *f)
{
    static const char *const names[] = {"median"};
    char *folder = fixture_folder(&f->arena);
    const char *path = path_join(&f->arena, folder, "extract.json");
    assert_true(record_extract(&f->extract, &f->whole, names, 1, &f->diags));
    assert_true(record_write_samples(&f->extract, path, &f->diags));
    assert_true(record_read(&f->back, path, &f->diags));
    size_t part = size_of(f, path);
    assert_true(record_write(&f->whole, path, &f->diags));
    assert_true(part * 2 < size_of(f, path));
    folder_remove(folder);
}

static void extracts_leave_out_what_is_not_compared(void **state)
{
    struct extract_fixture *f = *state;
    round_trip(f);
    assert_int_equal(f->back.result_count, 1);
    assert_int_equal(f->back.observation_count, 0);
    assert_int_equal(f->back.kernel_count, 1);
    assert_string_equal(f->back.sources[0].hash, "cafe");
    assert_string_equal(f->back.sources[0].text, "");
    assert_int_equal(f->back.results[0].configurations[0].environment_count, 0);
    assert_int_equal(f->back.results[0].configurations[0].samples.count, FIXTURE_ROUNDS);
    assert_int_equal(f->whole.results[0].configurations[0].environment_count, 2);
    assert_non_null(fact_value(&f->back.run, "run.extract"));
    assert_null(fact_value(&f->whole.run, "run.extract"));
}

static void extracts_compare_like_the_whole(void **state)
{
    struct extract_fixture *f = *state;
    struct comparison comparison;
    round_trip(f);
    const struct contender contenders[] = {{"whole", &f->whole}, {"back", &f->back}};
    fixture_scale(&f->whole.results[0].configurations[0], 2);
    compare(&comparison, contenders, 2, 0, NULL, 0, &f->arena);
    const struct compared *cell = &comparison.experiments[0].rows[0].cells[1];
    CLOSE(cell->ratio.value, 2);
    assert_int_equal(cell->change, CHANGE_FASTER);
}

static void extracts_want_names_that_are_there(void **state)
{
    struct extract_fixture *f = *state;
    static const char *const names[] = {"medain"};
    assert_false(record_extract(&f->extract, &f->whole, names, 1, &f->diags));
    assert_string_equal(f->diags.items[0].message, "--only: the record has no experiment 'medain'");
    assert_string_equal(f->diags.items[0].hint, "did you mean 'median'?");
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(extracts_leave_out_what_is_not_compared),
        TEST(extracts_compare_like_the_whole),
        TEST(extracts_want_names_that_are_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
