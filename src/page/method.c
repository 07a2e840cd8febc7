/* {method}: how the figures came about, with the numbers of this very run. */
#include "page/html.h"
#include "page/parts.h"
#include "page/results.h"
#include "record/sweep.h"
#include "record/verdict.h"

#include <math.h>
#include <string.h>

/* What the samples of all experiments amount to. */
struct extent {
    size_t experiments, configurations, samples; /* a sweep is one experiment */
    size_t fewest, most; /* rounds of an experiment, or of one value of a sweep */
    size_t draft;        /* experiments at draft sizes */
};

/* Samples behind a figure: those of a run that was interrupted stand behind none yet. */
static size_t samples_behind(const struct configuration *configuration)
{
    return configuration->status == STATUS_UNMEASURED ? 0 : configuration->samples.count;
}

static struct extent measure_extent(const struct record *record)
{
    struct extent extent = {0};
    for (size_t i = 0; i < record->result_count; i++) {
        const struct result *result = &record->results[i];
        size_t rounds = 0;
        for (size_t k = 0; k < result->configuration_count; k++) {
            size_t samples = samples_behind(&result->configurations[k]);
            rounds = samples > rounds ? samples : rounds;
            extent.configurations += samples > 0;
            extent.samples += samples;
        }
        if (rounds == 0)
            continue;
        extent.fewest = extent.most == 0 || rounds < extent.fewest ? rounds : extent.fewest;
        extent.most = rounds > extent.most ? rounds : extent.most;
        extent.experiments += record_leads(record, i);
        extent.draft += result->draft && record_leads(record, i);
    }
    return extent;
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void add_rounds(const struct record *record, const struct extent *extent, struct text *html)
{
    html_addf(html,
              "<p>The profile was <code>%s</code>. %zu experiment%s with %zu configuration%s "
              "between them gave %zu samples, in ",
              record->profile, extent->experiments, plural(extent->experiments),
              extent->configurations, plural(extent->configurations), extent->samples);
    if (extent->fewest == extent->most)
        html_addf(html, "%zu round%s each.", extent->most, plural(extent->most));
    else
        html_addf(html, "%zu to %zu rounds an experiment.", extent->fewest, extent->most);
    if (extent->draft)
        html_addf(html,
                  " %zu of them %s at draft sizes, which show how the pages will look and "
                  "not how fast anything is.",
                  extent->draft, extent->draft == 1 ? "is" : "are");
    text_add(html, "</p>\n");
}

static void add_protocol(const struct record *record, struct arena *arena, struct text *html)
{
    text_add(html, "<p>Each configuration is a process of its own, whose first call is not "
                   "counted. In every round each configuration is sampled once and the baseline "
                   "twice, in an order drawn from the seed ");
    html_addf(html, "<code>%s</code> and reversed in the round after.",
              arena_printf(arena, "%llu", (unsigned long long)record->seed));
    if (isfinite(record->timer_overhead))
        html_addf(html, " Reading the clock takes %s",
                  format_seconds(arena, record->timer_overhead));
    if (isfinite(record->timer_overhead) && isfinite(record->timer_resolution))
        html_addf(html, ", and the least difference that it can show is %s",
                  format_seconds(arena, record->timer_resolution));
    if (isfinite(record->timer_overhead))
        text_add(html, "; a sample is the mean of as many calls as the line "
                       "beneath its table says.");
    text_add(html, "</p>\n");
}

/* Once, why counters were not read; of several reasons each once. */
static void add_counters_why(const struct record *record, struct text *html)
{
    const char *said = NULL;
    struct text reasons = {0};
    for (size_t i = 0; i < record->result_count; i++)
        for (size_t k = 0; k < record->results[i].configuration_count; k++) {
            const char *why = record->results[i].configurations[k].counters_why;
            if (!why || (said && strstr(text_string(&reasons), why)))
                continue;
            text_addf(&reasons, "%s%s", said ? "; " : "", why);
            said = why;
        }
    if (said)
        html_addf(html, "<p>Not all hardware counters were read: %s.</p>\n", text_string(&reasons));
    text_release(&reasons);
}

static void add_facts(const char *title, const struct facts *facts, struct text *html)
{
    if (facts->count == 0)
        return;
    open_table(html, "facts", title);
    html_addf(html, "<caption>%s</caption>\n<tbody>\n", title);
    for (size_t i = 0; i < facts->count; i++)
        add_fact(&facts->items[i], html);
    text_add(html, "</tbody>\n");
    close_table(html);
}

static char *limit_text(struct arena *arena, double limit)
{
    if (isinf(limit))
        return arena_strdup(arena, "–");
    if (limit == 0)
        return arena_strdup(arena, "always");
    return arena_printf(arena, "above %g\xC2\xA0%%", 100 * limit);
}

static void add_rules(struct arena *arena, struct text *html)
{
    open_table(html, "rules", "When a figure is marked");
    text_add(html, "<caption>When a figure is marked</caption>\n"
                   "<thead><tr><th scope=\"col\">Test</th><th scope=\"col\">Caution</th>"
                   "<th scope=\"col\">Unreliable</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < verdict_rule_count; i++) {
        struct verdict_rule rule = verdict_rule(i);
        html_addf(html, "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td></tr>\n", rule.about,
                  limit_text(arena, rule.caution), limit_text(arena, rule.unreliable));
    }
    text_add(html, "</tbody>\n");
    close_table(html);
    text_add(html, "<p>Where the answers of two configurations differ by more than the kernel "
                   "declares, no figure is shown at all. What could not run says why in its "
                   "row.</p>\n");
}

static void add_reproduction(const struct record *record, struct text *html)
{
    html_addf(html,
              "<p>To measure everything again on your own machine, run "
              "<code>make report PROFILE=%s</code> in the project's folder, or "
              "<code>benchbook build --fresh --profile %s</code> in the book's. The answers should "
              "be the same as here; the times will not be, and the text will follow them. Every "
              "sample of this run is in its record, <code>record.json</code> beside these pages "
              "unless it was put elsewhere.</p>\n",
              record->profile, record->profile);
}

bool render_directive_method(struct context *context, const struct element *element,
                             struct text *enter, struct text *leave)
{
    const struct record *record = context->record;
    (void)leave;
    if (context->options->rehearsal)
        return true;
    if (!record || record->result_count == 0) {
        render_box(context, element, enter, "Nothing was measured yet",
                   "The record has no experiments.", NULL);
        return true;
    }
    struct extent extent = measure_extent(record);
    text_add(enter, "<section class=\"method\"");
    add_id(enter, element);
    text_add(enter, ">\n");
    text_add(leave, "</section>\n");
    add_rounds(record, &extent, enter);
    add_protocol(record, context->arena, enter);
    add_counters_why(record, enter);
    add_facts("The run", &record->run, enter);
    add_facts("How the programs were built", &record->build, enter);
    add_rules(context->arena, enter);
    add_reproduction(record, enter);
    return true;
}
