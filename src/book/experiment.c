#include "book/experiment.h"

#include "base/text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const char name_also[] = "_-";

enum { LIST_MAX = 256 }; /* entries of one option; looking for doubles is quadratic */

/* One entry of a list that commas separate, without blanks around it. */
struct item {
    const char *text;
    size_t size;
    struct place place;
};

struct items {
    const struct option *option; /* NULL where it is not given */
    size_t at, size, left;
};

static const struct option *option_of(const struct element *element, const char *key)
{
    for (size_t i = 0; i < element->option_count; i++)
        if (strcmp(element->options[i].key, key) == 0)
            return &element->options[i];
    return NULL;
}

static struct items items_of(const struct option *option)
{
    return (struct items){option, 0, option ? strlen(option->value) : 0, LIST_MAX};
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* The next entry; false after the last. Empty entries are entries. */
static bool next_item(struct reading *reading, struct items *items, struct item *item)
{
    if (!items->option || items->at > items->size)
        return false;
    struct place place = items->option->place;
    const char *value = items->option->value;
    size_t begin = items->at, end = begin + strcspn(value + begin, ",");
    items->at = end + 1;
    while (begin < end && is_space(value[begin]))
        begin++;
    while (end > begin && is_space(value[end - 1]))
        end--;
    place.column += (int)begin;
    *item = (struct item){value + begin, end - begin, place};
    if (items->left-- > 0)
        return true;
    reading_error(reading, place, NULL, "more than %d entries in '%s'", LIST_MAX,
                  items->option->key);
    return false;
}

static bool is_name(const char *text, size_t size)
{
    return size > 0 && name_length(text, size, name_also) == size;
}

static bool add_assignment(struct reading *reading, struct assignment **list, size_t *count,
                           const struct item *item)
{
    struct arena *arena = &reading->book->arena;
    const char *equals = memchr(item->text, '=', item->size);
    size_t name = equals ? (size_t)(equals - item->text) : 0, value = name + 1;
    while (name > 0 && is_space(item->text[name - 1]))
        name--;
    while (equals && value < item->size && is_space(item->text[value]))
        value++;
    if (!is_name(item->text, name) || value >= item->size)
        return false;
    struct place value_place = item->place;
    value_place.column += (int)value;
    struct assignment assignment = {
        .name = arena_strndup(arena, item->text, name),
        .value = arena_strndup(arena, item->text + value, item->size - value),
        .name_place = item->place,
        .value_place = value_place,
    };
    for (size_t i = 0; i < *count; i++)
        if (strcmp((*list)[i].name, assignment.name) == 0) {
            reading_error(reading, item->place, NULL, "'%s' is set twice", assignment.name);
            return true;
        }
    *list = array_grow(arena, *list, *count, sizeof **list);
    (*list)[(*count)++] = assignment;
    return true;
}

static struct assignment *read_assignments(struct reading *reading, const struct option *option,
                                           size_t *count)
{
    struct assignment *list = NULL;
    struct items items = items_of(option);
    struct item item;
    *count = 0;
    while (next_item(reading, &items, &item))
        if (!add_assignment(reading, &list, count, &item))
            reading_error(reading, item.place, "write 'households=50000, periods=1000'",
                          "'%.*s' is not of the form name=value", (int)item.size, item.text);
    return list;
}

static void read_variants(struct reading *reading, const struct option *option,
                          struct experiment *experiment)
{
    struct arena *arena = &reading->book->arena;
    struct variant_name *list = NULL;
    struct items items = items_of(option);
    struct item item;
    size_t count = 0;
    while (next_item(reading, &items, &item)) {
        bool optional = item.size > 0 && item.text[item.size - 1] == '?', twice = false;
        size_t size = item.size - optional;
        if (!is_name(item.text, size)) {
            reading_error(reading, item.place, "write 'serial, simd, parallel, numba?'",
                          "'%.*s' is not the name of a variant", (int)item.size, item.text);
            continue;
        }
        const char *name = arena_strndup(arena, item.text, size);
        for (size_t i = 0; i < count; i++)
            twice = twice || strcmp(list[i].name, name) == 0;
        if (twice) {
            reading_error(reading, item.place, NULL, "the variant '%s' is listed twice", name);
            continue;
        }
        list = array_grow(arena, list, count, sizeof *list);
        list[count++] = (struct variant_name){name, optional, item.place};
    }
    experiment->variants = list;
    experiment->variant_count = count;
}

/* "4", "cores" or "hardware"; false if it is none of them. */
static bool read_limit(const char *text, size_t size, int *limit)
{
    enum { THREADS_MAX = 65536 };
    if (size == 5 && memcmp(text, "cores", size) == 0) {
        *limit = THREADS_CORES;
        return true;
    }
    if (size == 8 && memcmp(text, "hardware", size) == 0) {
        *limit = THREADS_HARDWARE;
        return true;
    }
    long value = 0;
    for (size_t i = 0; i < size && value <= THREADS_MAX; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        value = 10 * value + text[i] - '0';
    }
    *limit = (int)value;
    return size > 0 && value >= 1 && value <= THREADS_MAX;
}

static bool read_range(const struct item *item, struct thread_range *range)
{
    const char *dots = memmem(item->text, item->size, "..", 2);
    size_t low = dots ? (size_t)(dots - item->text) : item->size;
    size_t high = dots ? low + 2 : 0;
    range->place = item->place;
    return read_limit(item->text, low, &range->low) &&
           read_limit(item->text + high, item->size - high, &range->high) &&
           (range->low < 1 ? range->high <= range->low
                           : range->high < 1 || range->low <= range->high);
}

static void read_threads(struct reading *reading, const struct option *option,
                         struct experiment *experiment)
{
    struct thread_range *list = NULL, range;
    struct items items = items_of(option);
    struct item item;
    size_t count = 0;
    while (next_item(reading, &items, &item)) {
        if (!read_range(&item, &range)) {
            reading_error(reading, item.place, "write '1..cores', '1..hardware', '1,2,4' or '2'",
                          "'%.*s' is not a number of threads or a range", (int)item.size,
                          item.text);
            continue;
        }
        list = array_grow(&reading->book->arena, list, count, sizeof *list);
        list[count++] = range;
    }
    experiment->threads = list;
    experiment->thread_count = count;
}

static void read_name(struct reading *reading, const struct element *element,
                      struct experiment *experiment)
{
    const struct option *name = option_of(element, "name");
    experiment->name = name ? name->value : "";
    experiment->name_place = name ? name->place : element->place;
    if (!name)
        reading_error(reading, element->place, "give it one, as ':name: median'",
                      "{%s} needs the option 'name'", element->name);
    else if (!is_name(name->value, strlen(name->value)))
        reading_error(reading, name->place, "use a letter, then letters, digits, - and _",
                      "'%s' cannot be a name in expressions", name->value);
}

static void write_assignments(struct text *text, const char *key, const struct assignment *list,
                              size_t count)
{
    for (size_t i = 0; i < count; i++)
        text_addf(text, "%s %s=%s\n", key, list[i].name, list[i].value);
}

static void write_limit(struct text *text, int limit)
{
    if (limit == THREADS_CORES)
        text_add(text, "cores");
    else if (limit == THREADS_HARDWARE)
        text_add(text, "hardware");
    else
        text_addf(text, "%d", limit);
}

/* What decides what is measured, in one form whatever blanks were written. */
static char *canonical(struct reading *reading, const struct experiment *experiment)
{
    struct text text = {0};
    text_addf(&text, "%s %s\n", experiment->observed ? "observe" : "experiment",
              experiment->kernel);
    write_assignments(&text, "set", experiment->set, experiment->set_count);
    write_assignments(&text, "draft", experiment->draft, experiment->draft_count);
    for (size_t i = 0; i < experiment->variant_count; i++)
        text_addf(&text, "variant %s%s\n", experiment->variants[i].name,
                  experiment->variants[i].optional ? "?" : "");
    for (size_t i = 0; i < experiment->thread_count; i++) {
        text_add(&text, "threads ");
        write_limit(&text, experiment->threads[i].low);
        text_add(&text, "..");
        write_limit(&text, experiment->threads[i].high);
        text_add(&text, "\n");
    }
    return text_keep(&text, &reading->book->arena);
}

const struct experiment *experiment_read(struct reading *reading, const struct element *element)
{
    struct experiment *experiment = arena_alloc(&reading->book->arena, sizeof *experiment);
    experiment->kernel = element->text;
    experiment->chapter = reading->chapter->file;
    experiment->place = element->place;
    experiment->kernel_place = element->argument_place;
    experiment->observed = element->id == DIRECTIVE_observe;
    read_name(reading, element, experiment);
    experiment->set = read_assignments(reading, option_of(element, "set"), &experiment->set_count);
    experiment->draft =
        read_assignments(reading, option_of(element, "draft"), &experiment->draft_count);
    read_variants(reading, option_of(element, "variants"), experiment);
    read_threads(reading, option_of(element, "threads"), experiment);
    experiment->written = canonical(reading, experiment);
    return experiment;
}
