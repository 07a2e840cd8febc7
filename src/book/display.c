#include "book/display.h"

#include "base/text.h"

#include <assert.h>
#include <string.h>

static const char *const solutions_values[] = {"shown", "folded", "end", "none"};
static const char *const values_values[] = {"plain", "footnotes"};

#define VALUES(names) .values = (names), .value_count = sizeof(names) / sizeof *(names)
const struct display_choice display_choices[] = {
    {.name = "solutions", .shows = "solutions", VALUES(solutions_values)},
    {.name = "values", .shows = "values on paper", VALUES(values_values)},
};
#undef VALUES
const size_t display_choice_count = sizeof display_choices / sizeof *display_choices;

static const struct display usual = {.solutions = SOLUTIONS_FOLDED, .values = VALUES_PLAIN};

static_assert(sizeof(enum solutions) == sizeof(int) && sizeof(enum values) == sizeof(int),
              "members are written as int");

/* The place in the struct, in the order of the choices. */
static const size_t members[] = {offsetof(struct display, solutions),
                                 offsetof(struct display, values)};

static int get(const struct display *display, size_t choice)
{
    int value;
    memcpy(&value, (const char *)display + members[choice], sizeof value);
    return value;
}

static void put(struct display *display, size_t choice, int value)
{
    memcpy((char *)display + members[choice], &value, sizeof value);
}

bool display_set(struct display *display, const struct display_choice *choice, const char *value)
{
    for (size_t i = 0; i < choice->value_count; i++)
        if (strcmp(choice->values[i], value) == 0) {
            put(display, (size_t)(choice - display_choices), (int)i + 1);
            return true;
        }
    return false;
}

const struct display_choice *display_find(const char *name)
{
    const struct display_choice *choice = display_choices;
    while (strcmp(choice->name, name) != 0)
        choice++;
    return choice;
}

char *display_names(const struct display_choice *choice, struct arena *arena)
{
    struct text text = {0};
    for (size_t i = 0; i < choice->value_count; i++)
        text_addf(&text, "%s%s", i ? ", " : "", choice->values[i]);
    return text_keep(&text, arena);
}

struct display display_settle(const struct display *first, const struct display *second)
{
    struct display result = {0};
    for (size_t i = 0; i < display_choice_count; i++) {
        int value = get(first, i) ? get(first, i) : get(second, i);
        put(&result, i, value ? value : get(&usual, i));
    }
    return result;
}
