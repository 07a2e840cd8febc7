#include "page/roofline_picture.h"

#include <math.h>
#include <string.h>

static const double GIGA = 1e9;

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

/* A block of points (x, y), in the colour of the ceiling to which it belongs. */
static void add_block(struct canvas *canvas, const char *label, const double *x, const double *y,
                      size_t rows, size_t colour)
{
    struct arena *arena = canvas->arena;
    double *cells = arena_alloc(arena, 2 * rows * sizeof *cells);
    const double **columns = arena_alloc(arena, 2 * sizeof *columns);
    memcpy(cells, x, rows * sizeof *cells);
    memcpy(cells + rows, y, rows * sizeof *cells);
    columns[0] = cells;
    columns[1] = cells + rows;
    canvas->blocks = array_grow(arena, canvas->blocks, canvas->count, sizeof *canvas->blocks);
    canvas->blocks[canvas->count++] =
        (struct chart_block){.label = label, .columns = columns, .column_count = 2, .rows = rows};
    add_number(canvas, arena_printf(arena, "COLOUR%zu", canvas->count), (double)(colour + 1));
}

/* Room around the ridges, where the ceilings meet, and around the points. */
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
        canvas->ylow = fmin(canvas->ylow, picture->points[i].rate / GIGA);
        canvas->yhigh = fmax(canvas->yhigh, picture->points[i].rate / GIGA);
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
    add_block(canvas, roof->label, x, y, 3, colour);
}

/* Labels of blocks `first` and after, at the heights of their last points, moved apart. */
static void place_labels(struct canvas *canvas, size_t first)
{
    enum { GAP = 11, MOST = 64 }; /* labels across the height of the chart */
    double heights[MOST], low = log10(canvas->ylow), high = log10(canvas->yhigh);
    size_t count = canvas->count - first < MOST ? canvas->count - first : MOST;
    for (size_t i = 0; i < count; i++) {
        const struct chart_block *block = &canvas->blocks[first + i];
        heights[i] = log10(block->columns[1][block->rows - 1]);
    }
    spread_labels(heights, count, (high - low) / GAP, low, high);
    for (size_t i = 0; i < count; i++)
        canvas->blocks[first + i].label_y = pow(10, heights[i]);
}

void draw_roofline(const struct measured *frame, const struct roofline_picture *picture,
                   struct text *html)
{
    struct arena *arena = frame->context->arena;
    struct canvas canvas = {.arena = arena};
    set_ranges(&canvas, picture);
    for (size_t i = 0; i < picture->roof_count; i++)
        add_roof(&canvas, &picture->roofs[i], i);
    place_labels(&canvas, 0);
    for (size_t i = 0; i < picture->point_count; i++) {
        const double rate = picture->points[i].rate / GIGA;
        add_block(&canvas, picture->points[i].label, &picture->intensity, &rate, 1,
                  picture->points[i].roof);
    }
    place_labels(&canvas, picture->roof_count);
    add_number(&canvas, "CEILINGS", (double)picture->roof_count);
    add_number(&canvas, "XLOW", canvas.xlow);
    add_number(&canvas, "XHIGH", canvas.xhigh);
    add_number(&canvas, "YLOW", canvas.ylow);
    add_number(&canvas, "YHIGH", canvas.yhigh);
    add_number(&canvas, "POINT_X", picture->intensity);
    add_chart(frame->context, frame->element,
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
