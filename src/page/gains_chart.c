/* The chart of {results}: a bar for each variant of each experiment, from 1, the baseline. */
#include "page/gains.h"

#include "page/html.h"
#include "page/results.h"

#include <math.h>
#include <string.h>

/* Sizes in the drawing: of a bar's row, between experiments, of all that is not rows; how much room
 * a letter takes at most, the dot at a bar's end, and the right margin. */
enum { BAR_HEIGHT = 17, GAP_HEIGHT = 8, FRAME_HEIGHT = 50, LETTER = 8, DOT = 9, RIGHT = 12 };

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
    double height = GAP_HEIGHT + BAR_HEIGHT * (double)count;
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

/* Whether the whole interval lies above 1. */
static bool is_gain(const struct bar *bar)
{
    return bar->summary.speedup.low > 1;
}

/* "pi gains most, 80.5 times as fast by parallel on 16 threads (unreliable)". */
static void add_extreme(const struct chart_bars *bars, const struct bar *bar, const char *how,
                        struct arena *arena, struct text *text)
{
    text_addf(text, "%s %s, %s times as fast by %s%s",
              short_name(gain_name(&bars->drawn.items[bar->gain]), arena), how,
              plain_number(arena, bar->summary.speedup.value, 3),
              long_label(bar->configuration, arena), noise_note(bar->summary.verdict.level));
}

/* Which gain most and least, how many gain, and how many cannot be relied on. */
static char *describe(const struct chart_bars *bars, struct arena *arena)
{
    struct text text = {0};
    const struct bar *most = bars->items, *least = bars->items;
    size_t gains = 0, unreliable = 0;
    for (size_t i = 0; i < bars->count; i++) {
        const struct bar *bar = &bars->items[i];
        most = bar->summary.speedup.value > most->summary.speedup.value ? bar : most;
        least = bar->summary.speedup.value < least->summary.speedup.value ? bar : least;
        gains += is_gain(bar);
        unreliable += bar->summary.verdict.level == LEVEL_UNRELIABLE;
    }
    add_extreme(bars, most, "gains most", arena, &text);
    if (least != most) {
        text_add(&text, "; ");
        add_extreme(bars, least, "least", arena, &text);
    }
    text_addf(&text, ". The whole interval lies above 1 for %zu of %zu", gains, bars->count);
    if (unreliable)
        text_addf(&text, ", %zu %s unreliable", unreliable, unreliable == 1 ? "is" : "are");
    text_add(&text, ". All stand in the table behind Data.");
    return text_keep(&text, arena);
}

