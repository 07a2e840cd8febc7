/* Choices of how a book is shown. */
#include "book/display.h"
#include "unit.h"

#include <cmocka.h>
#include <string.h>

static void values_are_found_by_name(void **state)
{
    (void)state;
    struct display display = {0};
    const struct display_choice *solutions = display_find("solutions");
    assert_true(display_set(&display, solutions, "none"));
    assert_int_equal(display.solutions, SOLUTIONS_NONE);
    assert_int_equal(display.values, VALUES_UNSAID);
    assert_true(display_set(&display, display_find("values"), "footnotes"));
    assert_int_equal(display.values, VALUES_FOOTNOTES);
    assert_false(display_set(&display, solutions, ""));
    assert_false(display_set(&display, solutions, "ends"));
    assert_false(display_set(&display, solutions, "plain"));
    assert_int_equal(display.solutions, SOLUTIONS_NONE);
}

static void messages_name_all_of_them(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_string_equal(display_names(display_find("solutions"), &arena),
                        "shown, folded, end, none");
    assert_string_equal(display_names(display_find("values"), &arena), "plain, footnotes");
    arena_release(&arena);
}

static void the_first_who_says_something_decides(void **state)
{
    (void)state;
    const struct display none = {0}, end = {.solutions = SOLUTIONS_END},
                         notes = {.solutions = SOLUTIONS_SHOWN, .values = VALUES_FOOTNOTES};
    struct display both = display_settle(&end, &notes);
    assert_int_equal(both.solutions, SOLUTIONS_END);
    assert_int_equal(both.values, VALUES_FOOTNOTES);
    both = display_settle(&none, &none);
    assert_int_equal(both.solutions, SOLUTIONS_FOLDED);
    assert_int_equal(both.values, VALUES_PLAIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_found_by_name),
        cmocka_unit_test(messages_name_all_of_them),
        cmocka_unit_test(the_first_who_says_something_decides),
    };
    return cmocka_run_group_tests_name("book_display", tests, NULL, NULL);
}
