/* A comparison in charts: ratios of all pairs, and curves over the number of threads. */
#include "page/comparison.h"
#include "page/html.h"
#include "page/results.h"
#include "page/svg.h"

#include <math.h>
#include <string.h>

/* --- Ratios --------------------------------------------------------------------------------------
 */

enum {
    ROWS_MOST = 60, /* in one chart */
    BAR_HEIGHT = 9,
    GAP_HEIGHT = 11,
    FRAME_HEIGHT = 50,
    COLUMNS = 5
};

struct ratio_row {
    const struct compared_experiment *experiment;
    const struct compared_row *row;
};

/* The rows in which some pair has a ratio, and the contenders whose ratios are drawn. */
struct ratio_chart {
    struct ratio_row rows[ROWS_MOST];
    size_t count, left_out;
    size_t contenders[SVG_SERIES];
    size_t contender_count;
    double least, most, row_height;
};

static bool has_ratio(const struct compared *cell)
{
    return cell->change != CHANGE_NONE && isfinite(cell->ratio.value);
}

static bool any_ratio(const struct comparison *comparison, const struct compared_row *row)
{
    for (size_t i = 0; i < comparison->count; i++)
        if (has_ratio(&row->cells[i]))
            return true;
    return false;
}

static void take_rows(struct ratio_chart *chart, const struct comparison *comparison,
                      const struct compared_experiment *experiment)
{
    for (size_t i = 0; i < experiment->row_count; i++) {
        const struct compared_row *row = &experiment->rows[i];
        if (!any_ratio(comparison, row))
            continue;
        if (chart->count < ROWS_MOST)
            chart->rows[chart->count++] = (struct ratio_row){experiment, row};
        else
            chart->left_out++;
    }
}

/* The first contenders that have a ratio in the rows; the axis must hold all of theirs. */
static void choose_contenders(struct ratio_chart *chart, const struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->count && chart->contender_count < SVG_SERIES; i++) {
        bool any = false;
        for (size_t k = 0; k < chart->count; k++) {
            const struct compared *cell = &chart->rows[k].row->cells[i];
            if (!has_ratio(cell))
                continue;
            any = true;
            chart->least = fmin(chart->least, fmin(cell->ratio.value, cell->ratio.low));
            chart->most = fmax(chart->most, fmax(cell->ratio.value, cell->ratio.high));
        }
        if (any)
            chart->contenders[chart->contender_count++] = i;
    }
}

static struct ratio_chart *collect(const struct comparison_view *view)
{
    const struct comparison *comparison = view->comparison;
    struct ratio_chart *chart = arena_alloc(view->context->arena, sizeof *chart);
    chart->least = chart->most = 1;
    for (size_t i = 0; i < comparison->experiment_count; i++)
        take_rows(chart, comparison, &comparison->experiments[i]);
    choose_contenders(chart, comparison);
    chart->row_height = GAP_HEIGHT + BAR_HEIGHT * (double)chart->contender_count;
    return chart;
}

static struct chart_block ratio_block(const struct comparison_view *view,
                                      const struct ratio_chart *chart, size_t series)
{
    struct arena *arena = view->context->arena;
    double *cells = arena_alloc(arena, COLUMNS * chart->count * sizeof *cells);
    const double **columns = arena_alloc(arena, COLUMNS * sizeof *columns);
    size_t rows = 0, contender = chart->contenders[series];
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = cells + i * chart->count;
    for (size_t i = 0; i < chart->count; i++) {
        const struct compared *cell = &chart->rows[i].row->cells[contender];
        double height = chart->row_height * ((double)i + 0.5) +
                        BAR_HEIGHT * ((double)series - 0.5 * ((double)chart->contender_count - 1));
        const double values[COLUMNS] = {cell->ratio.value, cell->ratio.low, cell->ratio.high,
                                        -height, cell->change == CHANGE_UNTOLD};
        for (size_t k = 0; has_ratio(cell) && k < COLUMNS; k++)
            cells[k * chart->count + rows] = values[k];
        rows += has_ratio(cell);
    }
    return (struct chart_block){.label =
                                    short_name(view->comparison->contenders[contender].name, arena),
                                .columns = columns,
                                .column_count = COLUMNS,
                                .rows = rows};
}

static const char *row_name(const struct ratio_row *row, struct arena *arena)
{
    enum { LETTERS = 32 };
    const struct configuration like = {.variant = row->row->variant, .threads = row->row->threads};
    const char *way =
        row->row->threads == 0 ? short_name(like.variant, arena) : short_label(&like, arena);
    const char *name = arena_printf(arena, "%s, %s", short_name(row->experiment->name, arena), way);
    return text_cut(arena, name, LETTERS);
}

/* The largest ratio of the row, written beside it. */
static const char *largest(const struct ratio_chart *chart, const struct ratio_row *row,
                           struct arena *arena)
{
    double most = NAN;
    for (size_t i = 0; i < chart->contender_count; i++)
        if (has_ratio(&row->row->cells[chart->contenders[i]]))
            most = fmax(most, row->row->cells[chart->contenders[i]].ratio.value);
    return format_ratio(arena, most);
}

