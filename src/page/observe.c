/* {observe} and {chart}: what a kernel showed when it was run once, drawn. */
#include "page/html.h"
#include "page/results.h"
#include "page/series.h"
#include "page/svg.h"

#include <math.h>
#include <string.h>

enum { POINTS_MAX = 1000, LABELLED_MAX = 8, DATA_ROWS = 200, DATA_COLUMNS = 12 };

/* Kinds of charts of observations: their scripts under templates/charts. */
static const char *const kinds[] = {"paths"};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* ---- {observe} ---- */

static const char *const headlines[] = {
    [STATUS_UNMEASURED] = "Not observed yet",
    [STATUS_FAILED] = "The observation failed",
    [STATUS_SKIPPED] = "Not run on this machine",
    [STATUS_WRONG] = "The observation is wrong",
};

bool render_directive_observe(struct context *context, const struct element *element,
                              struct text *enter, struct text *leave)
{
    const struct experiment *experiment = element->experiment;
    (void)leave;
    if (!experiment)
        return false;
    if (context->options->rehearsal)
        return true;
    const struct observation *observation =
        context->record ? record_observation(context->record, experiment->name) : NULL;
    if (element->anchor)
        html_addf(enter, "<a id=\"%s\"></a>\n", element->anchor);
    if (!observation)
        render_box(context, element, enter, headlines[STATUS_UNMEASURED],
                   "The record has nothing of this observation.", NULL);
    else if (observation->status != STATUS_OK)
        render_box(context, element, enter, headlines[observation->status], observation->reason,
                   observation->complaint);
    return true;
}

/* ---- {chart}: what it names ---- */

static const struct experiment *find_experiment(const struct book *book, const char *name)
{
    for (size_t i = 0; i < book->experiment_count; i++)
        if (strcmp(book->experiments[i]->name, name) == 0)
            return book->experiments[i];
    return NULL;
}

/* Whether the chart names an observation of the book. */
static bool check_name(struct context *context, const struct element *element)
{
    const struct book *book = context->book;
    const struct experiment *named = find_experiment(book, element->text);
    if (named && named->observed)
        return true;
    const char **names = arena_alloc(context->arena, (book->experiment_count + 1) * sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < book->experiment_count; i++)
        if (book->experiments[i]->observed)
            names[count++] = book->experiments[i]->name;
    if (named)
        diag_error(context->diags, element->argument_place,
                   "a chart shows what an {observe} directive with that ':name:' observed",
                   "'%s' is an experiment, not an observation", element->text);
    else
        diag_error(context->diags, element->argument_place,
                   diag_suggest(context->diags, element->text, names, count),
                   "no {observe} directive has the name '%s'", element->text);
    return false;
}

static bool check_kind(struct context *context, const struct element *element, const char **kind)
{
    const char *wanted = element_option(element, "kind");
    struct text known = {0};
    *kind = kinds[0];
    if (!wanted)
        return true;
    for (size_t i = 0; i < KINDS; i++) {
        text_addf(&known, "%s%s", i ? ", " : "known kinds: ", kinds[i]);
        if (strcmp(kinds[i], wanted) == 0)
            *kind = kinds[i];
    }
    bool right = strcmp(*kind, wanted) == 0;
    if (!right)
        diag_error(context->diags, element_option_place(element, "kind"), text_string(&known),
                   "unknown kind of chart '%s'", wanted);
    text_release(&known);
    return right;
}

static const struct series_data *find_series(const struct observation *observation,
                                             const char *name)
{
    for (size_t i = 0; i < observation->series_count; i++)
        if (strcmp(observation->series[i].name, name) == 0)
            return &observation->series[i];
    return NULL;
}

static void report_series(struct context *context, const struct element *element,
                          const struct observation *observation, const char *name, size_t offset)
{
    const char **names =
        arena_alloc(context->arena, (observation->series_count + 1) * sizeof *names);
    struct place place = element_option_place(element, "series");
    for (size_t i = 0; i < observation->series_count; i++)
        names[i] = observation->series[i].name;
    place.column += place.column ? (int)offset : 0;
    diag_error(context->diags, place,
               diag_suggest(context->diags, name, names, observation->series_count),
               "'%s' has no series '%s'", observation->name, name);
}

/* The series that a chart shows: those of :series:, separated by commas; all without it. */
struct selection {
    const struct series_data **items;
    size_t count;
};

