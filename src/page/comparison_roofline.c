/* The rooflines of all records in one chart: what each machine allows, and what it reaches. */
#include "page/comparison.h"
#include "page/html.h"
#include "page/roofline_picture.h"
#include "page/svg.h"

#include <math.h>
#include <string.h>

static const double GIGA = 1e9;

/* The built-in worker's fastest configuration with a rate. */
static const struct configuration *fastest(const struct result *result, double *rate,
                                           struct arena *arena)
{
    const struct configuration *best = NULL;
    *rate = 0;
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *one = &result->configurations[i];
        double its = one->worker ? NAN : summarise(result, one, arena).operations_rate;
        if (isfinite(its) && its > *rate) {
            best = one;
            *rate = its;
        }
    }
    return best;
}

/* What the chart says in words: "On 2 threads “here” reaches 1.2 GFLOP/s, 80 % of what it allows."
 */
static void add_finding(const char *name, const struct configuration *configuration, double rate,
                        double allowed, struct arena *arena, struct text *text)
{
    text_addf(text, "%s“%s” reaches %s GFLOP/s by %s, %s\xC2\xA0%% of what it allows.",
              text->size ? " " : "", name, plain_number(arena, rate / GIGA, 3),
              configuration_label(configuration, arena),
              plain_number(arena, 100 * rate / allowed, 2));
}

/* One experiment's chart; false where no record has both a rate and ceilings. */
static bool draw(const struct comparison_view *view, const struct compared_experiment *experiment,
                 struct text *html)
{
    const struct comparison *comparison = view->comparison;
    struct arena *arena = view->context->arena;
    const double intensity = experiment->like->operations / experiment->like->traffic;
    struct roof roofs[SVG_SERIES];
    struct roofline_point points[SVG_SERIES];
    struct text words = {0};
    size_t count = 0;
    for (size_t i = 0; i < comparison->count && count < SVG_SERIES; i++) {
        double rate;
        const struct configuration *best = experiment->results[i] && !experiment->refusals[i]
                                               ? fastest(experiment->results[i], &rate, arena)
                                               : NULL;
        struct ceilings ceilings = {0, NAN, NAN};
        if (best)
            ceilings = ceilings_of(comparison->contenders[i].record, best->threads, arena);
        double allowed = ceilings_attainable(&ceilings, intensity);
        if (!best || !isfinite(ceilings.operations) || !isfinite(ceilings.traffic))
            continue;
        const char *name = short_name(comparison->contenders[i].name, arena);
        roofs[count] = (struct roof){name, ceilings};
        const double giga = rate / GIGA;
        points[count] =
            (struct roofline_point){short_label(best, arena), count, {giga, NAN, NAN, 0}};
        add_finding(name, best, rate, allowed, arena, &words);
        count++;
    }
    const char *findings = text_keep(&words, arena);
    if (count == 0)
        return false;
    const struct measured frame = {
        .context = view->context,
        .element = view->element,
        .id = arena_printf(arena, "%s-%zu", view->id,
                           (size_t)(experiment - comparison->experiments) + 1),
    };
    text_add(html, "<p class=\"compared-title\">");
    add_compared_name(view, experiment, html);
    text_add(html, "</p>\n");
    draw_roofline(&frame,
                  &(struct roofline_picture){
                      .title = "Rates beneath what each machine can attain",
                      .description = findings,
                      .intensity = intensity,
                      .roofs = roofs,
                      .roof_count = count,
                      .points = points,
                      .point_count = count,
                  },
                  html);
    html_addf(html, "<p class=\"answers\">%s</p>\n", findings);
    return true;
}

/* Whether it has a place beneath ceilings that it does not itself make. */
static bool has_place(const struct compared_experiment *experiment)
{
    const struct result *like = experiment->like;
    return experiment->row_count && like->operations > 0 && like->traffic > 0 &&
           strcmp(like->kernel, ROOFLINE_OPERATIONS) != 0 &&
           strcmp(like->kernel, ROOFLINE_TRAFFIC) != 0;
}

void show_comparison_roofline(const struct comparison_view *view, struct text *html)
{
    bool any = false;
    for (size_t i = 0; i < view->comparison->experiment_count; i++) {
        const struct compared_experiment *experiment = &view->comparison->experiments[i];
        if (has_place(experiment))
            any |= draw(view, experiment, html);
    }
    if (!any)
        text_add(html, "<p class=\"no-chart\">No record has both the ceilings of its machine (by "
                       "experiments of " ROOFLINE_OPERATIONS " and " ROOFLINE_TRAFFIC ") and a "
                       "rate that can be compared.</p>\n");
}
