/* The table of a sweep: a row for each value. */
#include "page/html.h"
#include "page/results_sweep.h"

#include <math.h>
#include <string.h>

/* "23.4 KiB": what the kernel works on. */
static char *size_text(struct arena *arena, double bytes)
{
    static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
    size_t unit = 0;
    for (; bytes >= 1024 && unit + 1 < sizeof units / sizeof *units; unit++)
        bytes /= 1024;
    return arena_printf(arena, "%s\xC2\xA0%s", plain_number(arena, bytes, 3), units[unit]);
}

/* The worst verdict of the point's figures; LEVEL_NONE where there is none. */
static enum level worst_level(const struct swept *swept, size_t point)
{
    enum level worst = LEVEL_NONE;
    for (size_t i = 0; i < swept->line_count; i++) {
        const struct summary *one = swept_figure(swept, point, i);
        if (one && (worst == LEVEL_NONE || one->verdict.level > worst))
            worst = one->verdict.level;
    }
    return worst;
}

/* The largest speed-up at the point, with what has it. */
static void add_best(const struct swept *swept, size_t point, struct text *html)
{
    struct arena *arena = swept->context->arena;
    struct summary summary;
    const struct configuration *best =
        result_best(swept->points.items[point].result, &summary, arena);
    if (best)
        add_estimate(html, format_ratio(arena, summary.speedup.value), short_label(best, arena));
    else
        text_add(html, "<td>–</td>");
}

static void add_time(const struct swept *swept, size_t point, size_t line, struct text *html)
{
    struct arena *arena = swept->context->arena;
    const struct configuration *one = swept_configuration(swept, point, line);
    const struct summary *summary = swept_figure(swept, point, line);
    if (summary)
        add_estimate(
            html, format_seconds(arena, summary->time.value),
            interval_text(arena, summary->time, 1 / time_unit_of(summary->time.value)->seconds));
    else
        html_addf(html, "<td class=\"absent\">%s</td>", one ? absence_text(one->status) : "–");
}

static void add_row(const struct swept *swept, size_t point, struct text *html)
{
    double size = swept->points.items[point].result->working_set;
    html_addf(html, "<tr><th scope=\"row\">%s", swept_value_text(swept, point));
    if (size > 0)
        html_addf(html, " <span class=\"interval\">%s</span>",
                  size_text(swept->context->arena, size));
    text_add(html, "</th>");
    if (swept_wrong(swept, point)) {
        html_addf(html, "<td colspan=\"%zu\" class=\"absent\">no figure: the answers differ</td>",
                  swept->line_count + 2);
    } else {
        for (size_t i = 0; i < swept->line_count; i++)
            add_time(swept, point, i, html);
        add_best(swept, point, html);
        add_level(html, worst_level(swept, point));
    }
    text_add(html, "</tr>\n");
}

/* ---- beneath the table ---- */

static bool has_reason(const struct summary *summary, const char *reason)
{
    for (size_t i = 0; summary && i < summary->verdict.reason_count; i++)
        if (strcmp(summary->verdict.reasons[i], reason) == 0)
            return true;
    return false;
}

/* "simd, parallel × 2" of the lines that are marked for that reason, or "all". */
static char *concerned(const struct swept *swept, size_t point, const char *reason)
{
    struct text names = {0};
    size_t count = 0, figures = 0;
    for (size_t i = 0; i < swept->line_count; i++) {
        const struct summary *one = swept_figure(swept, point, i);
        figures += one != NULL;
        if (has_reason(one, reason))
            text_addf(&names, "%s%s", count++ ? ", " : "", swept->lines[i].label);
    }
    if (count > 1 && count == figures) {
        text_truncate(&names, 0);
        text_add(&names, "all");
    }
    return text_keep(&names, swept->context->arena);
}

/* The reasons of the line's verdict that no line before it has. */
static void add_line_reasons(const struct swept *swept, size_t point, size_t line,
                             struct text *list)
{
    const struct summary *summary = swept_figure(swept, point, line);
    for (size_t k = 0; summary && k < summary->verdict.reason_count; k++) {
        const char *reason = summary->verdict.reasons[k];
        bool told = false;
        for (size_t i = 0; i < line; i++)
            told = told || has_reason(swept_figure(swept, point, i), reason);
        if (!told)
            text_addf(list, "%s%s: %s", list->size ? "; " : "", concerned(swept, point, reason),
                      reason);
    }
}