static struct selection select_series(struct context *context, const struct element *element,
                                      const struct observation *observation)
{
    const char *wanted = element_option(element, "series");
    struct selection selection = {0};
    for (size_t i = 0; !wanted && i < observation->series_count; i++) {
        selection.items =
            array_grow(context->arena, selection.items, selection.count, sizeof *selection.items);
        selection.items[selection.count++] = &observation->series[i];
    }
    for (const char *at = wanted; at && *at;) {
        at += strspn(at, ", \t\r\n");
        size_t size = strcspn(at, ","), trimmed = size;
        while (trimmed && strchr(" \t\r\n", at[trimmed - 1]))
            trimmed--;
        const char *name = arena_strndup(context->arena, at, trimmed);
        const struct series_data *series = find_series(observation, name);
        if (series) {
            selection.items = array_grow(context->arena, selection.items, selection.count,
                                         sizeof *selection.items);
            selection.items[selection.count++] = series;
        } else if (trimmed) {
            report_series(context, element, observation, name, (size_t)(at - wanted));
        }
        at += size;
    }
    return selection;
}

/* ---- {chart}: drawing ---- */

struct range {
    double low, high;
};

/* The range of the values with some air above and below; 0 is in it where it is near. */
static struct range range_of(const struct selection *selection)
{
    struct range range = {INFINITY, -INFINITY};
    for (size_t i = 0; i < selection->count; i++)
        for (size_t k = 0; k < selection->items[i]->count; k++) {
            double value = selection->items[i]->values[k];
            if (isfinite(value)) {
                range.low = fmin(range.low, value);
                range.high = fmax(range.high, value);
            }
        }
    if (range.low > 0 && range.low < 0.5 * range.high)
        range.low = 0;
    double air = 0.04 * (range.high - range.low);
    if (!(air > 0))
        air = range.high == 0 ? 1 : 0.1 * fabs(range.high);
    return (struct range){range.low == 0 ? 0 : range.low - air, range.high + air};
}

static char *describe(struct arena *arena, const struct selection *selection)
{
    enum { TOLD = 6 };
    struct text text = {0};
    text_addf(&text, "%zu series over time.", selection->count);
    for (size_t i = 0; i < selection->count && i < TOLD; i++) {
        const struct series_data *series = selection->items[i];
        struct range range = {INFINITY, -INFINITY};
        for (size_t k = 0; k < series->count; k++) {
            range.low = fmin(range.low, series->values[k]);
            range.high = fmax(range.high, series->values[k]);
        }
        text_addf(&text, " %s: %zu values from %s to %s, between %s and %s.", series->name,
                  series->count, format_number(arena, series->values[0]),
                  format_number(arena, series->values[series->count - 1]),
                  format_number(arena, range.low), format_number(arena, range.high));
    }
    if (selection->count > TOLD)
        text_addf(&text, " The data of all are in the table below.");
    return text_keep(&text, arena);
}

static char *y_label(struct arena *arena, const struct selection *selection)
{
    const struct series_data *first = selection->items[0];
    for (size_t i = 1; i < selection->count; i++)
        if (strcmp(selection->items[i]->unit ? selection->items[i]->unit : "",
                   first->unit ? first->unit : "") != 0)
            return arena_strdup(arena, "");
    return arena_strdup(arena, first->unit ? first->unit : "");
}

/* The blocks of all series that have a point to draw. */
static struct chart_block *make_blocks(struct arena *arena, const struct selection *selection,
                                       struct range range, size_t *count)
{
    enum { GAP = 12 };
    struct chart_block *blocks = arena_alloc(arena, (selection->count + 1) * sizeof *blocks);
    double heights[LABELLED_MAX];
    bool many = selection->count > LABELLED_MAX;
    *count = 0;
    for (size_t i = 0; i < selection->count; i++) {
        const struct series_data *series = selection->items[i];
        struct points points =
            series_points(series->values, series->count, many ? POINTS_MAX / 4 : POINTS_MAX, arena);
        if (points.count == 0)
            continue;
        const double **columns = arena_alloc(arena, 2 * sizeof *columns);
        columns[0] = points.x;
        columns[1] = points.y;
        if (!many)
            heights[*count] = points.y[points.count - 1];
        blocks[(*count)++] = (struct chart_block){
            .label = many || selection->count == 1 ? "" : short_name(series->name, arena),
            .columns = columns,
            .column_count = 2,
            .rows = points.count};
    }
    if (!many) {
        double height = range.high - range.low;
        spread_labels(heights, *count, height / GAP, range.low, range.high);
        for (size_t i = 0; i < *count; i++)
            blocks[i].label_y = heights[i];
    }
    return blocks;
}

