/* {results}: the experiments of the book, or some of them, in one table and one chart. */
#include "page/gains.h"
#include "page/html.h"
#include "page/parts.h"
#include "page/results.h"
#include "page/words.h"

#include <math.h>
#include <string.h>

enum { PART_TABLE, PART_CHART, PARTS }; /* of :show: */

static const struct configuration *find_status(const struct result *result, enum status status)
{
    for (size_t i = 0; i < result->configuration_count; i++)
        if (result->configurations[i].status == status)
            return &result->configurations[i];
    return NULL;
}

static const char *why_absent(const struct gain *gain, struct arena *arena)
{
    const struct result *result = gain->result;
    if (!result || result->configuration_count == 0)
        return "not measured yet";
    if (find_status(result, STATUS_WRONG))
        return "no figure: the answers differ";
    if (!isfinite(gain->from.time.value))
        return arena_printf(arena, "%s: %s", configuration_label(gain->baseline, arena),
                            gain->from.verdict.reasons[0]);
    const struct configuration *failed = find_status(result, STATUS_FAILED);
    if (!gain->best && failed)
        return arena_printf(arena, "%s failed%s%s", configuration_label(failed, arena),
                            failed->reason ? ": " : "", failed->reason ? failed->reason : "");
    return NULL;
}

static struct gain make_gain(const struct experiment *experiment, const struct result *result,
                             struct arena *arena)
{
    struct gain gain = {.experiment = experiment, .result = result};
    gain.from.time.value = NAN;
    if (result && result->configuration_count) {
        gain.baseline = result_baseline(result);
        gain.from = summarise(result, gain.baseline, arena);
        gain.best = result_best(result, &gain.to, arena);
    }
    gain.absence = why_absent(&gain, arena);
    return gain;
}

static struct gain make_swept_gain(const struct experiment *experiment,
                                   const struct sweep_points *points, struct arena *arena)
{
    const struct sweep_point *best = sweep_best(points, arena);
    struct gain gain = make_gain(experiment, (best ? best : points->items)->result, arena);
    gain.points = *points;
    return gain;
}

/* Of an experiment of the book, whatever the record has of it. */
static struct gain make_known(const struct record *record, const struct experiment *experiment,
                              struct arena *arena)
{
    if (!record)
        return make_gain(experiment, NULL, arena);
    if (!experiment->sweep.name)
        return make_gain(experiment, record_result(record, experiment->name), arena);
    struct sweep_points points = record_sweep(record, experiment->name, arena);
    return points.count ? make_swept_gain(experiment, &points, arena)
                        : make_gain(experiment, NULL, arena);
}

/* Of a result that the book knows nothing of. */
static struct gain make_stray(const struct record *record, const struct result *result,
                              struct arena *arena)
{
    struct sweep_points points = {0};
    if (result->sweep)
        points = record_sweep(record, result->sweep, arena);
    return points.count ? make_swept_gain(NULL, &points, arena) : make_gain(NULL, result, arena);
}

static void add_gain(struct gains *gains, struct gain gain, struct arena *arena)
{
    gains->items = array_grow(arena, gains->items, gains->count, sizeof *gains->items);
    gains->items[gains->count++] = gain;
}

static bool in_book(const struct book *book, const char *name)
{
    for (size_t i = 0; i < book->experiment_count; i++)
        if (!book->experiments[i]->observed && strcmp(book->experiments[i]->name, name) == 0)
            return true;
    return false;
}

/* The book's experiments in its order, then what the record has beyond them. */
static struct gains collect(const struct context *context)
{
    const struct record *record = context->record;
    const struct book *book = context->book;
    struct gains gains = {0};
    for (size_t i = 0; i < book->experiment_count; i++) {
        const struct experiment *experiment = book->experiments[i];
        const struct label *label = book_label(book, experiment->name);
        if (!experiment->observed && !(label && is_withheld(context, label->element)))
            add_gain(&gains, make_known(record, experiment, context->arena), context->arena);
    }
    for (size_t i = 0; record && i < record->result_count; i++) {
        const struct result *result = &record->results[i];
        if (record_leads(record, i) && !in_book(book, result->sweep ? result->sweep : result->name))
            add_gain(&gains, make_stray(record, result, context->arena), context->arena);
    }
    return gains;
}

/* ---- the table ---- */

const char *gain_name(const struct gain *gain)
{
    const struct result *result = gain->result;
    return gain->experiment ? gain->experiment->name : result->sweep ? result->sweep : result->name;
}

const struct label *gain_label(const struct context *context, const struct gain *gain)
{
    return gain->experiment ? book_label(context->book, gain->experiment->name) : NULL;
}

