/* The roofline chart: an experiment's rates beneath what the machine can attain. */
#include "page/html.h"
#include "page/results.h"
#include "record/roofline.h"

#include <math.h>
#include <string.h>

static const double GIGA = 1e9;

enum {
    CEILINGS_MOST = 2, /* in one chart: on the fewest and on the most threads */
    LABELS_HIGH = 11   /* labels across its height */
};

/* A configuration's rate, and the ceilings on as many threads. */
struct point {
    const struct configuration *configuration;
    double rate;   /* operations a second */
    size_t roof;   /* index into the ceilings */
    double height; /* attainable there; NaN where the ceilings are not known */
};

struct roofline {
    double intensity; /* operations a byte */
    struct point *points;
    size_t count;
    struct ceilings *ceilings; /* one for each number of threads, rising */
    size_t ceiling_count;
};

static size_t ceiling_for(struct roofline *roofline, int threads, const struct record *record,
                          struct arena *arena)
{
    for (size_t i = 0; i < roofline->ceiling_count; i++)
        if (roofline->ceilings[i].threads == threads)
            return i;
    roofline->ceilings =
        array_grow(arena, roofline->ceilings, roofline->ceiling_count, sizeof *roofline->ceilings);
    roofline->ceilings[roofline->ceiling_count] = ceilings_of(record, threads, arena);
    return roofline->ceiling_count++;
}

static struct roofline collect(const struct measured *measured)
{
    const struct result *result = measured->result;
    struct arena *arena = measured->context->arena;
    struct roofline roofline = {.intensity = result->operations / result->traffic};
    roofline.points = arena_alloc(arena, result->configuration_count * sizeof *roofline.points);
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *one = &result->configurations[i];
        double rate = measured->summaries[i].operations_rate;
        if (!(rate > 0) || !isfinite(rate) || one->worker) /* another program, other traffic */
            continue;
        size_t roof = ceiling_for(&roofline, one->threads, measured->context->record, arena);
        roofline.points[roofline.count++] = (struct point){
            one, rate, roof, ceilings_attainable(&roofline.ceilings[roof], roofline.intensity)};
    }
    return roofline;
}

/* In GFLOP/s, with the interval that that of its time gives. */
static struct estimate rate_of(const struct measured *measured, const struct point *point)
{
    const struct result *result = measured->result;
    size_t index = (size_t)(point->configuration - result->configurations);
    const struct estimate time = measured->summaries[index].time;
    const double giga = result->operations / GIGA;
    return (struct estimate){point->rate / GIGA, giga / time.high, giga / time.low, time.count};
}

/* ---- what is drawn ---- */

/* The ceilings of the fewest and of the most threads that have any. */
static size_t choose_ceilings(const struct roofline *roofline, size_t chosen[CEILINGS_MOST])
{
    size_t count = 0, fewest = 0, most = 0;
    for (size_t i = 0; i < roofline->ceiling_count; i++) {
        const struct ceilings *all = roofline->ceilings;
        if (!isfinite(ceilings_attainable(&all[i], roofline->intensity)))
            continue;
        fewest = count == 0 || all[i].threads < all[fewest].threads ? i : fewest;
        most = count == 0 || all[i].threads > all[most].threads ? i : most;
        count++;
    }
    chosen[0] = fewest;
    chosen[1] = most;
    return count < CEILINGS_MOST ? count : CEILINGS_MOST;
}

/* The chart's blocks and the range of its axes, both logarithmic. */
struct picture {
    struct arena *arena;
    struct chart_block *blocks;
    struct chart_number *numbers;
    size_t count, number_count;
    double xlow, xhigh, ylow, yhigh; /* operations a byte; GFLOP/s */
};

static void add_number(struct picture *picture, const char *name, double value)
{
    picture->numbers = array_grow(picture->arena, picture->numbers, picture->number_count,
                                  sizeof *picture->numbers);
    picture->numbers[picture->number_count++] = (struct chart_number){name, value};
}

/* A block of some columns, in the colour of the ceiling to which it belongs. */
static void add_block(struct picture *picture, const char *label, const double *const *from,
                      size_t column_count, size_t rows, size_t colour)
{
    struct arena *arena = picture->arena;
    const double **columns = arena_alloc(arena, column_count * sizeof *columns);
    for (size_t i = 0; i < column_count; i++) {
        double *column = arena_alloc(arena, rows * sizeof *column);
        memcpy(column, from[i], rows * sizeof *column);
        columns[i] = column;
    }
    picture->blocks = array_grow(arena, picture->blocks, picture->count, sizeof *picture->blocks);
    picture->blocks[picture->count++] = (struct chart_block){
        .label = label, .columns = columns, .column_count = column_count, .rows = rows};
    add_number(picture, arena_printf(arena, "COLOUR%zu", picture->count), (double)(colour + 1));
}

