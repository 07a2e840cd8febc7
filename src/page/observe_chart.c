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

/* ---- what it says ---- */

/* What a series is at one of its places. */
static const char *place_name(struct arena *arena, const struct selection *selection, size_t place)
{
    if (!selection->x)
        return arena_printf(arena, "%zu", place);
    return place < selection->x->count ? format_number(arena, selection->x->values[place]) : "–";
}

/* Places of a series' first, last, least and greatest finite values; false where it has none. */
struct extremes {
    size_t first, last, least, most;
};

static bool find_extremes(const struct series_data *series, struct extremes *found)
{
    size_t known = 0;
    for (size_t i = 0; i < series->count; i++) {
        if (!isfinite(series->values[i]))
            continue;
        found->first = known == 0 ? i : found->first;
        found->least =
            known == 0 || series->values[i] < series->values[found->least] ? i : found->least;
        found->most =
            known == 0 || series->values[i] > series->values[found->most] ? i : found->most;
        found->last = i;
        known++;
    }
    return known > 0;
}

/* A name as descriptions tell it, which have more room than drawings. */
static const char *told_name(struct arena *arena, const char *name)
{
    enum { LETTERS = 32 };
    return text_cut(arena, name, LETTERS);
}

/* "4,264 at period 300". */
static const char *told_value(struct arena *arena, const struct selection *selection,
                              const struct series_data *series, size_t place, const char *across)
{
    return arena_printf(arena, "%s at %s %s", format_number(arena, series->values[place]),
                        told_name(arena, across), place_name(arena, selection, place));
}

/* "price rises from 15,221 to 64,623; least 4,264 at path 300, most 72,775 at path 63,200." Ends
 * that are much the same beside all the rest, as a distribution's, are not told. */
static void add_course(struct arena *arena, const struct selection *selection, size_t index,
                       const char *across, struct text *text)
{
    const double alike = 0.05;
    const struct series_data *series = selection->items[index].data;
    const double *values = series->values;
    struct extremes at;
    if (!find_extremes(series, &at))
        return;
    double from = values[at.first], to = values[at.last];
    text_addf(text, "%s%s", text->size ? " " : "", told_name(arena, selection->items[index].label));
    if (fabs(to - from) > alike * (values[at.most] - values[at.least]))
        text_addf(text, " %s from %s to %s;", to > from ? "rises" : "falls",
                  format_number(arena, from), format_number(arena, to));
    else
        text_add_char(text, ':');
    text_addf(text, " most %s, least %s.", told_value(arena, selection, series, at.most, across),
              told_value(arena, selection, series, at.least, across));
}

/* Of many, which reaches most and which least. */
static void add_outermost(struct arena *arena, const struct selection *selection,
                          const char *across, struct text *text)
{
    const struct chosen_series *least = NULL, *most = NULL;
    struct extremes at, low = {0}, high = {0};
    for (size_t i = 0; i < selection->count; i++) {
        const struct chosen_series *one = &selection->items[i];
        if (!find_extremes(one->data, &at))
            continue;
        if (!most || one->data->values[at.most] > most->data->values[high.most])
            most = one, high = at;
        if (!least || one->data->values[at.least] < least->data->values[low.least])
            least = one, low = at;
    }
    if (!most)
        return;
    text_addf(text, "Of %zu lines %s reaches most, %s, and %s least, %s.", selection->count,
              told_name(arena, most->label),
              told_value(arena, selection, most->data, high.most, across),
              told_name(arena, least->label),
              told_value(arena, selection, least->data, low.least, across));
}

static char *describe(struct arena *arena, const struct selection *selection, const char *across)
{
    enum { TOLD = 3 };
    struct text text = {0};
    if (selection->count > TOLD)
        add_outermost(arena, selection, across, &text);
    for (size_t i = 0; i < selection->count && selection->count <= TOLD; i++)
        add_course(arena, selection, i, across, &text);
    return text_keep(&text, arena);
}

/* ---- the chart ---- */

static struct drawn draw(struct context *context, const struct element *element, const char *kind,
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
    return add_chart(
        context, element,
        &(struct chart){
            .kind = kind,
            .id = element->anchor ? arena_printf(arena, "%s-chart", id_text(arena, element->anchor))
                                  : arena_printf(arena, "chart-%d", element->place.line),
            .title = arena_printf(arena, "%s against %s", *ylabel ? ylabel : element->text, xlabel),
            .description = describe(arena, selection, xlabel),
            .xlabel = xlabel,
            .ylabel = ylabel,
            .blocks = blocks,
            .block_count = count,
            .numbers = numbers,
            .number_count = sizeof numbers / sizeof *numbers,
        },
        html);
}

/* A row's first cell: a place in the series, or the value there that they are drawn against. */
static void add_place(struct data *data, const struct selection *selection, size_t row)
{
    double value = !selection->x               ? (double)row
                   : row < selection->x->count ? selection->x->values[row]
                                               : NAN;
    data_add_number(data, isfinite(value) ? arena_printf(data->arena, "%.10g", value) : "–", value);
}

/* The table has what fits a page; the file has all. */
static void add_series_data(struct context *context, const struct element *element,
                            const struct selection *selection, const struct drawn *drawn,
                            struct text *html)
{
    struct arena *arena = context->arena;
    struct text caption = {0};
    struct data data = {.arena = arena, .columns_shown = DATA_COLUMNS + 1};
    size_t longest = 0;
    data_add_column(&data, DATA_NUMBER, x_label(element, selection), "");
    for (size_t i = 0; i < selection->count; i++) {
        const struct series_data *series = selection->items[i].data;
        longest = series->count > longest ? series->count : longest;
        data_add_column(&data, DATA_NUMBER, selection->items[i].label,
                        unit_of(&selection->items[i]));
    }
    data.step = (longest + DATA_ROWS - 1) / DATA_ROWS;
    text_add(&caption, drawn->title);
    if (data.step > 1)
        text_addf(&caption, "; one in %zu of %zu values", data.step, longest);
    if (selection->count > DATA_COLUMNS)
        text_addf(&caption, "; the first %d of %zu series", DATA_COLUMNS, selection->count);
    text_add_char(&caption, '.');
    data.caption = text_keep(&caption, arena);
    for (size_t row = 0; row < longest; row++) {
        bool shown = row % data.step == 0;
        add_place(&data, selection, row);
        for (size_t i = 0; i < selection->count; i++) {
            const struct series_data *series = selection->items[i].data;
            double value = row < series->count ? series->values[row] : NAN;
            data_add_number(&data, shown && i < DATA_COLUMNS ? plain_number(arena, value, 5) : "",
                            value);
        }
    }
    add_data(context, drawn, &data, NULL, html);
}

void add_selection(struct context *context, const struct element *element, const char *kind,
                   const struct selection *selection, struct text *html)
{
    const struct drawn drawn = draw(context, element, kind, selection, html);
    add_series_data(context, element, selection, &drawn, html);
    if (selection->draft)
        text_add(html,
                 "<p class=\"parameters\"><strong class=\"draft\">draft sizes</strong></p>\n");
}
