#include "page/roofline_picture.h"

#include <math.h>
#include <string.h>

static const double GIGA = 1e9;

enum { LABELS_HIGH = 11 }; /* labels across the height of the chart */

/* The chart's blocks and the range of its axes, both logarithmic. */
struct canvas {
    struct arena *arena;
    struct chart_block *blocks;
    struct chart_number *numbers;
    size_t count, number_count;
    double xlow, xhigh, ylow, yhigh; /* operations a byte; GFLOP/s */
};

static void add_number(struct canvas *canvas, const char *name, double value)
{
    canvas->numbers =
        array_grow(canvas->arena, canvas->numbers, canvas->number_count, sizeof *canvas->numbers);
    canvas->numbers[canvas->number_count++] = (struct chart_number){name, value};
}

/* A block of some columns, in the colour of the ceiling to which it belongs. */
static void add_block(struct canvas *canvas, const char *label, const double *const *from,
                      size_t column_count, size_t rows, size_t colour)
{
    struct arena *arena = canvas->arena;
    const double **columns = arena_alloc(arena, column_count * sizeof *columns);
    for (size_t i = 0; i < column_count; i++) {
        double *column = arena_alloc(arena, rows * sizeof *column);
        memcpy(column, from[i], rows * sizeof *column);
        columns[i] = column;
    }
    canvas->blocks = array_grow(arena, canvas->blocks, canvas->count, sizeof *canvas->blocks);
    canvas->blocks[canvas->count++] = (struct chart_block){
        .label = label, .columns = columns, .column_count = column_count, .rows = rows};
    add_number(canvas, arena_printf(arena, "COLOUR%zu", canvas->count), (double)(colour + 1));
}

/* Room around the ridges, where the ceilings meet, and around the points with their intervals. */
static void set_ranges(struct canvas *canvas, const struct roofline_picture *picture)
{
    const double room = 8, air = 1.6;
    canvas->xlow = canvas->xhigh = picture->intensity;
    canvas->ylow = INFINITY;
    for (size_t i = 0; i < picture->roof_count; i++) {
        const struct ceilings *one = &picture->roofs[i].ceilings;
        canvas->xlow = fmin(canvas->xlow, one->operations / one->traffic);
        canvas->xhigh = fmax(canvas->xhigh, one->operations / one->traffic);
        canvas->yhigh = fmax(canvas->yhigh, one->operations / GIGA);
    }
    canvas->xlow /= room;
    canvas->xhigh *= room;
    for (size_t i = 0; i < picture->roof_count; i++)
        canvas->ylow = fmin(canvas->ylow,
                            ceilings_attainable(&picture->roofs[i].ceilings, canvas->xlow) / GIGA);
    for (size_t i = 0; i < picture->point_count; i++) {
        const struct estimate *rate = &picture->points[i].rate;
        canvas->ylow = fmin(canvas->ylow, fmin(rate->value, rate->low));
        canvas->yhigh = fmax(canvas->yhigh, fmax(rate->value, rate->high));
    }
    canvas->ylow /= air;
    canvas->yhigh *= air;
}

static void add_roof(struct canvas *canvas, const struct roof *roof, size_t colour)
{
    const struct ceilings *one = &roof->ceilings;
    const double x[3] = {canvas->xlow, one->operations / one->traffic, canvas->xhigh};
    double y[3];
    for (size_t i = 0; i < 3; i++)
        y[i] = ceilings_attainable(one, x[i]) / GIGA;
    add_block(canvas, roof->label, (const double *const[]){x, y}, 2, 3, colour);
}

/* Whether two labels would stand on one another. */
static bool are_close(const struct canvas *canvas, double a, double b)
{
    return fabs(log10(a / b)) < log10(canvas->yhigh / canvas->ylow) / LABELS_HIGH / 2;
}

/* The points beneath one roof; those too close to tell apart have one label, at the first. */
static void add_points(struct canvas *canvas, const struct roofline_picture *picture, size_t roof)
{
    bool *told = arena_alloc(canvas->arena, (picture->point_count + 1) * sizeof *told);
    memset(told, 0, picture->point_count * sizeof *told);
    for (size_t i = 0; i < picture->point_count; i++) {
        const struct roofline_point *point = &picture->points[i];
        const struct estimate *rate = &point->rate;
        struct text label = {0};
        if (point->roof != roof)
            continue;
        for (size_t k = i; k < picture->point_count && !told[i]; k++) {
            const struct roofline_point *other = &picture->points[k];
            if (k > i && (told[k] || other->roof != roof ||
                          !are_close(canvas, rate->value, other->rate.value)))
                continue;
            text_addf(&label, "%s%s", k > i ? ", " : "", other->label);
            told[k] = k > i;
        }
        add_block(
            canvas, text_keep(&label, canvas->arena),
            (const double *const[]){&picture->intensity, &rate->value, &rate->low, &rate->high}, 4,
            1, roof);
    }
}

/* Labels of blocks `first` and after, at the heights of their last points, moved apart. */
static void place_labels(struct canvas *canvas, size_t first)
{
    enum { MOST = 64 };
    double heights[MOST], low = log10(canvas->ylow), high = log10(canvas->yhigh);
    struct chart_block *labelled[MOST];
    size_t count = 0;
    for (size_t i = first; i < canvas->count && count < MOST; i++) {
        struct chart_block *block = &canvas->blocks[i];
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

struct drawn draw_roofline(const struct measured *frame, const struct roofline_picture *picture,
                           struct text *html)
{
    struct arena *arena = frame->context->arena;
    struct canvas canvas = {.arena = arena};
    set_ranges(&canvas, picture);
    for (size_t i = 0; i < picture->roof_count; i++)
        add_roof(&canvas, &picture->roofs[i], i);
    place_labels(&canvas, 0);
    for (size_t i = 0; i < picture->roof_count; i++)
        add_points(&canvas, picture, i);
    place_labels(&canvas, picture->roof_count);
    add_number(&canvas, "CEILINGS", (double)picture->roof_count);
    add_number(&canvas, "XLOW", canvas.xlow);
    add_number(&canvas, "XHIGH", canvas.xhigh);
    add_number(&canvas, "YLOW", canvas.ylow);
    add_number(&canvas, "YHIGH", canvas.yhigh);
    add_number(&canvas, "POINT_X", picture->intensity);
    add_number(&canvas, "POINT_RIGHT",
               picture->intensity > sqrt(canvas.xlow * canvas.xhigh)); /* on the right half */
    return add_chart(frame->context, frame->element,
                     &(struct chart){
                         .kind = "roofline",
                         .id = arena_printf(arena, "%s-roofline", frame->id),
                         .title = picture->title,
                         .description = picture->description,
                         .xlabel = "floating-point operations a byte, logarithmic",
                         .ylabel = "GFLOP/s, logarithmic",
                         .blocks = canvas.blocks,
                         .block_count = canvas.count,
                         .numbers = canvas.numbers,
                         .number_count = canvas.number_count,
                     },
                     html);
}
