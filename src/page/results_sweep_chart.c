/* Charts over the values of a swept parameter: traffic, rate, time, speed-up. */
#include "page/caches.h"
#include "page/html.h"
#include "page/results_sweep_lines.h"

#include <math.h>
#include <string.h>

/* ---- the chart ---- */

/* "simd falls from 324 to 20.1 GB/s between elements = 512 and 8,388,608." */
static void add_trend(const struct swept_picture *picture, const struct swept_drawn *drawn,
                      struct text *text)
{
    struct arena *arena = picture->swept->context->arena;
    const struct sweep_points *points = &picture->swept->points;
    const char *symbol = picture->unit->symbol;
    double from = drawn->columns[1][drawn->first], to = drawn->columns[1][drawn->last];
    const char *first = plain_number(arena, from, 3), *last = plain_number(arena, to, 3);
    if (drawn->first == drawn->last)
        text_addf(text, "%s has %s %s at %s = %s.", drawn->line->label, first, symbol,
                  points->parameter, swept_value_text(picture->swept, drawn->first));
    else if (strcmp(first, last) == 0)
        text_addf(text, "%s has %s %s at both %s = %s and %s.", drawn->line->label, first, symbol,
                  points->parameter, swept_value_text(picture->swept, drawn->first),
                  swept_value_text(picture->swept, drawn->last));
    else
        text_addf(text, "%s %s from %s to %s %s between %s = %s and %s.", drawn->line->label,
                  to > from ? "rises" : "falls", first, last, symbol, points->parameter,
                  swept_value_text(picture->swept, drawn->first),
                  swept_value_text(picture->swept, drawn->last));
}

/* What the words beneath the chart say of one line's break-even, in short. */
static void add_crossing(const struct swept_picture *picture, const struct swept_drawn *drawn,
                         struct text *text)
{
    const struct sweep_points *points = &picture->swept->points;
    struct arena *arena = picture->swept->context->arena;
    const struct break_even found =
        sweep_break_even(points, drawn->line->variant, drawn->line->threads);
    bool pays = isfinite(found.value);
    if (!found.known)
        return;
    if (pays || isfinite(found.until))
        text_addf(text, " It is surely the faster %s %s = %s%s.", pays ? "from" : "up to",
                  points->parameter, format_number(arena, pays ? found.value : found.until),
                  pays ? " on" : "");
    else
        text_add(text, " It is not surely the faster at the largest value.");
}

/* The first and the last line where there are many. */
static char *describe(const struct swept_picture *picture)
{
    struct text text = {0};
    for (size_t i = 0; i < picture->count; i++) {
        if (picture->count > 2 && i > 0 && i + 1 < picture->count)
            continue;
        text_add(&text, i ? " " : "");
        add_trend(picture, &picture->lines[i], &text);
        if (picture->aspect->relative)
            add_crossing(picture, &picture->lines[i], &text);
    }
    if (picture->count > 2)
        text_addf(&text, " %zu more lines: see the data.", picture->count - 2);
    return text_keep(&text, picture->swept->context->arena);
}

/* The chart's vertical axis. */
struct axis {
    bool logarithmic;
    double low, high;
};

static struct axis axis_of(const struct swept_picture *picture)
{
    const struct swept_range *amounts = &picture->amounts;
    double least = picture->extent.least, most = picture->extent.most;
    bool logarithmic = least > 0 && amounts->most / amounts->least > picture->aspect->log_ratio;
    if (picture->aspect->relative) {
        least = fmin(least, 1);
        most = fmax(most, 1);
    }
    double above = logarithmic ? 1.2 : picture->aspect->caches ? 1.18 : 1.06; /* for marks' names */
    return (struct axis){logarithmic, logarithmic ? least / 1.2 : 0, most * above};
}

/* Labels at the heights of the lines' last points, moved apart. */
static void place_labels(const struct swept_picture *picture, const struct axis *axis,
                         double *heights)
{
    enum { GAP = 12 }; /* labels across the height of the chart */
    double low = axis->low, high = axis->high;
    for (size_t i = 0; i < picture->count; i++) {
        const struct swept_drawn *drawn = &picture->lines[i];
        heights[i] = drawn->columns[1][drawn->last];
    }
    if (axis->logarithmic) {
        low = log10(low);
        high = log10(high);
        for (size_t i = 0; i < picture->count; i++)
            heights[i] = log10(heights[i]);
    }
    spread_labels(heights, picture->count, (high - low) / GAP, low + 0.02 * (high - low), high);
    for (size_t i = 0; i < picture->count && axis->logarithmic; i++)
        heights[i] = pow(10, heights[i]);
}

/* Where between the points the working set is so large, both taken as powers; NaN if nowhere. */
static double value_filling(const struct swept *swept, double size)
{
    for (size_t i = 1; i < swept->points.count; i++) {
        const struct sweep_point *a = &swept->points.items[i - 1], *b = a + 1;
        double from = a->result->working_set, to = b->result->working_set;
        if (from > 0 && from < size && size <= to && a->value > 0)
            return a->value * pow(b->value / a->value, log(size / from) / log(to / from));
    }
    return NAN;
}

