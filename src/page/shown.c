/* What is on a page: conditions and solutions decide it for all that they hold. */
#include "page/parts.h"
#include "page/value.h"

bool is_directive(const struct element *element, enum directive_id id)
{
    return element->kind == ELEMENT_DIRECTIVE && element->id == (int)id;
}

const char *condition_of(const struct element *element, bool *wanted)
{
    *wanted = !is_directive(element, DIRECTIVE_otherwise);
    if (is_directive(element, DIRECTIVE_claim))
        return element_option(element, "when");
    const struct element *when = *wanted ? element : element->previous;
    return when && is_directive(when, DIRECTIVE_when) ? when->text : NULL;
}

/* Whether its condition keeps the element off the page. Where that is not known, a branch is not
 * taken, and a claim says that it was not measured. A condition at fault hides nothing. */
static bool is_refused(const struct context *context, const struct element *element)
{
    bool wanted;
    struct value value = {0};
    const char *condition = condition_of(element, &wanted);
    if (!condition || !evaluate_again(context, condition, &value))
        return false;
    return value.known ? value.truth != wanted : !is_directive(element, DIRECTIVE_claim);
}

const struct element *hidden_by(const struct context *context, const struct element *element)
{
    for (const struct element *at = element; at; at = at->parent)
        if (is_directive(at, DIRECTIVE_solution) ? context->display.solutions == SOLUTIONS_NONE
                                                 : is_refused(context, at))
            return at;
    return NULL;
}

bool is_withheld(const struct context *context, const struct element *element)
{
    return context->display.solutions == SOLUTIONS_NONE && solution_around(element);
}

const struct element *solution_around(const struct element *element)
{
    while (element && !is_directive(element, DIRECTIVE_solution))
        element = element->parent;
    return element;
}
