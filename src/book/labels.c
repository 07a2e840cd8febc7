#include "book/labels.h"

#include "book/chapter.h"
#include "book/number.h"

#include <stdlib.h>
#include <string.h>

static void add_label(struct book *book, struct label label)
{
    book->labels = array_grow(&book->arena, book->labels, book->label_count, sizeof label);
    book->labels[book->label_count++] = label;
}

/* The plain text of a heading or of a directive's caption. */
static const char *title_of(struct book *book, const struct element *element)
{
    if (element->kind == ELEMENT_HEADING)
        return element->text;
    cmark_node *first = cmark_node_first_child(element->node);
    const struct element *caption = first ? cmark_node_get_user_data(first) : NULL;
    return caption && caption->kind == ELEMENT_CAPTION ? plain_text(&book->arena, first) : "";
}

static void add_element_label(struct book *book, const struct chapter *chapter,
                              const struct element *element, const char *name, struct place place,
                              const char *anchor)
{
    add_label(book, (struct label){
                        .name = name,
                        .chapter = chapter,
                        .element = element,
                        .series = element->series,
                        .number = element->number,
                        .title = title_of(book, element),
                        .anchor = anchor,
                        .place = place,
                    });
}

static void add_labels_of(struct book *book, const struct chapter *chapter, struct element *element)
{
    const struct option *labels[2];
    if (element->kind == ELEMENT_ANCHOR) {
        struct element *owner = target_of(element);
        add_element_label(book, chapter, owner, element->name, element->place,
                          element->anchor ? element->anchor : owner->anchor);
    } else if (element->kind == ELEMENT_DIRECTIVE) {
        int count = option_labels(element, labels);
        for (int i = 0; i < count; i++)
            add_element_label(book, chapter, element, labels[i]->value, labels[i]->place,
                              element->anchor);
    }
}

static void add_chapter_label(struct book *book, const struct chapter *chapter,
                              const struct reading *reading)
{
    add_label(book,
              (struct label){
                  .name = reading->label,
                  .chapter = chapter,
                  .series = SERIES_SECTION,
                  .number = chapter->number > 0 ? arena_printf(&book->arena, "%d", chapter->number)
                                                : NULL,
                  .title = chapter->title,
                  .place = reading->label_place,
              });
}

static int compare(int a, int b)
{
    return (a > b) - (a < b);
}

static int by_name_and_place(const void *left, const void *right)
{
    const struct label *a = left, *b = right;
    int order = strcmp(a->name, b->name);
    if (order == 0)
        order = compare(a->chapter->number, b->chapter->number);
    if (order == 0)
        order = compare(a->place.line, b->place.line);
    return order ? order : compare(a->place.column, b->place.column);
}

static struct reading *reading_of(const struct book *book, struct reading *readings,
                                  const struct chapter *chapter)
{
    size_t i = 0;
    while (book->chapters[i] != chapter)
        i++;
    return &readings[i];
}

/* Whether the label names something that is this program's own. */
static bool is_ours(const struct label *label)
{
    const struct element *element = label->element;
    return element && element->kind == ELEMENT_DIRECTIVE && directive_rules[element->id].ours;
}

static void report_double(struct reading *reading, const struct label *label,
                          const struct label *first)
{
    reading->lenient = !is_ours(label) && !is_ours(first);
    reading_error(reading, label->place, "a label names one thing in the whole book",
                  "the label '%s' is used before, in %s, line %d", label->name,
                  first->chapter->file, first->place.line);
    reading->lenient = false;
}

/* Leaves the first of labels that have one name; the others are faults. */
static void drop_doubles(struct book *book, struct reading *readings)
{
    size_t kept = 0;
    for (size_t i = 0; i < book->label_count; i++) {
        const struct label *label = &book->labels[i];
        const struct label *first = kept > 0 ? &book->labels[kept - 1] : NULL;
        if (first && strcmp(first->name, label->name) == 0)
            report_double(reading_of(book, readings, label->chapter), label, first);
        else
            book->labels[kept++] = *label;
    }
    book->label_count = kept;
}

void labels_gather(struct book *book, struct reading *readings, struct arena *scratch)
{
    for (size_t i = 0; i < book->chapter_count; i++) {
        struct chapter *chapter = book->chapters[i];
        chapter_anchor(&book->arena, chapter, scratch);
        chapter_number(&book->arena, chapter);
        if (readings[i].label)
            add_chapter_label(book, chapter, &readings[i]);
        for (size_t j = 0; j < chapter->element_count; j++)
            add_labels_of(book, chapter, chapter->elements[j]);
    }
    if (book->label_count > 1)
        qsort(book->labels, book->label_count, sizeof *book->labels, by_name_and_place);
    drop_doubles(book, readings);
}
