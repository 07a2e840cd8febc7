/* Theorems and their like, and their proofs. */
#include "page/html.h"
#include "page/parts.h"

#include <string.h>

static bool is_proof(const struct element *element)
{
    return element->id == DIRECTIVE_prf_proof;
}

/* "Theorem 2.1", "Proof". */
static void add_name(const struct element *element, struct text *html)
{
    html_addf(html, "%s%s%s", is_proof(element) ? "Proof" : series_title(element->series),
              element->number ? " " : "", element->number ? element->number : "");
}

void title_proof(struct context *context, const struct element *element, struct text *enter,
                 struct text *leave)
{
    (void)context;
    text_add(enter, "<p class=\"proof-title\"><span class=\"number\">");
    add_name(element, enter);
    text_add(enter, "</span> (");
    text_add(leave, ")</p>");
}

static bool add_proof(const struct element *element, struct text *enter, struct text *leave)
{
    html_addf(enter, "<section class=\"%s\"", is_proof(element) ? "proof" : "theorem");
    add_id(enter, element);
    text_add(enter, ">\n");
    if (!is_titled(element)) {
        text_add(enter, "<p class=\"proof-title\"><span class=\"number\">");
        add_name(element, enter);
        text_add(enter, "</span></p>");
    }
    text_add(leave, "</section>");
    return true;
}

#define PROOF(id)                                                                                  \
    bool render_directive_prf_##id(struct context *context, const struct element *element,         \
                                   struct text *enter, struct text *leave)                         \
    {                                                                                              \
        (void)context;                                                                             \
        return add_proof(element, enter, leave);                                                   \
    }
PROOF(proof)
PROOF(theorem)
PROOF(lemma)
PROOF(proposition)
PROOF(corollary)
PROOF(definition)
PROOF(axiom)
PROOF(assumption)
PROOF(conjecture)
PROOF(criterion)
PROOF(property)
PROOF(observation)
PROOF(remark)
PROOF(example)
PROOF(algorithm)
#undef PROOF
