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

static char *describe(const struct rows *rows, struct arena *arena)
{
    struct text text = {0};
    text_addf(&text, "Every sample of %zu configuration%s as a dot. Medians: ", rows->count,
              rows->count == 1 ? "" : "s");
    for (size_t i = 0; i < rows->count; i++)
        text_addf(&text, "%s%s %s%s", i ? "; " : "", configuration_label(rows->items[i], arena),
                  format_seconds(arena, rows->summaries[i]->time.value),
                  noise_note(rows->summaries[i]->verdict.level));
    text_add(&text, ".");
    return text_keep(&text, arena);
}

static void draw(const struct measured *measured, const struct rows *rows,
                 const struct time_unit *unit, struct text *html)
{
    struct arena *arena = measured->context->arena;
    struct chart_block *blocks = arena_alloc(arena, (rows->count + 1) * sizeof *blocks);
    bool logarithmic = rows->least > 0 && rows->most / rows->least > LOG_RATIO;
    for (size_t i = 0; i < rows->count; i++)
        blocks[i] = dots_block(rows->items[i], -(double)(i + 1), unit->seconds, arena);
    blocks[rows->count] = medians_block(rows, unit->seconds, arena);
    const struct chart_number numbers[] = {
        {"HEIGHT", FRAME_HEIGHT + ROW_HEIGHT * (double)rows->count},
        {"XLOG", logarithmic},
        {"XLOW", logarithmic ? rows->least / unit->seconds / 1.2 : 0},
        {"XHIGH", rows->most / unit->seconds * (logarithmic ? 1.2 : 1.04)},
    };
    add_chart(
        measured->context, measured->element,
        &(struct chart){
            .kind = "times",
            .id = arena_printf(arena, "%s-times", measured->id),
            .title = "Times of all samples",
            .description = describe(rows, arena),
            .xlabel = arena_printf(arena, "%s%s", unit->label, logarithmic ? ", logarithmic" : ""),
            .blocks = blocks,
            .block_count = rows->count + 1,
            .numbers = numbers,
            .number_count = sizeof numbers / sizeof *numbers,
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

static void add_samples(const struct measured *measured, const struct rows *rows,
                        const struct time_unit *unit, struct text *html)
{
    struct arena *arena = measured->context->arena;
    open_data(html, arena_printf(arena, "Time of a call in %s, by round.", unit->symbol));
    text_add(html, "<thead><tr><th scope=\"col\">Round</th>");
    for (size_t i = 0; i < rows->count; i++)
        html_addf(html, "<th scope=\"col\">%s</th>", short_label(rows->items[i], arena));
    text_add(html, "</tr></thead>\n<tbody>\n");
    for (int last = -1, round; (round = next_round(rows, last)) != last; last = round) {
        html_addf(html, "<tr><th scope=\"row\">%d</th>", round + 1);
        for (size_t i = 0; i < rows->count; i++) {
            const struct sample *sample = sample_of(rows->items[i], round);
            html_addf(html, "<td>%s</td>",
                      sample ? plain_number(arena, sample->wall / unit->seconds, 5) : "–");
        }
        text_add(html, "</tr>\n");
    }
    text_add(html, "</tbody>\n");
    close_data(html);
}

const char *show_times(const struct measured *measured, struct text *html)
{
    struct rows rows = collect(measured);
    if (rows.count == 0)
        return "No configuration has samples to draw.";
    const struct time_unit *unit = time_unit_of(rows.most);
    draw(measured, &rows, unit, html);
    add_samples(measured, &rows, unit, html);
    return NULL;
}
