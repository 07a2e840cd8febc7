/* The chart of {prediction}: measured speed-ups, and the curves of laws beyond them. */
#include "page/prediction.h"

#include "page/results.h"

#include <math.h>
#include <string.h>

enum { CURVE_POINTS = 65, COLUMNS = 4 };

/* Columns of numbers under way to gnuplot. */
struct table {
    double *cells[COLUMNS];
    size_t rows;
};

static struct table table_for(size_t rows, struct arena *arena)
{
    struct table table = {0};
    for (size_t i = 0; i < COLUMNS; i++)
        table.cells[i] = arena_alloc(arena, (rows + 1) * sizeof *table.cells[i]);
    return table;
}

static void add_row(struct table *table, double x, struct estimate y)
{
    const double row[COLUMNS] = {x, y.value, y.low, y.high};
    for (size_t i = 0; i < COLUMNS; i++)
        table->cells[i][table->rows] = row[i];
    table->rows++;
}

static struct chart_block block_of(const struct table *table, struct arena *arena)
{
    const double **columns = arena_alloc(arena, COLUMNS * sizeof *columns);
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = table->cells[i];
    return (struct chart_block){.columns = columns, .column_count = COLUMNS, .rows = table->rows};
}

/* --- What is drawn -------------------------------------------------------------------------------
 */

/* The variant's measured configuration on the fewest threads above `threads`, or NULL. */
static const struct configuration *next_wider(const struct foresight *foresight, int threads)
{
    const struct configuration *next = NULL;
    for (size_t i = 0; i < foresight->result->configuration_count; i++) {
        const struct configuration *one = &foresight->result->configurations[i];
        if (configuration_measured(one) && strcmp(one->variant, foresight->variant) == 0 &&
            one->threads > threads && (!next || one->threads < next->threads))
            next = one;
    }
    return next;
}

static struct table measured_points(const struct foresight *foresight, struct arena *arena)
{
    struct table table = table_for(foresight->result->configuration_count, arena);
    const struct configuration *one = next_wider(foresight, 0);
    for (; one; one = next_wider(foresight, one->threads)) {
        struct estimate speedup = summarise(foresight->result, one, arena).scaling;
        if (isfinite(speedup.value))
            add_row(&table, one->threads, speedup);
    }
    return table;
}

/* The i-th place of a curve, evenly on a logarithmic axis. */
static double place(double from, double to, size_t i)
{
    return i + 1 == CURVE_POINTS ? to : from * pow(to / from, (double)i / (CURVE_POINTS - 1));
}

/* Without an interval the band has no width. */
static struct table law_curve(const struct foresight *foresight, scaling_law *law,
                              struct arena *arena)
{
    struct table table = table_for(CURVE_POINTS, arena);
    for (size_t i = 0; i < CURVE_POINTS; i++) {
        double workers = place(foresight->prediction.largest, foresight->reach, i);
        struct estimate speedup = prediction_by(law, &foresight->prediction, workers);
        if (isnan(speedup.low))
            speedup.low = speedup.high = speedup.value;
        add_row(&table, workers, speedup);
    }
    return table;
}

/* As far as it is worth drawing: beyond its peak it falls back to one worker's speed. */
static struct table usl_curve(const struct foresight *foresight, struct arena *arena)
{
    struct table table = table_for(CURVE_POINTS, arena);
    const struct scaling_fit *usl = &foresight->prediction.usl;
    for (size_t i = 0; i < CURVE_POINTS; i++) {
        double workers = place(1, foresight->reach, i), speedup = scaling_predict(usl, workers);
        if (speedup >= 1 || i == 0)
            add_row(&table, workers, (struct estimate){speedup, speedup, speedup, 0});
    }
    return table;
}

/* --- Alternative text ----------------------------------------------------------------------------
 */

/* "30.6, interval 30.3 to 30.8" */
static void add_estimated(struct text *text, struct arena *arena, struct estimate estimate,
                          const char *unit)
{
    const char *interval = interval_text(arena, estimate, 1);
    text_addf(text, "%s%s", plain_number(arena, estimate.value, 3), unit);
    if (interval)
        text_addf(text, ", interval %s", interval);
}