enum { TICKS_MOST = 8 }; /* values that have room for marks of their own */

/* Further variables of the chart's script. */
struct variables {
    struct chart_number numbers[9 + SVG_SERIES + CACHE_LEVELS + TICKS_MOST];
    struct chart_string strings[CACHE_LEVELS];
    size_t number_count, string_count;
};

static void add_number(struct variables *variables, const char *name, double value)
{
    variables->numbers[variables->number_count++] = (struct chart_number){name, value};
}

/* MARKS, and of each a place and a name. */
static void add_marks(const struct swept_picture *picture, struct variables *variables)
{
    struct arena *arena = picture->swept->context->arena;
    struct cache_fact caches[CACHE_LEVELS];
    size_t count = 0;
    caches_read(&picture->swept->context->record->machine, caches, arena);
    for (size_t i = 0; i < CACHE_LEVELS; i++) {
        double place = value_filling(picture->swept, caches[i].bytes);
        if (!picture->aspect->caches || !caches[i].size || !isfinite(place))
            continue;
        add_number(variables, arena_printf(arena, "MARK%zu", ++count), place);
        variables->strings[variables->string_count++] =
            (struct chart_string){arena_printf(arena, "MARK_NAME%zu", count), caches[i].name};
    }
    add_number(variables, "MARKS", (double)count);
}

/* Whether "8", "500", "2.5k" or "64M" writes the value exactly, as the script does. */
static bool is_short(double value)
{
    while (value >= 1000)
        value /= 1000;
    return value == round(10 * value) / 10 && value >= 0.1;
}

/* TICKS, and of each a value: those of the parameter where they are few, short and far enough
 * apart, else none, and the script chooses round ones. */
static void add_ticks(const struct sweep_points *points, struct variables *variables,
                      struct arena *arena)
{
    const double apart = 0.1; /* of the axis, at least */
    bool fit = points->count > 1 && points->count <= TICKS_MOST;
    double first = points->items[0].value, last = points->items[points->count - 1].value;
    for (size_t i = 0; i < points->count && fit; i++)
        fit = is_short(points->items[i].value) &&
              (i == 0 || log(points->items[i].value / points->items[i - 1].value) >
                             apart * log(last / first));
    for (size_t i = 0; i < points->count && fit; i++)
        add_number(variables, arena_printf(arena, "TICK%zu", i + 1), points->items[i].value);
    add_number(variables, "TICKS", fit ? (double)points->count : 0);
}

static struct variables variables_of(const struct swept_picture *picture, const struct axis *axis)
{
    const struct sweep_points *points = &picture->swept->points;
    struct variables variables = {0};
    add_marks(picture, &variables);
    add_ticks(points, &variables, picture->swept->context->arena);
    for (size_t i = 0; i < picture->count; i++)
        add_number(&variables, arena_printf(picture->swept->context->arena, "COLOUR%zu", i + 1),
                   (double)picture->lines[i].colour);
    add_number(&variables, "XLOW", points->items[0].value / 1.15);
    add_number(&variables, "XHIGH", points->items[points->count - 1].value * 1.15);
    add_number(&variables, "YLOW", axis->low);
    add_number(&variables, "YHIGH", axis->high);
    add_number(&variables, "YLOG", axis->logarithmic);
    add_number(&variables, "EVEN", picture->aspect->relative);
    return variables;
}

/* *marks is how many caches are marked. */
static struct drawn draw(const struct swept_picture *picture, size_t *marks, struct text *html)
{
    const struct swept *swept = picture->swept;
    struct arena *arena = swept->context->arena;
    struct chart_block blocks[SVG_SERIES];
    struct axis axis = axis_of(picture);
    struct variables variables = variables_of(picture, &axis);
    double heights[SVG_SERIES];
    place_labels(picture, &axis, heights);
    for (size_t i = 0; i < picture->count; i++)
        blocks[i] =
            (struct chart_block){.label = picture->lines[i].line->label,
                                 .label_y = heights[i],
                                 .columns = (const double *const *)picture->lines[i].columns,
                                 .column_count = SWEPT_COLUMNS,
                                 .rows = swept->points.count};
    *marks = variables.string_count;
    return add_chart(swept->context, swept->element,
                     &(struct chart){
                         .kind = "sweep",
                         .id = arena_printf(arena, "%s-%s", swept->id, picture->aspect->name),
                         .title = arena_printf(arena, "%s over %s", picture->aspect->title,
                                               swept->points.parameter),
                         .description = describe(picture),
                         .xlabel = arena_printf(arena, "%s, logarithmic", swept_name(swept)),
                         .ylabel = arena_printf(arena, "%s%s", picture->unit->label,
                                                axis.logarithmic ? ", logarithmic" : ""),
                         .blocks = blocks,
                         .block_count = picture->count,
                         .numbers = variables.numbers,
                         .number_count = variables.number_count,
                         .strings = variables.strings,
                         .string_count = variables.string_count,
                     },
                     html);
}

