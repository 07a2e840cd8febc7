#include "book/table.h"

#include <string.h>

enum { COLUMNS_MAX = 64 };

/* A line of a paragraph, without quote marks and blanks around it. */
struct row {
    size_t begin, end;
};

/* Where a table is in a paragraph. */
struct grid {
    int first, header, last; /* lines, from 1 */
    size_t columns;
    const char *alignment[COLUMNS_MAX];
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static struct row row_of(const struct source *source, cmark_node *paragraph, int line)
{
    struct row row = {source_offset(source, line, 1), source_line_end(source, line)};
    if (line == cmark_node_get_start_line(paragraph))
        row.begin = source_offset(source, line, cmark_node_get_start_column(paragraph));
    while (row.begin < row.end &&
           (is_blank(source->text[row.begin]) || source->text[row.begin] == '>'))
        row.begin++;
    while (row.end > row.begin && is_blank(source->text[row.end - 1]))
        row.end--;
    return row;
}

/* Cuts the next cell, without blanks around it, off the row; false when none is left. */
static bool next_cell(const struct source *source, struct row *row, struct row *cell)
{
    const char *text = source->text;
    if (row->begin >= row->end)
        return false;
    size_t at = row->begin;
    while (at < row->end && text[at] != '|')
        at += text[at] == '\\' && at + 1 < row->end ? 2 : 1;
    *cell = (struct row){row->begin, at};
    row->begin = at + 1;
    while (cell->begin < cell->end && is_blank(text[cell->begin]))
        cell->begin++;
    while (cell->end > cell->begin && is_blank(text[cell->end - 1]))
        cell->end--;
    return true;
}

static void skip_first_pipe(const struct source *source, struct row *row)
{
    row->begin += row->begin < row->end && source->text[row->begin] == '|';
}

static size_t count_cells(const struct source *source, struct row row)
{
    struct row cell;
    size_t count = 0;
    skip_first_pipe(source, &row);
    while (next_cell(source, &row, &cell))
        count++;
    return count;
}

/* "left", "right", "center" or "" for ":--", "--:", ":-:", "--"; NULL for anything else. */
static const char *alignment_of(const struct source *source, struct row cell)
{
    bool left = cell.begin < cell.end && source->text[cell.begin] == ':';
    size_t at = cell.begin + left, dashes = 0;
    for (; at < cell.end && source->text[at] == '-'; at++)
        dashes++;
    bool right = dashes > 0 && at < cell.end && source->text[at] == ':';
    if (dashes == 0 || at + right != cell.end)
        return NULL;
    return left && right ? "center" : left ? "left" : right ? "right" : "";
}

static bool read_alignment(const struct source *source, struct row row, struct grid *grid)
{
    struct row cell;
    if (!memchr(source->text + row.begin, '|', row.end - row.begin))
        return false;
    grid->columns = 0;
    skip_first_pipe(source, &row);
    while (next_cell(source, &row, &cell)) {
        const char *alignment = alignment_of(source, cell);
        if (!alignment || grid->columns == COLUMNS_MAX)
            return false;
        grid->alignment[grid->columns++] = alignment;
    }
    return grid->columns > 0;
}

static bool find_grid(const struct source *source, cmark_node *paragraph, struct grid *grid)
{
    grid->first = cmark_node_get_start_line(paragraph);
    grid->last = cmark_node_get_end_line(paragraph);
    if (cmark_node_get_type(paragraph) != CMARK_NODE_PARAGRAPH)
        return false;
    for (grid->header = grid->first; grid->header < grid->last; grid->header++)
        if (read_alignment(source, row_of(source, paragraph, grid->header + 1), grid) &&
            count_cells(source, row_of(source, paragraph, grid->header)) == grid->columns)
            return true;
    return false;
}

bool table_found(const struct source *source, cmark_node *paragraph)
{
    struct grid grid;
    return find_grid(source, paragraph, &grid);
}

/* The cell's text, in which \| is |. */
static struct source cell_source(const struct walk *walk, struct row cell)
{
    const char *text = walk->source->text;
    struct source_builder builder = {.reading = walk->reading};
    size_t done = cell.begin;
    for (size_t at = cell.begin; at + 1 < cell.end; at++)
        if (text[at] == '\\' && text[at + 1] == '|') {
            source_copy(&builder, walk->source, done, at);
            done = at + 1;
        }
    source_copy(&builder, walk->source, done, cell.end);
    return source_finish(&builder);
}

/* Whether a text means itself, whatever stands around it: most cells do, and there may be many. */
static bool is_plain(const struct source *text)
{
    char last = ' ';
    for (size_t i = 0; i + 1 < text->size; last = text->text[i++]) {
        char c = text->text[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (!c || !strchr(" ,;/()+%=.", c) || c == last))
            return false;
    }
    return text->size > 1;
}

void cell_fill(const struct walk *walk, const struct source *text, cmark_node *cell)
{
    if (!is_plain(text)) {
        parse_inlines(walk->reading, text, walk->parent, cell, walk->depth);
        return;
    }
    cmark_node *node = node_new(CMARK_NODE_TEXT);
    const char *line = arena_strndup(walk->reading->scratch, text->text, text->size - 1);
    cmark_node_set_literal(node, line);
    cmark_node_append_child(cell, node);
}

static void build_row(const struct walk *walk, cmark_node *table, const struct grid *grid,
                      struct row row, bool header)
{
    const struct source *source = walk->source;
    cmark_node *node = node_new(CMARK_NODE_CUSTOM_BLOCK);
    cmark_node_append_child(table, node);
    element_add(walk, ELEMENT_ROW, node, source_place(walk->reading, source, row.begin));
    skip_first_pipe(source, &row);
    for (size_t i = 0; i < grid->columns; i++) {
        struct row cell = {row.end, row.end};
        next_cell(source, &row, &cell);
        cmark_node *cell_node = node_new(CMARK_NODE_CUSTOM_BLOCK);
        cmark_node_append_child(node, cell_node);
        struct element *element = element_add(walk, ELEMENT_CELL, cell_node,
                                              source_place(walk->reading, source, cell.begin));
        element->id = header;
        element->text = grid->alignment[i];
        struct source text = cell_source(walk, cell);
        struct walk inside = *walk;
        inside.depth++;
        cell_fill(&inside, &text, cell_node);
    }
}

/* A paragraph of the lines before the table's header, put before `table`. */
static void build_lead(const struct walk *walk, cmark_node *paragraph, const struct grid *grid)
{
    if (grid->header == grid->first)
        return;
    struct source_builder builder = {.reading = walk->reading};
    for (int line = grid->first; line < grid->header; line++) {
        struct row row = row_of(walk->source, paragraph, line);
        size_t end = source_line_end(walk->source, line);
        source_copy(&builder, walk->source, row.begin, line + 1 < grid->header ? end + 1 : end);
    }
    struct source text = source_finish(&builder);
    cmark_node *lead = node_new(CMARK_NODE_PARAGRAPH);
    cmark_node_insert_before(paragraph, lead);
    parse_inlines(walk->reading, &text, walk->parent, lead, walk->depth + 1);
}

void table_build(const struct walk *walk, cmark_node *paragraph)
{
    struct grid grid;
    if (!find_grid(walk->source, paragraph, &grid))
        return;
    build_lead(walk, paragraph, &grid);
    cmark_node *table = node_new(CMARK_NODE_CUSTOM_BLOCK);
    struct row header = row_of(walk->source, paragraph, grid.header);
    element_add(walk, ELEMENT_TABLE, table,
                source_place(walk->reading, walk->source, header.begin));
    build_row(walk, table, &grid, header, true);
    for (int line = grid.header + 2; line <= grid.last; line++)
        build_row(walk, table, &grid, row_of(walk->source, paragraph, line), false);
    node_replace(paragraph, table);
}