static size_t letters(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

/* The logarithmic axis, in the drawing. */
struct axis {
    double left, width; /* of the drawing */
    double low, high;   /* values at its ends */
    double most;        /* the largest of the figures and their intervals */
};

static double place_on(const struct axis *axis, double value)
{
    return axis->left + axis->width * log(value / axis->low) / log(axis->high / axis->low);
}

/* The value after which the bar's label stands: 1, within the bar, where that is long enough, else
 * the bar's end. */
static double label_start(const struct axis *axis, const struct bar *bar, const char *label)
{
    const struct estimate *speedup = &bar->summary.speedup;
    double end = fmax(1, fmax(speedup->value, speedup->high));
    double room = place_on(axis, fmin(speedup->value, speedup->low)) - place_on(axis, 1);
    return room > (LETTER + 1) * (double)letters(label) + 2 * DOT ? 1 : end;
}

/* "parallel 14.0×". */
static const char *bar_label(const struct bar *bar, struct arena *arena)
{
    return arena_printf(arena, "%s %s", short_name(bar->configuration->variant, arena),
                        format_ratio(arena, bar->summary.speedup.value));
}

static bool labels_fit(const struct chart_bars *bars, const struct axis *axis, struct arena *arena)
{
    for (size_t i = 0; i < bars->count; i++) {
        const char *label = bar_label(&bars->items[i], arena);
        double start = place_on(axis, label_start(axis, &bars->items[i], label));
        if (start + DOT + LETTER * (double)letters(label) > CHART_WIDTH - RIGHT)
            return false;
    }
    return true;
}

/* An axis that holds all figures with their intervals, 1, and the labels. */
static struct axis find_axis(const struct chart_bars *bars, double left, struct arena *arena)
{
    enum { TRIES = 64 };
    struct axis axis = {left, CHART_WIDTH - RIGHT - left, 1, 1, 1};
    for (size_t i = 0; i < bars->count; i++) {
        const struct estimate *speedup = &bars->items[i].summary.speedup;
        axis.low = fmin(axis.low, fmin(speedup->value, speedup->low));
        axis.high = fmax(axis.high, fmax(speedup->value, speedup->high));
    }
    axis.most = axis.high;
    axis.low /= 1.2;
    axis.high *= 1.2;
    for (size_t i = 0; i < TRIES && !labels_fit(bars, &axis, arena); i++)
        axis.high *= 1.1;
    return axis;
}

/* Further variables of the chart's script. */
struct variables {
    struct arena *arena;
    struct chart_string *strings;
    struct chart_number *numbers;
    size_t string_count, number_count;
};

static void add_number(struct variables *variables, const char *name, double value)
{
    variables->numbers = array_grow(variables->arena, variables->numbers, variables->number_count,
                                    sizeof *variables->numbers);
    variables->numbers[variables->number_count++] = (struct chart_number){name, value};
}

/* "NAME3", at the height "NAME_Y3". */
static void add_label(struct variables *variables, const char *kind, size_t number,
                      const char *label, double height)
{
    struct arena *arena = variables->arena;
    variables->strings =
        array_grow(arena, variables->strings, variables->string_count, sizeof *variables->strings);
    variables->strings[variables->string_count++] =
        (struct chart_string){arena_printf(arena, "%s%zu", kind, number), label};
    add_number(variables, arena_printf(arena, "%s_Y%zu", kind, number), -height);
}

static struct variables variables_of(const struct context *context, const struct chart_bars *bars)
{
    struct variables variables = {.arena = context->arena};
    size_t widest = 0;
    for (size_t i = 0; i < bars->drawn.count; i++) {
        const char *name = short_name(row_name(context, &bars->drawn.items[i]), context->arena);
        add_label(&variables, "NAME", i + 1, name, bars->middles[i]);
        widest = letters(name) > widest ? letters(name) : widest;
    }
    const struct axis axis = find_axis(bars, (LETTER + 1) * (double)(widest + 1), context->arena);
    for (size_t i = 0; i < bars->count; i++) {
        const struct bar *bar = &bars->items[i];
        const char *label = bar_label(bar, context->arena);
        add_label(&variables, "BAR", i + 1, label, bar->height);
        add_number(&variables, arena_printf(context->arena, "BAR_X%zu", i + 1),
                   label_start(&axis, bar, label));
    }
    add_number(&variables, "NAMES", (double)bars->drawn.count);
    add_number(&variables, "BARS", (double)bars->count);
    add_number(&variables, "HEIGHT", FRAME_HEIGHT + bars->height);
    add_number(&variables, "YLOW", -bars->height);
    add_number(&variables, "LEFT", axis.left);
    add_number(&variables, "RIGHT", axis.left + axis.width);
    add_number(&variables, "XLOW", axis.low);
    add_number(&variables, "XHIGH", axis.high);
    add_number(&variables, "MOST", 1.2 * axis.most);
    add_number(&variables, "THICK", BAR_HEIGHT - 3);
    return variables;
}

static struct drawn draw(struct context *context, const struct element *element,
                         const struct chart_bars *bars, struct text *html)
{
    struct arena *arena = context->arena;
    struct chart_block *blocks = arena_alloc(arena, bars->variant_count * sizeof *blocks);
    const struct variables variables = variables_of(context, bars);
    for (size_t i = 0; i < bars->variant_count; i++)
        blocks[i] = variant_block(bars, i, arena);
    return add_chart(context, element,
                     &(struct chart){
                         .kind = "summary",
                         .id = arena_printf(arena, "summary-%d", element->place.line),
                         .title = "Speed-up of experiments, by variant",
                         .description = describe(bars, arena),
                         .xlabel = "times as fast as the baseline, logarithmic",
                         .blocks = blocks,
                         .block_count = bars->variant_count,
                         .numbers = variables.numbers,
                         .number_count = variables.number_count,
                         .strings = variables.strings,
                         .string_count = variables.string_count,
                     },
                     html);
}

/* --- Beside the drawing --------------------------------------------------------------------------
 */

static void add_note(const struct chart_bars *bars, struct text *html)
{
    for (size_t i = 0; i < bars->count; i++)
        if (bars->items[i].summary.verdict.level == LEVEL_UNRELIABLE) {
            text_add(html, "<p class=\"answers\">Figures with hollow dots are unreliable, for "
                           "reasons that stand with the experiment.</p>\n");
            return;
        }
}

static void add_figures(struct context *context, const struct chart_bars *bars,
                        const struct drawn *drawn, struct text *html)
{
    struct arena *arena = context->arena;
    struct data data = {.arena = arena,
                        .caption = "Speed-ups over the baselines, with 95 % intervals."};
    data_add_column(&data, DATA_WORDS, "Experiment", "");
    data_add_column(&data, DATA_WORDS, "Variant", "");
    data_add_column(&data, DATA_ESTIMATE, "Speed-up", "");
    data_add_column(&data, DATA_WORDS, "Baseline", "");
    data_add_column(&data, DATA_LEVEL, "Verdict", "");
    for (size_t i = 0; i < bars->count; i++) {
        const struct bar *bar = &bars->items[i];
        const struct gain *gain = &bars->drawn.items[bar->gain];
        const struct estimate speedup = bar->summary.speedup;
        data_add_words(&data, row_name(context, gain));
        data_add_words(&data, short_label(bar->configuration, arena));
        data_add_estimate(&data, format_ratio(arena, speedup.value),
                          interval_text(arena, speedup, 1), speedup);
        data_add_words(&data, short_label(gain->baseline, arena));
        data_add_level(&data, bar->summary.verdict.level);
    }
    add_data(context, drawn, &data, NULL, html);
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
        const struct drawn drawn = draw(context, element, &bars, html);
        add_note(&bars, html);
        add_figures(context, &bars, &drawn, html);
    }
    add_absences(context, gains, listed, html);
}
