/* A comparison in tables: where the records come from, times, ratios, and all in one. */
#include "page/comparison.h"
#include "page/html.h"
#include "page/parts.h"
#include "page/results.h"

#include <math.h>
#include <string.h>

enum { NAME_LETTERS = 40 };

/* --- Names ---------------------------------------------------------------------------------------
 */

static const char *contender_name(const struct comparison_view *view, size_t contender)
{
    return text_cut(view->context->arena, view->comparison->contenders[contender].name,
                    NAME_LETTERS);
}

void add_compared_name(const struct comparison_view *view,
                       const struct compared_experiment *experiment, struct text *html)
{
    const struct label *label = book_label(view->context->book, experiment->name);
    const char *name = text_cut(view->context->arena, experiment->name, NAME_LETTERS);
    if (label && label->number) {
        add_label_link(view->context, html, label, label->number);
        text_add_char(html, ' ');
    }
    html_addf(html, "<code>%s</code>", name);
}

static void add_column_heads(const struct comparison_view *view, bool ratios, struct text *html)
{
    const struct comparison *comparison = view->comparison;
    for (size_t i = 0; i < comparison->count; i++) {
        if (ratios && i == comparison->baseline)
            continue;
        html_addf(html, "<th scope=\"col\">%s", contender_name(view, i));
        if (ratios)
            html_addf(html, " <span class=\"interval\">times as fast as %s</span>",
                      contender_name(view, comparison->baseline));
        text_add(html, "</th>");
    }
}

/* --- Notes ---------------------------------------------------------------------------------------
 */

/* What is said beneath a table, once each, with the marks that cells refer to it by. */
struct note {
    const char *text;    /* what all its cells have in common */
    struct text details; /* what only some of them have */
};

struct notes {
    struct note *items;
    size_t count;
    const struct comparison_view *view;
};

/* "a" to "z", then "aa", "ab", … */
static const char *mark(size_t index, struct arena *arena)
{
    const char last = (char)('a' + index % 26);
    return index < 26 ? arena_printf(arena, "%c", last)
                      : arena_printf(arena, "%s%c", mark(index / 26 - 1, arena), last);
}

static void add_mark(struct notes *notes, const char *text, const char *detail, struct text *html)
{
    struct arena *arena = notes->view->context->arena;
    size_t i = 0;
    while (i < notes->count && strcmp(notes->items[i].text, text) != 0)
        i++;
    if (i == notes->count) {
        notes->items = array_grow(arena, notes->items, notes->count, sizeof *notes->items);
        notes->items[notes->count++] = (struct note){.text = text};
    }
    struct text *details = &notes->items[i].details;
    if (detail && !strstr(text_string(details), detail))
        text_addf(details, "%s%s", details->size ? "; " : "", detail);
    html_addf(html, "<sup class=\"mark\">%s</sup>", mark(i, arena));
}

static void add_notes(struct notes *notes, struct text *html)
{
    if (notes->count)
        text_add(html, "<div class=\"reasons\"><ul>\n");
    for (size_t i = 0; i < notes->count; i++) {
        struct note *note = &notes->items[i];
        html_addf(html, "<li><sup class=\"mark\">%s</sup> %s%s%s.</li>\n",
                  mark(i, notes->view->context->arena), note->text, note->details.size ? ": " : "",
                  text_string(&note->details));
        text_release(&note->details);
    }
    if (notes->count)
        text_add(html, "</ul></div>\n");
}

/* Marks a result that is refused as a whole. What follows the colon is the experiment's own, so
 * that one note can speak of all. */
static void mark_result(struct notes *notes, const struct compared_experiment *experiment,
                        size_t contender, struct text *html)
{
    const char *refusal = experiment->refusals[contender];
    struct arena *arena = notes->view->context->arena;
    size_t size = strcspn(refusal, ":");
    const char *detail = NULL;
    if (refusal[size])
        detail = arena_printf(arena, "%s with%s", text_cut(arena, experiment->name, NAME_LETTERS),
                              refusal + size + 1);
    add_mark(
        notes,
        arena_printf(arena, "%s: %.*s", contender_name(notes->view, contender), (int)size, refusal),
        detail, html);
}

