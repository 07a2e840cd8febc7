/* What Markdown itself brings: links, pictures, raw HTML. */
#include "page/parts.h"

#include <string.h>

/* A link without a text shows what it points at. */
static void fill_link(cmark_node *node, const char *text)
{
    if (cmark_node_first_child(node) || !text)
        return;
    cmark_node *child = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(child, text);
    cmark_node_append_child(node, child);
}

/* Whether there is where the link leads; else only its text may stay. */
static bool render_link(struct context *context, cmark_node *node)
{
    const char *url = cmark_node_get_url(node);
    struct destination to = resolve_link(context, url);
    if (!to.link)
        return true;
    if (to.label)
        fill_link(node, *to.label->title ? to.label->title : to.label->name);
    const struct chapter *chapter = to.label ? NULL : book_chapter(context->book, url);
    fill_link(node, chapter ? chapter->title : to.link);
    cmark_node_set_url(node, to.link);
    return !to.hidden;
}

/* Leaves what the link holds in its place. */
static void unwrap(cmark_node *link)
{
    for (cmark_node *child; (child = cmark_node_first_child(link)) != NULL;)
        cmark_node_insert_before(link, child);
}

static void render_image(struct context *context, cmark_node *node)
{
    const char *url = cmark_node_get_url(node);
    const char *link = copy_file(context, url, true, find_place(context, url));
    cmark_node_set_url(node, link ? link : "");
}

/* Comments go silently; other HTML is refused as in {raw}. */
static void render_html(struct context *context, cmark_node *node)
{
    const char *html = cmark_node_get_literal(node);
    if (strncmp(html, "<!--", 4) == 0)
        return;
    char *line = arena_strndup(context->arena, html, strcspn(html, "\n"));
    diag_warning(context->diags, find_place(context, line), "say it with directives and Markdown",
                 "raw HTML is left out of pages");
}

void render_native_nodes(struct context *context)
{
    cmark_iter *iter = cmark_iter_new(context->chapter->root);
    cmark_event_type event;
    cmark_node *unwanted = NULL; /* freed one step later, when the walk has left it */
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (unwanted)
            cmark_node_free(unwanted);
        unwanted = NULL;
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_LINK && event == CMARK_EVENT_EXIT) {
            if (!render_link(context, node)) {
                unwrap(node);
                unwanted = node;
            }
        } else if (type == CMARK_NODE_IMAGE && event == CMARK_EVENT_EXIT) {
            render_image(context, node);
        } else if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE) {
            render_html(context, node);
            unwanted = node;
        }
    }
    if (unwanted)
        cmark_node_free(unwanted);
    cmark_iter_free(iter);
}