/* Behind a disclosure, for there may be many: why figures are marked, value by value. */
static void add_reasons(const struct swept *swept, struct text *html)
{
    struct text list = {0}, line = {0};
    for (size_t i = 0; i < swept->points.count; i++) {
        text_truncate(&line, 0);
        for (size_t k = 0; k < swept->line_count; k++)
            add_line_reasons(swept, i, k, &line);
        if (line.size)
            html_addf(&list, "<li>%s = %s: %s</li>\n", swept->points.parameter,
                      swept_value_text(swept, i), text_string(&line));
    }
    if (list.size)
        html_addf(html,
                  "<details class=\"data\"><summary>Why figures are marked</summary>\n<ul>\n"
                  "%r</ul></details>\n",
                  text_string(&list));
    text_release(&list);
    text_release(&line);
}

/* Why lines were not run at any value, each once. */
static void add_skipped(const struct swept *swept, struct text *html)
{
    for (size_t i = 0; i < swept->line_count; i++) {
        const struct configuration *one = swept_configuration(swept, 0, i);
        if (one && one->status == STATUS_SKIPPED && one->reason)
            html_addf(html, "<p class=\"answers\">%s was not run here: %s.</p>\n",
                      configuration_label(one, swept->context->arena), one->reason);
    }
}

/* Whether all answers of each point have the same 64 bits; nothing where none can be compared. */
static void add_answers(const struct swept *swept, struct text *html)
{
    struct arena *arena = swept->context->arena;
    size_t compared = 0;
    bool same = true;
    double worst = 0;
    for (size_t i = 0; i < swept->points.count; i++) {
        const struct result *result = swept->points.items[i].result;
        const struct configuration *baseline = result_baseline(result);
        for (size_t k = 0; k < result->configuration_count; k++) {
            const struct configuration *one = &result->configurations[k];
            if (one->status != STATUS_OK || one == baseline || !one->bits || !baseline->bits)
                continue;
            compared++;
            same = same && strcmp(one->bits, baseline->bits) == 0;
            worst = isfinite(one->deviation) ? fmax(worst, one->deviation) : worst;
        }
    }
    if (compared && same)
        text_add(html,
                 "<p class=\"answers\">At every value all answers have the same 64 bits.</p>\n");
    else if (compared)
        html_addf(html,
                  "<p class=\"answers\">The answers at one value differ by at most %s, relatively, "
                  "which is allowed.</p>\n",
                  format_number(arena, worst));
}

/* Says of a kernel whose answers may be wrong at which values how many were. */
static void add_race(const struct swept *swept, struct text *html)
{
    struct arena *arena = swept->context->arena;
    struct race race;
    open_race(&race, html);
    for (size_t i = 0; i < swept->points.count; i++) {
        const struct result *result = swept->points.items[i].result;
        const char *of = arena_printf(arena, "At %s = %s, of", swept->points.parameter,
                                      swept_value_text(swept, i));
        for (size_t k = 0; k < result->configuration_count; k++) {
            const struct configuration *one = &result->configurations[k];
            const struct answers answers = summarise(result, one, arena).answers;
            add_raced(&race, of, one, &answers, arena, html);
        }
    }
    close_race(&race, html);
}

static bool is_racy(const struct swept *swept)
{
    return swept->points.count && swept->points.items[0].result->racy;
}

const char *show_swept_table(const struct swept *swept, struct text *html)
{
    open_table(html, "configurations", "Values");
    html_addf(html, "<thead><tr><th scope=\"col\">%s</th>", swept_name(swept));
    for (size_t i = 0; i < swept->line_count; i++)
        html_addf(html, "<th scope=\"col\">%s <span class=\"interval\">time of a call</span></th>",
                  swept->lines[i].label);
    text_add(html,
             "<th scope=\"col\">Best speed-up</th><th scope=\"col\">Verdict</th></tr></thead>\n"
             "<tbody>\n");
    for (size_t i = 0; i < swept->points.count; i++)
        add_row(swept, i, html);
    text_add(html, "</tbody>\n");
    close_table(html);
    (is_racy(swept) ? add_race : add_answers)(swept, html);
    add_skipped(swept, html);
    add_reasons(swept, html);
    return NULL;
}
