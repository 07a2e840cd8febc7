/* The box in the place of a figure that is not there. */
#include "page/context.h"
#include "page/html.h"

void render_box(struct context *context, const struct element *element, struct text *html,
                const char *headline, const char *reason, const char *complaint)
{
    context->site->boxes++;
    html_addf(html, "<div class=\"box\" role=\"note\">\n<p class=\"box-title\">%s</p>\n", headline);
    if (reason)
        html_addf(html, "<p>%s</p>\n", reason);
    if (complaint && *complaint)
        html_addf(html,
                  "<details><summary>What it printed</summary>\n"
                  "<pre tabindex=\"0\">%s</pre></details>\n",
                  complaint);
    if (context->chapter)
        html_addf(html, "<p class=\"box-place\">%s, line %d</p>\n", context->chapter->file,
                  element->place.line);
    text_add(html, "</div>\n");
}
