/* The table of an experiment's configurations. */
#include "page/html.h"
#include "page/results.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* How a configuration without a figure is introduced; its reason follows. */
static const char *const absences[] = {
    [STATUS_UNMEASURED] = "not measured yet",
    [STATUS_OK] = "no samples",
    [STATUS_FAILED] = "failed",
    [STATUS_SKIPPED] = "not run here",
    [STATUS_WRONG] = "wrong answer",
};

static char *percent(struct arena *arena, double share)
{
    return arena_printf(arena, "%.*f %%", fabs(share) < 0.1 ? 1 : 0, 100 * share);
}

static void add_absence(const struct configuration *configuration, struct text *html)
{
    html_addf(html, "<td colspan=\"6\" class=\"absent\">%s%s%s</td></tr>\n",
              absences[configuration->status], configuration->reason ? ": " : "",
              configuration->reason ? configuration->reason : "");
}

static void add_row(const struct measured *measured, size_t index, struct text *html)
{
    const struct configuration *configuration = &measured->result->configurations[index];
    const struct summary *summary = &measured->summaries[index];
    struct arena *arena = measured->context->arena;
    html_addf(html, "<tr><th scope=\"row\">%s</th><td>%d</td>", configuration->variant,
              configuration->threads);
    if (summary->verdict.level == LEVEL_NONE) {
        add_absence(configuration, html);
        return;
    }
    add_estimate(
        html, format_seconds(arena, summary->time.value),
        interval_text(arena, summary->time, 1 / time_unit_of(summary->time.value)->seconds));
    if (configuration == measured->baseline)
        add_estimate(html, "1", "by definition");
    else
        add_estimate(html, format_ratio(arena, summary->speedup.value),
                     interval_text(arena, summary->speedup, 1));
    html_addf(html, "<td>%s</td><td>%s</td><td>%s</td>",
              configuration->threads > 1 && isfinite(summary->efficiency.value)
                  ? percent(arena, summary->efficiency.value)
                  : "–",
              plain_number(arena, summary->busy.value, 3),
              arena_printf(arena, "%.8g", configuration->answer));
    add_level(html, summary->verdict.level);
    text_add(html, "</tr>\n");
}

static bool has_reason(const struct verdict *verdict, const char *reason)
{
    for (size_t i = 0; i < verdict->reason_count; i++)
        if (strcmp(verdict->reasons[i], reason) == 0)
            return true;
    return false;
}

static bool is_marked(const struct summary *summary)
{
    return summary->verdict.level == LEVEL_CAUTION || summary->verdict.level == LEVEL_UNRELIABLE;
}

/* "all configurations", or those with that reason; nothing when an earlier one than `first` has it,
 * whose line then spoke for both. */
static void add_concerned(const struct measured *measured, size_t first, const char *reason,
                          struct text *list)
{
    struct text names = {0};
    size_t concerned = 0, figures = 0;
    for (size_t i = 0; i < measured->result->configuration_count; i++) {
        const struct summary *summary = &measured->summaries[i];
        figures += summary->verdict.level != LEVEL_NONE;
        if (!is_marked(summary) || !has_reason(&summary->verdict, reason))
            continue;
        if (i < first) {
            text_release(&names);
            return;
        }
        text_addf(
            &names, "%s%s", concerned++ ? ", " : "",
            configuration_label(&measured->result->configurations[i], measured->context->arena));
    }
    html_addf(list, "<li>%s: %s</li>\n",
              concerned == figures && figures > 1 ? "all configurations" : text_string(&names),
              reason);
    text_release(&names);
}

/* The reasons behind every verdict that is not good, readable without a pointer to hover with; one
 * that several configurations share is given once. */
static void add_reasons(const struct measured *measured, struct text *html)
{
    struct text list = {0};
    for (size_t i = 0; i < measured->result->configuration_count; i++) {
        const struct verdict *verdict = &measured->summaries[i].verdict;
        for (size_t k = 0; is_marked(&measured->summaries[i]) && k < verdict->reason_count; k++)
            add_concerned(measured, i, verdict->reasons[k], &list);
    }
    if (list.size)
        html_addf(html,
                  "<div class=\"reasons\"><p>Why figures are marked:</p>\n<ul>\n%r</ul></div>\n",
                  text_string(&list));
    text_release(&list);
}

/* Says whether all answers have the same 64 bits; nothing where fewer than two can be compared. */
static void add_answers(const struct measured *measured, struct text *html)
{
    const struct result *result = measured->result;
    size_t compared = 0;
    bool same = true;
    double worst = 0;
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *one = &result->configurations[i];
        if (one->status != STATUS_OK || !one->bits || !measured->baseline->bits)
            continue;
        compared++;
        same = same && strcmp(one->bits, measured->baseline->bits) == 0;
        worst = isfinite(one->deviation) ? fmax(worst, fabs(one->deviation)) : worst;
    }
    if (compared < 2)
        return;
    if (same)
        text_add(html, "<p class=\"answers\">All answers have the same 64 bits.</p>\n");
    else
        html_addf(html,
                  "<p class=\"answers\">The answers differ by at most %s, relatively; "
                  "%s is allowed.</p>\n",
                  format_number(measured->context->arena, worst),
                  format_number(measured->context->arena, result->tolerance));
}

/* Says why a figure is missing from the column of busy cores. */
static void add_busy_note(const struct measured *measured, struct text *html)
{
    for (size_t i = 0; i < measured->result->configuration_count; i++) {
        const struct summary *summary = &measured->summaries[i];
        if (summary->verdict.level == LEVEL_NONE || isfinite(summary->busy.value))
            continue;
        text_add(html, "<p class=\"answers\">Where busy cores are not given, a sample was too "
                       "short for the system's account of CPU time.</p>\n");
        return;
    }
}

const char *show_table(const struct measured *measured, struct text *html)
{
    open_table(html, "configurations", "Configurations");
    text_add(html,
             "<thead><tr>"
             "<th scope=\"col\">Variant</th><th scope=\"col\">Threads</th>"
             "<th scope=\"col\">Time of a call</th><th scope=\"col\">Speed-up</th>"
             "<th scope=\"col\">Efficiency</th><th scope=\"col\">Busy cores</th>"
             "<th scope=\"col\">Answer</th><th scope=\"col\">Verdict</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < measured->result->configuration_count; i++)
        add_row(measured, i, html);
    text_add(html, "</tbody>\n");
    close_table(html);
    add_answers(measured, html);
    add_busy_note(measured, html);
    add_reasons(measured, html);
    add_counters(measured, html);
    return NULL;
}
