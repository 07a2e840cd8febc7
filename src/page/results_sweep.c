/* {experiment} with :sweep:: all of its values as one figure. */
#include "page/results_sweep.h"

#include "page/html.h"

#include <math.h>
#include <string.h>

/* What :show: can name, in the order in which the parts stand on the page. */
static const struct {
    const char *name;
    show_swept_function *show; /* NULL: nothing */
} parts[] = {
    {"traffic", show_swept_traffic}, {"rate", show_swept_rate},   {"times", show_swept_times},
    {"speedup", show_swept_speedup}, {"table", show_swept_table}, {"none", NULL},
};
enum { PARTS = sizeof parts / sizeof *parts };

/* ---- what the parts share ---- */

const struct configuration *swept_configuration(const struct swept *swept, size_t point,
                                                size_t line)
{
    const struct result *result = swept->points.items[point].result;
    for (size_t i = 0; i < result->configuration_count; i++)
        if (result->configurations[i].threads == swept->lines[line].threads &&
            strcmp(result->configurations[i].variant, swept->lines[line].variant) == 0)
            return &result->configurations[i];
    return NULL;
}

static bool has_status(const struct result *result, enum status status)
{
    for (size_t i = 0; i < result->configuration_count; i++)
        if (result->configurations[i].status == status)
            return true;
    return false;
}

bool swept_wrong(const struct swept *swept, size_t point)
{
    return has_status(swept->points.items[point].result, STATUS_WRONG);
}

const struct summary *swept_figure(const struct swept *swept, size_t point, size_t line)
{
    const struct configuration *one = swept_configuration(swept, point, line);
    if (!one || swept_wrong(swept, point))
        return NULL;
    const struct result *result = swept->points.items[point].result;
    const struct summary *summary = &swept->summaries[point][one - result->configurations];
    return summary->verdict.level == LEVEL_NONE ? NULL : summary;
}

bool swept_is_baseline(const struct swept *swept, size_t line)
{
    for (size_t i = 0; i < swept->points.count; i++) {
        const struct configuration *one = swept_configuration(swept, i, line);
        if (one && one == result_baseline(swept->points.items[i].result))
            return true;
    }
    return false;
}

char *swept_value_text(const struct swept *swept, size_t point)
{
    return format_number(swept->context->arena, swept->points.items[point].value);
}

char *swept_name(const struct swept *swept)
{
    const char *name = swept->points.parameter, *unit = swept->points.unit;
    struct arena *arena = swept->context->arena;
    return *unit && strcmp(unit, name) != 0 ? arena_printf(arena, "%s (%s)", name, unit)
                                            : arena_strdup(arena, name);
}

/* ---- collecting ---- */

static bool has_line(const struct swept *swept, const struct configuration *one)
{
    for (size_t i = 0; i < swept->line_count; i++)
        if (swept->lines[i].threads == one->threads &&
            strcmp(swept->lines[i].variant, one->variant) == 0)
            return true;
    return false;
}

/* Every way of running that any point has, in the order of the points' tables. */
static void collect_lines(struct swept *swept)
{
    struct arena *arena = swept->context->arena;
    struct swept_line *lines = NULL;
    for (size_t i = 0; i < swept->points.count; i++) {
        const struct result *result = swept->points.items[i].result;
        for (size_t k = 0; k < result->configuration_count; k++) {
            const struct configuration *one = &result->configurations[k];
            if (has_line(swept, one))
                continue;
            lines = array_grow(arena, lines, swept->line_count, sizeof *lines);
            lines[swept->line_count++] =
                (struct swept_line){one->variant, short_label(one, arena), one->threads};
            swept->lines = lines;
        }
    }
}

static struct swept collect(struct context *context, const struct element *element,
                            const struct sweep_points *points, const char *id)
{
    struct arena *arena = context->arena;
    struct swept swept = {
        .context = context, .element = element, .points = *points, .id = id_text(arena, id)};
    swept.summaries = arena_alloc(arena, points->count * sizeof(struct summary *));
    for (size_t i = 0; i < points->count; i++)
        swept.summaries[i] = summarise_all(points->items[i].result, arena);
    collect_lines(&swept);
    return swept;
}

/* ---- what went wrong ---- */

