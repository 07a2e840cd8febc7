/* {observe} and {chart}: what a kernel showed when it was run once. */
#include "page/observe.h"

#include "page/html.h"
#include "page/parts.h"
#include "page/words.h"

#include <math.h>
#include <string.h>

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
        html_addf(enter, "<span class=\"target\" id=\"%s\"></span>\n", element->anchor);
    if (!observation)
        render_box(context, element, enter, headlines[STATUS_UNMEASURED],
                   "The record has nothing of this observation.", NULL);
    else if (observation->status != STATUS_OK)
        render_box(context, element, enter, headlines[observation->status], observation->reason,
                   observation->complaint);
    return true;
}

/* ---- {chart} ---- */

static const struct naming naming = {
    true,
    "a chart needs the name of an {observe} directive",
    "a chart shows what an {observe} directive with that ':name:' observed",
};

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

/* The observation as recorded; NULL with a box where there is nothing to draw. */
static const struct observation *find_observation(struct context *context,
                                                  const struct element *element, const char *name,
                                                  struct text *html)
{
    const struct observation *observation =
        context->record ? record_observation(context->record, name) : NULL;
    if (observation && observation->status == STATUS_OK)
        return observation;
    render_box(
        context, element, html, "There is nothing to draw yet",
        arena_printf(context->arena, "The record has no series of the observation '%s'.", name),
        NULL);
    return NULL;
}

/* The names of all series of the observations. */
static const char **series_names(struct context *context,
                                 const struct observation *const *observations, size_t count,
                                 size_t *name_count)
{
    const char **names = NULL;
    *name_count = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < observations[i]->series_count; k++) {
            names = array_grow(context->arena, names, *name_count, sizeof *names);
            names[(*name_count)++] = observations[i]->series[k].name;
        }
    return names;
}

/* Names in :series: that none of the observations has. */
static void check_series(struct context *context, const struct element *element,
                         const struct observation *const *observations, size_t count,
                         const struct words *wanted)
{
    size_t known_count;
    const char **known = series_names(context, observations, count, &known_count);
    for (size_t i = 0; i < wanted->count; i++) {
        const char *word = wanted->items[i].text;
        bool found = false;
        for (size_t k = 0; k < known_count; k++)
            found = found || strcmp(known[k], word) == 0;
        if (!found)
            diag_error(context->diags,
                       word_place(element_option_place(element, "series"), &wanted->items[i]),
                       diag_suggest(context->diags, word, known, known_count),
                       "'%s' has no series '%s'", element->text, word);
    }
}

static const struct series_data *find_series(const struct observation *observation,
                                             const char *name)
{
    for (size_t i = 0; i < observation->series_count; i++)
        if (strcmp(observation->series[i].name, name) == 0)
            return &observation->series[i];
    return NULL;
}

static bool same_values(const struct series_data *a, const struct series_data *b)
{
    return a->count == b->count &&
           (a->count == 0 || memcmp(a->values, b->values, a->count * sizeof *a->values) == 0);
}

/* Finds what :x: names, which all observations must have alike. False: there is nothing to draw
 * against, which was said. */
static bool choose_x(struct context *context, const struct element *element,
                     const struct observation *const *observations, size_t count,
                     struct selection *selection, struct text *html)
{
    const char *name = element_option(element, "x");
    for (size_t i = 0; name && i < count; i++) {
        const struct series_data *found = find_series(observations[i], name);
        if (!found) {
            size_t known_count;
            const char **known = series_names(context, &observations[i], 1, &known_count);
            diag_error(context->diags, element_option_place(element, "x"),
                       diag_suggest(context->diags, name, known, known_count),
                       "'%s' has no series '%s'", observations[i]->name, name);
            return false;
        }
        selection->x = i ? selection->x : found;
        if (!same_values(found, selection->x)) {
            render_box(context, element, html, "These cannot be drawn in one chart",
                       arena_printf(context->arena, "The series '%s' of '%s' is not that of '%s'.",
                                    name, observations[i]->name, observations[0]->name),
                       NULL);
            return false;
        }
    }
    return true;
}

/* Without a choice all series are drawn, but for the one that they are drawn against. */
static bool is_chosen(const struct words *wanted, const struct selection *selection,
                      const char *name)
{
    for (size_t i = 0; i < wanted->count; i++)
        if (strcmp(wanted->items[i].text, name) == 0)
            return true;
    return wanted->count == 0 && !(selection->x && strcmp(selection->x->name, name) == 0);
}

/* Adds the wanted series of one observation. Beside others of its observation a series is called
 * by its own name; one of each of several observations by the observation's; else by both. */
static void choose(struct context *context, const struct observation *observation, bool alone,
                   const struct words *wanted, struct selection *selection)
{
    struct arena *arena = context->arena;
    size_t chosen = 0;
    for (size_t i = 0; i < observation->series_count; i++)
        chosen += is_chosen(wanted, selection, observation->series[i].name);
    for (size_t i = 0; i < observation->series_count; i++) {
        const struct series_data *series = &observation->series[i];
        if (!is_chosen(wanted, selection, series->name))
            continue;
        const char *both = arena_printf(arena, "%s, %s", observation->name, series->name);
        selection->items =
            array_grow(arena, selection->items, selection->count, sizeof *selection->items);
        selection->items[selection->count++] = (struct chosen_series){
            .label = alone         ? series->name
                     : chosen == 1 ? observation->name
                                   : both,
            .data = series,
        };
    }
    selection->draft = selection->draft || observation->draft;
}

static bool has_values(const struct selection *selection)
{
    for (size_t i = 0; i < selection->count; i++)
        for (size_t k = 0; k < selection->items[i].data->count; k++)
            if (isfinite(selection->items[i].data->values[k]))
                return true;
    return false;
}

static void add_chart_body(struct context *context, const struct element *element, const char *kind,
                           const struct words *names, struct text *html)
{
    const char *series = element_option(element, "series");
    struct words wanted = words_split(context->arena, series ? series : "");
    struct selection selection = {0};
    const struct observation **observations =
        arena_alloc(context->arena, names->count * sizeof *observations);
    for (size_t i = 0; i < names->count; i++) {
        observations[i] = find_observation(context, element, names->items[i].text, html);
        if (!observations[i])
            return;
    }
    check_series(context, element, observations, names->count, &wanted);
    if (!choose_x(context, element, observations, names->count, &selection, html))
        return;
    for (size_t i = 0; i < names->count; i++)
        choose(context, observations[i], names->count == 1, &wanted, &selection);
    if (has_values(&selection))
        add_selection(context, element, kind, &selection, html);
    else
        render_box(context, element, html, "There is nothing to draw",
                   "The series that were chosen have no values.", NULL);
}

bool render_directive_chart(struct context *context, const struct element *element,
                            struct text *enter, struct text *leave)
{
    const char *kind;
    struct words names = words_split(context->arena, element->text);
    bool named = words_check(context, element, &names, &naming);
    bool known = check_kind(context, element, &kind);
    if (!named || !known || context->options->rehearsal)
        return true;
    text_add(enter, "<figure class=\"chart-figure\"");
    add_id(enter, element);
    text_add(enter, ">\n");
    add_chart_body(context, element, kind, &names, leave);
    text_add(leave, "</figure>\n");
    return true;
}
