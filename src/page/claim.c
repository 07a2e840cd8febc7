/* Claims: in their places, and beside those of an original in one table of the whole book. */
#include "page/html.h"
#include "page/parts.h"
#include "page/results.h"
#include "page/value.h"
#include "page/words.h"

#include <string.h>

/* --- In its place --------------------------------------------------------------------------------
 */

/* Tells the faults of the expressions that the table shows. */
static void check_here(struct context *context, const struct element *claim)
{
    const char *list = element_option(claim, "here");
    struct words here = {0};
    if (list)
        here = expressions_split(context->arena, list);
    for (size_t i = 0; i < here.count; i++) {
        struct value ignored;
        evaluate(context, here.items[i].text,
                 word_place(element_option_place(claim, "here"), &here.items[i]), &ignored);
    }
}

/* Whether the claim's :when: is sound; without one it applies everywhere. */
static bool check_when(struct context *context, const struct element *claim, struct value *value)
{
    const char *when = element_option(claim, "when");
    *value = (struct value){.known = true, .truth = true};
    return !when || evaluate_condition(context, "':when:'", when,
                                       element_option_place(claim, "when"), value);
}

/* What a claim has come to in its place. */
static const struct mark {
    const char *class_name, *words;
} marks[] = {
    {"", "Checked on this machine:"},
    {"", "Checked on this machine, but by unreliable figures:"},
    {" unmet", "Not reproduced on this machine:"},
    {" untold", "Did not hold on this machine, but the figures are unreliable:"},
    {" unmeasured", "Not measured on this machine:"},
};

bool render_directive_claim(struct context *context, const struct element *element,
                            struct text *enter, struct text *leave)
{
    struct value value, when;
    check_here(context, element);
    bool sound =
        evaluate_condition(context, "{claim}", element->text, element->argument_place, &value);
    if (!check_when(context, element, &when) || !sound)
        return true;
    if (when.known && !when.truth)
        return false;
    bool known = value.known && when.known, failed = known && !value.truth;
    const struct mark *mark = &marks[known ? 2 * failed + is_unreliable(&value) : 4];
    context->site->claims++;
    context->site->unmet += failed && !is_unreliable(&value);
    context->site->untold += failed && is_unreliable(&value);
    text_addf(enter, "<div class=\"claim%s\"", mark->class_name);
    add_id(enter, element);
    html_addf(enter, ">\n<p class=\"claim-mark\">%s <code>%s</code></p>\n", mark->words,
              element->text);
    text_add(leave, "</div>");
    return true;
}

/* --- In the table --------------------------------------------------------------------------------
 */

/* What became of an original's claim. */
static const struct outcome {
    const char *name, *class_name;
} outcomes[] = {
    {"holds", "good"},
    {"not reproduced", "unreliable"},
    {"cannot be told", "caution"},
    {"not applicable here", "none"},
};
enum { HOLDS, NOT_REPRODUCED, CANNOT_BE_TOLD, NOT_APPLICABLE };

static void add_outcome(struct text *html, int outcome)
{
    html_addf(html, "<span class=\"verdict verdict-%s\">%s</span>", outcomes[outcome].class_name,
              outcomes[outcome].name);
}

static void add_unknown(const struct value *value, struct text *html)
{
    add_outcome(html, CANNOT_BE_TOLD);
    html_addf(html, " <span class=\"interval\">%s</span>",
              value->detail ? value->detail : value->shown);
}

/* Of a claim that is on its page. */
static void add_checked(const struct context *context, const struct element *claim,
                        struct text *html)
{
    struct value value;
    if (!evaluate_again(context, claim->text, &value))
        return;
    if (!value.known) {
        add_unknown(&value, html);
    } else if (is_unreliable(&value)) {
        add_outcome(html, CANNOT_BE_TOLD);
        html_addf(html, " <span class=\"interval\">it %s, but by unreliable figures</span>",
                  value.truth ? "holds" : "does not hold");
    } else {
        add_outcome(html, value.truth ? HOLDS : NOT_REPRODUCED);
    }
    html_addf(html, " <span class=\"interval\"><code>%s</code></span>", claim->text);
}

