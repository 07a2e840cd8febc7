/* {usage} and `:show: usage`: which load is shown, and what is said where there is none. */
#include "page/usage.h"

#include "page/html.h"
#include "page/parts.h"
#include "page/results.h"
#include "page/words.h"

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

static bool read_choice(struct context *context, const struct element *element,
                        const struct words *names, struct usage_choice *choice)
{
    choice->variant = element_option(element, "variant");
    choice->threads = 0;
    return read_count(context, element, "threads", 1, &choice->threads) &&
           words_check_variant(context, element, names, choice->variant);
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
    else if (result_has(result, STATUS_WRONG))
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
    if (!words_check(context, element, &names, &naming) ||
        !words_check_whole(context, element, &names) ||
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
