/* {prediction}: what laws of scaling say of more workers than were measured, in words and numbers.
 */
#include "page/prediction.h"

#include "page/html.h"
#include "page/parts.h"
#include "page/results.h"
#include "page/words.h"

#include <math.h>
#include <string.h>

enum { PART_CHART, PART_TABLE, PARTS }; /* of :show: */

/* --- In words ------------------------------------------------------------------------------------
 */

/* " (1.95 to 1.99 %)", or nothing without an interval. */
static void add_range(struct text *text, struct arena *arena, struct estimate estimate,
                      double scale, const char *unit)
{
    const char *interval = interval_text(arena, estimate, scale);
    if (interval)
        text_addf(text, " (%s%s)", interval, unit);
}

/* Where the share comes from. */
static void add_share(struct text *text, const struct foresight *foresight, struct arena *arena)
{
    const struct prediction *prediction = &foresight->prediction;
    text_addf(text, "The share that cannot be divided comes to %s\xC2\xA0%%",
              plain_number(arena, 100 * prediction->sigma.value, 3));
    add_range(text, arena, prediction->sigma, 100, "\xC2\xA0%");
    if (prediction->has_amdahl) {
        text_addf(text,
                  ", fitted to the speed-ups of %s on %zu numbers of threads; Amdahl's law misses "
                  "none of them by more than %s\xC2\xA0%%.",
                  foresight->variant, prediction->points,
                  plain_number(arena, 100 * prediction->amdahl.misfit, 2));
        return;
    }
    text_addf(text, ". It follows from one measurement, the speed-up of %s on %.0f threads, %s",
              foresight->variant, prediction->largest,
              plain_number(arena, prediction->speedup.value, 3));
    add_range(text, arena, prediction->speedup, 1, "");
    text_add(text, "; whether it stays the same on more threads, one measurement cannot tell.");
}

/* What the interval of the share leaves open. */
static void add_limits(struct text *text, const struct prediction *prediction, struct arena *arena)
{
    const struct estimate *sigma = &prediction->sigma;
    if (isnan(sigma->low))
        text_addf(text, " There are too few rounds for an interval, so the curves have no band.");
    else if (sigma->low <= 0)
        text_add(text, " The interval of the share reaches down to zero, so nothing measured here "
                       "excludes the ideal: it is the upper edge of the bands.");
    if (sigma->value <= 0) {
        text_add(text, " With no such share Amdahl's and Gustafson's curves are the ideal line.");
    } else {
        struct estimate limit = prediction_by(amdahl_speedup, prediction, INFINITY);
        text_addf(text,
                  " By Amdahl's law no number of workers is more than %s times as fast as one",
                  plain_number(arena, limit.value, 3));
        if (isinf(limit.high))
            text_addf(text, "; the interval of this limit begins at %s and has no end",
                      plain_number(arena, limit.low, 3));
        add_range(text, arena, limit, 1, "");
        text_add_char(text, '.');
    }
}

/* Where the USL's speed-up is largest. */
static void add_peak(struct text *text, const struct prediction *prediction)
{
    const struct estimate *peak = &prediction->usl.peak;
    if (!prediction->has_usl)
        return;
    text_add(text, " The universal scalability law (USL) also charges what workers cost each "
                   "other: by it ");
    if (isinf(peak->value) && isinf(peak->low)) {
        text_add(text, "the speed-up rises without end.");
    } else if (isinf(peak->value)) {
        text_addf(text, "the speed-up rises without end, or has a peak beyond %.0f workers.",
                  round(peak->low));
    } else {
        text_addf(text, "%.0f worker%s would be fastest", round(peak->value),
                  round(peak->value) == 1 ? "" : "s");
        if (isinf(peak->high))
            text_addf(text, ", and by its interval any number from %.0f on may be.",
                      round(peak->low));
        else
            text_addf(text,
                      " (%.0f to %.0f). Since the interval of that cost leaves out zero, the two "
                      "other laws, which know none, promise too much.",
                      round(peak->low), round(peak->high));
    }
}

static void add_account(const struct foresight *foresight, struct arena *arena, struct text *html)
{
    struct text text = {0};
    text_addf(&text, "A prediction: nothing was measured beyond %.0f threads. ",
              foresight->prediction.largest);
    add_share(&text, foresight, arena);
    add_limits(&text, &foresight->prediction, arena);
    add_peak(&text, &foresight->prediction);
    if (foresight->level == LEVEL_UNRELIABLE)
        text_addf(&text, " The speed-up on %.0f threads is unreliable, and so is all of this.",
                  foresight->prediction.largest);
    html_addf(html, "<p class=\"answers\">%s</p>\n", text_string(&text));
    text_release(&text);
}

/* --- In numbers ----------------------------------------------------------------------------------
 */

/* Numbers of workers for the table, but for the last, which is as far as it reaches. */
static const double workers[] = {2, 4, 8, 16, 64, 256, 1024, 4096, 16384};
enum { WORKERS = sizeof workers / sizeof *workers, ROWS = 6 };

/* Those beyond what was measured, ascending; how many. */
static size_t choose_rows(double largest, double reach, double rows[WORKERS + 1])
{
    size_t count = 0;
    for (size_t i = 0; i < WORKERS; i++)
        if (workers[i] > largest && workers[i] < reach)
            rows[count++] = workers[i];
    rows[count++] = reach;
    return count;
}

