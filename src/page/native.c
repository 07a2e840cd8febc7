/* What Markdown itself brings: links, pictures, raw HTML. */
#include "page/html.h"
#include "page/parts.h"

#include <string.h>
#include <strings.h>

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

/* The text of what the node holds: a picture's alternative. */
static void add_literals(cmark_node *node, struct text *text)
{
    for (cmark_node *child = cmark_node_first_child(node); child; child = cmark_node_next(child)) {
        cmark_node_type type = cmark_node_get_type(child);
        bool gap = type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK;
        const char *literal = cmark_node_get_literal(child);
        text_add(text, gap ? " " : literal ? literal : "");
        add_literals(child, text);
    }
}

/* What stands in the place of a node, as it is. */
static void replace(cmark_node *node, const struct text *html, bool block)
{
    cmark_node *custom = cmark_node_new(block ? CMARK_NODE_CUSTOM_BLOCK : CMARK_NODE_CUSTOM_INLINE);
    cmark_node_set_on_enter(custom, text_string(html));
    cmark_node_insert_before(node, custom);
}

/* Whether the picture is there; else its alternative text is put before it. */
static bool render_image(struct context *context, cmark_node *node)
{
    for (cmark_node *above = cmark_node_parent(node); above; above = cmark_node_parent(above))
        if (cmark_node_get_type(above) == CMARK_NODE_IMAGE)
            return true; /* of it only the text is shown */
    const char *url = cmark_node_get_url(node);
    const char *link = copy_file(context, url, true, find_place(context, url), NULL);
    if (link) {
        cmark_node_set_url(node, link);
        return true;
    }
    struct text alternative = {0}, html = {0};
    add_literals(node, &alternative);
    html_addf(&html, "<span class=\"missing-picture\">%s</span>",
              alternative.size ? text_string(&alternative) : url);
    replace(node, &html, false);
    text_release(&alternative);
    text_release(&html);
    return false;
}

static void render_html(struct context *context, cmark_node *node)
{
    const char *raw = cmark_node_get_literal(node);
    struct text html = {0};
    const char *line = arena_strndup(context->arena, raw, strcspn(raw, "\n"));
    add_raw_html(context, &html, raw, find_place(context, line));
    replace(node, &html, cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK);
    text_release(&html);
}

/* Whether the tag that starts at `at` has an attribute that makes browsers fetch from elsewhere. */
static bool asks_elsewhere(const char *at)
{
    static const char *const fetching[] = {"src=", "srcset=", "data=", "poster="};
    const char *end = at + strcspn(at, ">");
    bool link = strncasecmp(at, "<link", 5) == 0;
    for (const char *c = at; c < end; c++) {
        bool found = link && strncasecmp(c, "href=", 5) == 0;
        for (size_t i = 0; !found && i < sizeof fetching / sizeof *fetching; i++)
            found = strncasecmp(c, fetching[i], strlen(fetching[i])) == 0;
        if (!found)
            continue;
        const char *value = strchr(c, '=') + 1;
        value += strspn(value, "\"' ");
        if (strncmp(value, "//", 2) == 0 || strncasecmp(value, "http:", 5) == 0 ||
            strncasecmp(value, "https:", 6) == 0)
            return true;
    }
    return false;
}

void add_raw_html(struct context *context, struct text *html, const char *raw, struct place place)
{
    bool asks = false;
    for (const char *at = strchr(raw, '<'); at && !asks; at = strchr(at + 1, '<'))
        asks = asks_elsewhere(at);
    if (asks)
        diag_warning(context->diags, place, "copy what it needs into the book's folder",
                     "this HTML makes the page ask another host");
    text_add(html, raw);
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
            unwanted = render_image(context, node) ? NULL : node;
        } else if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE) {
            render_html(context, node);
            unwanted = node;
        }
    }
    if (unwanted)
        cmark_node_free(unwanted);
    cmark_iter_free(iter);
}
