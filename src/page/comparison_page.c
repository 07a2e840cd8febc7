/* A comparison as a page of its own. */
#include "page/comparison.h"
#include "page/html.h"
#include "page/layout.h"
#include "page/parts.h"

#include <string.h>

enum { FEW = 12 }; /* records of which all tables can be read */

/* What the page shows, in its order; parts that a chapter names in :show:. The table of all figures
 * has those of the two others too, which are easier to read. */
static const struct {
    const char *title, *part;
    bool of_few;
} sections[] = {
    {"Summary", "summary", false},
    {"What differs", "machines", false},
    {"Ratios", "chart", false},
    {"Ratios with intervals", "ratios", true},
    {"Times", "times", true},
    {"Speed-up", "speedup", false},
    {"Efficiency", "efficiency", false},
    {"Roofline", "roofline", false},
    {"All figures", "table", false},
};

static comparison_part *find_part(const char *name)
{
    const struct comparison_part_rule *rule = comparison_parts;
    while (strcmp(rule->name, name) != 0)
        rule++;
    return rule->show;
}

static const char *make_body(const struct comparison_view *view)
{
    const struct comparison *comparison = view->comparison;
    struct text html = {0};
    html_addf(&html, "<h1>Comparison of %zu records</h1>\n<p>The baseline is %s.</p>\n",
              comparison->count, comparison->contenders[comparison->baseline].name);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        if (sections[i].of_few && comparison->count > FEW)
            continue;
        html_addf(&html, "<h2 id=\"%s\">%s</h2>\n<figure class=\"comparison\">\n", sections[i].part,
                  sections[i].title);
        find_part(sections[i].part)(view, &html);
        text_add(&html, "</figure>\n");
    }
    return text_keep(&html, view->context->arena);
}

static const char *make_page(struct context *context, const struct comparison *comparison)
{
    static const struct element nowhere = {.name = "comparison", .text = "", .body = ""};
    const struct comparison_view view = {context, &nowhere, comparison, "comparison"};
    return read_style(context) ? layout_alone(context, "compare.html", "Comparison", context->style,
                                              make_body(&view))
                               : NULL;
}

const char *compare_page(const struct comparison *comparison, const struct page_options *options,
                         struct arena *arena, struct diags *diags)
{
    static const struct book no_book = {0};
    struct chapter_state state = {0};
    struct site site = {0};
    struct context context = {
        .book = &no_book,
        .record = comparison->contenders[comparison->baseline].record,
        .options = options,
        .charts = charts_new(options->templates),
        .site = &site,
        .arena = arena,
        .diags = diags,
        .state = &state,
    };
    charts_prefer(context.charts, options->own_templates);
    context.script = script_new(NULL);
    const char *page = make_page(&context, comparison);
    script_free(context.script);
    charts_free(context.charts);
    site_release(&site);
    return page;
}
