#include "book/table_directives.h"

#include "book/include.h"
#include "book/table.h"

#include <stdlib.h>
#include <string.h>

enum { CELLS_MAX = 200000 }; /* no browser shows more with ease */

/* A table that grows row by row. */
struct growing {
    struct walk walk; /* inside the directive */
    cmark_node *table, *row;
    size_t rows, cells, columns, widest, narrowest;
    size_t headers, stubs; /* rows and columns that head the others */
};

/* The number that an option gives; 0 with a warning where it is none. */
static size_t count_option(const struct walk *walk, const struct element *element, const char *key)
{
    const char *value = element_option(element, key);
    size_t size = value ? strlen(value) : 0;
    if (size > 0 && size < 4 && strspn(value, "0123456789") == size)
        return strtoul(value, NULL, 10);
    if (value)
        reading_warning(walk->reading, element_option_place(element, key), NULL,
                        "'%s' is not a number of rows or columns", value);
    return 0;
}

static struct growing begin_table(const struct walk *walk, struct element *element)
{
    struct growing growing = {
        .walk = *walk,
        .table = node_new(CMARK_NODE_CUSTOM_BLOCK),
        .narrowest = SIZE_MAX,
        .headers = count_option(walk, element, "header-rows"),
        .stubs = count_option(walk, element, "stub-columns"),
    };
    growing.walk.parent = element;
    growing.walk.depth++;
    element_add(&growing.walk, ELEMENT_TABLE, growing.table, element->body_place);
    return growing;
}

static void begin_row(struct growing *growing, struct place place)
{
    growing->row = node_new(CMARK_NODE_CUSTOM_BLOCK);
    growing->rows++;
    growing->columns = 0;
    cmark_node_append_child(growing->table, growing->row);
    element_add(&growing->walk, ELEMENT_ROW, growing->row, place);
}

/* An empty cell at the end of the row. */
static cmark_node *add_cell(struct growing *growing, struct place place)
{
    cmark_node *node = node_new(CMARK_NODE_CUSTOM_BLOCK);
    cmark_node_append_child(growing->row, node);
    struct element *cell = element_add(&growing->walk, ELEMENT_CELL, node, place);
    cell->id = growing->rows <= growing->headers;
    cell->level = growing->columns++ < growing->stubs;
    growing->cells++;
    return node;
}

static void end_row(struct growing *growing)
{
    size_t columns = growing->columns;
    growing->widest = columns > growing->widest ? columns : growing->widest;
    growing->narrowest = columns < growing->narrowest ? columns : growing->narrowest;
}

/* Says where rows differ in length; those that are shorter end early. The table becomes what the
 * directive holds besides its caption. */
static void end_table(struct growing *growing, struct element *element)
{
    if (growing->rows > 0 && growing->widest != growing->narrowest)
        reading_warning(growing->walk.reading, element->place, "give each row as many cells",
                        "the rows of this table have from %zu to %zu cells", growing->narrowest,
                        growing->widest);
    cmark_node_append_child(element->node, growing->table);
    element->id = DIRECTIVE_table;
}

/* --- Lists of lists ------------------------------------------------------------------------------
 */

static cmark_node *only_list(cmark_node *item)
{
    cmark_node *list = cmark_node_first_child(item);
    bool only = list && cmark_node_get_type(list) == CMARK_NODE_LIST && !cmark_node_next(list);
    return only ? list : NULL;
}

/* The list that the directive holds, behind its caption, if each of its items is a list. */
static cmark_node *find_list(const struct element *element)
{
    cmark_node *list = cmark_node_first_child(element->node);
    while (list && cmark_node_get_type(list) != CMARK_NODE_LIST)
        list = cmark_node_next(list);
    for (cmark_node *item = list ? cmark_node_first_child(list) : NULL; item;
         item = cmark_node_next(item))
        if (!only_list(item))
            return NULL;
    return list;
}

/* A paragraph that is alone in its cell needs not be one. */
static void fill_cell(cmark_node *cell, cmark_node *item)
{
    cmark_node *first = cmark_node_first_child(item);
    bool alone =
        first && !cmark_node_next(first) && cmark_node_get_type(first) == CMARK_NODE_PARAGRAPH;
    node_move_children(alone ? first : item, cell);
}