/* Whether it holds; `hider` is what keeps the claim off its page, or NULL. */
static void add_whether(const struct context *context, const struct element *claim,
                        const struct element *hider, struct text *html)
{
    bool wanted;
    struct value value;
    const char *condition = condition_of(hider ? hider : claim, &wanted);
    bool known = !condition || !evaluate_again(context, condition, &value) || value.known;
    if (!known) {
        add_unknown(&value, html);
    } else if (hider) {
        add_outcome(html, NOT_APPLICABLE);
        html_addf(html, " <span class=\"interval\">applies where <code>%s</code>%s</span>",
                  condition, wanted ? "" : " does not hold");
    } else {
        add_checked(context, claim, html);
    }
}

/* What was measured; where no figure is named, only the claim itself was checked. */
static void add_here(struct context *context, const struct element *claim, struct text *html)
{
    const char *list = element_option(claim, "here");
    struct words here = {0};
    if (list)
        here = expressions_split(context->arena, list);
    for (size_t i = 0; i < here.count; i++) {
        struct value value;
        if (!evaluate_again(context, here.items[i].text, &value))
            continue;
        text_add(html, "<p>");
        add_value(context, &value, html);
        if (value.interval)
            html_addf(html, " <span class=\"interval\">%s</span>", value.interval);
        text_add(html, "</p>");
    }
    if (here.count == 0)
        text_add(html, "<p class=\"absent\">no figure is named</p>");
}

static const struct chapter *chapter_of(const struct book *book, const struct element *element)
{
    size_t i = 0;
    while (strcmp(book->chapters[i]->path, element->place.file) != 0)
        i++;
    return book->chapters[i];
}

/* To the claim, or to its chapter where the claim is not on the page. */
static void add_chapter(struct context *context, const struct element *claim, bool hidden,
                        struct text *html)
{
    const struct chapter *chapter = chapter_of(context->book, claim);
    html_addf(html, "<a href=\"%s\">",
              hidden ? chapter_link(context->arena, chapter)
                     : element_link(context, chapter, claim));
    if (chapter->number > 0)
        html_addf(html, "<span class=\"number\">%d</span> ", chapter->number);
    html_addf(html, "%s</a>", chapter->title);
}

bool render_original(struct context *context, const struct element *element, struct text *enter,
                     struct text *leave)
{
    const struct element *claim = element->previous;
    if (element->parent == claim || is_withheld(context, claim))
        return false;
    const struct element *hider = hidden_by(context, claim);
    text_add(enter, "<tr><td>");
    text_add(leave, "</td><td>");
    add_chapter(context, claim, hider, leave);
    text_add(leave, "</td><td>");
    add_here(context, claim, leave);
    text_add(leave, "</td><td>");
    add_whether(context, claim, hider, leave);
    text_add(leave, "</td></tr>");
    return true;
}

/* Whether some row of the table is shown. */
static bool has_rows(const struct context *context, const struct element *table)
{
    for (cmark_node *node = cmark_node_first_child(table->node); node;
         node = cmark_node_next(node)) {
        const struct element *original = cmark_node_get_user_data(node);
        if (!is_withheld(context, original->previous))
            return true;
    }
    return false;
}

bool render_claims(struct context *context, const struct element *element, struct text *enter,
                   struct text *leave)
{
    if (!has_rows(context, element)) {
        text_add(enter, "<p class=\"no-chart\">This book sets no claims of an original beside its "
                        "own figures.</p>\n");
        return true;
    }
    open_table(enter, "claims", "Claims of the original");
    text_add(enter, "<thead><tr><th scope=\"col\">What the original says</th>"
                    "<th scope=\"col\">Chapter</th><th scope=\"col\">Measured here</th>"
                    "<th scope=\"col\">Whether it holds</th></tr></thead>\n<tbody>\n");
    text_add(leave, "</tbody>\n");
    close_table(leave);
    return true;
}

bool render_directive_claims(struct context *context, const struct element *element,
                             struct text *enter, struct text *leave)
{
    (void)context;
    text_add(enter, "<figure class=\"results\"");
    add_id(enter, element);
    text_add(enter, ">\n");
    text_add(leave, "</figure>\n");
    return true;
}
