/* The chart of what was observed, and its data as a table. */
#include "page/html.h"
#include "page/observe.h"
#include "page/results.h"
#include "page/series.h"
#include "page/svg.h"

#include <math.h>
#include <string.h>

enum {
    POINTS_MAX = 1000,
    LABELLED_MAX = SVG_SERIES,
    DATA_ROWS = 200,
    DATA_COLUMNS = 12,
    MARKS = 6
};

struct range {
    double low, high;
};

static struct range extend(struct range range, const struct series_data *series)
{
    for (size_t i = 0; i < series->count; i++)
        if (isfinite(series->values[i])) {
            range.low = fmin(range.low, series->values[i]);
            range.high = fmax(range.high, series->values[i]);
        }
    return range;
}

/* The range of the values with some air above and below; 0 is in it where it is near. */
static struct range range_of(const struct selection *selection)
{
    struct range range = {INFINITY, -INFINITY};
    for (size_t i = 0; i < selection->count; i++)
        range = extend(range, selection->items[i].data);
    if (range.low > 0 && range.low < 0.5 * range.high)
        range.low = 0;
    double air = 0.04 * (range.high - range.low);
    if (!(air > 0))
        air = range.high == 0 ? 1 : 0.1 * fabs(range.high);
    return (struct range){range.low == 0 ? 0 : range.low - air, range.high + air};
}

static char *describe(struct arena *arena, const struct selection *selection)
{
    enum { TOLD = 6 };
    struct text text = {0};
    text_addf(&text, "%zu line%s.", selection->count, selection->count == 1 ? "" : "s");
    for (size_t i = 0; i < selection->count && i < TOLD; i++) {
        const struct series_data *series = selection->items[i].data;
        struct range range = extend((struct range){INFINITY, -INFINITY}, series);
        if (range.low > range.high)
            continue;
        text_addf(&text, " %s: %zu values from %s to %s, between %s and %s.",
                  selection->items[i].label, series->count, format_number(arena, series->values[0]),
                  format_number(arena, series->values[series->count - 1]),
                  format_number(arena, range.low), format_number(arena, range.high));
    }
    if (selection->count > TOLD)
        text_add(&text, " The table below has the data of the others.");
    return text_keep(&text, arena);
}

static const char *unit_of(const struct chosen_series *series)
{
    return series->data->unit ? series->data->unit : "";
}

/* The unit that all series share, or nothing. */
static const char *shared_unit(const struct selection *selection)
{
    for (size_t i = 1; i < selection->count; i++)
        if (strcmp(unit_of(&selection->items[i]), unit_of(&selection->items[0])) != 0)
            return "";
    return unit_of(&selection->items[0]);
}

static const char *x_label(const struct element *element, const struct selection *selection)
{
    const char *written = element_option(element, "xlabel");
    return written ? written : selection->x ? selection->x->name : "step";
}

/* The values that the horizontal axis must hold. */
static struct range x_range(const struct selection *selection)
{
    size_t longest = 2;
    for (size_t i = 0; i < selection->count; i++)
        if (selection->items[i].data->count > longest)
            longest = selection->items[i].data->count;
    if (!selection->x)
        return (struct range){0, (double)(longest - 1)};
    struct range range = extend((struct range){INFINITY, -INFINITY}, selection->x);
    if (range.low == range.high)
        return (struct range){range.low - 1, range.high + 1};
    return range.low < range.high ? range : (struct range){0, 1}; /* there is no value at all */
}

/* Between two marks of an axis so wide: whole steps of a place, any of a value. */
static double x_step(const struct selection *selection, double width)
{
    double unit = selection->x ? pow(10, floor(log10(width)) - 1) : 1;
    return unit * nice_step(width / unit, MARKS);
}

/* Moves points from their places in the series to the values there; what has none is dropped. */
static void place_points(struct points *points, const struct series_data *x)
{
    size_t kept = 0;
    for (size_t i = 0; i < points->count; i++) {
        size_t place = (size_t)points->x[i];
        if (place >= x->count || !isfinite(x->values[place]))
            continue;
        points->x[kept] = x->values[place];
        points->y[kept++] = points->y[i];
    }
    points->count = kept;
}