/* " at elements = 4,096, of 15 values, 2 of them with a failure". */
static void add_values(const struct context *context, const struct gain *gain, struct text *html)
{
    const struct sweep_points *points = &gain->points;
    size_t faulty = 0;
    for (size_t i = 0; i < points->count; i++)
        faulty += find_status(points->items[i].result, STATUS_WRONG) ||
                  find_status(points->items[i].result, STATUS_FAILED);
    html_addf(html, " at %s = %s, of %zu value%s", points->parameter,
              format_number(context->arena, result_swept_value(gain->result)), points->count,
              points->count == 1 ? "" : "s");
    if (faulty)
        html_addf(html, ", %zu of them with a failure", faulty);
}

/* "3.1 Long-run median wealth", linked, in the row's first cell. */
static void add_name(const struct context *context, const struct gain *gain, struct text *html)
{
    const struct label *label = gain_label(context, gain);
    const char *title = label && label->title && *label->title ? label->title : gain_name(gain);
    text_add(html, "<tr><th scope=\"row\">");
    if (label)
        add_label_link(context, html, label, label->number ? label->number : title);
    if (!label || label->number)
        html_addf(html, "%s%s", label ? " " : "", title);
    if (gain->result && gain->result->draft)
        text_add(html, " <strong class=\"draft\">draft</strong>");
    html_addf(html, " <span class=\"interval\"><code>%s</code>",
              gain->experiment ? gain->experiment->kernel : gain->result->kernel);
    if (gain->points.count)
        add_values(context, gain, html);
    text_add(html, "</span></th>");
}

static void add_row(const struct context *context, const struct gain *gain, struct text *html)
{
    struct arena *arena = context->arena;
    add_name(context, gain, html);
    if (gain->absence) {
        html_addf(html, "<td colspan=\"4\" class=\"absent\">%s</td></tr>\n", gain->absence);
        return;
    }
    add_estimate(html, format_seconds(arena, gain->from.time.value),
                 short_label(gain->baseline, arena));
    if (!gain->best) {
        text_add(html, "<td colspan=\"2\" class=\"absent\">nothing was measured beside it</td>");
        add_level(html, gain->from.verdict.level);
    } else {
        add_estimate(html, format_seconds(arena, gain->to.time.value),
                     short_label(gain->best, arena));
        add_estimate(html, format_ratio(arena, gain->to.speedup.value),
                     interval_text(arena, gain->to.speedup, 1));
        add_level(html, gain->to.verdict.level);
    }
    text_add(html, "</tr>\n");
}

static void add_table(const struct context *context, const struct gains *gains, struct text *html)
{
    open_table(html, "overview", "Experiments");
    text_add(html, "<thead><tr><th scope=\"col\">Experiment</th><th scope=\"col\">Baseline</th>"
                   "<th scope=\"col\">Fastest</th><th scope=\"col\">Speed-up</th>"
                   "<th scope=\"col\">Verdict</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < gains->count; i++)
        add_row(context, &gains->items[i], html);
    text_add(html, "</tbody>\n");
    close_table(html);
}

/* ---- the directive ---- */

/* The experiments that the argument names, in its order; without one all of them. */
static struct gains select_gains(const struct context *context, const struct words *names)
{
    struct gains all = collect(context), chosen = {0};
    for (size_t i = 0; i < names->count; i++)
        for (size_t k = 0; k < all.count; k++)
            if (strcmp(gain_name(&all.items[k]), names->items[i].text) == 0)
                add_gain(&chosen, all.items[k], context->arena);
    return names->count ? chosen : all;
}

bool render_directive_results(struct context *context, const struct element *element,
                              struct text *enter, struct text *leave)
{
    static const char *const parts[PARTS] = {[PART_TABLE] = "table", [PART_CHART] = "chart"};
    static const struct naming naming = {.hint = "only experiments have results"};
    bool wanted[PARTS] = {false};
    struct words names = words_split(context->arena, element->text);
    read_show(context, element, parts, PARTS, "table, chart", wanted);
    bool sound = !*element->text || words_check(context, element, &names, &naming);
    if (context->options->rehearsal || !sound)
        return true;
    struct gains gains = select_gains(context, &names);
    text_add(enter, "<figure class=\"results\"");
    add_id(enter, element);
    text_add(enter, ">\n");
    if (gains.count == 0)
        text_add(leave, "<p class=\"no-chart\">This book shows no experiments.</p>\n");
    else if (wanted[PART_TABLE])
        add_table(context, &gains, leave);
    if (wanted[PART_CHART])
        add_gains_chart(context, element, &gains, wanted[PART_TABLE], leave);
    text_add(leave, "</figure>\n");
    return true;
}
