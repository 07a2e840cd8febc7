/* Sheets of exercises: what of a chapter stands on them. */
#include "page/handout.h"
#include "page/parts.h"

/* The element of a node, or NULL. */
static const struct element *element_of(cmark_node *node)
{
    bool custom = node && cmark_node_get_type(node) == CMARK_NODE_CUSTOM_BLOCK;
    return custom ? cmark_node_get_user_data(node) : NULL;
}

/* Whether the hint stands behind an exercise, with nothing but other hints between them. */
static bool follows_exercise(const struct element *hint)
{
    const struct element *before = hint;
    while (before && is_directive(before, DIRECTIVE_hint))
        before = element_of(cmark_node_previous(before->node));
    return before && is_directive(before, DIRECTIVE_exercise);
}

/* Whether the element itself stands on the sheet, wherever it stands in the chapter. */
static bool is_kept(const struct context *context, const struct element *element)
{
    return is_directive(element, DIRECTIVE_exercise) || is_directive(element, DIRECTIVE_footnote) ||
           (is_directive(element, DIRECTIVE_hint) && follows_exercise(element)) ||
           (solution_around(element) == element && context->display.solutions != SOLUTIONS_NONE);
}

bool sheet_holds(const struct context *context, const struct element *element)
{
    for (; element; element = element->parent)
        if (is_kept(context, element))
            return true;
    return false;
}

bool sheet_within(const struct context *context, const struct element *holder)
{
    const struct chapter *chapter = context->chapter;
    for (size_t i = 0; i < chapter->element_count; i++) {
        const struct element *element = chapter->elements[i];
        for (const struct element *above = element->parent; above; above = above->parent)
            if (above == holder && is_kept(context, element))
                return true;
    }
    return false;
}

/* Moves what is kept from within `node` to before `place`. Goes backwards, as does sheet_finish():
 * whether a hint is kept depends on what stands before it. Returns the first of what was moved. */
static cmark_node *hoist(const struct context *context, cmark_node *node, cmark_node *place)
{
    for (cmark_node *child = cmark_node_last_child(node), *previous; child; child = previous) {
        const struct element *element = element_of(child);
        previous = cmark_node_previous(child);
        if (element && is_kept(context, element)) {
            cmark_node_unlink(child);
            cmark_node_insert_before(place, child);
            place = child;
        } else {
            place = hoist(context, child, place);
        }
    }
    return place;
}

void sheet_finish(struct context *context)
{
    cmark_node *root = context->chapter->root;
    for (cmark_node *child = cmark_node_last_child(root), *previous; child; child = previous) {
        const struct element *element = element_of(child);
        /* the sections that rendering has put at the chapter's end are no elements */
        bool ours = cmark_node_get_type(child) == CMARK_NODE_CUSTOM_BLOCK && !element;
        previous = cmark_node_previous(child);
        if (ours || (element && is_kept(context, element)))
            continue;
        hoist(context, child, child);
        cmark_node_free(child);
    }
}
