/* What the tables and charts of experiments share: labels, numbers, the frame of a chart. */
#include "page/html.h"
#include "page/results.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL_LETTERS = 18 };

static void report_unknown_part(struct context *context, const struct element *element,
                                const char *word, size_t offset, const char *const *names,
                                size_t count)
{
    struct text known = {0};
    struct place place = element_option_place(element, "show");
    for (size_t i = 0; i < count; i++)
        text_addf(&known, "%s%s", i ? ", " : "it is one of ", names[i]);
    place.column += place.column ? (int)offset : 0;
    const char *hint = diag_suggest(context->diags, word, names, count);
    diag_error(context->diags, place, hint ? hint : text_string(&known),
               "':show:' does not know '%s'", word);
    text_release(&known);
}

void read_show(struct context *context, const struct element *element, const char *const *names,
               size_t count, const char *usual, bool *wanted)
{
    const char *value = element_option(element, "show");
    if (!value)
        value = usual;
    for (const char *at = value; *at;) {
        at += strspn(at, ", \t\r\n");
        size_t size = strcspn(at, ", \t\r\n"), i = 0;
        if (size == 0)
            break;
        const char *word = arena_strndup(context->arena, at, size);
        while (i < count && strcmp(names[i], word) != 0)
            i++;
        if (i < count)
            wanted[i] = true;
        else
            report_unknown_part(context, element, word, (size_t)(at - value), names, count);
        at += size;
    }
}

bool read_count(struct context *context, const struct element *element, const char *option,
                int least, int *count)
{
    enum { MOST = 65536 };
    const char *value = element_option(element, option);
    char *end;
    if (!value)
        return true;
    long number = strtol(value, &end, 10);
    if (*value == '\0' || *end != '\0' || number < least || number > MOST) {
        diag_error(context->diags, element_option_place(element, option),
                   arena_printf(context->arena, "write one number from %d to %d", least, MOST),
                   "'%s' is not a number of %s", value, option);
        return false;
    }
    *count = (int)number;
    return true;
}

bool result_has(const struct result *result, enum status status)
{
    for (size_t i = 0; i < result->configuration_count; i++)
        if (result->configurations[i].status == status)
            return true;
    return false;
}

struct summary *summarise_all(const struct result *result, struct arena *arena)
{
    struct summary *all = arena_alloc(arena, (result->configuration_count + 1) * sizeof *all);
    for (size_t i = 0; i < result->configuration_count; i++)
        all[i] = summarise(result, &result->configurations[i], arena);
    return all;
}

const char *counted_text(const struct result *result, bool heading)
{
    for (size_t i = 0; i < result->configuration_count; i++)
        if (strcmp(result->configurations[i].variant, VARIANT_PROCESSES) == 0)
            return heading ? "Threads or ranks" : "threads or ranks";
    return heading ? "Threads" : "threads";
}

size_t result_rounds(const struct result *result)
{
    size_t most = 0;
    for (size_t i = 0; i < result->configuration_count; i++)
        if (result->configurations[i].samples.count > most)
            most = result->configurations[i].samples.count;
    return most;
}

char *short_name(const char *name, struct arena *arena)
{
    return text_cut(arena, name, LABEL_LETTERS);
}

char *short_label(const struct configuration *configuration, struct arena *arena)
{
    const char *name = short_name(configuration->variant, arena);
    if (configuration->threads <= 1)
        return arena_strdup(arena, name);
    return arena_printf(arena, "%s × %d", name, configuration->threads);
}

char *long_label(const struct configuration *configuration, struct arena *arena)
{
    struct configuration named = *configuration;
    named.variant = short_name(configuration->variant, arena);
    return configuration_label(&named, arena);
}

char *plain_number(struct arena *arena, double value, int digits)
{
    if (!isfinite(value))
        return arena_strdup(arena, "–");
    int exponent = value == 0 ? 0 : (int)floor(log10(fabs(value)));
    int decimals = digits - 1 - exponent;
    decimals = decimals < 0 ? 0 : decimals > 12 ? 12 : decimals;
    return arena_printf(arena, "%s%.*f", value < 0 ? "−" : "", decimals, fabs(value));
}

const struct time_unit *time_unit_of(double seconds)
{
    static const struct time_unit units[] = {
        {1, "seconds a call", "s"},
        {1e-3, "milliseconds a call", "ms"},
        {1e-6, "microseconds a call", "µs"},
        {1e-9, "nanoseconds a call", "ns"},
    };
    size_t i = 0;
    while (i + 1 < sizeof units / sizeof *units && seconds < 0.9995 * units[i].seconds)
        i++;
    return &units[i];
}

