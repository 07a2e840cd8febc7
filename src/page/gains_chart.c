/* The chart of {results}: a bar for each variant of each experiment, from 1, the baseline. */
#include "page/gains.h"

#include "page/html.h"
#include "page/results.h"
#include "page/svg.h"

#include <math.h>
#include <string.h>

/* Heights in the drawing: of a bar's row, between experiments, of the least experiment, and of all
 * that is not rows. */
enum { BAR_HEIGHT = 11, GAP_HEIGHT = 13, LEAST_HEIGHT = 24, FRAME_HEIGHT = 50 };

enum { COLUMNS = 5 };

/* What is drawn of one variant of one experiment. */
struct bar {
    const struct configuration *configuration;
    struct summary summary;
    size_t gain;   /* whose, among those drawn */
    double height; /* of its middle, below the top */
};

struct chart_bars {
    struct gains drawn;
    double *middles; /* of each of them */
    struct bar *items;
    size_t count;
    const char **variants; /* in an order that agrees with that of the experiments */
    size_t variant_count;
    double height;
};

/* --- What there is to draw -----------------------------------------------------------------------
 */

static bool is_first(const struct result *result, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(result->configurations[i].variant, result->configurations[index].variant) == 0)
            return false;
    return true;
}

/* The variant's configuration with the largest speed-up, other than the baseline; NULL if none has
 * one. */
static const struct configuration *best_of(const struct gain *gain, const char *variant,
                                           struct summary *summary, struct arena *arena)
{
    const struct configuration *best = NULL;
    for (size_t i = 0; i < gain->result->configuration_count; i++) {
        const struct configuration *one = &gain->result->configurations[i];
        if (one == gain->baseline || strcmp(one->variant, variant) != 0)
            continue;
        struct summary its = summarise(gain->result, one, arena);
        if (isnan(its.speedup.value) || (best && its.speedup.value <= summary->speedup.value))
            continue;
        best = one;
        *summary = its;
    }
    return best;
}

static size_t find_variant(const struct chart_bars *bars, const char *variant)
{
    size_t i = 0;
    while (i < bars->variant_count && strcmp(bars->variants[i], variant) != 0)
        i++;
    return i;
}

/* Takes in the variants of the bars from `first`, one experiment's, each before the one that
 * follows it there. */
static void add_variants(struct chart_bars *bars, size_t first, struct arena *arena)
{
    size_t next = bars->variant_count;
    for (size_t i = bars->count; i-- > first;) {
        const char *variant = bars->items[i].configuration->variant;
        size_t at = find_variant(bars, variant);
        if (at == bars->variant_count) {
            at = next;
            bars->variants =
                array_grow(arena, bars->variants, bars->variant_count, sizeof *bars->variants);
            memmove(bars->variants + at + 1, bars->variants + at,
                    (bars->variant_count++ - at) * sizeof *bars->variants);
            bars->variants[at] = variant;
        }
        next = at;
    }
}

/* Adds the experiment's bars, one beneath the other; nothing where it has none. */
static void add_bars(struct chart_bars *bars, const struct gain *gain, struct arena *arena)
{
    struct gains *drawn = &bars->drawn;
    size_t first = bars->count;
    for (size_t i = 0; i < gain->result->configuration_count; i++) {
        struct bar bar = {.gain = drawn->count};
        const char *variant = gain->result->configurations[i].variant;
        if (!is_first(gain->result, i) ||
            !(bar.configuration = best_of(gain, variant, &bar.summary, arena)))
            continue;
        bars->items = array_grow(arena, bars->items, bars->count, sizeof *bars->items);
        bars->items[bars->count++] = bar;
    }
    size_t count = bars->count - first;
    if (count == 0)
        return;
    add_variants(bars, first, arena);
    double height = GAP_HEIGHT + fmax(BAR_HEIGHT * (double)count, LEAST_HEIGHT - GAP_HEIGHT);
    double middle = bars->height + height / 2;
    for (size_t i = 0; i < count; i++)
        bars->items[first + i].height =
            middle + BAR_HEIGHT * ((double)i - 0.5 * ((double)count - 1));
    drawn->items = array_grow(arena, drawn->items, drawn->count, sizeof *drawn->items);
    bars->middles = array_grow(arena, bars->middles, drawn->count, sizeof *bars->middles);
    bars->middles[drawn->count] = middle;
    drawn->items[drawn->count++] = *gain;
    bars->height += height;
}

