#include "book/claims.h"

#include <string.h>

void claim_check(struct reading *reading, const struct element *claim)
{
    const char *original = element_option(claim, "original");
    if (original && !*original)
        reading_error(reading, element_option_place(claim, "original"), NULL,
                      "':original:' says nothing");
    if (!original && element_option(claim, "here"))
        reading_error(reading, element_option_place(claim, "here"),
                      "give what the original says as ':original:'",
                      "':here:' stands beside an original, and there is none");
}

static bool is_within(const struct element *element, const struct element *holder)
{
    while (element && element != holder)
        element = element->parent;
    return element;
}

/* The table of the book's claims, and its chapter; NULL if there is none. */
static struct element *find_table(const struct book *book, struct reading *readings,
                                  struct chapter **chapter)
{
    struct element *table = NULL;
    for (size_t i = 0; i < book->chapter_count; i++)
        for (size_t j = 0; j < book->chapters[i]->element_count; j++) {
            struct element *element = book->chapters[i]->elements[j];
            if (element->kind != ELEMENT_CLAIMS)
                continue;
            if (table)
                reading_error(&readings[i], element->place, "refer to it by {numref}",
                              "the table of claims stands before, in %s, line %d", (*chapter)->file,
                              table->place.line);
            else
                table = element;
            if (table == element)
                *chapter = book->chapters[i];
        }
    return table;
}

/* Elements on their way from one chapter to another. */
struct elements {
    struct element **items;
    size_t count;
};

static void take_originals(struct arena *arena, struct chapter *chapter, struct element *table,
                           struct elements *taken)
{
    const struct element *original = NULL; /* the last one */
    size_t kept = 0;
    for (size_t i = 0; i < chapter->element_count; i++) {
        struct element *element = chapter->elements[i];
        if (element->kind == ELEMENT_ORIGINAL) {
            original = element;
            element->parent = table;
            cmark_node_append_child(table->node, element->node);
        }
        if (!original || !is_within(element, original)) {
            chapter->elements[kept++] = element;
            continue;
        }
        taken->items = array_grow(arena, taken->items, taken->count, sizeof *taken->items);
        taken->items[taken->count++] = element;
    }
    chapter->element_count = kept;
}

static void insert_after(struct arena *arena, struct chapter *chapter,
                         const struct element *element, const struct elements *added)
{
    const size_t size = sizeof(struct element *);
    size_t at = 0, count = chapter->element_count + added->count;
    while (chapter->elements[at] != element)
        at++;
    at++;
    struct element **all = arena_alloc(arena, (count + 1) * size);
    memcpy(all, chapter->elements, at * size);
    if (added->count)
        memcpy(all + at, added->items, added->count * size);
    memcpy(all + at + added->count, chapter->elements + at, (chapter->element_count - at) * size);
    chapter->elements = all;
    chapter->element_count = count;
}

void claims_gather(struct book *book, struct reading *readings)
{
    struct elements originals = {0};
    struct chapter *chapter = NULL;
    struct element *table = find_table(book, readings, &chapter);
    if (!table)
        return;
    for (size_t i = 0; i < book->chapter_count; i++)
        take_originals(&book->arena, book->chapters[i], table, &originals);
    insert_after(&book->arena, chapter, table, &originals);
}