static char *describe(const struct foresight *foresight, struct arena *arena)
{
    const struct prediction *prediction = &foresight->prediction;
    double peak = round(prediction->usl.peak.value);
    struct text text = {0};
    text_addf(&text, "Measured: on %.0f threads %s has a speed-up over one of ",
              prediction->largest, foresight->variant);
    add_estimated(&text, arena, prediction->speedup, "");
    text_addf(&text, "%s. Predicted for %s workers: by Amdahl's law a speed-up of ",
              noise_note(foresight->level), format_number(arena, foresight->reach));
    add_estimated(&text, arena, prediction_by(amdahl_speedup, prediction, foresight->reach), "");
    text_add(&text, "; by Gustafson's law ");
    add_estimated(&text, arena, prediction_by(gustafson_speedup, prediction, foresight->reach),
                  " times the work in the same time");
    text_add_char(&text, '.');
    if (prediction->has_usl && isfinite(peak))
        text_addf(&text, " By the universal scalability law %.0f worker%s would be fastest.", peak,
                  peak == 1 ? "" : "s");
    return text_keep(&text, arena);
}

/* --- The drawing ---------------------------------------------------------------------------------
 */

/* Blocks of data, as the script counts them. */
enum { MEASURED, AMDAHL, GUSTAFSON, USL, BLOCKS };

/* Labels at the right end, from below where their curves end in one place. */
enum { LABEL_AMDAHL, LABEL_GUSTAFSON, LABEL_IDEAL, LABEL_USL, LABELS };

/* What the vertical axis must hold, and what stands where. */
struct frame {
    double low, high;
    double heights[LABELS];
    bool has_peak; /* on the chart: the USL has its label there, and none at the end */
};

/* Spreads the labels at the ends of their curves, on a logarithmic axis. */
static void place_labels(const struct foresight *foresight, struct frame *frame)
{
    enum { GAP = 12 }; /* labels across the height of the chart */
    const struct prediction *prediction = &foresight->prediction;
    const double reach = foresight->reach;
    size_t count = prediction->has_usl && !frame->has_peak ? LABELS : LABEL_USL;
    double *heights = frame->heights;
    heights[LABEL_AMDAHL] = prediction_by(amdahl_speedup, prediction, reach).value;
    heights[LABEL_GUSTAFSON] = prediction_by(gustafson_speedup, prediction, reach).value;
    heights[LABEL_IDEAL] = reach;
    heights[LABEL_USL] = prediction->has_usl ? scaling_predict(&prediction->usl, reach) : NAN;
    for (size_t i = 0; i < count; i++)
        heights[i] = log10(heights[i]);
    spread_labels(heights, count, log10(frame->high / frame->low) / GAP, log10(frame->low),
                  log10(frame->high));
    for (size_t i = 0; i < count; i++)
        heights[i] = pow(10, heights[i]);
}

static struct frame frame_for(const struct foresight *foresight, const struct table *points)
{
    const struct prediction *prediction = &foresight->prediction;
    double low = 1, high = foresight->reach;
    for (size_t i = 0; i < points->rows; i++) {
        low = fmin(low, fmin(points->cells[1][i], points->cells[2][i]));
        high = fmax(high, fmax(points->cells[1][i], points->cells[3][i]));
    }
    struct frame frame = {
        .low = low / 1.2,
        .high = high * 1.2,
        .has_peak = prediction->has_usl && prediction->usl.peak.value < foresight->reach,
    };
    place_labels(foresight, &frame);
    return frame;
}

static void fill_blocks(const struct foresight *foresight, const struct table *points,
                        const struct frame *frame, struct chart_block blocks[BLOCKS],
                        struct arena *arena)
{
    const struct table amdahl = law_curve(foresight, amdahl_speedup, arena);
    const struct table gustafson = law_curve(foresight, gustafson_speedup, arena);
    const struct table usl = foresight->prediction.has_usl ? usl_curve(foresight, arena) : amdahl;
    blocks[MEASURED] = block_of(points, arena);
    blocks[AMDAHL] = block_of(&amdahl, arena);
    blocks[AMDAHL].label = "Amdahl";
    blocks[AMDAHL].label_y = frame->heights[LABEL_AMDAHL];
    blocks[GUSTAFSON] = block_of(&gustafson, arena);
    blocks[GUSTAFSON].label = "Gustafson";
    blocks[GUSTAFSON].label_y = frame->heights[LABEL_GUSTAFSON];
    blocks[USL] = block_of(&usl, arena);
    blocks[USL].label = "USL";
    blocks[USL].label_y = frame->heights[LABEL_USL];
}