static struct chart_bars collect(const struct gains *gains, struct arena *arena)
{
    struct chart_bars bars = {0};
    for (size_t i = 0; i < gains->count; i++)
        if (!gains->items[i].absence)
            add_bars(&bars, &gains->items[i], arena);
    return bars;
}

/* --- The drawing ---------------------------------------------------------------------------------
 */

/* "3.1 median", as it is written beside the bars and in the data. */
static const char *row_name(const struct context *context, const struct gain *gain)
{
    const struct label *label = gain_label(context, gain);
    return label && label->number
               ? arena_printf(context->arena, "%s %s", label->number, gain_name(gain))
               : gain_name(gain);
}

/* The bars of one variant. */
static struct chart_block variant_block(const struct chart_bars *bars, size_t variant,
                                        struct arena *arena)
{
    double *cells = arena_alloc(arena, COLUMNS * bars->count * sizeof *cells);
    const double **columns = arena_alloc(arena, COLUMNS * sizeof *columns);
    size_t rows = 0;
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = cells + i * bars->count;
    for (size_t i = 0; i < bars->count; i++) {
        const struct bar *bar = &bars->items[i];
        const struct estimate *speedup = &bar->summary.speedup;
        const double values[COLUMNS] = {speedup->value, speedup->low, speedup->high, -bar->height,
                                        bar->summary.verdict.level == LEVEL_UNRELIABLE};
        if (strcmp(bar->configuration->variant, bars->variants[variant]) != 0)
            continue;
        for (size_t k = 0; k < COLUMNS; k++)
            cells[k * bars->count + rows] = values[k];
        rows++;
    }
    return (struct chart_block){.label = bars->variants[variant],
                                .columns = columns,
                                .column_count = COLUMNS,
                                .rows = rows};
}

/* "median: simd is 3.97 times as fast as serial, interval 3.95 to 3.99; parallel on …" */
static char *describe(const struct chart_bars *bars, struct arena *arena)
{
    struct text text = {0};
    for (size_t i = 0; i < bars->count; i++) {
        const struct bar *bar = &bars->items[i];
        const struct gain *gain = &bars->drawn.items[bar->gain];
        const char *interval = interval_text(arena, bar->summary.speedup, 1);
        bool first = i == 0 || bars->items[i - 1].gain != bar->gain;
        if (first)
            text_addf(&text, "%s%s: ", i ? ". " : "", gain_name(gain));
        text_addf(&text, "%s%s is %s times as fast", first ? "" : "; ",
                  configuration_label(bar->configuration, arena),
                  plain_number(arena, bar->summary.speedup.value, 3));
        if (first)
            text_addf(&text, " as %s", configuration_label(gain->baseline, arena));
        if (interval)
            text_addf(&text, ", interval %s", interval);
        text_add(&text, noise_note(bar->summary.verdict.level));
    }
    text_add_char(&text, '.');
    return text_keep(&text, arena);
}

/* The names beside the rows, and the largest figure of each. */
struct row_labels {
    struct chart_string *strings;
    struct chart_number *numbers;
    size_t string_count, number_count, widest; /* letters of the longest name */
};

static double largest(const struct chart_bars *bars, size_t gain)
{
    double most = 0;
    for (size_t i = 0; i < bars->count; i++)
        if (bars->items[i].gain == gain)
            most = fmax(most, bars->items[i].summary.speedup.value);
    return most;
}