static void add_law(struct text *html, struct arena *arena, struct estimate speedup)
{
    add_estimate(html, format_ratio(arena, speedup.value), interval_text(arena, speedup, 1));
}

static void add_table(const struct foresight *foresight, struct arena *arena, struct text *html)
{
    const struct prediction *prediction = &foresight->prediction;
    double rows[WORKERS + 1];
    size_t count = choose_rows(prediction->largest, foresight->reach, rows);
    open_table(html, "configurations", "Predictions");
    text_add(html, "<thead><tr><th scope=\"col\">Workers</th>"
                   "<th scope=\"col\">Prediction by Amdahl: speed</th>"
                   "<th scope=\"col\">Efficiency</th>"
                   "<th scope=\"col\">Prediction by Gustafson: work</th></tr></thead>\n"
                   "<tbody>\n");
    for (size_t i = count > ROWS ? count - ROWS : 0; i < count; i++) {
        struct estimate amdahl = prediction_by(amdahl_speedup, prediction, rows[i]);
        html_addf(html, "<tr><th scope=\"row\">%s</th>", format_number(arena, rows[i]));
        add_law(html, arena, amdahl);
        html_addf(html, "<td>%s\xC2\xA0%%</td>",
                  plain_number(arena, 100 * amdahl.value / rows[i], 2));
        add_law(html, arena, prediction_by(gustafson_speedup, prediction, rows[i]));
        text_add(html, "</tr>\n");
    }
    text_add(html, "</tbody>\n");
    close_table(html);
}

/* --- The directive -------------------------------------------------------------------------------
 */

/* What its options say. */
struct request {
    const struct experiment *experiment;
    const char *variant;
    int workers;
    bool wanted[PARTS];
};

/* All faults at once; false where there are any. */
static bool read_request(struct context *context, const struct element *element,
                         struct request *request)
{
    static const struct naming naming = {
        false,
        "{prediction} needs the name of an {experiment} directive",
        "only experiments have speed-ups",
    };
    static const char *const parts[PARTS] = {[PART_CHART] = "chart", [PART_TABLE] = "table"};
    struct words names = words_split(context->arena, element->text);
    const char *variant = element_option(element, "variant");
    *request = (struct request){.variant = variant ? variant : "parallel", .workers = 1024};
    size_t errors = context->diags->errors;
    read_show(context, element, parts, PARTS, "chart, table", request->wanted);
    read_count(context, element, "workers", 2, &request->workers);
    if (names.count > 1)
        diag_error(context->diags, word_place(element->argument_place, &names.items[1]), NULL,
                   "{prediction} is about one experiment");
    if (words_check(context, element, &names, &naming) &&
        words_check_whole(context, element, &names) &&
        words_check_variant(context, element, &names, request->variant))
        request->experiment = book_experiment(context->book, names.items[0].text);
    return context->diags->errors == errors;
}

static struct foresight foresee(const struct context *context, const struct result *result,
                                const struct request *request)
{
    struct foresight foresight = {
        .result = result,
        .variant = request->variant,
        .prediction = predict(context->record, result, request->variant, context->arena),
    };
    if (result_has(result, STATUS_WRONG))
        foresight.prediction.absence =
            arena_printf(context->arena, "The answers of %s differ.", result->name);
    if (foresight.prediction.absence)
        return foresight;
    const struct configuration *widest = result_on_most_threads(result, request->variant);
    foresight.level = summarise(result, widest, context->arena).verdict.level;
    foresight.reach = fmax(request->workers, 2 * foresight.prediction.largest);
    return foresight;
}

static void add_parts(struct context *context, const struct element *element,
                      const struct request *request, const struct foresight *foresight,
                      struct text *html)
{
    if (request->wanted[PART_CHART])
        add_prediction_chart(context, element, foresight, html);
    if (request->wanted[PART_TABLE])
        add_table(foresight, context->arena, html);
    add_account(foresight, context->arena, html);
    if (foresight->result->draft)
        text_add(html,
                 "<p class=\"parameters\"><strong class=\"draft\">draft sizes</strong></p>\n");
}

/* What is to be shown of the experiment, or a box that says why there is nothing. */
static void add_prediction(struct context *context, const struct element *element,
                           const struct request *request, struct text *html)
{
    static const char headline[] = "There is no prediction";
    const char *name = request->experiment->name;
    const struct result *result = context->record ? record_result(context->record, name) : NULL;
    if (!result || result->configuration_count == 0) {
        render_box(context, element, html, headline,
                   arena_printf(context->arena, "%s was not measured yet.", name), NULL);
        return;
    }
    struct foresight foresight = foresee(context, result, request);
    if (foresight.prediction.absence)
        render_box(context, element, html, headline, foresight.prediction.absence, NULL);
    else
        add_parts(context, element, request, &foresight, html);
}

bool render_directive_prediction(struct context *context, const struct element *element,
                                 struct text *enter, struct text *leave)
{
    struct request request;
    if (!read_request(context, element, &request) || context->options->rehearsal)
        return true;
    text_add(enter, "<figure class=\"chart-figure\"");
    add_id(enter, element);
    text_add(enter, ">\n");
    add_prediction(context, element, &request, leave);
    text_add(leave, "</figure>\n");
    return true;
}
