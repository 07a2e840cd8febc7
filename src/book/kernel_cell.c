#include "book/kernel_cell.h"

#include "base/text.h"
#include "book/items.h"

#include <string.h>

enum { NAME_LONGEST = 64 }; /* of a kernel, wherever it comes from */

static const char form[] = "write 'n = 1000, x = 0.5', or 'n = 1000 (1..1000000)' with its range";

/* A fault of the cell itself: nothing is to be made of it. */
#define CELL_ERROR(...) (cell->broken = true, reading_error(reading, __VA_ARGS__))

static void read_name(struct reading *reading, const struct element *element,
                      struct kernel_cell *cell)
{
    size_t size = strlen(element->text);
    cell->name = element->text;
    cell->name_place = element->argument_place;
    if (size == 0)
        cell->broken = true; /* reported as an argument that is missing */
    else if (name_length(element->text, size, "_") != size || size > NAME_LONGEST)
        CELL_ERROR(cell->name_place, "use a letter, then letters, digits and _, 64 at most",
                   "'%s' cannot be the name of a function in C", cell->name);
    else if (strcmp(cell->name, "main") == 0)
        CELL_ERROR(cell->name_place, "name the cell after the function that is to be timed",
                   "'main' is what a program of its own starts with");
}

static const char *copy(struct arena *arena, const struct item *item)
{
    return arena_strndup(arena, item->text, item->size);
}

/* "default (low..high)" into its parts; without a range `low` and `high` are empty. */
static bool divide_range(const struct item *value, struct item *initial, struct item *low,
                         struct item *high)
{
    const char *open = memchr(value->text, '(', value->size);
    size_t at = open ? (size_t)(open - value->text) : value->size;
    *initial = item_part(value, 0, at);
    *low = *high = item_part(value, value->size, value->size);
    if (!open)
        return true;
    const char *dots = memmem(open, value->size - at, "..", 2);
    if (!dots || value->text[value->size - 1] != ')')
        return false;
    *low = item_part(value, at + 1, (size_t)(dots - value->text));
    *high = item_part(value, (size_t)(dots - value->text) + 2, value->size - 1);
    return low->size > 0 && high->size > 0;
}

/* Parameters as they are added one by one. */
struct parameters {
    struct cell_parameter *items;
    size_t count;
};

static void add_parameter(struct reading *reading, struct kernel_cell *cell,
                          struct parameters *list, const struct item *item)
{
    struct arena *arena = &reading->book->arena;
    struct item name, value, initial, low, high;
    if (!item_divide(item, &name, &value) || !divide_range(&value, &initial, &low, &high) ||
        initial.size == 0) {
        CELL_ERROR(item->place, form, "'%.*s' is not of the form name = default", (int)item->size,
                   item->text);
        return;
    }
    struct cell_parameter parameter = {
        .name = copy(arena, &name),
        .value = copy(arena, &initial),
        .low = low.size ? copy(arena, &low) : NULL,
        .high = high.size ? copy(arena, &high) : NULL,
        .name_place = name.place,
        .value_place = initial.place,
        .low_place = low.place,
        .high_place = high.place,
    };
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].name, parameter.name) == 0)
            CELL_ERROR(name.place, NULL, "there are two parameters '%s'", parameter.name);
    list->items = array_grow(arena, list->items, list->count, sizeof *list->items);
    list->items[list->count++] = parameter;
}

static void read_parameters(struct reading *reading, const struct element *element,
                            struct kernel_cell *cell)
{
    struct parameters list = {0};
    struct items items = items_of(element, "parameters");
    struct item item;
    while (items_next(reading, &items, &item))
        add_parameter(reading, cell, &list, &item);
    cell->parameters = list.items;
    cell->parameter_count = list.count;
}

static void read_text(struct reading *reading, const struct element *element,
                      const struct source *body, struct kernel_cell *cell)
{
    struct place *lines =
        arena_alloc(&reading->book->arena, (body->line_count + 1) * sizeof *lines);
    for (size_t i = 0; i < body->line_count; i++)
        lines[i] = source_place(reading, body, body->lines[i]);
    cell->text = element->body;
    cell->lines = lines;
    cell->line_count = body->line_count;
    if (body->line_count == 0)
        CELL_ERROR(element->place, "its body is C with a function of the cell's name",
                   "{kernel} has no body");
}

static const char *option_or(const struct element *element, const char *key, const char *otherwise)
{
    const char *value = element_option(element, key);
    return value ? value : otherwise;
}

const struct kernel_cell *kernel_cell_read(struct reading *reading, const struct element *element,
                                           const struct source *body)
{
    struct book *book = reading->book;
    const struct kernel_cell *first = book_cell(book, element->text);
    struct kernel_cell *cell = arena_alloc(&book->arena, sizeof *cell);
    cell->chapter = reading->chapter->file;
    cell->place = element->place;
    cell->caption = option_or(element, "caption", "");
    cell->answer = option_or(element, "answer", "");
    cell->tolerance = option_or(element, "tolerance", NULL);
    cell->tolerance_place = element_option_place(element, "tolerance");
    read_name(reading, element, cell);
    read_parameters(reading, element, cell);
    read_text(reading, element, body, cell);
    if (first && *cell->name) {
        reading_error(reading, cell->name_place, "a kernel's name stands for one in the whole book",
                      "the kernel '%s' is written before, in %s, line %d", cell->name,
                      first->chapter, first->place.line);
        return NULL;
    }
    book->cells = array_grow(&book->arena, book->cells, book->cell_count, sizeof *book->cells);
    book->cells[book->cell_count++] = cell;
    return cell;
}

/* Hash of all of a cell that decides what its experiments measure. */
static uint64_t hash_cell(const struct kernel_cell *cell)
{
    uint64_t hash = hash_string(hash_string(HASH_START, cell->name), cell->text);
    hash = hash_string(hash, cell->tolerance ? cell->tolerance : "0");
    for (size_t i = 0; i < cell->parameter_count; i++)
        hash = hash_string(hash_string(hash, cell->parameters[i].name), cell->parameters[i].value);
    return hash;
}

static void replace_experiment(struct book *book, struct element *element,
                               const struct experiment *experiment)
{
    for (size_t i = 0; i < book->experiment_count; i++)
        if (book->experiments[i] == element->experiment)
            book->experiments[i] = experiment;
    element->experiment = experiment;
}

static void resolve(struct book *book, struct element *element)
{
    const struct experiment *written = element->experiment;
    const struct kernel_cell *cell = written ? book_cell(book, written->kernel) : NULL;
    if (!cell)
        return;
    struct experiment *whole = arena_alloc(&book->arena, sizeof *whole);
    *whole = *written;
    whole->written = arena_printf(&book->arena, "%scell %016llx\n", written->written,
                                  (unsigned long long)hash_cell(cell));
    replace_experiment(book, element, whole);
}

void cells_resolve(struct book *book)
{
    for (size_t i = 0; book->cell_count > 0 && i < book->chapter_count; i++)
        for (size_t j = 0; j < book->chapters[i]->element_count; j++)
            resolve(book, book->chapters[i]->elements[j]);
}
