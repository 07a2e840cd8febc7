/* {experiment}: what was measured, in its place; or why there is nothing to show. */
#include "page/html.h"
#include "page/results.h"
#include "page/results_sweep.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* What :show: can name, in the order in which the parts stand on the page. */
static const struct {
    const char *name;
    show_function *show; /* NULL: nothing */
} parts[] = {
    {"table", show_table}, {"speedup", show_speedup}, {"efficiency", show_efficiency},
    {"times", show_times}, {"usage", show_usage},     {"roofline", show_roofline},
    {"none", NULL},
};
enum { PARTS = sizeof parts / sizeof *parts };

/* Which parts are wanted. */
static void read_parts(struct context *context, const struct element *element, bool wanted[PARTS])
{
    const char *names[PARTS];
    for (size_t i = 0; i < PARTS; i++)
        names[i] = parts[i].name;
    read_show(context, element, names, PARTS, "table, speedup", wanted);
}

static size_t count_status(const struct result *result, enum status status)
{
    size_t count = 0;
    for (size_t i = 0; i < result->configuration_count; i++)
        count += result->configurations[i].status == status;
    return count;
}

/* Both answers of every configuration whose answer is wrong. */
static void add_wrong(const struct measured *measured, struct text *html)
{
    const struct configuration *baseline = measured->baseline;
    struct arena *arena = measured->context->arena;
    struct text reason = {0};
    text_addf(&reason, "%s returned %.17g", configuration_label(baseline, arena), baseline->answer);
    for (size_t i = 0; i < measured->result->configuration_count; i++) {
        const struct configuration *one = &measured->result->configurations[i];
        if (one->status == STATUS_WRONG && one != baseline)
            text_addf(&reason, "; %s returned %.17g%s%s", configuration_label(one, arena),
                      one->answer, one->reason ? ": " : "", one->reason ? one->reason : "");
    }
    render_box(measured->context, measured->element, html,
               "The answers differ, so no figure is shown", text_string(&reason), NULL);
    text_release(&reason);
}

static void add_failures(const struct measured *measured, struct text *html)
{
    for (size_t i = 0; i < measured->result->configuration_count; i++) {
        const struct configuration *one = &measured->result->configurations[i];
        if (one->status != STATUS_FAILED)
            continue;
        const char *label = configuration_label(one, measured->context->arena);
        render_box(measured->context, measured->element, html,
                   arena_printf(measured->context->arena, "%s failed", label),
                   one->reason ? one->reason : "no reason is known", one->complaint);
    }
}

/* As it was set: large whole numbers grouped, others with all the digits that matter. */
static char *setting_text(struct arena *arena, double value)
{
    bool grouped = value == trunc(value) && fabs(value) >= 10000;
    return grouped ? format_number(arena, value) : arena_printf(arena, "%.10g", value);
}

void add_setting(struct arena *arena, const struct setting *setting, const char *before,
                 struct text *html)
{
    bool unit = setting->unit && *setting->unit && strcmp(setting->unit, setting->name) != 0;
    html_addf(html, "%s%s = %s%s%s", before, setting->name, setting_text(arena, setting->value),
              unit ? " " : "", unit ? setting->unit : "");
}

/* "wealth.median: households = 50,000, periods = 1,000; 12 rounds of 1 call; draft sizes". */
static void add_parameters(const struct measured *measured, struct text *html)
{
    const struct result *result = measured->result;
    struct arena *arena = measured->context->arena;
    size_t rounds = result_rounds(result);
    html_addf(html, "<p class=\"parameters\"><code>%s</code>", result->kernel);
    for (size_t i = 0; i < result->setting_count; i++)
        add_setting(arena, &result->settings[i], i ? ", " : ": ", html);
    html_addf(html, "; %zu %s of %s %s", rounds, rounds == 1 ? "round" : "rounds",
              format_number(arena, (double)result->repeat), result->repeat == 1 ? "call" : "calls");
    add_workers(result, arena, html);
    if (result->draft)
        text_add(html, "; <strong class=\"draft\">draft sizes</strong>");
    text_add(html, "</p>\n");
}