/* "native: 0.94 times the baseline's speed (ufunc, simd) to 3.89 (fma, parallel); 2 of 9 cannot be
 * told." */
static void add_range(const struct comparison_view *view, const struct ratio_chart *chart,
                      size_t contender, struct text *text)
{
    struct arena *arena = view->context->arena;
    const struct ratio_row *least = NULL, *most = NULL;
    size_t count = 0, untold = 0;
    for (size_t i = 0; i < chart->count; i++) {
        const struct ratio_row *row = &chart->rows[i];
        const struct compared *cell = &row->row->cells[contender];
        if (!has_ratio(cell))
            continue;
        count++;
        untold += cell->change == CHANGE_UNTOLD;
        if (!least || cell->ratio.value < least->row->cells[contender].ratio.value)
            least = row;
        if (!most || cell->ratio.value > most->row->cells[contender].ratio.value)
            most = row;
    }
    if (!least || !most)
        return;
    text_addf(text, "%s%s: %s times as fast (%s)", text->size ? " " : "",
              short_name(view->comparison->contenders[contender].name, arena),
              plain_number(arena, least->row->cells[contender].ratio.value, 3),
              row_name(least, arena));
    if (most != least)
        text_addf(text, " to %s (%s)",
                  plain_number(arena, most->row->cells[contender].ratio.value, 3),
                  row_name(most, arena));
    if (untold)
        text_addf(text, "; %zu of %zu cannot be told", untold, count);
    text_add_char(text, '.');
}

/* The least and the most of the first few. */
static char *describe(const struct comparison_view *view, const struct ratio_chart *chart)
{
    enum { TOLD_MOST = 3 };
    struct text text = {0};
    for (size_t i = 0; i < chart->contender_count && i < TOLD_MOST; i++)
        add_range(view, chart, chart->contenders[i], &text);
    if (chart->contender_count > TOLD_MOST)
        text_addf(&text, " %zu more records are drawn.", chart->contender_count - TOLD_MOST);
    return text_keep(&text, view->context->arena);
}

static void add_key(const struct comparison_view *view, const struct ratio_chart *chart,
                    struct text *html)
{
    text_add(html, "<p class=\"chart-key\">");
    for (size_t i = 0; i < chart->contender_count; i++)
        html_addf(html, "<span><i class=\"s%zu\"></i> %s</span> ", i + 1,
                  short_name(view->comparison->contenders[chart->contenders[i]].name,
                             view->context->arena));
    text_add(html, "<span><i class=\"hollow\"></i> cannot be told</span></p>\n");
}

static struct drawn draw(const struct comparison_view *view, const struct ratio_chart *chart,
                         struct text *html)
{
    struct arena *arena = view->context->arena;
    enum { FRAME = 7 };
    struct chart_block *blocks = arena_alloc(arena, chart->contender_count * sizeof *blocks);
    struct chart_number *numbers = arena_alloc(arena, (chart->count + FRAME) * sizeof *numbers);
    struct chart_string *strings = arena_alloc(arena, 2 * chart->count * sizeof *strings);
    size_t widest = 0;
    for (size_t i = 0; i < chart->contender_count; i++)
        blocks[i] = ratio_block(view, chart, i);
    for (size_t i = 0; i < chart->count; i++) {
        const char *name = row_name(&chart->rows[i], arena);
        widest = text_letters(name) > widest ? text_letters(name) : widest;
        strings[2 * i] = (struct chart_string){arena_printf(arena, "NAME%zu", i + 1), name};
        strings[2 * i + 1] = (struct chart_string){arena_printf(arena, "VALUE%zu", i + 1),
                                                   largest(chart, &chart->rows[i], arena)};
        numbers[i] = (struct chart_number){arena_printf(arena, "ROW%zu", i + 1),
                                           -chart->row_height * ((double)i + 0.5)};
    }
    const double height = chart->row_height * (double)chart->count;
    const struct chart_number frame[FRAME] = {
        {"HEIGHT", FRAME_HEIGHT + height}, {"NAMES", (double)chart->count}, {"YLOW", -height},
        {"XLOW", chart->least / 1.2},      {"XHIGH", chart->most * 1.2},    {"BAR", BAR_HEIGHT - 3},
        {"NAME_WIDTH", (double)widest},
    };
    memcpy(numbers + chart->count, frame, sizeof frame);
    return add_chart(view->context, view->element,
                     &(struct chart){
                         .kind = "ratios",
                         .id = arena_printf(arena, "%s-ratios", view->id),
                         .title = "Ratios to the baseline",
                         .description = describe(view, chart),
                         .xlabel = "times as fast as the baseline, logarithmic",
                         .blocks = blocks,
                         .block_count = chart->contender_count,
                         .numbers = numbers,
                         .number_count = chart->count + FRAME,
                         .strings = strings,
                         .string_count = 2 * chart->count,
                     },
                     html);
}