/* "elements = 512, 1,024" of those points that `chosen` marks. */
static char *values_text(const struct swept *swept, const bool *chosen)
{
    struct text text = {0};
    for (size_t i = 0; i < swept->points.count; i++)
        if (chosen[i])
            text_addf(&text, "%s%s", text.size ? ", " : "", swept_value_text(swept, i));
    char *list =
        arena_printf(swept->context->arena, "%s = %s", swept->points.parameter, text_string(&text));
    text_release(&text);
    return list;
}

/* Of the first value at which answers differ, with all at which they do. */
static void add_wrong(const struct swept *swept, struct text *html)
{
    struct arena *arena = swept->context->arena;
    bool *wrong = arena_alloc(arena, swept->points.count * sizeof *wrong);
    struct text reason = {0};
    for (size_t i = 0; i < swept->points.count; i++) {
        const struct result *result = swept->points.items[i].result;
        wrong[i] = swept_wrong(swept, i);
        for (size_t k = 0; wrong[i] && k < result->configuration_count; k++) {
            const struct configuration *one = &result->configurations[k];
            if (one->status == STATUS_WRONG)
                text_addf(&reason, "%s%s = %s, %s: %s", reason.size ? "; " : "",
                          swept->points.parameter, swept_value_text(swept, i),
                          configuration_label(one, arena),
                          one->reason ? one->reason : "its answer differs");
        }
    }
    if (reason.size)
        render_box(swept->context, swept->element, html,
                   arena_printf(arena, "The answers differ at %s, so no figure is shown there",
                                values_text(swept, wrong)),
                   text_string(&reason), NULL);
    text_release(&reason);
}

static bool failed_alike(const struct configuration *a, const struct configuration *b)
{
    const char *why = a->reason ? a->reason : "";
    return b && b->status == STATUS_FAILED && strcmp(why, b->reason ? b->reason : "") == 0;
}

/* A box for each way in which a line failed, with all values at which it did. */
static void add_failures(const struct swept *swept, size_t line, struct text *html)
{
    struct arena *arena = swept->context->arena;
    bool *said = arena_alloc(arena, swept->points.count * sizeof *said);
    for (size_t i = 0; i < swept->points.count; i++) {
        const struct configuration *one = swept_configuration(swept, i, line);
        if (said[i] || !one || one->status != STATUS_FAILED)
            continue;
        bool *alike = arena_alloc(arena, swept->points.count * sizeof *alike);
        for (size_t k = i; k < swept->points.count; k++) {
            alike[k] = failed_alike(one, swept_configuration(swept, k, line));
            said[k] = said[k] || alike[k];
        }
        render_box(swept->context, swept->element, html,
                   arena_printf(arena, "%s failed at %s", configuration_label(one, arena),
                                values_text(swept, alike)),
                   one->reason ? one->reason : "no reason is known", one->complaint);
    }
}

static bool point_measured(const struct result *result)
{
    return !has_status(result, STATUS_UNMEASURED) || has_status(result, STATUS_OK);
}

/* A box where nothing is measured, a sentence where some values are not. False: a box. */
static bool add_unmeasured(const struct swept *swept, struct text *html)
{
    size_t missing = 0, count = swept->points.count;
    for (size_t i = 0; i < count; i++)
        missing += !point_measured(swept->points.items[i].result);
    if (missing == count)
        render_box(swept->context, swept->element, html, "Not measured yet",
                   "The record has no figures of this experiment.", NULL);
    else if (missing)
        html_addf(html,
                  "<p class=\"no-chart\">%zu of %zu values are not measured yet; the next run goes "
                  "on from there.</p>\n",
                  missing, count);
    return missing < count;
}

/* ---- the figure ---- */

static void add_caution(const struct swept *swept, struct text *html)
{
    const char *written = swept->element->experiment->written;
    bool changed = false;
    for (size_t i = 0; i < swept->points.count; i++) {
        const char *then = swept->points.items[i].result->written;
        changed = changed || (written && then && strcmp(written, then) != 0);
    }
    if (changed)
        add_changed(html);
}

struct extremes {
    double least, most;
};

static void widen(struct extremes *extremes, double value)
{
    extremes->least = fmin(extremes->least, value);
    extremes->most = fmax(extremes->most, value);
}