void list_table_build(const struct walk *walk, struct element *element)
{
    cmark_node *list = find_list(element);
    if (!list) {
        reading_warning(walk->reading, element->body_place,
                        "write a list of rows, each of them a list of cells: '* - a', '  - b'",
                        "a {list-table} holds a list of lists");
        return;
    }
    struct growing growing = begin_table(walk, element);
    for (cmark_node *row = cmark_node_first_child(list); row; row = cmark_node_next(row)) {
        begin_row(&growing, element->body_place);
        for (cmark_node *item = cmark_node_first_child(only_list(row)); item;
             item = cmark_node_next(item))
            fill_cell(add_cell(&growing, element->body_place), item);
        end_row(&growing);
    }
    cmark_node_unlink(list);
    cmark_node_free(list);
    end_table(&growing, element);
}

/* --- Comma-separated values ----------------------------------------------------------------------
 */

struct csv {
    const struct source *source;
    size_t at;
    char delimiter, quote;
};

static char delimiter_of(const struct walk *walk, const struct element *element)
{
    const char *value = element_option(element, "delim");
    if (!value)
        return ',';
    if (strcmp(value, "tab") == 0)
        return '\t';
    if (strcmp(value, "space") == 0)
        return ' ';
    if (strlen(value) != 1)
        reading_warning(walk->reading, element_option_place(element, "delim"),
                        "write one character, tab, or space", "'%s' does not part cells", value);
    return value[0] ? value[0] : ',';
}

/* The cell at csv->at in the arena of the builder; csv->at is then at what ends it. Within quotes a
 * doubled quote is one, and the end of a line is a space. */
static struct source next_value(struct walk *walk, struct csv *csv)
{
    const struct source *source = csv->source;
    struct source_builder builder = {.reading = walk->reading};
    bool quoted = csv->at < source->size && source->text[csv->at] == csv->quote;
    csv->at += quoted;
    size_t done = csv->at;
    for (; csv->at < source->size; csv->at++) {
        char c = source->text[csv->at];
        bool twice = quoted && c == csv->quote && csv->at + 1 < source->size &&
                     source->text[csv->at + 1] == csv->quote;
        if (!quoted && (c == csv->delimiter || c == '\n'))
            break;
        if (!quoted || (c != csv->quote && c != '\n'))
            continue;
        source_copy(&builder, source, done, csv->at + twice);
        if (c == '\n')
            source_insert(&builder, source_origin(source, csv->at), " ");
        csv->at += twice;
        done = csv->at + 1;
        quoted = twice || c == '\n';
    }
    if (done < csv->at)
        source_copy(&builder, source, done, csv->at);
    return source_finish(&builder);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void read_row(struct growing *growing, struct csv *csv)
{
    const struct source *source = csv->source;
    struct reading *reading = growing->walk.reading;
    begin_row(growing, source_place(reading, source, csv->at));
    for (bool more = true; more;) {
        while (csv->at < source->size && is_blank(source->text[csv->at]) &&
               source->text[csv->at] != csv->delimiter)
            csv->at++;
        cmark_node *cell = add_cell(growing, source_place(reading, source, csv->at));
        struct source value = next_value(&growing->walk, csv);
        cell_fill(&growing->walk, &value, cell);
        more = csv->at < source->size && source->text[csv->at] == csv->delimiter;
        csv->at += more;
    }
    csv->at += csv->at < source->size;
    end_row(growing);
}

static void read_rows(struct growing *growing, struct csv csv)
{
    while (csv.at < csv.source->size && growing->cells < CELLS_MAX) {
        if (csv.source->text[csv.at] == '\n')
            csv.at++;
        else
            read_row(growing, &csv);
    }
    if (csv.at < csv.source->size)
        reading_warning(growing->walk.reading,
                        source_place(growing->walk.reading, csv.source, csv.at), NULL,
                        "a table has at most %d cells; those from here on are left out", CELLS_MAX);
}

void csv_table_build(const struct walk *walk, struct element *element, const struct source *body)
{
    struct growing growing = begin_table(walk, element);
    const char *file = element_option(element, "file"), *header = element_option(element, "header");
    const char *quote = element_option(element, "quote");
    struct csv csv = {body, 0, delimiter_of(walk, element), quote && *quote ? *quote : '"'};
    if (header) {
        struct source text =
            source_of_text(walk->reading, header, element_option_place(element, "header"));
        struct csv row = csv;
        row.source = &text;
        growing.headers++;
        read_row(&growing, &row);
    }
    struct reading *inner =
        file ? include_open(walk, element, file, element_option_place(element, "file")) : NULL;
    struct source whole;
    if (inner) {
        whole = source_of_file(inner, 0, inner->size);
        csv.source = &whole;
        growing.walk.reading = inner;
    }
    read_rows(&growing, csv);
    growing.walk.reading = walk->reading;
    end_table(&growing, element);
}