/* The ratios as numbers: a row for each that is drawn. */
static void add_ratios(const struct comparison_view *view, const struct ratio_chart *chart,
                       const struct drawn *drawn, struct text *html)
{
    struct arena *arena = view->context->arena;
    struct data data = {.arena = arena,
                        .caption = "Times as fast as the baseline, with 95 % intervals."};
    data_add_column(&data, DATA_WORDS, "Configuration", "");
    data_add_column(&data, DATA_WORDS, "Record", "");
    data_add_column(&data, DATA_ESTIMATE, "Ratio", "");
    for (size_t i = 0; i < chart->count; i++)
        for (size_t k = 0; k < chart->contender_count; k++) {
            const size_t contender = chart->contenders[k];
            const struct compared *cell = &chart->rows[i].row->cells[contender];
            if (!has_ratio(cell))
                continue;
            data_add_words(&data, row_name(&chart->rows[i], arena));
            data_add_words(&data, view->comparison->contenders[contender].name);
            data_add_estimate(&data, plain_number(arena, cell->ratio.value, 3),
                              interval_text(arena, cell->ratio, 1), cell->ratio);
        }
    add_data(view->context, drawn, &data, NULL, html);
}

void show_comparison_chart(const struct comparison_view *view, struct text *html)
{
    const struct ratio_chart *chart = collect(view);
    if (chart->count == 0) {
        text_add(html, "<p class=\"no-chart\">No pair has a ratio to draw.</p>\n");
        return;
    }
    add_key(view, chart, html);
    const struct drawn drawn = draw(view, chart, html);
    add_ratios(view, chart, &drawn, html);
    if (chart->left_out)
        html_addf(html, "<p class=\"no-chart\">%zu more rows are in the tables.</p>\n",
                  chart->left_out);
    if (chart->contender_count == SVG_SERIES)
        html_addf(html, "<p class=\"no-chart\">No more than %d records are drawn.</p>\n",
                  SVG_SERIES);
}

/* --- Curves over threads -------------------------------------------------------------------------
 */

/* Each record that takes part, with its summaries. */
static struct measured *measure_all(const struct comparison_view *view,
                                    const struct compared_experiment *experiment)
{
    const struct comparison *comparison = view->comparison;
    struct arena *arena = view->context->arena;
    struct measured *all = arena_alloc(arena, comparison->count * sizeof *all);
    for (size_t i = 0, drawn = 0; i < comparison->count && drawn < SVG_SERIES; i++) {
        const struct result *result = experiment->results[i];
        if (!result || experiment->refusals[i])
            continue;
        all[i] = (struct measured){
            .context = view->context,
            .element = view->element,
            .result = result,
            .summaries = summarise_all(result, arena),
        };
        drawn++;
    }
    return all;
}

/* The records' lines of one variant. */
static bool draw_variant(const struct comparison_view *view,
                         const struct compared_experiment *experiment, const struct measured *all,
                         const char *variant, enum scaling_aspect aspect, struct text *html)
{
    const struct comparison *comparison = view->comparison;
    struct arena *arena = view->context->arena;
    struct scaling_source sources[SVG_SERIES];
    size_t count = 0;
    for (size_t i = 0; i < comparison->count && count < SVG_SERIES; i++)
        if (all[i].result)
            sources[count++] = (struct scaling_source){
                &all[i], variant, short_name(comparison->contenders[i].name, arena)};
    const struct measured frame = {
        .context = view->context,
        .element = view->element,
        .id = arena_printf(arena, "%s-%zu", view->id,
                           (size_t)(experiment - comparison->experiments) + 1),
    };
    struct text drawn = {0};
    bool done = show_scaling(&frame, sources, count, aspect, &drawn);
    if (done) {
        text_add(html, "<p class=\"compared-title\">");
        add_compared_name(view, experiment, html);
        html_addf(html, ", %s</p>\n", short_name(variant, arena));
        text_add(html, text_string(&drawn));
    }
    text_release(&drawn);
    return done;
}

/* One chart for each experiment: of its first variant that some record has on several threads. */
static void add_curves(const struct comparison_view *view, enum scaling_aspect aspect,
                       struct text *html)
{
    bool any = false;
    for (size_t i = 0; i < view->comparison->experiment_count; i++) {
        const struct compared_experiment *experiment = &view->comparison->experiments[i];
        bool drawn = false;
        if (experiment->row_count == 0)
            continue;
        const struct measured *all = measure_all(view, experiment);
        for (size_t k = 0; k < experiment->row_count && !drawn; k++)
            drawn = draw_variant(view, experiment, all, experiment->rows[k].variant, aspect, html);
        any |= drawn;
    }
    if (!any)
        text_add(html, "<p class=\"no-chart\">No experiment that can be compared was measured on "
                       "more than one number of threads.</p>\n");
}

void show_comparison_speedup(const struct comparison_view *view, struct text *html)
{
    add_curves(view, SCALING_SPEEDUP, html);
}

void show_comparison_efficiency(const struct comparison_view *view, struct text *html)
{
    add_curves(view, SCALING_EFFICIENCY, html);
}