static void mark_cell(struct notes *notes, size_t contender, const char *what, struct text *html)
{
    struct arena *arena = notes->view->context->arena;
    add_mark(notes, arena_printf(arena, "%s: %s", contender_name(notes->view, contender), what),
             NULL, html);
}

/* --- Cells ---------------------------------------------------------------------------------------
 */

/* Where a number cannot stand: a dash, and why. False where it can. */
static bool add_absence(struct notes *notes, const struct compared_experiment *experiment,
                        const struct compared *cell, size_t contender, struct text *html)
{
    if (!experiment->refusals[contender] && !cell->refusal)
        return false;
    text_add(html, "<td>–");
    if (experiment->refusals[contender])
        mark_result(notes, experiment, contender, html);
    else
        mark_cell(notes, contender, cell->refusal, html);
    text_add(html, "</td>");
    return true;
}

/* The energy of a call where it could be read. */
static const char *energy_of(const struct configuration *configuration, struct arena *arena)
{
    for (size_t i = 0; i < configuration->counter_count; i++)
        if (strcmp(configuration->counters[i].name, "energy") == 0)
            return arena_printf(arena, "%s\xC2\xA0J",
                                format_number(arena, configuration->counters[i].value));
    return NULL;
}

static void add_time(struct notes *notes, const struct compared_experiment *experiment,
                     const struct compared_row *row, size_t contender, struct text *html)
{
    const struct compared *cell = &row->cells[contender];
    struct arena *arena = notes->view->context->arena;
    if (add_absence(notes, experiment, cell, contender, html))
        return;
    if (!cell->summary) {
        text_add(html, "<td>–</td>");
        return;
    }
    const struct estimate *time = &cell->summary->time;
    const char *interval = interval_text(arena, *time, 1 / time_unit_of(time->value)->seconds);
    const char *energy = energy_of(cell->configuration, arena);
    html_addf(html, "<td data-value=\"%s\">%s", arena_printf(arena, "%.6g", time->value),
              format_seconds(arena, time->value));
    if (interval)
        html_addf(html, " <span class=\"interval\">%s</span>", interval);
    if (energy)
        html_addf(html, " <span class=\"interval\">%s</span>", energy);
    if (row->threads == 0)
        html_addf(html, " <span class=\"interval\">on %d thread%s</span>",
                  cell->configuration->threads, cell->configuration->threads == 1 ? "" : "s");
    text_add(html, "</td>");
}

static void add_ratio(struct notes *notes, const struct compared_experiment *experiment,
                      const struct compared_row *row, size_t contender, struct text *html)
{
    static const char *const classes[] = {[CHANGE_NONE] = "none",
                                          [CHANGE_FASTER] = "faster",
                                          [CHANGE_SLOWER] = "slower",
                                          [CHANGE_UNTOLD] = "untold"};
    const struct compared *cell = &row->cells[contender];
    struct arena *arena = notes->view->context->arena;
    if (add_absence(notes, experiment, cell, contender, html))
        return;
    const char *interval = interval_text(arena, cell->ratio, 1);
    html_addf(html, "<td data-value=\"%s\">%s", arena_printf(arena, "%.6g", cell->ratio.value),
              format_ratio(arena, cell->ratio.value));
    if (interval)
        html_addf(html, " <span class=\"interval\">%s</span>", interval);
    html_addf(html, " <span class=\"change change-%s\">%s", classes[cell->change],
              change_name(cell->change));
    if (cell->untold)
        add_mark(notes, cell->untold, NULL, html);
    if (cell->caution)
        mark_cell(notes, contender, cell->caution, html);
    text_add(html, "</span></td>");
}

static void add_times(struct notes *notes, const struct compared_experiment *experiment,
                      const struct compared_row *row, struct text *html)
{
    for (size_t i = 0; i < notes->view->comparison->count; i++)
        add_time(notes, experiment, row, i, html);
}

static void add_ratios(struct notes *notes, const struct compared_experiment *experiment,
                       const struct compared_row *row, struct text *html)
{
    for (size_t i = 0; i < notes->view->comparison->count; i++)
        if (i != notes->view->comparison->baseline)
            add_ratio(notes, experiment, row, i, html);
}

