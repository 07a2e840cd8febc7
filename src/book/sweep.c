#include "book/sweep.h"

#include <string.h>

enum { STEPS_MAX = 1000 };

static const char forms[] =
    "write 'elements = 400..40000, 4 a decade' or 'elements = 1000, 2000, 4000'";

/* How a range says how many values it has. */
static const struct {
    const char *article, *word;
    int base;
} spans[] = {{"a", "decade", 10}, {"an", "octave", 2}};

bool sweep_names(const struct item *item, const char *name)
{
    struct item written, value;
    return name && item_divide(item, &written, &value) && written.size == strlen(name) &&
           memcmp(written.text, name, written.size) == 0;
}

static void fail_at(struct reading *reading, struct sweep_reading *entries, const struct item *item,
                    const char *hint, const char *what)
{
    entries->faulty = true;
    reading_error(reading, item->place, hint, "'%.*s' %s", (int)item->size, item->text, what);
}

static void add_value(struct reading *reading, struct sweep_reading *entries,
                      const struct item *item)
{
    struct arena *arena = &reading->book->arena;
    struct sweep *sweep = &entries->sweep;
    entries->values =
        array_grow(arena, entries->values, sweep->value_count, sizeof *entries->values);
    entries->values[sweep->value_count++] =
        (struct swept_value){arena_strndup(arena, item->text, item->size), item->place};
    sweep->values = entries->values;
}

/* "400..40000"; false where the entry is no range. */
static bool add_range(struct reading *reading, struct sweep_reading *entries,
                      const struct item *item)
{
    const char *dots = memmem(item->text, item->size, "..", 2);
    if (!dots)
        return false;
    size_t at = (size_t)(dots - item->text);
    struct item low = item_part(item, 0, at), high = item_part(item, at + 2, item->size);
    if (low.size == 0 || high.size == 0)
        fail_at(reading, entries, item, forms, "is a range without an end");
    else if (entries->sweep.value_count > 0)
        fail_at(reading, entries, item, "write one range, or a list of values",
                "is a range beside other values");
    add_value(reading, entries, &low);
    add_value(reading, entries, &high);
    entries->range = *item;
    return true;
}

/* The length of the word at `at`; behind it, *next is where the one after it begins. */
static size_t word_at(const struct item *item, size_t at, size_t *next)
{
    size_t end = at;
    while (end < item->size && item->text[end] != ' ')
        end++;
    for (*next = end; *next < item->size && item->text[*next] == ' ';)
        ++*next;
    return end - at;
}

static bool is_word(const struct item *item, size_t at, size_t size, const char *word)
{
    return size == strlen(word) && memcmp(item->text + at, word, size) == 0;
}

/* "4 a decade"; false where the entry is none of that kind. */
static bool add_steps(struct reading *reading, struct sweep_reading *entries,
                      const struct item *item)
{
    size_t article, word, end, digits = word_at(item, 0, &article);
    size_t article_size = word_at(item, article, &word), word_size = word_at(item, word, &end);
    int steps = 0, base = 0;
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
        if (is_word(item, article, article_size, spans[i].article) &&
            is_word(item, word, word_size, spans[i].word))
            base = spans[i].base;
    if (end < item->size || base == 0)
        return false;
    for (size_t i = 0; i < digits && steps >= 0 && steps <= STEPS_MAX; i++)
        steps =
            item->text[i] >= '0' && item->text[i] <= '9' ? 10 * steps + item->text[i] - '0' : -1;
    if (steps < 1 || steps > STEPS_MAX)
        fail_at(reading, entries, item, forms, "is not a number of steps");
    else if (entries->sweep.steps)
        fail_at(reading, entries, item, NULL, "is a second number of steps");
    entries->sweep.steps = steps;
    entries->sweep.base = base;
    entries->sweep.steps_place = item->place;
    return true;
}

static bool begin(struct reading *reading, struct sweep_reading *entries, const struct item *item,
                  struct item *value)
{
    struct item name;
    if (!item_divide(item, &name, value)) {
        fail_at(reading, entries, item, forms, "is not of the form name=value");
        return false;
    }
    entries->sweep.name = arena_strndup(&reading->book->arena, name.text, name.size);
    entries->sweep.name_place = name.place;
    return true;
}

void sweep_add(struct reading *reading, struct sweep_reading *entries, const struct item *item)
{
    struct item value = *item;
    bool first = !entries->begun;
    entries->begun = true;
    if (entries->faulty || (first && !begin(reading, entries, item, &value)))
        return;
    if (memchr(value.text, '=', value.size))
        fail_at(reading, entries, item, "one parameter is swept; :set: gives the others",
                "is no value");
    else if (value.size == 0)
        fail_at(reading, entries, item, forms, "is no value");
    else if (add_range(reading, entries, &value) || add_steps(reading, entries, &value))
        return;
    else if (entries->range.text)
        fail_at(reading, entries, item, forms, "is not a number of steps");
    else
        add_value(reading, entries, &value);
}

struct sweep sweep_finish(struct reading *reading, const struct sweep_reading *entries)
{
    struct sweep sweep = entries->sweep;
    bool faulty = entries->faulty;
    if (!faulty && entries->range.text && sweep.steps == 0) {
        faulty = true;
        reading_error(reading, entries->range.place, "add ', 4 a decade' or ', 1 an octave'",
                      "the range '%.*s' does not say how many values it has",
                      (int)entries->range.size, entries->range.text);
    } else if (!faulty && sweep.steps && !entries->range.text) {
        faulty = true;
        reading_error(reading, sweep.steps_place, forms, "steps need a range to go through");
    }
    if (faulty)
        sweep.value_count = 0;
    return sweep;
}

void sweep_write(struct text *text, const char *key, const struct sweep *sweep)
{
    if (!sweep->name)
        return;
    text_addf(text, "%s %s", key, sweep->name);
    for (size_t i = 0; i < sweep->value_count; i++)
        text_addf(text, " %s", sweep->values[i].text);
    if (sweep->steps)
        text_addf(text, " by %d of %d", sweep->steps, sweep->base);
    text_add(text, "\n");
}
