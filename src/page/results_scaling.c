/* Charts against the number of threads: speed-up and efficiency. */
#include "page/html.h"
#include "page/results.h"
#include "page/svg.h"
#include "record/scaling.h"

#include <math.h>
#include <string.h>

enum { POINTS_MAX = 64, CURVE_POINTS = 33, TOLD_MAX = 3 };

static const double REACH = 1.5; /* of curves, over the most threads measured */

/* What one chart shows of each configuration. */
struct aspect {
    const char *kind; /* of the chart, and the end of its id */
    const char *name, *title, *ylabel;
    const char *finding; /* "On %d threads " VARIANT `finding` VALUE `after` */
    const char *after;
    const char *unit;                /* behind a value and its interval */
    double scale;                    /* from the summary's value to the chart's */
    double ideal_slope, ideal_start; /* of the ideal line at p threads: start + slope (p - 1) */
    bool per_thread;                 /* the value is divided by the number of threads */
    struct estimate (*value)(const struct summary *summary);
    bool fitted; /* laws of scaling are about it */
};

static struct estimate scaling_of(const struct summary *summary)
{
    return summary->scaling;
}

static struct estimate efficiency_of(const struct summary *summary)
{
    return summary->efficiency;
}

static const struct aspect speedup = {
    .kind = "speedup",
    .name = "Speed-up",
    .title = "Speed-up against threads",
    .ylabel = "times as fast as on one thread",
    .finding = " is ",
    .after = " times as fast as on one",
    .unit = "",
    .scale = 1,
    .ideal_start = 1,
    .ideal_slope = 1,
    .value = scaling_of,
    .fitted = true,
};

static const struct aspect efficiency = {
    .kind = "efficiency",
    .name = "Efficiency",
    .title = "Parallel efficiency against threads",
    .ylabel = "speed-up divided by threads",
    .finding = " has an efficiency of ",
    .after = "\xC2\xA0%",
    .unit = "\xC2\xA0%",
    .scale = 100,
    .ideal_start = 100,
    .ideal_slope = 0,
    .per_thread = true,
    .value = efficiency_of,
};

/* One variant's points, in the order of its threads. */
struct line {
    const char *variant;
    double threads[POINTS_MAX], value[POINTS_MAX], low[POINTS_MAX], high[POINTS_MAX];
    const double *columns[4];
    size_t count;
    struct estimate last; /* scaled */
    enum level level;     /* of the point on the most threads */
    const char *law;      /* that was fitted to it; NULL: none */
    struct scaling_fit fit;
};

struct lines {
    struct line *items[SVG_SERIES];
    size_t count;
    double most_threads, top;
};

static void add_point(struct line *line, int threads, struct estimate value)
{
    size_t at = line->count;
    if (!isfinite(value.value) || at == POINTS_MAX)
        return;
    for (; at > 0 && line->threads[at - 1] > threads; at--) {
        line->threads[at] = line->threads[at - 1];
        line->value[at] = line->value[at - 1];
        line->low[at] = line->low[at - 1];
        line->high[at] = line->high[at - 1];
    }
    line->threads[at] = threads;
    line->value[at] = value.value;
    line->low[at] = value.low;
    line->high[at] = value.high;
    line->count++;
}

static struct estimate scaled(struct estimate estimate, double factor)
{
    return (struct estimate){estimate.value * factor, estimate.low * factor, estimate.high * factor,
                             estimate.count};
}

static struct line *line_of(const struct measured *measured, const struct aspect *aspect,
                            const char *variant)
{
    struct line *line = arena_alloc(measured->context->arena, sizeof *line);
    const struct result *result = measured->result;
    *line = (struct line){.variant = variant};
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *one = &result->configurations[i];
        const struct summary *summary = &measured->summaries[i];
        if (strcmp(one->variant, variant) != 0)
            continue;
        add_point(line, one->threads, scaled(aspect->value(summary), aspect->scale));
        if (line->count && line->threads[line->count - 1] == one->threads)
            line->level = summary->verdict.level;
    }
    line->columns[0] = line->threads;
    line->columns[1] = line->value;
    line->columns[2] = line->low;
    line->columns[3] = line->high;
    return line;
}