/* --- Tables --------------------------------------------------------------------------------------
 */

/* "pi – pi.hits: n = 100,000,000", across the table. */
static void add_group(const struct comparison_view *view,
                      const struct compared_experiment *experiment, size_t columns,
                      struct text *html)
{
    enum { SETTINGS_SHOWN = 8 };
    struct arena *arena = view->context->arena;
    const struct result *like = experiment->like;
    html_addf(html, "<tbody>\n<tr><th scope=\"rowgroup\" colspan=\"%zu\">", columns);
    add_compared_name(view, experiment, html);
    html_addf(html, " <span class=\"interval\">%s", text_cut(arena, like->kernel, NAME_LETTERS));
    for (size_t i = 0; i < like->setting_count && i < SETTINGS_SHOWN; i++)
        add_setting(arena, &like->settings[i], i ? ", " : ": ", html);
    html_addf(html, "%s</span></th></tr>\n", like->setting_count > SETTINGS_SHOWN ? ", …" : "");
}

/* In place of rows: why no record's result stands beside the baseline's. */
static void add_refused(struct notes *notes, const struct compared_experiment *experiment,
                        size_t columns, struct text *html)
{
    html_addf(html, "<td colspan=\"%zu\" class=\"absent\">not compared", columns);
    for (size_t i = 0; i < notes->view->comparison->count; i++)
        if (experiment->refusals[i])
            mark_result(notes, experiment, i, html);
    text_add(html, "</td></tr>\n");
}

typedef void add_cells(struct notes *notes, const struct compared_experiment *experiment,
                       const struct compared_row *row, struct text *html);

/* One body for each experiment, one row for each way of running it. */
static void add_grouped(const struct comparison_view *view, bool ratios, struct text *html)
{
    const struct comparison *comparison = view->comparison;
    size_t columns = comparison->count - ratios;
    add_cells *add = ratios ? add_ratios : add_times;
    struct notes notes = {.view = view};
    open_table(html, "overview compared", ratios ? "Ratios" : "Times");
    text_add(html, "<thead><tr><th scope=\"col\">Configuration</th>");
    add_column_heads(view, ratios, html);
    text_add(html, "</tr></thead>\n");
    for (size_t i = 0; i < comparison->experiment_count; i++) {
        const struct compared_experiment *experiment = &comparison->experiments[i];
        add_group(view, experiment, columns + 1, html);
        if (experiment->row_count == 0) {
            text_add(html, "<tr>");
            add_refused(&notes, experiment, columns + 1, html);
        }
        for (size_t k = 0; k < experiment->row_count; k++) {
            html_addf(html, "<tr><th scope=\"row\">%s</th>",
                      row_label(&experiment->rows[k], view->context->arena));
            add(&notes, experiment, &experiment->rows[k], html);
            text_add(html, "</tr>\n");
        }
        text_add(html, "</tbody>\n");
    }
    close_table(html);
    add_notes(&notes, html);
}

void show_comparison_times(const struct comparison_view *view, struct text *html)
{
    add_grouped(view, false, html);
}

void show_comparison_ratios(const struct comparison_view *view, struct text *html)
{
    add_grouped(view, true, html);
    html_addf(html,
              "<p class=\"answers\">Above 1 a record is the faster one. The interval, of at least "
              "95 %%, is put together from two of 97.5 %%, for nothing pairs the samples of "
              "different runs. “Faster” and “slower” stand only where it lies beyond %s %% on "
              "either side of 1, or what the samples themselves spread or drift if that is "
              "more, and where neither figure is unreliable.</p>\n",
              plain_number(view->context->arena, 100 * compare_margin, 1));
}