static struct row_labels label_rows(const struct context *context, const struct chart_bars *bars,
                                    size_t spare)
{
    struct arena *arena = context->arena;
    size_t count = bars->drawn.count;
    struct row_labels labels = {
        .strings = arena_alloc(arena, 2 * count * sizeof *labels.strings),
        .numbers = arena_alloc(arena, (count + spare) * sizeof *labels.numbers),
    };
    for (size_t i = 0; i < count; i++) {
        const char *name = short_name(row_name(context, &bars->drawn.items[i]), arena);
        const char *value = format_ratio(arena, largest(bars, i));
        labels.widest = text_letters(name) > labels.widest ? text_letters(name) : labels.widest;
        labels.strings[labels.string_count++] =
            (struct chart_string){arena_printf(arena, "NAME%zu", i + 1), name};
        labels.strings[labels.string_count++] =
            (struct chart_string){arena_printf(arena, "VALUE%zu", i + 1), value};
        labels.numbers[labels.number_count++] =
            (struct chart_number){arena_printf(arena, "ROW%zu", i + 1), -bars->middles[i]};
    }
    return labels;
}

/* What the axis must hold: all figures with their intervals, and 1. */
static void find_range(const struct chart_bars *bars, double *least, double *most)
{
    *least = *most = 1;
    for (size_t i = 0; i < bars->count; i++) {
        const struct estimate *speedup = &bars->items[i].summary.speedup;
        *least = fmin(*least, fmin(speedup->value, speedup->low));
        *most = fmax(*most, fmax(speedup->value, speedup->high));
    }
}

static void draw(struct context *context, const struct element *element,
                 const struct chart_bars *bars, struct text *html)
{
    struct arena *arena = context->arena;
    struct chart_block *blocks = arena_alloc(arena, bars->variant_count * sizeof *blocks);
    double least, most;
    find_range(bars, &least, &most);
    for (size_t i = 0; i < bars->variant_count; i++)
        blocks[i] = variant_block(bars, i, arena);
    const struct chart_number frame[] = {
        {"HEIGHT", FRAME_HEIGHT + bars->height},
        {"NAMES", (double)bars->drawn.count},
        {"YLOW", -bars->height},
        {"XLOW", least / 1.2},
        {"XHIGH", most * 1.2},
        {"BAR", BAR_HEIGHT - 3},
    };
    enum { FRAME = sizeof frame / sizeof *frame };
    struct row_labels labels = label_rows(context, bars, FRAME + 1);
    memcpy(labels.numbers + labels.number_count, frame, sizeof frame);
    labels.number_count += FRAME;
    labels.numbers[labels.number_count++] =
        (struct chart_number){"NAME_WIDTH", (double)labels.widest};
    add_chart(context, element,
              &(struct chart){
                  .kind = "summary",
                  .id = arena_printf(arena, "summary-%d", element->place.line),
                  .title = "Speed-up of experiments, by variant",
                  .description = describe(bars, arena),
                  .xlabel = "times as fast as the baseline, logarithmic",
                  .blocks = blocks,
                  .block_count = bars->variant_count,
                  .numbers = labels.numbers,
                  .number_count = labels.number_count,
                  .strings = labels.strings,
                  .string_count = labels.string_count,
              },
              html);
}

/* --- Beside the drawing --------------------------------------------------------------------------
 */

static void add_key(const struct chart_bars *bars, struct text *html)
{
    bool unreliable = false;
    text_add(html, "<p class=\"chart-key\">");
    for (size_t i = 0; i < bars->variant_count; i++)
        html_addf(html, "<span><i class=\"s%zu\"></i> %s</span> ", i % SVG_SERIES + 1,
                  bars->variants[i]);
    for (size_t i = 0; i < bars->count; i++)
        unreliable |= bars->items[i].summary.verdict.level == LEVEL_UNRELIABLE;
    if (unreliable)
        text_add(html, "<span><i class=\"hollow\"></i> unreliable, for reasons that stand with the "
                       "experiment</span>");
    text_add(html, "</p>\n");
}