/* The law with more parameters where there are points enough. */
static void fit_law(const struct measured *measured, struct line *line)
{
    struct arena *arena = measured->context->arena;
    if (scaling_usl(measured->result, line->variant, &line->fit, arena))
        line->law = "the universal scalability law";
    else if (scaling_amdahl(measured->result, line->variant, &line->fit, arena))
        line->law = "Amdahl's law";
}

static bool is_first(const struct result *result, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(result->configurations[i].variant, result->configurations[index].variant) == 0)
            return false;
    return true;
}

/* A line for each variant that was measured on at least two numbers of threads. */
static struct lines collect(const struct measured *measured, const struct aspect *aspect)
{
    struct lines lines = {.most_threads = 1};
    const struct result *result = measured->result;
    for (size_t i = 0; i < result->configuration_count && lines.count < SVG_SERIES; i++) {
        if (!is_first(result, i))
            continue;
        struct line *line = line_of(measured, aspect, result->configurations[i].variant);
        if (line->count < 2)
            continue;
        lines.items[lines.count++] = line;
        if (aspect->fitted)
            fit_law(measured, line);
        lines.most_threads = fmax(lines.most_threads, line->law ? REACH * line->fit.largest
                                                                : line->threads[line->count - 1]);
        for (size_t k = 0; k < line->count; k++)
            lines.top = fmax(lines.top, fmax(line->value[k], line->high[k]));
        line->last = (struct estimate){line->value[line->count - 1], line->low[line->count - 1],
                                       line->high[line->count - 1], 0};
    }
    return lines;
}

/* "On 2 threads parallel is 1.97 times as fast as on one, interval 1.95 to 1.99." */
static void add_finding(struct arena *arena, const struct aspect *aspect, const struct line *line,
                        struct text *text)
{
    const char *interval = interval_text(arena, line->last, 1);
    text_addf(text, "On %.0f threads %s%s%s%s", line->threads[line->count - 1],
              short_name(line->variant, arena), aspect->finding,
              plain_number(arena, line->last.value, 3), aspect->after);
    if (interval)
        text_addf(text, ", interval %s%s", interval, aspect->unit);
    text_addf(text, "%s.", noise_note(line->level));
}

/* Of many lines, those that end highest and lowest. */
static char *describe(struct arena *arena, const struct aspect *aspect, const struct lines *lines)
{
    struct text text = {0};
    const struct line *highest = lines->items[0], *lowest = lines->items[0];
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = lines->items[i];
        highest = line->last.value > highest->last.value ? line : highest;
        lowest = line->last.value < lowest->last.value ? line : lowest;
    }
    bool all = lines->count <= TOLD_MAX;
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = lines->items[i];
        if (!all && line != highest && line != lowest)
            continue;
        text_add(&text, text.size ? " " : "");
        add_finding(arena, aspect, line, &text);
    }
    if (!all)
        text_addf(&text, " The other %zu variants lie between.", lines->count - 2);
    return text_keep(&text, arena);
}

static double step_for(double most)
{
    double step = 1;
    while (most / step > 8)
        step *= 2;
    return step;
}

static void add_lines_data(const struct measured *measured, const struct aspect *aspect,
                           const struct lines *lines, const struct drawn *drawn, struct text *html)
{
    struct arena *arena = measured->context->arena;
    struct data data = {.arena = arena,
                        .caption = arena_printf(arena, "%s, with 95 %% intervals: %s.",
                                                aspect->title, aspect->ylabel)};
    data_add_column(&data, DATA_WORDS, "Variant", "");
    data_add_column(&data, DATA_NUMBER, "Threads", "");
    data_add_column(&data, DATA_ESTIMATE, aspect->name, *aspect->unit ? "%" : "");
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = lines->items[i];
        for (size_t k = 0; k < line->count; k++) {
            struct estimate point = {line->value[k], line->low[k], line->high[k], 0};
            data_add_words(&data, line->variant);
            data_add_number(&data, arena_printf(arena, "%.0f", line->threads[k]), line->threads[k]);
            data_add_estimate(
                &data,
                arena_printf(arena, "%s%s", plain_number(arena, point.value, 3), aspect->unit),
                interval_text(arena, point, 1), point);
        }
    }
    add_data(measured->context, drawn, &data, NULL, html);
}

/* ---- samples ---- */

/* The time of the round's sample of the variant on one thread; NaN where it has none. */
static double time_on_one(const struct result *result, const char *variant, int round)
{
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *one = &result->configurations[i];
        if (one->threads != 1 || strcmp(one->variant, variant) != 0)
            continue;
        for (size_t k = 0; k < one->samples.count; k++)
            if (one->samples.items[k].round == round)
                return one->samples.items[k].wall;
    }
    return NAN;
}

