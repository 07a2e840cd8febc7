/* {machine}: what the record says of the machine, as a picture and as a table in groups. */
#include "page/html.h"
#include "page/parts.h"
#include "page/results.h"
#include "page/topology.h"

#include <string.h>

/* Which group of the table a fact belongs to, by its key's part before the point; groups stand in
 * the order of this list. */
static const struct {
    const char *key;
    const char *title;
} groups[] = {
    {"cpu", "Processor"},
    {"cache", "Processor"},
    {"numa", "Processor"},
    {"memory", "Memory"},
    {"os", "System"},
    {"vm", "System"},
    {"mitigations", "System"},
    {"usable", "What this run could use"},
    {"affinity", "What this run could use"},
    {"quota", "What this run could use"},
    {"load", "What this run could use"},
    {"steal", "What this run could use"},
};
enum { GROUPS = sizeof groups / sizeof *groups };
static const char *const other_title = "Other";

enum { PART_PICTURE, PART_FACTS, PARTS }; /* of :show: */

static const char *title_of(const struct fact *fact)
{
    size_t size = strcspn(fact->key, ".");
    for (size_t i = 0; i < GROUPS; i++)
        if (strlen(groups[i].key) == size && strncmp(groups[i].key, fact->key, size) == 0)
            return groups[i].title;
    return other_title;
}

static void add_group(const struct facts *facts, const char *title, struct text *html)
{
    bool any = false;
    for (size_t i = 0; i < facts->count; i++) {
        if (strcmp(title_of(&facts->items[i]), title) != 0)
            continue;
        if (!any)
            html_addf(html, "<tbody>\n<tr><th scope=\"rowgroup\" colspan=\"2\">%s</th></tr>\n",
                      title);
        any = true;
        add_fact(&facts->items[i], html);
    }
    if (any)
        text_add(html, "</tbody>\n");
}

static void add_table(const struct facts *facts, struct text *html)
{
    open_table(html, "facts", "The machine");
    for (size_t i = 0; i < GROUPS; i++)
        if (i == 0 || strcmp(groups[i].title, groups[i - 1].title) != 0)
            add_group(facts, groups[i].title, html);
    add_group(facts, other_title, html);
    close_table(html);
}

bool render_directive_machine(struct context *context, const struct element *element,
                              struct text *enter, struct text *leave)
{
    static const char *const parts[PARTS] = {[PART_PICTURE] = "picture", [PART_FACTS] = "facts"};
    const struct record *record = context->record;
    bool wanted[PARTS] = {false};
    read_show(context, element, parts, PARTS, "picture, facts", wanted);
    if (context->options->rehearsal)
        return true;
    text_add(enter, "<figure class=\"machine\"");
    add_id(enter, element);
    text_add(enter, ">\n");
    if (!record || record->machine.count == 0) {
        render_box(context, element, leave, "The machine is not known",
                   "The record does not describe it.", NULL);
    } else {
        bool drawn = wanted[PART_PICTURE] && add_topology(&record->machine, context->arena, leave);
        if (wanted[PART_FACTS])
            add_table(&record->machine, leave);
        else if (!drawn)
            text_add(leave, "<p class=\"no-chart\">There is no picture of this machine: how its "
                            "cores share caches is not known, uneven, or too much to draw.</p>\n");
    }
    text_add(leave, "</figure>\n");
    return true;
}
