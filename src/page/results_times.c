/* The chart of all samples: one row for each configuration. */
#include "page/html.h"
#include "page/results.h"

#include <math.h>

enum { ROW_HEIGHT = 34, FRAME_HEIGHT = 70, LOG_RATIO = 8 };

/* The configurations with samples, and the extremes of those. */
struct rows {
    const struct configuration **items;
    const struct summary **summaries;
    size_t count;
    double least, most;
};

static struct rows collect(const struct measured *measured)
{
    const struct result *result = measured->result;
    struct arena *arena = measured->context->arena;
    struct rows rows = {
        .items = arena_alloc(arena, result->configuration_count * sizeof *rows.items),
        .summaries = arena_alloc(arena, result->configuration_count * sizeof *rows.summaries),
        .least = INFINITY,
    };
    for (size_t i = 0; i < result->configuration_count; i++) {
        if (measured->summaries[i].verdict.level == LEVEL_NONE)
            continue;
        rows.items[rows.count] = &result->configurations[i];
        rows.summaries[rows.count++] = &measured->summaries[i];
        rows.least = fmin(rows.least, measured->summaries[i].least);
        rows.most = fmax(rows.most, measured->summaries[i].most);
    }
    return rows;
}

/* Heights in the upper part of a row that keep neighbours apart: multiples of the golden ratio,
 * modulo 1. */
static double jitter(size_t index)
{
    double ignored;
    return (modf((double)index * 0.6180339887498949, &ignored) - 0.25) * 0.44;
}

static struct chart_block dots_block(const struct configuration *configuration, double height,
                                     double unit, struct arena *arena)
{
    size_t count = configuration->samples.count;
    double *times = arena_alloc(arena, count * sizeof *times);
    double *heights = arena_alloc(arena, count * sizeof *heights);
    const double **columns = arena_alloc(arena, 2 * sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        times[i] = configuration->samples.items[i].wall / unit;
        heights[i] = height + jitter(i);
    }
    columns[0] = times;
    columns[1] = heights;
    return (struct chart_block){.label = short_label(configuration, arena),
                                .columns = columns,
                                .column_count = 2,
                                .rows = count};
}

static struct chart_block medians_block(const struct rows *rows, double unit, struct arena *arena)
{
    const double **columns = arena_alloc(arena, 4 * sizeof *columns);
    double *cells = arena_alloc(arena, 4 * rows->count * sizeof *cells);
    for (size_t i = 0; i < rows->count; i++) {
        const struct estimate *time = &rows->summaries[i]->time;
        const double row[4] = {time->value / unit, time->low / unit, time->high / unit,
                               -(double)(i + 1)};
        for (size_t k = 0; k < 4; k++)
            cells[k * rows->count + i] = row[k];
    }
    for (size_t k = 0; k < 4; k++)
        columns[k] = cells + k * rows->count;
    return (struct chart_block){
        .label = "", .columns = columns, .column_count = 4, .rows = rows->count};
}

/* "parallel on 2 threads takes least, 2.70 ms in the median; serial most, 21.5 ms, 7.96 times as
 * long." */
static char *describe(const struct rows *rows, struct arena *arena)
{
    struct text text = {0};
    size_t least = 0, most = 0;
    for (size_t i = 1; i < rows->count; i++) {
        double time = rows->summaries[i]->time.value;
        least = time < rows->summaries[least]->time.value ? i : least;
        most = time > rows->summaries[most]->time.value ? i : most;
    }
    const struct summary *from = rows->summaries[least], *to = rows->summaries[most];
    text_addf(&text, "%s takes %s%s in the median%s", long_label(rows->items[least], arena),
              least == most ? "" : "least, ", format_seconds(arena, from->time.value),
              noise_note(from->verdict.level));
    if (least != most)
        text_addf(&text, "; %s most, %s%s, %s times as long", long_label(rows->items[most], arena),
                  format_seconds(arena, to->time.value), noise_note(to->verdict.level),
                  plain_number(arena, to->time.value / from->time.value, 3));
    text_addf(&text, ". Each sample of %zu configuration%s is a dot.", rows->count,
              rows->count == 1 ? "" : "s");
    return text_keep(&text, arena);
}