/* Room around the ridges, where the ceilings meet, and around the points with their intervals. */
static void set_ranges(struct picture *picture, const struct measured *measured,
                       const struct roofline *roofline, const size_t *chosen, size_t count)
{
    const double room = 8, air = 1.6;
    picture->xlow = picture->xhigh = roofline->intensity;
    picture->ylow = INFINITY;
    for (size_t i = 0; i < count; i++) {
        const struct ceilings *one = &roofline->ceilings[chosen[i]];
        picture->xlow = fmin(picture->xlow, one->operations / one->traffic);
        picture->xhigh = fmax(picture->xhigh, one->operations / one->traffic);
        picture->yhigh = fmax(picture->yhigh, one->operations / GIGA);
    }
    picture->xlow /= room;
    picture->xhigh *= room;
    for (size_t i = 0; i < count; i++) {
        const struct ceilings *one = &roofline->ceilings[chosen[i]];
        picture->ylow = fmin(picture->ylow, ceilings_attainable(one, picture->xlow) / GIGA);
    }
    for (size_t i = 0; i < roofline->count; i++) {
        const struct estimate rate = rate_of(measured, &roofline->points[i]);
        picture->ylow = fmin(picture->ylow, fmin(rate.value, rate.low));
        picture->yhigh = fmax(picture->yhigh, fmax(rate.value, rate.high));
    }
    picture->ylow /= air;
    picture->yhigh *= air;
}

static void add_ceiling(struct picture *picture, const struct ceilings *one, size_t colour)
{
    const double x[3] = {picture->xlow, one->operations / one->traffic, picture->xhigh};
    double y[3];
    for (size_t i = 0; i < 3; i++)
        y[i] = ceilings_attainable(one, x[i]) / GIGA;
    add_block(
        picture,
        arena_printf(picture->arena, "%d thread%s", one->threads, one->threads == 1 ? "" : "s"),
        (const double *const[]){x, y}, 2, 3, colour);
}

/* Whether two labels would stand on one another. */
static bool are_close(const struct picture *picture, double a, double b)
{
    return fabs(log10(a / b)) < log10(picture->yhigh / picture->ylow) / LABELS_HIGH / 2;
}

/* The rates beneath one ceiling; those too close to tell apart have one label, at the first. */
static void add_points(struct picture *picture, const struct measured *measured,
                       const struct roofline *roofline, size_t roof, size_t colour)
{
    struct arena *arena = picture->arena;
    bool *told = arena_alloc(arena, roofline->count * sizeof *told);
    memset(told, 0, roofline->count * sizeof *told);
    for (size_t i = 0; i < roofline->count; i++) {
        const struct point *point = &roofline->points[i];
        const struct estimate rate = rate_of(measured, point);
        struct text label = {0};
        if (point->roof != roof)
            continue;
        for (size_t k = i; k < roofline->count && !told[i]; k++) {
            const struct point *other = &roofline->points[k];
            if (k > i &&
                (told[k] || other->roof != roof || !are_close(picture, point->rate, other->rate)))
                continue;
            text_addf(&label, "%s%s", k > i ? ", " : "", short_label(other->configuration, arena));
            told[k] = k > i;
        }
        add_block(picture, text_keep(&label, arena),
                  (const double *const[]){&roofline->intensity, &rate.value, &rate.low, &rate.high},
                  4, 1, colour);
    }
}

/* Labels of blocks `first` and after, at the heights of their last points, moved apart. */
static void place_labels(struct picture *picture, size_t first)
{
    enum { MOST = 64 };
    double heights[MOST], low = log10(picture->ylow), high = log10(picture->yhigh);
    struct chart_block *labelled[MOST];
    size_t count = 0;
    for (size_t i = first; i < picture->count && count < MOST; i++) {
        struct chart_block *block = &picture->blocks[i];
        block->label_y = block->columns[1][block->rows - 1];
        if (!*block->label)
            continue;
        heights[count] = log10(block->label_y);
        labelled[count++] = block;
    }
    spread_labels(heights, count, (high - low) / LABELS_HIGH, low, high);
    for (size_t i = 0; i < count; i++)
        labelled[i]->label_y = pow(10, heights[i]);
}

