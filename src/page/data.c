#include "page/data.h"

#include "page/html.h"
#include "page/palette.h"
#include "page/parts.h"
#include "page/results.h"
#include "page/svg.h"

#include <math.h>
#include <string.h>

/* --- Filling -------------------------------------------------------------------------------------
 */

void data_add_column(struct data *data, enum data_kind kind, const char *name, const char *unit)
{
    data->columns =
        array_grow(data->arena, data->columns, data->column_count, sizeof *data->columns);
    data->columns[data->column_count++] = (struct data_column){name, unit, kind};
}

static void add_cell(struct data *data, struct data_cell cell)
{
    data->cells = array_grow(data->arena, data->cells, data->cell_count, sizeof *data->cells);
    data->cells[data->cell_count++] = cell;
}

void data_add_words(struct data *data, const char *words)
{
    add_cell(data, (struct data_cell){.shown = words});
}

void data_add_level(struct data *data, enum level level)
{
    data_add_words(data, level_name(level));
}

void data_add_number(struct data *data, const char *shown, double value)
{
    add_cell(data, (struct data_cell){.shown = shown, .value = {value, NAN, NAN, 0}});
}

void data_add_estimate(struct data *data, const char *shown, const char *interval,
                       struct estimate value)
{
    add_cell(data, (struct data_cell){shown, interval, value});
}

/* --- The table -----------------------------------------------------------------------------------
 */

static void add_shown(const struct data_cell *cell, enum data_kind kind, struct text *html)
{
    if (cell->interval)
        add_estimate(html, cell->shown, cell->interval);
    else if (kind == DATA_LEVEL)
        html_addf(html, "<td class=\"words\"><span class=\"verdict verdict-%s\">%s</span></td>",
                  cell->shown, cell->shown);
    else
        html_addf(html, kind == DATA_WORDS ? "<td class=\"words\">%s</td>" : "<td>%s</td>",
                  cell->shown);
}

static void add_row(const struct data *data, size_t row, size_t columns, struct text *html)
{
    const struct data_cell *cells = &data->cells[row * data->column_count];
    html_addf(html, "<tr><th scope=\"row\">%s</th>", cells[0].shown);
    for (size_t i = 1; i < columns; i++)
        add_shown(&cells[i], data->columns[i].kind, html);
    text_add(html, "</tr>\n");
}

static void add_rows(const struct data *data, const char *name, struct text *html)
{
    size_t columns = data->columns_shown && data->columns_shown < data->column_count
                         ? data->columns_shown
                         : data->column_count;
    size_t step = data->step ? data->step : 1;
    size_t rows = columns ? data->cell_count / data->column_count : 0;
    html_addf(html,
              "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"%s\">\n"
              "<table class=\"samples\">\n<caption>%s</caption>\n<thead><tr>",
              name, data->caption);
    for (size_t i = 0; i < columns; i++) {
        bool words = data->columns[i].kind == DATA_WORDS || data->columns[i].kind == DATA_LEVEL;
        html_addf(html,
                  words ? "<th scope=\"col\" class=\"words\">%s</th>" : "<th scope=\"col\">%s</th>",
                  data->columns[i].name);
    }
    text_add(html, "</tr></thead>\n<tbody>\n");
    for (size_t row = 0; row < rows; row += step)
        add_row(data, row, columns, html);
    text_add(html, "</tbody>\n</table></div>\n");
}

void data_table(const struct data *data, const char *name, struct text *html)
{
    text_add(html, "<details class=\"data\"><summary>Data</summary>\n");
    add_rows(data, name, html);
    text_add(html, "</details>\n");
}

/* --- Files ---------------------------------------------------------------------------------------
 */

/* Puts the text into the site as "charts/PAGE.ID.ENDING", which no other chart has: an id has no
 * point, and a second chart of that id gets a number. Returns its link. */
static char *add_file(struct context *context, const char *id, const char *ending,
                      struct text *content)
{
    struct arena *arena = context->arena;
    const char *page = chapter_page(arena, context->chapter);
    int stem = (int)(strrchr(page, '.') - page);
    const char *path = arena_printf(arena, "charts/%.*s.%s.%s", stem, page, id, ending);
    struct text url = {0};
    for (int i = 2; site_has(context->site, path); i++)
        path = arena_printf(arena, "charts/%.*s.%s-%d.%s", stem, page, id, i, ending);
    size_t size = content->size;
    site_add(context->site, path, text_keep(content, arena), size);
    url_add(&url, path);
    return text_keep(&url, arena);
}

static void add_links(struct context *context, const struct drawn *drawn, const struct data *values,
                      struct text *html)
{
    struct text drawing = {0}, csv = {0};
    text_add(html, "<p class=\"downloads\">Download:");
    if (drawn->svg) {
        svg_alone(drawn->svg, &context->palette, &drawing);
        html_addf(html, " <a href=\"%s\" download>drawing (SVG)</a>,",
                  add_file(context, drawn->id, "svg", &drawing));
    }
    data_csv(values, &csv);
    html_addf(html, " <a href=\"%s\" download>values (CSV)</a></p>\n",
              add_file(context, drawn->id, "csv", &csv));
}

void add_data(struct context *context, const struct drawn *drawn, const struct data *data,
              const struct data *values, struct text *html)
{
    if (context->options->rehearsal)
        return;
    text_add(html, "<details class=\"data\"><summary>Data</summary>\n");
    if (context->downloads)
        add_links(context, drawn, values ? values : data, html);
    add_rows(data, arena_printf(context->arena, "Data: %s", drawn->title), html);
    text_add(html, "</details>\n");
}
