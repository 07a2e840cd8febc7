/* {usage} and `:show: usage`: which load is shown, and what is said where there is none. */
#include "page/usage.h"

#include "page/html.h"
#include "page/parts.h"
#include "page/results.h"
#include "page/words.h"

#include <stdlib.h>
#include <string.h>

static bool is_chosen(const struct configuration *configuration, struct usage_choice choice)
{
    return configuration->status == STATUS_OK && configuration->samples.count > 0 &&
           (!choice.variant || strcmp(configuration->variant, choice.variant) == 0) &&
           (choice.threads == 0 || configuration->threads == choice.threads);
}

/* Seconds that the configuration ran, warm-up apart. */
static double time_run(const struct result *result, const struct configuration *configuration)
{
    double seconds = 0;
    for (size_t i = 0; i < configuration->samples.count; i++)
        seconds += configuration->samples.items[i].wall;
    for (size_t i = 0; i < configuration->control.count; i++)
        seconds += configuration->control.items[i].wall;
    return seconds * (double)result->repeat;
}

/* "parallel on 2 threads", "parallel", "any configuration on 2 threads". */
static char *choice_text(struct usage_choice choice, struct arena *arena)
{
    const char *name = choice.variant ? choice.variant : "any configuration";
    if (choice.threads == 0)
        return arena_strdup(arena, name);
    return arena_printf(arena, "%s on %d thread%s", name, choice.threads,
                        choice.threads == 1 ? "" : "s");
}

const char *usage_find(const struct result *result, struct usage_choice choice,
                       struct usage_panel *panel, struct arena *arena)
{
    const struct configuration *silent = NULL;
    struct load load;
    *panel = (struct usage_panel){.result = result};
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *one = &result->configurations[i];
        if (!is_chosen(one, choice))
            continue;
        if (load_read(&load, one, arena)) {
            if (!panel->configuration || one->threads > panel->configuration->threads)
                panel->configuration = one, panel->load = load;
        } else if (!silent || one->threads > silent->threads) {
            silent = one;
        }
    }
    if (panel->configuration)
        return NULL;
    if (!silent)
        return arena_printf(arena,
                            "There is no load of the cores to show: %s of %s has no samples.",
                            choice_text(choice, arena), result->name);
    return arena_printf(
        arena,
        "The load of the cores while %s of %s ran was not recorded: it ran for %s in "
        "all, too short for the system's account of it, or the system keeps none.",
        configuration_label(silent, arena), result->name,
        format_seconds(arena, time_run(result, silent)));
}

const char *show_usage(const struct measured *measured, struct text *html)
{
    struct arena *arena = measured->context->arena;
    struct usage_panel panel;
    const char *sentence = usage_find(measured->result, (struct usage_choice){0}, &panel, arena);
    if (!sentence)
        add_usage(measured->context, measured->element,
                  arena_printf(arena, "%s-usage", measured->id), &(struct usage){&panel, 1, false},
                  html);
    return sentence;
}

/* ---- {usage} ---- */

static const struct naming naming = {
    false,
    "{usage} needs the name of an {experiment} directive",
    "the load is recorded while an {experiment} runs",
};

/* What is loaded while a sweep runs changes from value to value. */
static bool check_whole(struct context *context, const struct element *element,
                        const struct words *names)
{
    bool whole = true;
    for (size_t i = 0; i < names->count; i++) {
        const struct experiment *experiment = book_experiment(context->book, names->items[i].text);
        if (!experiment->sweep.name)
            continue;
        whole = false;
        diag_error(context->diags, word_place(element->argument_place, &names->items[i]), NULL,
                   "'%s' sweeps %s: {usage} shows experiments of one size", experiment->name,
                   experiment->sweep.name);
    }
    return whole;
}