/* What each round says: a dot for each sample that has a partner on one thread. No rows: none. */
static struct chart_block dots_block(const struct measured *measured, const struct aspect *aspect,
                                     const struct line *line)
{
    const struct result *result = measured->result;
    double *cells[2] = {NULL, NULL};
    struct chart_block block = {.column_count = 2};
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *one = &result->configurations[i];
        double divisor = aspect->per_thread ? one->threads : 1;
        if (one->threads == 1 || strcmp(one->variant, line->variant) != 0)
            continue;
        for (size_t k = 0; k < one->samples.count; k++) {
            const struct sample *sample = &one->samples.items[k];
            double base = time_on_one(result, line->variant, sample->round);
            const double row[2] = {one->threads, aspect->scale * base / sample->wall / divisor};
            if (!isfinite(row[1]))
                continue;
            for (size_t c = 0; c < 2; c++) {
                cells[c] =
                    array_grow(measured->context->arena, cells[c], block.rows, sizeof *cells[c]);
                cells[c][block.rows] = row[c];
            }
            block.rows++;
        }
    }
    const double **columns = arena_alloc(measured->context->arena, 2 * sizeof *columns);
    columns[0] = cells[0];
    columns[1] = cells[1];
    block.columns = columns;
    return block;
}

/* A block for each line that has dots, behind those of the lines. */
static size_t add_dots(const struct measured *measured, const struct aspect *aspect,
                       const struct lines *lines, struct chart_block *blocks,
                       struct chart_number *numbers, size_t *number_count)
{
    size_t count = lines->count;
    for (size_t i = 0; i < lines->count; i++) {
        blocks[count] = dots_block(measured, aspect, lines->items[i]);
        if (blocks[count].rows == 0)
            continue;
        count++;
        numbers[(*number_count)++] = (struct chart_number){
            arena_printf(measured->context->arena, "DOTS_OF%zu", count - lines->count),
            (double)(i + 1)};
    }
    numbers[(*number_count)++] = (struct chart_number){"DOTS", (double)(count - lines->count)};
    return count;
}

/* ---- the chart ---- */

/* A law between two numbers of threads. */
static struct chart_block curve_block(const struct line *line, double from, double to,
                                      struct arena *arena)
{
    double *cells = arena_alloc(arena, (size_t)2 * CURVE_POINTS * sizeof *cells);
    const double **columns = arena_alloc(arena, 2 * sizeof *columns);
    for (size_t i = 0; i < CURVE_POINTS; i++) {
        cells[i] = from + (to - from) * (double)i / (CURVE_POINTS - 1);
        cells[CURVE_POINTS + i] = scaling_predict(&line->fit, cells[i]);
    }
    columns[0] = cells;
    columns[1] = cells + CURVE_POINTS;
    return (struct chart_block){.columns = columns, .column_count = 2, .rows = CURVE_POINTS};
}

/* Two blocks for each fitted line, behind the `count` that there are: within what was measured,
 * beyond. */
static size_t add_curves(const struct lines *lines, struct chart_block *blocks, size_t count,
                         struct chart_number *numbers, size_t *number_count, struct arena *arena)
{
    size_t first = count;
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = lines->items[i];
        if (!line->law)
            continue;
        blocks[count++] = curve_block(line, 1, line->fit.largest, arena);
        blocks[count++] = curve_block(line, line->fit.largest, lines->most_threads, arena);
        numbers[(*number_count)++] = (struct chart_number){
            arena_printf(arena, "LINE%zu", (count - first) / 2), (double)(i + 1)};
    }
    numbers[(*number_count)++] = (struct chart_number){"CURVES", (double)(count - first) / 2};
    return count;
}

/* Where a line's label stands: at the end of its curve, else at its last point. */
static double end_of(const struct line *line, double threads)
{
    return line->law ? scaling_predict(&line->fit, threads) : line->last.value;
}