/* "On 2 threads parallel reaches 1.2 GFLOP/s, 80 % of the 1.5 that the memory allows." */
static void add_finding(const struct roofline *roofline, const struct point *point,
                        struct arena *arena, struct text *text)
{
    const struct ceilings *ceilings = &roofline->ceilings[point->roof];
    bool by_memory = ceilings->traffic * roofline->intensity < ceilings->operations;
    text_addf(text, "On %d thread%s %s reaches %s GFLOP/s, %s %% of the %s that %s allows.",
              point->configuration->threads, point->configuration->threads == 1 ? "" : "s",
              point->configuration->variant, plain_number(arena, point->rate / GIGA, 3),
              plain_number(arena, 100 * point->rate / point->height, 2),
              plain_number(arena, point->height / GIGA, 3),
              by_memory ? "the memory" : "arithmetic");
}

/* The configuration on the most threads that is nearest to its ceiling. */
static const struct point *telling_point(const struct roofline *roofline)
{
    const struct point *best = NULL;
    for (size_t i = 0; i < roofline->count; i++) {
        const struct point *one = &roofline->points[i];
        if (!isfinite(one->height))
            continue;
        int more = best ? one->configuration->threads - best->configuration->threads : 1;
        if (more > 0 || (more == 0 && one->rate > best->rate))
            best = one;
    }
    return best;
}

/* The configuration that gets least near to its ceiling, on whatever threads. */
static const struct point *lowest_point(const struct roofline *roofline)
{
    const struct point *lowest = NULL;
    for (size_t i = 0; i < roofline->count; i++) {
        const struct point *one = &roofline->points[i];
        if (isfinite(one->height) &&
            (!lowest || one->rate / one->height < lowest->rate / lowest->height))
            lowest = one;
    }
    return lowest;
}

/* The telling point, and the lowest if it is another. */
static char *describe(const struct roofline *roofline, struct arena *arena)
{
    struct text text = {0};
    const struct point *point = telling_point(roofline), *lowest = lowest_point(roofline);
    text_addf(&text, "At %s floating-point operations a byte: ",
              plain_number(arena, roofline->intensity, 3));
    add_finding(roofline, point, arena, &text);
    if (lowest != point)
        text_addf(&text, " %s is the farthest below its ceiling, at %s %%.",
                  long_label(lowest->configuration, arena),
                  plain_number(arena, 100 * lowest->rate / lowest->height, 2));
    return text_keep(&text, arena);
}

static struct drawn draw(const struct measured *measured, const struct roofline *roofline,
                         const size_t *chosen, size_t count, struct text *html)
{
    struct arena *arena = measured->context->arena;
    struct picture picture = {.arena = arena};
    set_ranges(&picture, measured, roofline, chosen, count);
    for (size_t i = 0; i < count; i++)
        add_ceiling(&picture, &roofline->ceilings[chosen[i]], i);
    place_labels(&picture, 0);
    for (size_t k = 0; k < count; k++)
        add_points(&picture, measured, roofline, chosen[k], k);
    place_labels(&picture, count);
    add_number(&picture, "CEILINGS", (double)count);
    add_number(&picture, "XLOW", picture.xlow);
    add_number(&picture, "XHIGH", picture.xhigh);
    add_number(&picture, "YLOW", picture.ylow);
    add_number(&picture, "YHIGH", picture.yhigh);
    add_number(&picture, "POINT_X", roofline->intensity);
    add_number(&picture, "POINT_RIGHT",
               roofline->intensity > sqrt(picture.xlow * picture.xhigh)); /* on the right half */
    return add_chart(
        measured->context, measured->element,
        &(struct chart){
            .kind = "roofline",
            .id = arena_printf(arena, "%s-roofline", measured->id),
            .title = arena_printf(arena, "Rates beneath what the machine can attain: %s",
                                  measured->result->name),
            .description = describe(roofline, arena),
            .xlabel = "floating-point operations a byte, logarithmic",
            .ylabel = "GFLOP/s, logarithmic",
            .blocks = picture.blocks,
            .block_count = picture.count,
            .numbers = picture.numbers,
            .number_count = picture.number_count,
        },
        html);
}

/* ---- what is said ---- */

/* "1, 2 and 4 threads" of those numbers of threads whose rate is not known; "" if there are none.
 */