static struct drawn draw(const struct measured *measured, const struct rows *rows,
                         const struct time_unit *unit, struct text *html)
{
    struct arena *arena = measured->context->arena;
    struct chart_block *blocks = arena_alloc(arena, (rows->count + 1) * sizeof *blocks);
    struct chart_string *medians = arena_alloc(arena, rows->count * sizeof *medians);
    bool logarithmic = rows->least > 0 && rows->most / rows->least > LOG_RATIO;
    for (size_t i = 0; i < rows->count; i++) {
        blocks[i] = dots_block(rows->items[i], -(double)(i + 1), unit->seconds, arena);
        medians[i] = (struct chart_string){arena_printf(arena, "MEDIAN%zu", i + 1),
                                           format_seconds(arena, rows->summaries[i]->time.value)};
    }
    blocks[rows->count] = medians_block(rows, unit->seconds, arena);
    const struct chart_number numbers[] = {
        {"HEIGHT", FRAME_HEIGHT + ROW_HEIGHT * (double)rows->count},
        {"XLOG", logarithmic},
        {"XLOW", logarithmic ? rows->least / unit->seconds / 1.2 : 0},
        {"XHIGH", rows->most / unit->seconds * (logarithmic ? 1.2 : 1.04)},
    };
    return add_chart(
        measured->context, measured->element,
        &(struct chart){
            .kind = "times",
            .id = arena_printf(arena, "%s-times", measured->id),
            .title = arena_printf(arena, "Times of all samples: %s", measured->result->name),
            .description = describe(rows, arena),
            .xlabel = arena_printf(arena, "%s%s", unit->label, logarithmic ? ", logarithmic" : ""),
            .blocks = blocks,
            .block_count = rows->count + 1,
            .numbers = numbers,
            .number_count = sizeof numbers / sizeof *numbers,
            .strings = medians,
            .string_count = rows->count,
        },
        html);
}

/* The configuration's sample of that round, or NULL. */
static const struct sample *sample_of(const struct configuration *configuration, int round)
{
    for (size_t i = 0; i < configuration->samples.count; i++)
        if (configuration->samples.items[i].round == round)
            return &configuration->samples.items[i];
    return NULL;
}

/* The first round after `round` that any configuration has a sample of; `round` if there is none.
 */
static int next_round(const struct rows *rows, int round)
{
    int next = round;
    for (size_t i = 0; i < rows->count; i++) {
        const struct samples *samples = &rows->items[i]->samples;
        for (size_t k = 0; k < samples->count; k++) {
            int other = samples->items[k].round;
            if (other > round && (next == round || other < next))
                next = other;
        }
    }
    return next;
}

static void add_columns(struct data *data, const struct rows *rows)
{
    data_add_column(data, DATA_NUMBER, "Round", "");
    for (size_t i = 0; i < rows->count; i++)
        data_add_column(data, DATA_NUMBER, short_label(rows->items[i], data->arena), "s");
}

static void add_medians(struct data *data, const struct rows *rows, const struct time_unit *unit)
{
    data_add_words(data, "median");
    for (size_t i = 0; i < rows->count; i++) {
        const struct estimate time = rows->summaries[i]->time;
        data_add_estimate(data, plain_number(data->arena, time.value / unit->seconds, 5),
                          interval_text(data->arena, time, 1 / unit->seconds), time);
    }
}

static void add_samples(struct data *data, const struct rows *rows, const struct time_unit *unit)
{
    for (int last = -1, round; (round = next_round(rows, last)) != last; last = round) {
        data_add_number(data, arena_printf(data->arena, "%d", round + 1), round + 1);
        for (size_t i = 0; i < rows->count; i++) {
            const struct sample *sample = sample_of(rows->items[i], round);
            double wall = sample ? sample->wall : NAN;
            data_add_number(data, plain_number(data->arena, wall / unit->seconds, 5), wall);
        }
    }
}

/* Medians and samples; the file has the samples alone, which are all that was measured. */
static void add_times(const struct measured *measured, const struct rows *rows,
                      const struct time_unit *unit, const struct drawn *drawn, struct text *html)
{
    struct arena *arena = measured->context->arena;
    struct data data = {
        .arena = arena,
        .caption = arena_printf(arena,
                                "Time of a call in %s: medians with their 95 %% intervals, and "
                                "samples by round.",
                                unit->symbol)};
    struct data samples = {.arena = arena};
    add_columns(&data, rows);
    add_columns(&samples, rows);
    add_medians(&data, rows, unit);
    add_samples(&data, rows, unit);
    add_samples(&samples, rows, unit);
    add_data(measured->context, drawn, &data, &samples, html);
}

const char *show_times(const struct measured *measured, struct text *html)
{
    struct rows rows = collect(measured);
    if (rows.count == 0)
        return "No configuration has samples to draw.";
    const struct time_unit *unit = time_unit_of(rows.most);
    const struct drawn drawn = draw(measured, &rows, unit, html);
    add_times(measured, &rows, unit, &drawn, html);
    return NULL;
}