/* "parallel follows Amdahl's law with a serial share of 2.1 % (1.5 to 2.8 %), within 3 %." */
static void add_law(const struct line *line, struct arena *arena, struct text *html)
{
    const struct scaling_fit *fit = &line->fit;
    const char *interval = interval_text(arena, fit->sigma, 100);
    struct text text = {0};
    text_addf(&text, "The curve of %s is %s with a serial share of %s %%", line->variant, line->law,
              plain_number(arena, 100 * fit->sigma.value, 3));
    if (interval)
        text_addf(&text, " (%s %%)", interval);
    if (fit->kappa.value > 0)
        text_addf(&text, " and a cost of %s %% for each pair of threads",
                  plain_number(arena, 100 * fit->kappa.value, 3));
    text_addf(&text, "; it misses no point by more than %s %%.",
              plain_number(arena, 100 * fit->misfit, 2));
    double peak = round(fit->peak.value);
    if (isfinite(peak))
        text_addf(&text, " By it %.0f thread%s would be fastest.", peak, peak == 1 ? "" : "s");
    text_addf(&text, " Beyond %.0f threads it is dashed: nothing was measured there.",
              fit->largest);
    html_addf(html, "<p class=\"answers\">%s</p>\n", text_string(&text));
    text_release(&text);
}

static struct drawn draw(const struct measured *measured, const struct aspect *aspect,
                         const struct lines *lines, struct text *html)
{
    enum { GAP = 12 }; /* labels across the height of the chart */
    struct arena *arena = measured->context->arena;
    struct chart_block blocks[4 * SVG_SERIES];
    double heights[SVG_SERIES + 1];
    double ideal = aspect->ideal_start + aspect->ideal_slope * (lines->most_threads - 1);
    double top = fmax(lines->top, ideal);
    size_t number_count = 0;
    struct chart_number numbers[7 + 2 * SVG_SERIES];
    size_t block_count = add_dots(measured, aspect, lines, blocks, numbers, &number_count);
    for (size_t i = lines->count; i < block_count; i++)
        for (size_t k = 0; k < blocks[i].rows; k++)
            top = fmax(top, blocks[i].columns[1][k]);
    top *= 1.06;
    for (size_t i = 0; i < lines->count; i++)
        heights[i] = end_of(lines->items[i], lines->most_threads);
    heights[lines->count] = ideal;
    spread_labels(heights, lines->count + 1, top / GAP, 0.02 * top, top);
    for (size_t i = 0; i < lines->count; i++)
        blocks[i] = (struct chart_block){.label = short_name(lines->items[i]->variant, arena),
                                         .label_y = heights[i],
                                         .columns = lines->items[i]->columns,
                                         .column_count = 4,
                                         .rows = lines->items[i]->count};
    const struct chart_number frame[] = {
        {"XHIGH", lines->most_threads},           {"YHIGH", top},
        {"XSTEP", step_for(lines->most_threads)}, {"IDEAL_Y", heights[lines->count]},
        {"LINES", (double)lines->count},
    };
    memcpy(numbers + number_count, frame, sizeof frame);
    number_count += sizeof frame / sizeof *frame;
    block_count = add_curves(lines, blocks, block_count, numbers, &number_count, arena);
    return add_chart(
        measured->context, measured->element,
        &(struct chart){
            .kind = aspect->kind,
            .id = arena_printf(arena, "%s-%s", measured->id, aspect->kind),
            .title = arena_printf(arena, "%s: %s", aspect->title, measured->result->name),
            .description = describe(arena, aspect, lines),
            .xlabel = "threads",
            .ylabel = aspect->ylabel,
            .blocks = blocks,
            .block_count = block_count,
            .numbers = numbers,
            .number_count = number_count,
        },
        html);
}

static const char *show(const struct measured *measured, const struct aspect *aspect,
                        struct text *html)
{
    struct lines lines = collect(measured, aspect);
    if (lines.count == 0)
        return measured->context->record->cores == 1
                   ? "This machine has one core to run on, so there is nothing to draw against the "
                     "number of threads."
                   : "No variant was measured on more than one number of threads, so there is "
                     "nothing to draw against it.";
    const struct drawn drawn = draw(measured, aspect, &lines, html);
    for (size_t i = 0; i < lines.count; i++)
        if (lines.items[i]->law)
            add_law(lines.items[i], measured->context->arena, html);
    add_lines_data(measured, aspect, &lines, &drawn, html);
    return NULL;
}

const char *show_speedup(const struct measured *measured, struct text *html)
{
    return show(measured, &speedup, html);
}

const char *show_efficiency(const struct measured *measured, struct text *html)
{
    return show(measured, &efficiency, html);
}
