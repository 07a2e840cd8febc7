#include "page/results_sweep_lines.h"

#include <math.h>

/* ---- aspects ---- */

static struct estimate per_second(double amount, struct estimate time)
{
    return (struct estimate){amount / time.value, amount / time.high, amount / time.low,
                             time.count};
}

static struct estimate traffic_of(const struct result *result, const struct summary *summary)
{
    return per_second(result->traffic > 0 ? result->traffic : NAN, summary->time);
}

static struct estimate rate_of(const struct result *result, const struct summary *summary)
{
    return per_second(result->operations > 0 ? result->operations : NAN, summary->time);
}

static struct estimate time_of(const struct result *result, const struct summary *summary)
{
    (void)result;
    return summary->time;
}

static struct estimate speedup_of(const struct result *result, const struct summary *summary)
{
    (void)result;
    return summary->speedup;
}

static const struct swept_unit bytes[] = {
    {1e9, "GB/s", "GB/s"}, {1e6, "MB/s", "MB/s"}, {1e3, "kB/s", "kB/s"}, {1, "B/s", "B/s"}};
static const struct swept_unit operations[] = {{1e9, "billion operations a second", "billion/s"},
                                               {1e6, "million operations a second", "million/s"},
                                               {1, "operations a second", "/s"}};
static const struct swept_unit ratios[] = {
    {1, "times as fast as the baseline", "times the baseline's speed"}};

#define UNITS(array) .units = (array), .unit_count = sizeof(array) / sizeof *(array)

const struct swept_aspect swept_traffic = {
    .name = "traffic",
    .title = "Traffic",
    .missing = "The kernel declares no traffic, so there is no rate of it to draw.",
    .log_ratio = 100,
    .value = traffic_of,
    UNITS(bytes),
    .caches = true,
};

const struct swept_aspect swept_rate = {
    .name = "rate",
    .title = "Operations a second",
    .missing = "The kernel declares no operations, so there is no rate of them to draw.",
    .log_ratio = 100,
    .value = rate_of,
    UNITS(operations),
};

const struct swept_aspect swept_times = {
    .name = "times",
    .title = "Time of a call",
    .missing = "No value has a time to draw.",
    .log_ratio = 8,
    .value = time_of,
};

const struct swept_aspect swept_speedup = {
    .name = "speedup",
    .title = "Speed-up over the baseline",
    .missing = "Nothing was measured beside the baseline, so there is no speed-up to draw.",
    .log_ratio = 20,
    .value = speedup_of,
    UNITS(ratios),
    .relative = true,
};

/* ---- lines ---- */

static struct estimate value_at(const struct swept_picture *picture, size_t point, size_t line)
{
    const struct swept *swept = picture->swept;
    const struct summary *summary = swept_figure(swept, point, line);
    if (!summary)
        return (struct estimate){NAN, NAN, NAN, 0};
    return picture->aspect->value(swept->points.items[point].result, summary);
}

static bool has_value(const struct swept_picture *picture, size_t line)
{
    for (size_t i = 0; i < picture->swept->points.count; i++)
        if (isfinite(value_at(picture, i, line).value))
            return true;
    return false;
}

static bool is_doubtful(const struct summary *summary)
{
    return summary->verdict.level == LEVEL_CAUTION || summary->verdict.level == LEVEL_UNRELIABLE;
}

static void widen(struct swept_range *range, double value)
{
    if (!isfinite(value))
        return;
    range->least = fmin(range->least, value);
    range->most = fmax(range->most, value);
}

static void add_point(struct swept_picture *picture, struct swept_drawn *drawn, size_t point)
{
    const struct summary *summary = swept_figure(picture->swept, point, drawn->index);
    struct estimate value = value_at(picture, point, drawn->index);
    bool known = isfinite(value.value), sure = isfinite(value.low) && isfinite(value.high);
    bool doubtful = known && is_doubtful(summary);
    const double row[SWEPT_COLUMNS] = {picture->swept->points.items[point].value,
                                       known ? value.value : NAN, known && sure ? value.low : NAN,
                                       known && sure ? value.high : NAN, doubtful};
    for (size_t k = 0; k < SWEPT_COLUMNS; k++)
        drawn->columns[k][point] = row[k];
    if (!known)
        return;
    drawn->first = drawn->first < point ? drawn->first : point;
    drawn->last = point;
    picture->doubtful = picture->doubtful || doubtful;
    widen(&picture->amounts, row[1]);
    for (size_t k = 1; k < 4; k++)
        widen(&picture->extent, row[k]);
}

static void add_line(struct swept_picture *picture, size_t line, size_t colour)
{
    const struct swept *swept = picture->swept;
    struct swept_drawn *drawn = &picture->lines[picture->count++];
    size_t count = swept->points.count;
    *drawn = (struct swept_drawn){
        .line = &swept->lines[line], .index = line, .colour = colour, .first = count};
    for (size_t k = 0; k < SWEPT_COLUMNS; k++)
        drawn->columns[k] = arena_alloc(swept->context->arena, count * sizeof *drawn->columns[k]);
    for (size_t i = 0; i < count; i++)
        add_point(picture, drawn, i);
}

static const struct swept_unit *unit_for(const struct swept_picture *picture)
{
    const struct swept_aspect *aspect = picture->aspect;
    if (!aspect->units) {
        const struct time_unit *time = time_unit_of(picture->amounts.most);
        struct swept_unit *unit = arena_alloc(picture->swept->context->arena, sizeof *unit);
        *unit = (struct swept_unit){time->seconds, time->label, time->symbol};
        return unit;
    }
    size_t i = 0;
    while (i + 1 < aspect->unit_count && picture->amounts.most < aspect->units[i].size)
        i++;
    return &aspect->units[i];
}

static void shrink(struct swept_range *range, double size)
{
    range->least /= size;
    range->most /= size;
}

/* From the record's units to the chart's. */
static void scale(struct swept_picture *picture)
{
    picture->unit = unit_for(picture);
    for (size_t line = 0; line < picture->count; line++)
        for (size_t k = 1; k < 4; k++)
            for (size_t i = 0; i < picture->swept->points.count; i++)
                picture->lines[line].columns[k][i] /= picture->unit->size;
    shrink(&picture->amounts, picture->unit->size);
    shrink(&picture->extent, picture->unit->size);
}

struct swept_picture swept_picture(const struct swept *swept, const struct swept_aspect *aspect)
{
    struct swept_picture picture = {
        .swept = swept, .aspect = aspect, .amounts = {INFINITY, 0}, .extent = {INFINITY, 0}};
    size_t *known = arena_alloc(swept->context->arena, swept->line_count * sizeof *known);
    size_t count = 0;
    for (size_t line = 0; line < swept->line_count; line++)
        if (has_value(&picture, line))
            known[count++] = line;
    picture.thinned = count > SVG_SERIES;
    for (size_t i = 0; i < count && i < SVG_SERIES; i++) {
        size_t line = known[picture.thinned ? i * (count - 1) / (SVG_SERIES - 1) : i];
        if (!aspect->relative || !swept_is_baseline(swept, line))
            add_line(&picture, line, i + 1);
    }
    if (picture.count)
        scale(&picture);
    return picture;
}