static char *missing_threads(const struct roofline *roofline, bool of_traffic, struct arena *arena)
{
    struct text text = {0};
    size_t missing = 0, said = 0;
    int last = 0;
    for (size_t i = 0; i < roofline->ceiling_count; i++) {
        const struct ceilings *one = &roofline->ceilings[i];
        missing += !isfinite(of_traffic ? one->traffic : one->operations);
    }
    for (size_t i = 0; i < roofline->ceiling_count; i++) {
        const struct ceilings *one = &roofline->ceilings[i];
        if (isfinite(of_traffic ? one->traffic : one->operations))
            continue;
        said++;
        text_addf(&text, "%s%d", said == 1 ? "" : said == missing ? " and " : ", ", one->threads);
        last = one->threads;
    }
    if (missing)
        text_addf(&text, " thread%s", missing == 1 && last == 1 ? "" : "s");
    return text_keep(&text, arena);
}

/* Which experiments would be needed; NULL if all ceilings are there. */
static char *missing_text(const struct roofline *roofline, struct arena *arena)
{
    const char *operations = missing_threads(roofline, false, arena);
    const char *traffic = missing_threads(roofline, true, arena);
    struct text text = {0};
    if (!*operations && !*traffic)
        return NULL;
    text_add(&text, "The machine's ceilings are not all in the record: a roofline here needs ");
    if (*operations)
        text_addf(&text, "an experiment of the kernel " ROOFLINE_OPERATIONS " on %s", operations);
    if (*operations && *traffic)
        text_add(&text, ", and ");
    if (*traffic)
        text_addf(&text, "one of " ROOFLINE_TRAFFIC " on %s", traffic);
    text_add(&text, ".");
    return text_keep(&text, arena);
}

static void add_rates(const struct measured *measured, const struct roofline *roofline,
                      const struct drawn *drawn, struct text *html)
{
    struct arena *arena = measured->context->arena;
    struct data data = {.arena = arena,
                        .caption = arena_printf(arena, "Rates in GFLOP/s at %s operations a byte.",
                                                plain_number(arena, roofline->intensity, 3))};
    data_add_column(&data, DATA_WORDS, "Configuration", "");
    data_add_column(&data, DATA_ESTIMATE, "Rate", "GFLOP/s");
    data_add_column(&data, DATA_NUMBER, "Arithmetic allows", "GFLOP/s");
    data_add_column(&data, DATA_NUMBER, "Memory allows", "GFLOP/s");
    data_add_column(&data, DATA_NUMBER, "Share reached", "%");
    for (size_t i = 0; i < roofline->count; i++) {
        const struct point *point = &roofline->points[i];
        const struct ceilings *ceilings = &roofline->ceilings[point->roof];
        const struct estimate rate = rate_of(measured, point);
        double arithmetic = ceilings->operations / GIGA;
        double memory = ceilings->traffic * roofline->intensity / GIGA;
        double share = 100 * point->rate / point->height;
        data_add_words(&data, short_label(point->configuration, arena));
        data_add_estimate(&data, plain_number(arena, rate.value, 3), interval_text(arena, rate, 1),
                          rate);
        data_add_number(&data, plain_number(arena, arithmetic, 3), arithmetic);
        data_add_number(&data, plain_number(arena, memory, 3), memory);
        data_add_number(
            &data,
            arena_printf(arena, "%s%s", plain_number(arena, share, 2), isfinite(share) ? " %" : ""),
            share);
    }
    add_data(measured->context, drawn, &data, NULL, html);
}

static void add_words(const struct measured *measured, const struct roofline *roofline,
                      struct text *html)
{
    struct arena *arena = measured->context->arena;
    const struct point *point = telling_point(roofline);
    const char *missing = missing_text(roofline, arena);
    struct text finding = {0};
    add_finding(roofline, point, arena, &finding);
    if (point->rate > point->height)
        text_add(&finding,
                 " That is more than the ceiling: part of what is counted as traffic with "
                 "the memory stays in caches.");
    html_addf(html, "<p class=\"answers\">%s%s%s</p>\n", text_string(&finding), missing ? " " : "",
              missing ? missing : "");
    text_release(&finding);
}

const char *show_roofline(const struct measured *measured, struct text *html)
{
    const struct result *result = measured->result;
    size_t chosen[CEILINGS_MOST];
    if (!(result->operations > 0))
        return "The kernel declares no floating-point operations, so it has no place under a "
               "roofline.";
    if (!(result->traffic > 0))
        return "The kernel declares no traffic with the memory, so it has no place under a "
               "roofline.";
    struct roofline roofline = collect(measured);
    if (roofline.count == 0)
        return "No configuration has a rate to draw under a roofline.";
    size_t count = choose_ceilings(&roofline, chosen);
    if (count == 0)
        return missing_text(&roofline, measured->context->arena);
    const struct drawn drawn = draw(measured, &roofline, chosen, count, html);
    add_words(measured, &roofline, html);
    add_rates(measured, &roofline, &drawn, html);
    return NULL;
}