char *interval_text(struct arena *arena, struct estimate estimate, double scale)
{
    enum { FEWEST = 3, MOST = 4 };
    double low = estimate.low * scale, high = estimate.high * scale;
    if (!isfinite(low) || !isfinite(high))
        return NULL;
    char *from = NULL, *to = NULL;
    for (int digits = FEWEST; digits <= MOST; digits++) {
        from = plain_number(arena, low, digits);
        to = plain_number(arena, high, digits);
        if (low == high || strcmp(from, to) != 0)
            break;
    }
    return arena_printf(arena, "%s to %s", from, to);
}

void add_estimate(struct text *html, const char *value, const char *interval)
{
    html_addf(html, "<td>%s", value);
    if (interval)
        html_addf(html, " <span class=\"interval\">%s</span>", interval);
    text_add(html, "</td>");
}

void add_level(struct text *html, enum level level)
{
    const char *name = level_name(level);
    html_addf(html, "<td><span class=\"verdict verdict-%s\">%s</span></td>", name, name);
}

const char *noise_note(enum level level)
{
    return level == LEVEL_UNRELIABLE ? " (unreliable)" : "";
}

void add_fact(const struct fact *fact, struct text *html)
{
    html_addf(html, "<tr><th scope=\"row\">%s</th>", fact->label);
    if (fact->value)
        html_addf(html, "<td class=\"words\">%s</td></tr>\n", fact->value);
    else
        html_addf(html, "<td class=\"absent\">not known%s%s</td></tr>\n", fact->why ? ": " : "",
                  fact->why ? fact->why : "");
}

struct drawn add_chart(struct context *context, const struct element *element,
                       const struct chart *chart, struct text *html)
{
    struct text why = {0};
    struct drawn drawn = {.id = chart->id, .title = chart->title};
    if (!context->charts || context->options->rehearsal)
        return drawn;
    drawn.svg = chart_draw(context->charts, chart, context->arena, &why);
    if (drawn.svg)
        html_addf(html, "<div class=\"chart-frame\">\n%r</div>\n", drawn.svg);
    else
        render_box(context, element, html, "This chart could not be drawn", text_string(&why),
                   NULL);
    text_release(&why);
    return drawn;
}

double nice_step(double most, int marks)
{
    static const double factors[] = {1, 2, 5};
    for (double power = 1; isfinite(most); power *= 10)
        for (size_t i = 0; i < 3; i++)
            if (most / (factors[i] * power) <= marks)
                return factors[i] * power;
    return 1;
}

void open_table(struct text *html, const char *class_name, const char *label)
{
    html_addf(html,
              "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"%s\">\n"
              "<table class=\"%s\">\n",
              label, class_name);
}

void close_table(struct text *html)
{
    text_add(html, "</table></div>\n");
}

void open_race(struct race *race, struct text *html)
{
    *race = (struct race){0};
    text_add(html,
             "<p class=\"answers\">On several threads this kernel’s answer may be wrong: that "
             "is what it is for.");
}

void add_raced(struct race *race, const char *of, const struct configuration *configuration,
               const struct answers *answers, struct arena *arena, struct text *html)
{
    race->samples += answers->count;
    race->wrong += answers->wrong;
    if (answers->wrong)
        html_addf(html, " %s %s %zu of %zu answers %s wrong: they go from %s to %s, right is %s.",
                  of, configuration_label(configuration, arena), answers->wrong, answers->count,
                  answers->wrong == 1 ? "was" : "were", format_number(arena, answers->least),
                  format_number(arena, answers->most), format_number(arena, answers->right));
}

void close_race(struct race *race, struct text *html)
{
    if (race->samples && !race->wrong)
        html_addf(html, " Here all answers of the %zu samples were right.", race->samples);
    text_add(html, "</p>\n");
}

void spread_labels(double *heights, size_t count, double gap, double low, double high)
{
    enum { MOST = 64 };
    size_t order[MOST];
    if (count == 0 || count > MOST)
        return;
    for (size_t i = 0; i < count; i++) { /* insertion sort: few, and stable */
        size_t at = i;
        for (; at > 0 && heights[order[at - 1]] > heights[i]; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    for (size_t i = 0; i < count; i++) {
        double least = i ? heights[order[i - 1]] + gap : low;
        heights[order[i]] = fmax(heights[order[i]], least);
    }
    for (size_t i = count; i-- > 0;) {
        double most = i + 1 < count ? heights[order[i + 1]] - gap : high;
        heights[order[i]] = fmin(heights[order[i]], most);
    }
}

char *id_text(struct arena *arena, const char *name)
{
    char *id = arena_strdup(arena, name);
    for (char *at = id; *at; at++)
        if (!isalnum((unsigned char)*at) && *at != '_')
            *at = '-';
    return id;
}