void add_changed(struct text *html)
{
    text_add(html, "<p class=\"changed\">The chapter has changed since this was measured: the "
                   "figures belong to the experiment as it was then.</p>\n");
}

static void add_caution(const struct measured *measured, struct text *html)
{
    const char *written = measured->element->experiment->written;
    if (written && measured->result->written && strcmp(written, measured->result->written) != 0)
        add_changed(html);
}

/* What was wanted, and once each why some of it cannot be shown. */
static void add_parts(const struct measured *measured, const bool wanted[PARTS], struct text *html)
{
    const char *said = "";
    for (size_t i = 0; i < PARTS; i++) {
        const char *sentence = wanted[i] && parts[i].show ? parts[i].show(measured, html) : NULL;
        if (sentence && strcmp(sentence, said) != 0)
            html_addf(html, "<p class=\"no-chart\">%s</p>\n", said = sentence);
    }
}

/* Samples of an interrupted run are no figure yet. */
static void add_unmeasured(const struct measured *measured, struct text *html)
{
    size_t rounds = result_rounds(measured->result);
    if (rounds > 0)
        render_box(measured->context, measured->element, html, "Not measured to its end",
                   arena_printf(measured->context->arena,
                                "The run was interrupted after %zu round%s; the next one goes on "
                                "from there.",
                                rounds, rounds == 1 ? "" : "s"),
                   NULL);
    else
        render_box(measured->context, measured->element, html, "Not measured yet",
                   "The record has no samples of this experiment.", NULL);
}

static void add_experiment(const struct measured *measured, const bool wanted[PARTS],
                           struct text *html)
{
    const struct result *result = measured->result;
    if (count_status(result, STATUS_WRONG)) {
        add_wrong(measured, html);
        return;
    }
    add_failures(measured, html);
    if (count_status(result, STATUS_UNMEASURED) && !count_status(result, STATUS_OK)) {
        add_unmeasured(measured, html);
        return;
    }
    add_caution(measured, html);
    add_parts(measured, wanted, html);
    if (result_rounds(result) > 0)
        add_parameters(measured, html);
}

void open_experiment(const char *id, bool hidden, struct text *html)
{
    if (hidden)
        html_addf(html, "<span class=\"target\" id=\"%s\"></span>\n<figure hidden>\n", id);
    else
        html_addf(html, "<figure class=\"experiment\" id=\"%s\">\n", id);
}

static bool shows_nothing(const bool wanted[PARTS])
{
    for (size_t i = 0; i < PARTS; i++)
        if (wanted[i] && parts[i].show)
            return false;
    return true;
}

bool render_directive_experiment(struct context *context, const struct element *element,
                                 struct text *enter, struct text *leave)
{
    const struct experiment *experiment = element->experiment;
    bool wanted[PARTS] = {false};
    if (!experiment)
        return false; /* its directive is at fault, which reading has said */
    if (experiment->sweep.name)
        return render_sweep(context, element, enter, leave);
    read_parts(context, element, wanted);
    const struct result *result =
        context->record ? record_result(context->record, experiment->name) : NULL;
    bool sound = result && count_status(result, STATUS_WRONG) == 0 &&
                 count_status(result, STATUS_FAILED) == 0;
    if (context->options->rehearsal)
        return true;
    const char *id = element->anchor ? element->anchor : experiment->name;
    bool hidden = sound && shows_nothing(wanted);
    open_experiment(id, hidden, enter);
    if (result && result->configuration_count && !hidden) {
        const struct measured measured = {
            .context = context,
            .element = element,
            .result = result,
            .baseline = result_baseline(result),
            .summaries = summarise_all(result, context->arena),
            .id = id_text(context->arena, id),
        };
        add_experiment(&measured, wanted, leave);
    } else if (!hidden) {
        render_box(context, element, leave, "Not measured yet",
                   "The record has nothing of this experiment.", NULL);
    }
    text_add(leave, "</figure>\n");
    return true;
}