/* ---- what is said ---- */

static void add_notes(const struct swept_picture *picture, size_t marks, struct text *html)
{
    struct text notes = {0};
    if (marks)
        text_add(&notes,
                 " Dotted: what the kernel works on is as large as one cache of that level. "
                 "Several threads have several of those that cores do not share.");
    if (picture->doubtful)
        text_add(&notes, " Hollow points are to be taken with caution or are unreliable.");
    if (picture->thinned)
        text_add(&notes, " Not every number of threads is drawn.");
    if (notes.size)
        html_addf(html, "<p class=\"answers\">%s</p>\n", text_string(&notes) + 1);
    text_release(&notes);
}

/* "parallel on 2 threads pays from n = 4,000 on: …" for each line drawn. */
static void add_break_evens(const struct swept_picture *picture, struct text *html)
{
    const struct swept *swept = picture->swept;
    const struct sweep_points *points = &swept->points;
    struct arena *arena = swept->context->arena;
    for (size_t i = 0; i < picture->count; i++) {
        const struct swept_drawn *drawn = &picture->lines[i];
        const struct break_even found =
            sweep_break_even(points, drawn->line->variant, drawn->line->threads);
        const struct result *last = points->items[drawn->last].result;
        const char *label =
            configuration_label(swept_configuration(swept, drawn->last, drawn->index), arena);
        const char *baseline = configuration_label(result_baseline(last), arena);
        if (!found.known)
            continue;
        if (isfinite(found.value))
            html_addf(html,
                      "<p class=\"answers\">From %s = %s on, %s is faster than %s: there and at "
                      "all larger values the interval of its speed-up lies above 1.</p>\n",
                      points->parameter, format_number(arena, found.value), label, baseline);
        else if (isfinite(found.until))
            html_addf(html,
                      "<p class=\"answers\">Up to %s = %s, %s is faster than %s; beyond, the "
                      "interval of its speed-up does not lie above 1 everywhere.</p>\n",
                      points->parameter, format_number(arena, found.until), label, baseline);
        else
            html_addf(html,
                      "<p class=\"answers\">Even at %s = %s, the largest value, %s is not faster "
                      "than %s: the interval of its speed-up does not lie above 1.</p>\n",
                      points->parameter, swept_value_text(swept, points->count - 1), label,
                      baseline);
    }
}

static void add_values(const struct swept_picture *picture, const struct drawn *drawn,
                       struct text *html)
{
    const struct swept *swept = picture->swept;
    struct arena *arena = swept->context->arena;
    struct data data = {
        .arena = arena,
        .caption = picture->aspect->relative
                       ? "Speed-ups over the baseline, with 95 % intervals."
                       : arena_printf(arena, "In %s, with 95 %% intervals.", picture->unit->label)};
    data_add_column(&data, DATA_NUMBER, swept_name(swept), "");
    for (size_t i = 0; i < picture->count; i++)
        data_add_column(&data, DATA_ESTIMATE, picture->lines[i].line->label,
                        picture->aspect->relative ? "" : picture->unit->symbol);
    for (size_t point = 0; point < swept->points.count; point++) {
        data_add_number(&data, swept_value_text(swept, point), swept->points.items[point].value);
        for (size_t i = 0; i < picture->count; i++) {
            double *const *columns = picture->lines[i].columns;
            const struct estimate value = {columns[1][point], columns[2][point], columns[3][point],
                                           0};
            data_add_estimate(&data, plain_number(arena, value.value, 3),
                              interval_text(arena, value, 1), value);
        }
    }
    add_data(swept->context, drawn, &data, NULL, html);
}

static const char *show(const struct swept *swept, const struct swept_aspect *aspect,
                        struct text *html)
{
    struct swept_picture picture = swept_picture(swept, aspect);
    if (picture.count == 0)
        return aspect->missing;
    size_t marks;
    const struct drawn drawn = draw(&picture, &marks, html);
    if (aspect->relative)
        add_break_evens(&picture, html);
    add_notes(&picture, marks, html);
    add_values(&picture, &drawn, html);
    return NULL;
}

const char *show_swept_traffic(const struct swept *swept, struct text *html)
{
    return show(swept, &swept_traffic, html);
}

const char *show_swept_rate(const struct swept *swept, struct text *html)
{
    return show(swept, &swept_rate, html);
}

const char *show_swept_times(const struct swept *swept, struct text *html)
{
    return show(swept, &swept_times, html);
}

const char *show_swept_speedup(const struct swept *swept, struct text *html)
{
    return show(swept, &swept_speedup, html);
}
