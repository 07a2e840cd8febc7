/* What is on a page: conditions and solutions decide it for all that they hold. */
#include "page/parts.h"

static bool is_directive(const struct element *element, enum directive_id id)
{
    return element->kind == ELEMENT_DIRECTIVE && element->id == (int)id;
}

static bool is_branch(const struct element *element)
{
    return is_directive(element, DIRECTIVE_when) || is_directive(element, DIRECTIVE_otherwise);
}

/* Whether the branch is not taken. A condition that is at fault, of which is told where it stands,
 * hides nothing. */
static bool is_refused(const struct context *context, const struct element *branch)
{
    const struct element *when = branch->previous ? branch->previous : branch;
    struct value value = {0};
    struct text ignored = {0};
    bool good = script_eval(context->script, when->text, context->arena, &value, &ignored);
    text_release(&ignored);
    return good && (!value.known || value.truth == (branch != when));
}

const struct element *hidden_by(const struct context *context, const struct element *element)
{
    for (const struct element *at = element; at; at = at->parent)
        if (is_directive(at, DIRECTIVE_solution) ? context->solutions == SOLUTIONS_NONE
                                                 : is_branch(at) && is_refused(context, at))
            return at;
    return NULL;
}

bool is_withheld(const struct context *context, const struct element *element)
{
    return context->solutions == SOLUTIONS_NONE && solution_around(element);
}

const struct element *solution_around(const struct element *element)
{
    while (element && !is_directive(element, DIRECTIVE_solution))
        element = element->parent;
    return element;
}