/* Whether every experiment that lists its variants lists this one. */
static bool check_variant(struct context *context, const struct element *element,
                          const struct words *names, const char *variant)
{
    for (size_t i = 0; variant && i < names->count; i++) {
        const struct experiment *experiment = book_experiment(context->book, names->items[i].text);
        size_t count = experiment->variant_count, found = 0;
        const char **known = arena_alloc(context->arena, (count + 1) * sizeof *known);
        for (size_t k = 0; k < count; k++) {
            known[k] = experiment->variants[k].name;
            found += strcmp(known[k], variant) == 0;
        }
        if (count == 0 || found)
            continue;
        diag_error(context->diags, element_option_place(element, "variant"),
                   diag_suggest(context->diags, variant, known, count), "'%s' has no variant '%s'",
                   experiment->name, variant);
        return false;
    }
    return true;
}

static bool read_choice(struct context *context, const struct element *element,
                        const struct words *names, struct usage_choice *choice)
{
    enum { THREADS_MAX = 65536 };
    const char *threads = element_option(element, "threads");
    choice->variant = element_option(element, "variant");
    choice->threads = 0;
    if (threads) {
        char *end;
        long value = strtol(threads, &end, 10);
        if (*threads == '\0' || *end != '\0' || value < 1 || value > THREADS_MAX) {
            diag_error(context->diags, element_option_place(element, "threads"),
                       "write one number, such as 4", "'%s' is not a number of threads", threads);
            return false;
        }
        choice->threads = (int)value;
    }
    return check_variant(context, element, names, choice->variant);
}

static bool any_status(const struct result *result, enum status status)
{
    for (size_t i = 0; i < result->configuration_count; i++)
        if (result->configurations[i].status == status)
            return true;
    return false;
}

/* Adds the experiment's panel, or the sentence why it has none. */
static void add_panel(struct context *context, const char *name, struct usage_choice choice,
                      struct usage *usage, struct text *html)
{
    struct arena *arena = context->arena;
    struct usage_panel panel;
    const struct result *result = context->record ? record_result(context->record, name) : NULL;
    const char *sentence;
    if (!result || result->configuration_count == 0)
        sentence = arena_printf(arena, "The load of the cores during %s: not measured yet.", name);
    else if (any_status(result, STATUS_WRONG))
        sentence = arena_printf(
            arena, "The load of the cores during %s is not shown: its answers differ.", name);
    else
        sentence = usage_find(result, choice, &panel, arena);
    if (sentence) {
        html_addf(html, "<p class=\"no-chart\">%s</p>\n", sentence);
        return;
    }
    usage->items = array_grow(arena, usage->items, usage->count, sizeof *usage->items);
    usage->items[usage->count++] = panel;
}

static bool is_draft(const struct usage *usage)
{
    for (size_t i = 0; i < usage->count; i++)
        if (usage->items[i].result->draft)
            return true;
    return false;
}

bool render_directive_usage(struct context *context, const struct element *element,
                            struct text *enter, struct text *leave)
{
    struct arena *arena = context->arena;
    struct words names = words_split(arena, element->text);
    struct usage_choice choice;
    struct usage usage = {.named = true};
    struct text sentences = {0};
    if (!words_check(context, element, &names, &naming) || !check_whole(context, element, &names) ||
        !read_choice(context, element, &names, &choice) || context->options->rehearsal)
        return true;
    text_add(enter, "<figure class=\"chart-figure\"");
    add_id(enter, element);
    text_add(enter, ">\n");
    for (size_t i = 0; i < names.count; i++)
        add_panel(context, names.items[i].text, choice, &usage, &sentences);
    if (usage.count)
        add_usage(context, element,
                  element->anchor ? arena_printf(arena, "%s-usage", id_text(arena, element->anchor))
                                  : arena_printf(arena, "usage-%d", element->place.line),
                  &usage, leave);
    text_add(leave, text_string(&sentences));
    if (is_draft(&usage))
        text_add(leave,
                 "<p class=\"parameters\"><strong class=\"draft\">draft sizes</strong></p>\n");
    text_add(leave, "</figure>\n");
    text_release(&sentences);
    return true;
}