/* The ratio of neighbouring marks on both axes. */
static double mark_ratio(double reach)
{
    enum { MARKS = 8 };
    double ratio = 2;
    while (log(reach) / log(ratio) > MARKS)
        ratio *= ratio;
    return ratio;
}

static struct drawn draw(struct context *context, const struct element *element,
                         const struct foresight *foresight, const struct chart_block *blocks,
                         const struct frame *frame, struct text *html)
{
    struct arena *arena = context->arena;
    const struct prediction *prediction = &foresight->prediction;
    const struct estimate *peak = &prediction->usl.peak;
    const char *anchor = element->anchor;
    const struct chart_number numbers[] = {
        {"XHIGH", foresight->reach},
        {"YLOW", frame->low},
        {"YHIGH", frame->high},
        {"RATIO", mark_ratio(foresight->reach)},
        {"LARGEST", prediction->largest},
        {"IDEAL_Y", frame->heights[LABEL_IDEAL]},
        {"LAWS", prediction->has_usl ? 3 : 2},
        {"PEAK", frame->has_peak},
        {"PEAK_X", peak->value},
        {"PEAK_Y", frame->has_peak ? scaling_predict(&prediction->usl, peak->value) : NAN},
        {"PEAK_LOW", peak->low},
        {"PEAK_HIGH", fmin(peak->high, foresight->reach)},
        {"PEAK_OPEN", peak->high > foresight->reach},
    };
    const struct chart_string strings[] = {
        {"PEAK_LABEL", arena_printf(arena, "USL, peak at %.0f", round(peak->value))}};
    return add_chart(context, element,
                     &(struct chart){
                         .kind = "prediction",
                         .id = anchor ? arena_printf(arena, "%s-prediction", id_text(arena, anchor))
                                      : arena_printf(arena, "prediction-%d", element->place.line),
                         .title = "Predicted speed-up for more workers than were measured",
                         .description = describe(foresight, arena),
                         .xlabel = "workers; measured up to the vertical line",
                         .ylabel = "speed-up over one worker; dashed: prediction",
                         .blocks = blocks,
                         .block_count = BLOCKS,
                         .numbers = numbers,
                         .number_count = sizeof numbers / sizeof *numbers,
                         .strings = strings,
                         .string_count = 1,
                     },
                     html);
}

/* --- Its data ------------------------------------------------------------------------------------
 */

/* One in `step` rows of what is drawn; the intervals of the third law are not known. */
static struct data data_of(const struct foresight *foresight, const struct chart_block *blocks,
                           size_t step, struct arena *arena)
{
    static const char *const names[BLOCKS] = {"measured", "Amdahl", "Gustafson", "USL"};
    struct data data = {.arena = arena,
                        .caption = "Speed-ups over one worker, measured and predicted, with 95 % "
                                   "intervals where they are known."};
    data_add_column(&data, DATA_WORDS, "From", "");
    data_add_column(&data, DATA_NUMBER, "Workers", "");
    data_add_column(&data, DATA_ESTIMATE, "Speed-up", "");
    for (size_t i = 0; i < (foresight->prediction.has_usl ? BLOCKS : USL); i++)
        for (size_t row = 0; row < blocks[i].rows; row += i == MEASURED ? 1 : step) {
            const double *const *cells = blocks[i].columns;
            struct estimate speedup = {cells[1][row], cells[2][row], cells[3][row], 0};
            if (i != MEASURED && speedup.low == speedup.high)
                speedup.low = speedup.high = NAN;
            data_add_words(&data, names[i]);
            data_add_number(&data, plain_number(arena, cells[0][row], 3), cells[0][row]);
            data_add_estimate(&data, plain_number(arena, speedup.value, 3),
                              interval_text(arena, speedup, 1), speedup);
        }
    return data;
}

void add_prediction_chart(struct context *context, const struct element *element,
                          const struct foresight *foresight, struct text *html)
{
    const struct table points = measured_points(foresight, context->arena);
    const struct frame frame = frame_for(foresight, &points);
    enum { STEP = 8 };
    struct chart_block blocks[BLOCKS];
    fill_blocks(foresight, &points, &frame, blocks, context->arena);
    const struct drawn drawn = draw(context, element, foresight, blocks, &frame, html);
    const struct data shown = data_of(foresight, blocks, STEP, context->arena);
    const struct data all = data_of(foresight, blocks, 1, context->arena);
    add_data(context, &drawn, &shown, &all, html);
}