/* The blocks of all series that have a point to draw. */
static struct chart_block *make_blocks(struct arena *arena, const struct selection *selection,
                                       struct range range, size_t *count)
{
    enum { GAP = 12 };
    struct chart_block *blocks = arena_alloc(arena, (selection->count + 1) * sizeof *blocks);
    double heights[LABELLED_MAX];
    bool many = selection->count > LABELLED_MAX;
    *count = 0;
    for (size_t i = 0; i < selection->count; i++) {
        const struct series_data *series = selection->items[i].data;
        struct points points =
            series_points(series->values, series->count, many ? POINTS_MAX / 4 : POINTS_MAX, arena);
        if (selection->x)
            place_points(&points, selection->x);
        if (points.count == 0)
            continue;
        const double **columns = arena_alloc(arena, 2 * sizeof *columns);
        columns[0] = points.x;
        columns[1] = points.y;
        if (!many)
            heights[*count] = points.y[points.count - 1];
        blocks[(*count)++] = (struct chart_block){
            .label =
                many || selection->count == 1 ? "" : short_name(selection->items[i].label, arena),
            .columns = columns,
            .column_count = 2,
            .rows = points.count};
    }
    if (!many) {
        double height = range.high - range.low;
        spread_labels(heights, *count, height / GAP, range.low, range.high);
        for (size_t i = 0; i < *count; i++)
            blocks[i].label_y = heights[i];
    }
    return blocks;
}

static void draw(struct context *context, const struct element *element, const char *kind,
                 const struct selection *selection, struct text *html)
{
    struct arena *arena = context->arena;
    struct range range = range_of(selection), across = x_range(selection);
    const char *xlabel = x_label(element, selection), *ylabel = element_option(element, "ylabel");
    ylabel = ylabel ? ylabel : shared_unit(selection);
    size_t count;
    struct chart_block *blocks = make_blocks(arena, selection, range, &count);
    const struct chart_number numbers[] = {
        {"XLOW", across.low},
        {"XHIGH", across.high},
        {"YLOW", range.low},
        {"YHIGH", range.high},
        {"MANY", selection->count > LABELLED_MAX},
        {"XSTEP", x_step(selection, across.high - across.low)},
    };
    add_chart(
        context, element,
        &(struct chart){
            .kind = kind,
            .id = element->anchor ? arena_printf(arena, "%s-chart", id_text(arena, element->anchor))
                                  : arena_printf(arena, "chart-%d", element->place.line),
            .title = arena_printf(arena, "%s against %s", *ylabel ? ylabel : element->text, xlabel),
            .description = describe(arena, selection),
            .xlabel = xlabel,
            .ylabel = ylabel,
            .blocks = blocks,
            .block_count = count,
            .numbers = numbers,
            .number_count = sizeof numbers / sizeof *numbers,
        },
        html);
}

/* A place in the series, or the value there that they are drawn against. */
static char *row_name(struct arena *arena, const struct selection *selection, size_t row)
{
    if (!selection->x)
        return arena_printf(arena, "%zu", row);
    return row < selection->x->count ? arena_printf(arena, "%.10g", selection->x->values[row])
                                     : arena_strdup(arena, "–");
}

static void add_series_data(struct context *context, const struct element *element,
                            const struct selection *selection, struct text *html)
{
    struct arena *arena = context->arena;
    size_t longest = 0, shown = selection->count < DATA_COLUMNS ? selection->count : DATA_COLUMNS;
    struct text note = {0};
    for (size_t i = 0; i < shown; i++)
        if (selection->items[i].data->count > longest)
            longest = selection->items[i].data->count;
    size_t step = (longest + DATA_ROWS - 1) / DATA_ROWS;
    if (step > 1)
        text_addf(&note, "One in %zu of %zu values. ", step, longest);
    if (shown < selection->count)
        text_addf(&note, "The first %zu of %zu series. ", shown, selection->count);
    open_data(html, note.size ? text_string(&note) : NULL);
    text_release(&note);
    html_addf(html, "<thead><tr><th scope=\"col\">%s</th>", x_label(element, selection));
    for (size_t i = 0; i < shown; i++)
        html_addf(html, "<th scope=\"col\">%s</th>", selection->items[i].label);
    text_add(html, "</tr></thead>\n<tbody>\n");
    for (size_t row = 0; row < longest; row += step) {
        html_addf(html, "<tr><th scope=\"row\">%s</th>", row_name(arena, selection, row));
        for (size_t i = 0; i < shown; i++) {
            const struct series_data *series = selection->items[i].data;
            double value = row < series->count ? series->values[row] : NAN;
            html_addf(html, "<td>%s</td>", plain_number(arena, value, 5));
        }
        text_add(html, "</tr>\n");
    }
    text_add(html, "</tbody>\n");
    close_data(html);
}

void add_selection(struct context *context, const struct element *element, const char *kind,
                   const struct selection *selection, struct text *html)
{
    draw(context, element, kind, selection, html);
    add_series_data(context, element, selection, html);
    if (selection->draft)
        text_add(html,
                 "<p class=\"parameters\"><strong class=\"draft\">draft sizes</strong></p>\n");
}