/* Each row by itself, so that a script can sort them. */
void show_comparison_table(const struct comparison_view *view, struct text *html)
{
    const struct comparison *comparison = view->comparison;
    size_t columns = 2 * comparison->count - 1;
    struct notes notes = {.view = view};
    open_table(html, "overview compared sortable", "All figures");
    text_add(html, "<thead><tr><th scope=\"col\">Experiment</th>"
                   "<th scope=\"col\" class=\"words\">Configuration</th>");
    add_column_heads(view, false, html);
    add_column_heads(view, true, html);
    text_add(html, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < comparison->experiment_count; i++) {
        const struct compared_experiment *experiment = &comparison->experiments[i];
        if (experiment->row_count == 0) {
            text_add(html, "<tr><th scope=\"row\">");
            add_compared_name(view, experiment, html);
            text_add(html, "</th>");
            add_refused(&notes, experiment, columns + 1, html);
        }
        for (size_t k = 0; k < experiment->row_count; k++) {
            text_add(html, "<tr><th scope=\"row\">");
            add_compared_name(view, experiment, html);
            html_addf(html, "</th><td class=\"words\">%s</td>",
                      row_label(&experiment->rows[k], view->context->arena));
            add_times(&notes, experiment, &experiment->rows[k], html);
            add_ratios(&notes, experiment, &experiment->rows[k], html);
            text_add(html, "</tr>\n");
        }
    }
    text_add(html, "</tbody>\n");
    close_table(html);
    add_notes(&notes, html);
}

/* --- Words and provenance ------------------------------------------------------------------------
 */

void show_comparison_summary(const struct comparison_view *view, struct text *html)
{
    struct sentences sentences = comparison_sentences(view->comparison, view->context->arena);
    text_add(html, "<ul class=\"findings\">\n");
    for (size_t i = 0; i < sentences.count; i++)
        html_addf(html, "<li>%s</li>\n", sentences.items[i]);
    text_add(html, "</ul>\n");
}

static bool same_values(const struct provenance_fact *one, const struct provenance_fact *other,
                        size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!one->values[i] != !other->values[i] ||
            (one->values[i] && strcmp(one->values[i], other->values[i]) != 0))
            return false;
    return true;
}

/* A row for the fact and for all those behind it that differ in the same way, such as flags of
 * several builds; nothing where one before it has spoken for it. */
static void add_fact_row(const struct comparison_view *view, const struct provenance *provenance,
                         size_t index, struct text *html)
{
    const struct provenance_fact *facts = provenance->items, *fact = &facts[index];
    size_t count = view->comparison->count;
    for (size_t i = 0; i < index; i++)
        if (facts[i].differs && same_values(&facts[i], fact, count))
            return;
    html_addf(html, "<tr><th scope=\"row\">%s", fact->label);
    for (size_t i = index + 1; i < provenance->count; i++)
        if (facts[i].differs && same_values(&facts[i], fact, count))
            html_addf(html, "; %s", facts[i].label);
    text_add(html, "</th>");
    for (size_t i = 0; i < count; i++)
        if (fact->values[i])
            html_addf(html, "<td class=\"words\">%s</td>", fact->values[i]);
        else
            text_add(html, "<td class=\"absent\">not known</td>");
    text_add(html, "</tr>\n");
}

/* What is known to be alike in all records, by name alone. */
static void add_alike(const struct provenance *provenance, struct text *html)
{
    size_t count = 0;
    for (size_t i = 0; i < provenance->count; i++)
        if (!provenance->items[i].differs && provenance->items[i].values[0])
            html_addf(html, count++ ? ", %s" : "<p class=\"answers\">Alike in all records: %s",
                      provenance->items[i].label);
    if (count)
        text_add(html, ".</p>\n");
}

void show_comparison_machines(const struct comparison_view *view, struct text *html)
{
    const struct comparison *comparison = view->comparison;
    struct provenance provenance =
        provenance_of(comparison->contenders, comparison->count, view->context->arena);
    size_t differing = 0;
    for (size_t i = 0; i < provenance.count; i++)
        differing += provenance.items[i].differs;
    if (differing == 0) {
        text_add(html, "<p class=\"no-chart\">The records tell of no difference between their "
                       "machines, builds and runs.</p>\n");
    } else {
        open_table(html, "facts compared", "What differs");
        text_add(html, "<thead><tr><th scope=\"col\">What differs</th>");
        add_column_heads(view, false, html);
        text_add(html, "</tr></thead>\n<tbody>\n");
        for (size_t i = 0; i < provenance.count; i++)
            if (provenance.items[i].differs)
                add_fact_row(view, &provenance, i, html);
        text_add(html, "</tbody>\n");
        close_table(html);
    }
    add_alike(&provenance, html);
}