static void draw(struct context *context, const struct element *element, const char *kind,
                 const struct selection *selection, struct text *html)
{
    struct arena *arena = context->arena;
    struct range range = range_of(selection);
    const char *xlabel = element_option(element, "xlabel");
    const char *ylabel = element_option(element, "ylabel");
    size_t count, longest = 2;
    struct chart_block *blocks = make_blocks(arena, selection, range, &count);
    for (size_t i = 0; i < selection->count; i++)
        if (selection->items[i]->count > longest)
            longest = selection->items[i]->count;
    const struct chart_number numbers[] = {
        {"XLOW", 0},           {"XHIGH", (double)(longest - 1)},          {"YLOW", range.low},
        {"YHIGH", range.high}, {"MANY", selection->count > LABELLED_MAX},
    };
    add_chart(
        context, element,
        &(struct chart){
            .kind = kind,
            .id = arena_printf(arena, "%s-chart",
                               id_text(arena, element->anchor ? element->anchor : element->text)),
            .title = arena_printf(arena, "Chart of %s", element->text),
            .description = describe(arena, selection),
            .xlabel = xlabel ? xlabel : "step",
            .ylabel = ylabel ? ylabel : y_label(arena, selection),
            .blocks = blocks,
            .block_count = count,
            .numbers = numbers,
            .number_count = sizeof numbers / sizeof *numbers,
        },
        html);
}

static void add_series_data(struct context *context, const struct selection *selection,
                            struct text *html)
{
    struct arena *arena = context->arena;
    size_t longest = 0, shown = selection->count < DATA_COLUMNS ? selection->count : DATA_COLUMNS;
    struct text note = {0};
    for (size_t i = 0; i < shown; i++)
        if (selection->items[i]->count > longest)
            longest = selection->items[i]->count;
    size_t step = (longest + DATA_ROWS - 1) / DATA_ROWS;
    if (step > 1)
        text_addf(&note, "One in %zu of %zu values. ", step, longest);
    if (shown < selection->count)
        text_addf(&note, "The first %zu of %zu series. ", shown, selection->count);
    open_data(html, note.size ? text_string(&note) : NULL);
    text_release(&note);
    text_add(html, "<thead><tr><th scope=\"col\">Step</th>");
    for (size_t i = 0; i < shown; i++)
        html_addf(html, "<th scope=\"col\">%s</th>", selection->items[i]->name);
    text_add(html, "</tr></thead>\n<tbody>\n");
    for (size_t row = 0; row < longest; row += step) {
        html_addf(html, "<tr><th scope=\"row\">%zu</th>", row);
        for (size_t i = 0; i < shown; i++) {
            const struct series_data *series = selection->items[i];
            double value = row < series->count ? series->values[row] : NAN;
            html_addf(html, "<td>%s</td>", plain_number(arena, value, 5));
        }
        text_add(html, "</tr>\n");
    }
    text_add(html, "</tbody>\n");
    close_data(html);
}

static void add_body(struct context *context, const struct element *element, const char *kind,
                     struct text *html)
{
    const struct observation *observation = record_observation(context->record, element->text);
    if (!observation || observation->status != STATUS_OK) {
        render_box(
            context, element, html, "There is nothing to draw yet",
            arena_printf(context->arena, "The observation '%s' has no series.", element->text),
            NULL);
        return;
    }
    struct selection selection = select_series(context, element, observation);
    size_t values = 0;
    for (size_t i = 0; i < selection.count; i++)
        values += selection.items[i]->count;
    if (values == 0) {
        render_box(context, element, html, "There is nothing to draw",
                   "The series that were chosen have no values.", NULL);
        return;
    }
    draw(context, element, kind, &selection, html);
    add_series_data(context, &selection, html);
    if (observation->draft)
        text_add(html,
                 "<p class=\"parameters\"><strong class=\"draft\">draft sizes</strong></p>\n");
}

bool render_directive_chart(struct context *context, const struct element *element,
                            struct text *enter, struct text *leave)
{
    const char *kind;
    bool named = check_name(context, element), known = check_kind(context, element, &kind);
    if (!named || !known || context->options->rehearsal)
        return true;
    text_add(enter, "<figure class=\"chart-figure\"");
    if (element->anchor)
        html_addf(enter, " id=\"%s\"", element->anchor);
    html_addf(enter, " aria-label=\"Figure %s%s%s\">\n", element->number ? element->number : "",
              element->number ? ": " : "", element->text);
    add_body(context, element, kind, enter);
    text_add(leave, "</figure>\n");
    return true;
}
