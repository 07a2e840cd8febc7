#include "book/experiment.h"

#include "base/text.h"
#include "book/items.h"
#include "book/sweep.h"

#include <string.h>

/* Assignments as they are added one by one. */
struct assignments {
    struct assignment *items;
    size_t count;
};

static void add_assignment(struct reading *reading, struct assignments *list,
                           const struct item *item)
{
    struct arena *arena = &reading->book->arena;
    struct item name, value;
    if (!item_divide(item, &name, &value)) {
        reading_error(reading, item->place, "write 'households=50000, periods=1000'",
                      "'%.*s' is not of the form name=value", (int)item->size, item->text);
        return;
    }
    struct assignment assignment = {
        .name = arena_strndup(arena, name.text, name.size),
        .value = arena_strndup(arena, value.text, value.size),
        .name_place = name.place,
        .value_place = value.place,
    };
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].name, assignment.name) == 0) {
            reading_error(reading, item->place, NULL, "'%s' is set twice", assignment.name);
            return;
        }
    list->items = array_grow(arena, list->items, list->count, sizeof *list->items);
    list->items[list->count++] = assignment;
}

static void read_set(struct reading *reading, struct items items, struct experiment *experiment)
{
    struct assignments list = {0};
    struct item item;
    while (items_next(reading, &items, &item))
        add_assignment(reading, &list, &item);
    experiment->set = list.items;
    experiment->set_count = list.count;
    for (size_t i = 0; i < list.count; i++)
        if (experiment->sweep.name && strcmp(list.items[i].name, experiment->sweep.name) == 0)
            reading_error(reading, list.items[i].name_place, "leave it out of one of the two",
                          "'%s' is in :set: and in :sweep:", list.items[i].name);
}

/* What is swept may be swept otherwise in a draft: the entries from its name on that name nothing
 * else are the values. */
static void read_draft(struct reading *reading, struct items items, struct experiment *experiment)
{
    struct assignments list = {0};
    struct sweep_reading sweep = {0};
    struct item item;
    bool swept = false;
    while (items_next(reading, &items, &item)) {
        swept = sweep_names(&item, experiment->sweep.name) ||
                (swept && !memchr(item.text, '=', item.size));
        if (swept)
            sweep_add(reading, &sweep, &item);
        else
            add_assignment(reading, &list, &item);
    }
    experiment->draft = list.items;
    experiment->draft_count = list.count;
    experiment->draft_sweep = sweep_finish(reading, &sweep);
}

static void read_sweep(struct reading *reading, struct items items, struct experiment *experiment)
{
    struct sweep_reading sweep = {0};
    struct item item;
    while (items_next(reading, &items, &item))
        sweep_add(reading, &sweep, &item);
    experiment->sweep = sweep_finish(reading, &sweep);
}

static void read_variants(struct reading *reading, struct items items,
                          struct experiment *experiment)
{
    struct arena *arena = &reading->book->arena;
    struct variant_name *list = NULL;
    struct item item;
    size_t count = 0;
    while (items_next(reading, &items, &item)) {
        bool optional = item.size > 0 && item.text[item.size - 1] == '?', twice = false;
        const struct item bare = {item.text, item.size - optional, item.place};
        if (!item_is_name(&bare)) {
            reading_error(reading, item.place, "write 'serial, simd, parallel, numba?'",
                          "'%.*s' is not the name of a variant", (int)item.size, item.text);
            continue;
        }
        const char *name = arena_strndup(arena, bare.text, bare.size);
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

static void read_threads(struct reading *reading, struct items items, struct experiment *experiment)
{
    struct thread_range *list = NULL, range;
    struct item item;
    size_t count = 0;
    while (items_next(reading, &items, &item)) {
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
    const struct option *name = items_of(element, "name").option;
    experiment->name = name ? name->value : "";
    experiment->name_place = name ? name->place : element->place;
    if (!name)
        reading_error(reading, element->place, "give it one, as ':name: median'",
                      "{%s} needs the option 'name'", element->name);
    else if (!item_is_name(&(struct item){name->value, strlen(name->value), name->place}))
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
    sweep_write(&text, "sweep", &experiment->sweep);
    sweep_write(&text, "draft sweep", &experiment->draft_sweep);
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
    read_sweep(reading, items_of(element, "sweep"), experiment);
    read_set(reading, items_of(element, "set"), experiment);
    read_draft(reading, items_of(element, "draft"), experiment);
    read_variants(reading, items_of(element, "variants"), experiment);
    read_threads(reading, items_of(element, "threads"), experiment);
    experiment->written = canonical(reading, experiment);
    return experiment;
}
