#include "book/gates.h"

#include "book/parse.h"

static const struct gate {
    enum directive_id start, end, whole;
} gates[] = {
    {DIRECTIVE_exercise_start, DIRECTIVE_exercise_end, DIRECTIVE_exercise},
    {DIRECTIVE_solution_start, DIRECTIVE_solution_end, DIRECTIVE_solution},
};
enum { GATES = sizeof gates / sizeof *gates };

static const struct gate *gate_of(const struct element *element, bool start)
{
    for (size_t i = 0; element && element->kind == ELEMENT_DIRECTIVE && i < GATES; i++)
        if (element->id == (int)(start ? gates[i].start : gates[i].end))
            return &gates[i];
    return NULL;
}

/* The sibling at which what `start` opens ends, or NULL at the end of them all. */
static cmark_node *find_end(const struct element *start, const struct gate *gate)
{
    cmark_node *node = cmark_node_next(start->node);
    while (node) {
        const struct element *element = cmark_node_get_user_data(node);
        if (gate_of(element, false) == gate || gate_of(element, true))
            break;
        node = cmark_node_next(node);
    }
    return node;
}

static bool is_below(cmark_node *node, cmark_node *above)
{
    while (node && node != above)
        node = cmark_node_parent(node);
    return node;
}

static void close_gate(struct reading *reading, size_t index, const struct gate *gate)
{
    struct chapter *chapter = reading->chapter;
    struct element *start = chapter->elements[index];
    cmark_node *end = find_end(start, gate), *node;
    const struct element *last = end ? cmark_node_get_user_data(end) : NULL;
    bool closed = gate_of(last, false) == gate;
    if (!closed)
        reading_warning(reading, start->place,
                        arena_printf(reading->scratch, "close it with ```{%s}",
                                     directive_rules[gate->end].name),
                        "this {%s} is never closed", start->name);
    while ((node = cmark_node_next(start->node)) != end)
        cmark_node_append_child(start->node, node);
    size_t next = index + 1;
    for (; next < chapter->element_count; next++) {
        struct element *element = chapter->elements[next];
        if (!is_below(element->node, start->node))
            break;
        element->parent = element->parent == start->parent ? start : element->parent;
    }
    if (closed) {
        element_remove(chapter, last);
        cmark_node_free(end);
    }
    start->id = gate->whole;
    start->name = directive_rules[gate->whole].name;
}

void gates_close(struct reading *reading)
{
    struct chapter *chapter = reading->chapter;
    for (size_t i = 0; i < chapter->element_count; i++) {
        const struct gate *gate = gate_of(chapter->elements[i], true);
        if (gate)
            close_gate(reading, i, gate);
    }
    for (size_t i = 0; i < chapter->element_count;) {
        const struct element *element = chapter->elements[i];
        if (!gate_of(element, false)) {
            i++;
            continue;
        }
        reading_warning(reading, element->place, NULL, "this {%s} closes nothing", element->name);
        cmark_node *node = element->node;
        element_remove(chapter, element);
        cmark_node_free(node);
    }
}