/* "8 to 30 rounds", "1 call". */
static void add_count(struct arena *arena, struct extremes count, const char *noun,
                      struct text *html)
{
    if (count.least < count.most)
        html_addf(html, "%s to ", format_number(arena, count.least));
    html_addf(html, "%s %s%s", format_number(arena, count.most), noun, count.most == 1 ? "" : "s");
}

/* "limits.triad: elements = 512 to 8,388,608 (15 values), updates = 1,000,000; 8 to 30 rounds of
 * 1 to 90 calls". */
static void add_parameters(const struct swept *swept, struct text *html)
{
    struct arena *arena = swept->context->arena;
    const struct result *first = swept->points.items[0].result;
    size_t count = swept->points.count;
    struct extremes rounds = {INFINITY, 0}, calls = {INFINITY, 0};
    bool draft = false;
    for (size_t i = 0; i < count; i++) {
        const struct result *result = swept->points.items[i].result;
        draft = draft || result->draft;
        if (!point_measured(result))
            continue;
        widen(&rounds, (double)result_rounds(result));
        widen(&calls, (double)result->repeat);
    }
    html_addf(html, "<p class=\"parameters\"><code>%s</code>: %s = %s", first->kernel,
              swept->points.parameter, swept_value_text(swept, 0));
    if (count > 1)
        html_addf(html, " to %s (%zu values)", swept_value_text(swept, count - 1), count);
    for (size_t i = 0; i < first->setting_count; i++)
        if (strcmp(first->settings[i].name, swept->points.parameter) != 0)
            add_setting(arena, &first->settings[i], ", ", html);
    text_add(html, "; ");
    add_count(arena, rounds, "round", html);
    text_add(html, " of ");
    add_count(arena, calls, "call", html);
    add_workers(first, arena, html);
    if (draft)
        text_add(html, "; <strong class=\"draft\">draft sizes</strong>");
    text_add(html, "</p>\n");
}

static void add_sweep(const struct swept *swept, const bool wanted[PARTS], struct text *html)
{
    const char *said = "";
    add_wrong(swept, html);
    for (size_t i = 0; i < swept->line_count; i++)
        add_failures(swept, i, html);
    if (!add_unmeasured(swept, html))
        return;
    add_caution(swept, html);
    for (size_t i = 0; i < PARTS; i++) {
        const char *sentence = wanted[i] && parts[i].show ? parts[i].show(swept, html) : NULL;
        if (sentence && strcmp(sentence, said) != 0)
            html_addf(html, "<p class=\"no-chart\">%s</p>\n", said = sentence);
    }
    add_parameters(swept, html);
}

static void read_parts(struct context *context, const struct element *element, bool wanted[PARTS])
{
    const char *names[PARTS];
    for (size_t i = 0; i < PARTS; i++)
        names[i] = parts[i].name;
    read_show(context, element, names, PARTS, "times, table", wanted);
}

/* Whether nothing is to be shown, and nothing went wrong that must be. */
static bool is_hidden(const struct sweep_points *points, const bool wanted[PARTS])
{
    for (size_t i = 0; i < PARTS; i++)
        if (wanted[i] && parts[i].show)
            return false;
    for (size_t i = 0; i < points->count; i++)
        if (has_status(points->items[i].result, STATUS_WRONG) ||
            has_status(points->items[i].result, STATUS_FAILED))
            return false;
    return points->count > 0;
}

bool render_sweep(struct context *context, const struct element *element, struct text *enter,
                  struct text *leave)
{
    const char *name = element->experiment->name;
    const char *id = element->anchor ? element->anchor : name;
    bool wanted[PARTS] = {false};
    struct sweep_points points = {0};
    read_parts(context, element, wanted);
    if (context->record)
        points = record_sweep(context->record, name, context->arena);
    if (context->options->rehearsal)
        return true;
    bool hidden = is_hidden(&points, wanted);
    open_experiment(id, hidden, enter);
    if (points.count && !hidden) {
        struct swept swept = collect(context, element, &points, id);
        add_sweep(&swept, wanted, leave);
    } else if (!hidden) {
        render_box(context, element, leave, "Not measured yet",
                   "The record has nothing of this experiment.", NULL);
    }
    text_add(leave, "</figure>\n");
    return true;
}
