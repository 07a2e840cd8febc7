/* The table of an experiment's configurations. */
#include "page/html.h"
#include "page/results.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *absence_text(enum status status)
{
    static const char *const absences[] = {
        [STATUS_UNMEASURED] = "not measured yet",
        [STATUS_OK] = "no samples",
        [STATUS_FAILED] = "failed",
        [STATUS_SKIPPED] = "not run here",
        [STATUS_WRONG] = "wrong answer",
    };
    return absences[status];
}

static char *percent(struct arena *arena, double share)
{
    return arena_printf(arena, "%.*f\xC2\xA0%%", fabs(share) < 0.1 ? 1 : 0, 100 * share);
}

static void add_absence(const struct configuration *configuration, struct text *html)
{
    html_addf(html, "<td colspan=\"6\" class=\"absent\">%s%s%s</td></tr>\n",
              absence_text(configuration->status), configuration->reason ? ": " : "",
              configuration->reason ? configuration->reason : "");
}

/* The answer; of samples that did not answer alike their median. */
static void add_answer(const struct configuration *configuration, const struct answers *answers,
                       struct arena *arena, struct text *html)
{
    double answer = answers->count ? answers->median : configuration->answer;
    add_estimate(html, arena_printf(arena, "%.8g", answer),
                 answers->wrong ? arena_printf(arena, "median of %zu", answers->count) : NULL);
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
    add_level(html, summary->verdict.level);
    html_addf(html, "<td>%s</td><td>%s</td>",
              configuration->threads > 1 && isfinite(summary->efficiency.value)
                  ? percent(arena, summary->efficiency.value)
                  : "–",
              plain_number(arena, summary->busy.value, 3));
    add_answer(configuration, &summary->answers, arena, html);
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

/* Whether every configuration with a figure is marked for that reason, and there are several. */
static bool is_shared(const struct measured *measured, const char *reason)
{
    size_t concerned = 0, figures = 0;
    for (size_t i = 0; i < measured->result->configuration_count; i++) {
        const struct summary *summary = &measured->summaries[i];
        figures += summary->verdict.level != LEVEL_NONE;
        concerned += is_marked(summary) && has_reason(&summary->verdict, reason);
    }
    return figures > 1 && concerned == figures;
}

/* A line of what the verdict's reasons are, those that all configurations share or the others. */
static void add_reason_line(const struct measured *measured, const struct verdict *verdict,
                            const char *label, bool shared, struct text *list)
{
    struct text line = {0};
    for (size_t k = 0; k < verdict->reason_count; k++)
        if (is_shared(measured, verdict->reasons[k]) == shared)
            text_addf(&line, "%s%s", line.size ? "; " : "", verdict->reasons[k]);
    if (line.size)
        html_addf(list, "<li>%s: %s</li>\n", label, text_string(&line));
    text_release(&line);
}

/* The reasons behind every verdict that is not good, readable without a pointer to hover with;
 * those that all configurations share are given once. */
static void add_reasons(const struct measured *measured, struct text *html)
{
    struct text list = {0};
    bool common = false; /* what all share was told with the first that is marked */
    for (size_t i = 0; i < measured->result->configuration_count; i++) {
        const struct verdict *verdict = &measured->summaries[i].verdict;
        const struct configuration *one = &measured->result->configurations[i];
        if (!is_marked(&measured->summaries[i]))
            continue;
        if (!common)
            add_reason_line(measured, verdict, "all configurations", true, &list);
        common = true;
        add_reason_line(measured, verdict, configuration_label(one, measured->context->arena),
                        false, &list);
    }
    if (list.size)
        html_addf(html,
                  "<div class=\"reasons\"><p>Why figures are marked:</p>\n<ul>\n%r</ul></div>\n",
                  text_string(&list));
    text_release(&list);
}

/* How the answers of some rows compare with the baseline's. */
struct comparison {
    size_t compared; /* rows */
    bool same;       /* all 64 bits of all of them */
    double worst, allowed;
};

/* Of the rows whose worker states a tolerance of its own, or of all others. */
static struct comparison compare_answers(const struct measured *measured, bool stated)
{
    const struct result *result = measured->result;
    struct comparison comparison = {.same = true};
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *one = &result->configurations[i];
        if (one->status != STATUS_OK || !one->bits || !measured->baseline->bits ||
            (one->tolerance > 0) != stated)
            continue;
        comparison.compared++;
        comparison.same = comparison.same && strcmp(one->bits, measured->baseline->bits) == 0;
        comparison.worst = isfinite(one->deviation) ? fmax(comparison.worst, fabs(one->deviation))
                                                    : comparison.worst;
        comparison.allowed = fmax(comparison.allowed, configuration_tolerance(result, one));
    }
    return comparison;
}

/* Says whether all answers have the same 64 bits; nothing where fewer than two can be compared.
 * Answers of workers that state a tolerance are spoken of apart. */
static void add_answers(const struct measured *measured, struct text *html)
{
    struct arena *arena = measured->context->arena;
    struct comparison own = compare_answers(measured, false);
    struct comparison others = compare_answers(measured, true);
    if (own.compared >= 2 && own.same)
        html_addf(html, "<p class=\"answers\">All answers %shave the same 64 bits.</p>\n",
                  others.compared ? "of the built-in builds " : "");
    else if (own.compared >= 2)
        html_addf(html,
                  "<p class=\"answers\">The answers%s differ by at most %s, relatively; "
                  "%s is allowed.</p>\n",
                  others.compared ? " of the built-in builds" : "", format_number(arena, own.worst),
                  format_number(arena, own.allowed));
    if (own.compared && others.compared)
        html_addf(html,
                  "<p class=\"answers\">Those of the book’s own workers agree with them within the "
                  "tolerance that the worker states: they differ by at most %s, relatively; %s is "
                  "allowed.</p>\n",
                  format_number(arena, others.worst), format_number(arena, others.allowed));
}

/* Says of a kernel whose answers may be wrong how many were. */
static void add_race(const struct measured *measured, struct text *html)
{
    struct race race;
    open_race(&race, html);
    for (size_t i = 0; i < measured->result->configuration_count; i++)
        add_raced(&race, "Of", &measured->result->configurations[i],
                  &measured->summaries[i].answers, measured->context->arena, html);
    close_race(&race, html);
}

/* Says why a figure is missing from the column of busy cores. */
static void add_busy_note(const struct measured *measured, struct text *html)
{
    for (size_t i = 0; i < measured->result->configuration_count; i++) {
        const struct summary *summary = &measured->summaries[i];
        if (summary->verdict.level == LEVEL_NONE || isfinite(summary->busy.value))
            continue;
        text_add(html, "<p class=\"answers\">Where busy cores are not given, a sample was too "
                       "short for the system\xE2\x80\x99s account of CPU time.</p>\n");
        return;
    }
}

const char *show_table(const struct measured *measured, struct text *html)
{
    open_table(html, "configurations", "Configurations");
    text_add(
        html,
        "<thead><tr>"
        "<th scope=\"col\">Variant</th><th scope=\"col\">Threads</th>"
        "<th scope=\"col\">Time of a call</th><th scope=\"col\">Speed-up</th>"
        "<th scope=\"col\">Verdict</th><th scope=\"col\">Efficiency</th>"
        "<th scope=\"col\">Busy cores</th><th scope=\"col\">Answer</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < measured->result->configuration_count; i++)
        add_row(measured, i, html);
    text_add(html, "</tbody>\n");
    close_table(html);
    (measured->result->racy ? add_race : add_answers)(measured, html);
    add_busy_note(measured, html);
    add_reasons(measured, html);
    add_counters(measured, html);
    return NULL;
}
