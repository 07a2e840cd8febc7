/* Lists of contents: of a chapter, and of the book. */
#include "page/html.h"
#include "page/parts.h"

#include <string.h>

enum { DEPTH_DEFAULT = 2 };

static void add_section(const struct element *heading, struct text *html)
{
    struct text anchor = {0};
    url_add(&anchor, heading->anchor);
    html_addf(html, "<li class=\"level-%d\"><a href=\"#%s\">", heading->level, anchor.data);
    if (heading->number)
        html_addf(html, "<span class=\"number\">%s</span> ", heading->number);
    html_addf(html, "%s</a></li>\n", heading->text);
    text_release(&anchor);
}

/* The sections that stand in solutions at the chapter's end, or all others. */
static void add_sections(const struct context *context, int depth, bool solutions,
                         struct text *html)
{
    const struct chapter *chapter = context->chapter;
    for (size_t i = 0; i < chapter->element_count; i++) {
        const struct element *element = chapter->elements[i];
        if (element->kind == ELEMENT_HEADING && element->level >= 2 &&
            element->level <= depth + 1 && element->anchor &&
            !element_dropped(context->state, element) &&
            (context->state->solutions && solution_around(element)) == solutions)
            add_section(element, html);
    }
}

void add_section_list(const struct context *context, struct text *html, int depth)
{
    const char *solutions = context->state->solutions;
    struct text sections = {0};
    add_sections(context, depth, false, &sections);
    if (solutions) {
        html_addf(&sections, "<li class=\"level-2\"><a href=\"#%s\">Solutions</a></li>\n",
                  solutions);
        add_sections(context, depth, true, &sections);
    }
    if (sections.size)
        html_addf(html, "<ul class=\"sections\">\n%r</ul>\n", text_string(&sections));
    text_release(&sections);
}

/* Filled by contents_finish(): what is on the page is not known before its end. */
bool render_directive_contents(struct context *context, const struct element *element,
                               struct text *enter, struct text *leave)
{
    (void)enter;
    (void)leave;
    const char *depth = element_option(element, "depth");
    if (!depth || (strspn(depth, "123456") == 1 && !depth[1]))
        return true;
    diag_error(context->diags, element_option_place(element, "depth"), NULL,
               "the depth is a number from 1 to 6");
    return false;
}

void contents_finish(struct context *context)
{
    for (size_t i = 0; i < context->chapter->element_count; i++) {
        const struct element *element = context->chapter->elements[i];
        if (element->kind != ELEMENT_DIRECTIVE || element->id != DIRECTIVE_contents ||
            element_dropped(context->state, element))
            continue;
        struct text html = {0};
        const char *depth = element_option(element, "depth");
        text_add(&html, "<nav class=\"contents\" aria-label=\"Contents of this chapter\">\n");
        if (*element->text)
            html_addf(&html, "<p class=\"contents-title\">%s</p>\n", element->text);
        add_section_list(context, &html, depth ? *depth - '0' : DEPTH_DEFAULT);
        text_add(&html, "</nav>");
        cmark_node_set_on_enter(element->node, text_string(&html));
        text_release(&html);
    }
}

bool render_directive_tableofcontents(struct context *context, const struct element *element,
                                      struct text *enter, struct text *leave)
{
    (void)leave;
    const struct book *book = context->book;
    const struct handout *handout = context->options->handout;
    if (handout && handout->single) /* which has a list of contents of its own */
        return false;
    text_add(enter, "<ul class=\"chapters\"");
    add_id(enter, element);
    text_add(enter, ">\n");
    for (size_t i = 0; i < book->chapter_count; i++) {
        const struct chapter *chapter = book->chapters[i];
        if (chapter->number == 0)
            continue;
        html_addf(enter, "<li><span class=\"number\">%d</span> <a href=\"%s\">%s</a>",
                  chapter->number, chapter_link(context->arena, chapter), chapter->title);
        if (chapter->summary)
            html_addf(enter, "<p>%s</p>", chapter->summary);
        text_add(enter, "</li>\n");
    }
    text_add(enter, "</ul>");
    return true;
}