static void add_data(const struct context *context, const struct chart_bars *bars,
                     struct text *html)
{
    struct arena *arena = context->arena;
    open_data(html, NULL);
    text_add(html, "<thead><tr><th scope=\"col\">Experiment</th><th scope=\"col\">Variant</th>"
                   "<th scope=\"col\">Speed-up</th><th scope=\"col\">Baseline</th>"
                   "<th scope=\"col\">Verdict</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < bars->count; i++) {
        const struct bar *bar = &bars->items[i];
        const struct gain *gain = &bars->drawn.items[bar->gain];
        html_addf(html, "<tr><th scope=\"row\">%s</th><td>%s</td>", row_name(context, gain),
                  short_label(bar->configuration, arena));
        add_estimate(html, format_ratio(arena, bar->summary.speedup.value),
                     interval_text(arena, bar->summary.speedup, 1));
        html_addf(html, "<td>%s</td>", short_label(gain->baseline, arena));
        add_level(html, bar->summary.verdict.level);
        text_add(html, "</tr>\n");
    }
    text_add(html, "</tbody>\n");
    close_data(html);
}

/* --- What is missing -----------------------------------------------------------------------------
 */

/* Experiments without a figure, or without that of a variant, for one reason. */
struct missing {
    const char *variant; /* "": of the whole experiment */
    const char *reason;
    struct text names; /* of the experiments */
};

struct missings {
    struct missing *items;
    size_t count;
};

static void add_missing(struct missings *missings, const char *variant, const char *reason,
                        const char *name, struct arena *arena)
{
    size_t i = 0;
    while (i < missings->count && (strcmp(missings->items[i].variant, variant) != 0 ||
                                   strcmp(missings->items[i].reason, reason) != 0))
        i++;
    if (i == missings->count) {
        missings->items = array_grow(arena, missings->items, i, sizeof *missings->items);
        missings->items[missings->count++] = (struct missing){variant, reason, {0}};
    }
    struct text *names = &missings->items[i].names;
    text_addf(names, "%s%s", names->size ? ", " : "", name);
}

static const char *why_missing(const struct configuration *configuration, struct arena *arena)
{
    const char *absence = absence_text(configuration->status);
    return configuration->reason ? arena_printf(arena, "%s: %s", absence, configuration->reason)
                                 : absence;
}

/* The experiment's variants without a figure. */
static void find_missing(struct missings *missings, const struct context *context,
                         const struct gain *gain)
{
    struct arena *arena = context->arena;
    for (size_t i = 0; i < gain->result->configuration_count; i++) {
        const struct configuration *one = &gain->result->configurations[i];
        struct summary summary;
        if (is_first(gain->result, i) && one != gain->baseline && !configuration_measured(one) &&
            !best_of(gain, one->variant, &summary, arena))
            add_missing(missings, one->variant, why_missing(one, arena), row_name(context, gain),
                        arena);
    }
}

static void add_absences(const struct context *context, const struct gains *gains, bool listed,
                         struct text *html)
{
    struct missings missings = {0};
    struct text list = {0};
    for (size_t i = 0; i < gains->count; i++) {
        const struct gain *gain = &gains->items[i];
        const char *reason = gain->absence ? gain->absence
                             : gain->best  ? NULL
                                           : "nothing was measured beside the baseline";
        if (!gain->absence)
            find_missing(&missings, context, gain);
        if (!listed && reason)
            add_missing(&missings, "", reason, row_name(context, gain), context->arena);
    }
    for (size_t i = 0; i < missings.count; i++) {
        struct missing *one = &missings.items[i];
        html_addf(&list, *one->variant ? "<li>%s (%s): %s</li>\n" : "<li>%s%s: %s</li>\n",
                  one->variant, text_string(&one->names), one->reason);
        text_release(&one->names);
    }
    if (list.size)
        html_addf(html, "<div class=\"reasons\"><p>Not in the chart:</p>\n<ul>\n%r</ul></div>\n",
                  text_string(&list));
    text_release(&list);
}

void add_gains_chart(struct context *context, const struct element *element,
                     const struct gains *gains, bool listed, struct text *html)
{
    struct chart_bars bars = collect(gains, context->arena);
    if (bars.count) {
        add_key(&bars, html);
        draw(context, element, &bars, html);
        add_data(context, &bars, html);
    }
    add_absences(context, gains, listed, html);
}
