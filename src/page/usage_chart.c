/* The picture of the load: a row for each CPU, time across, the busier the stronger the colour. */
#include "page/html.h"
#include "page/results.h"
#include "page/usage.h"

#include <math.h>
#include <string.h>

enum {
    SHADES = 5,    /* of equal ranges of load */
    COLUMNS = 160, /* as many as can be told apart across a page's column */
    CELLS = 4000,  /* of all panels, at most and about: a drawing's size */
    ROWS = 64,     /* of one panel */
    ROOM = 260,    /* height for the rows of all panels, at most and about */
    ROW_MOST = 22,
    ROW_LEAST = 4,
    LABEL_HEIGHT = 18, /* of a row that has room for its own name */
    TITLE_HEIGHT = 26,
    TOP = 30,
    BOTTOM = 62,
    MARKS = 6,
    TOLD_MOST = 3 /* findings in the description */
};

/* Rectangles of one shade: middle, height, half the width, half the row. */
struct rectangles {
    double *cells[4];
    size_t count;
};

/* Heights run downwards from 0 and are in the drawing's own units. */
struct picture {
    struct arena *arena;
    struct rectangles shades[SHADES];
    struct chart_number *numbers;
    struct chart_string *strings;
    size_t number_count, string_count;
    size_t names, titles; /* of rows and of panels so far */
    size_t columns;       /* of time, at most */
    size_t longest;       /* letters of a row's name */
    double row_height, height;
};

static void add_rectangle(struct picture *picture, int shade, double from, double to)
{
    struct rectangles *to_fill = &picture->shades[shade];
    const double row[4] = {(from + to) / 2, -(picture->height + picture->row_height / 2),
                           (to - from) / 2, 0.46 * picture->row_height};
    for (size_t i = 0; i < 4; i++) {
        to_fill->cells[i] =
            array_grow(picture->arena, to_fill->cells[i], to_fill->count, sizeof(double));
        to_fill->cells[i][to_fill->count] = row[i];
    }
    to_fill->count++;
}

/* The shade of a share; -1 where it is not known. */
static int shade_of(double share)
{
    if (!isfinite(share))
        return -1;
    return share >= 1 ? SHADES - 1 : (int)(share * SHADES);
}

/* Neighbours of one shade are one rectangle. */
static void add_row(struct picture *picture, const struct load *load, size_t cpu)
{
    double from = 0;
    for (size_t i = 0; i < load->count; i++) {
        int shade = shade_of(load->shares[cpu][i]);
        if (i + 1 < load->count && shade_of(load->shares[cpu][i + 1]) == shade)
            continue;
        if (shade >= 0)
            add_rectangle(picture, shade, from, load->ends[i]);
        from = load->ends[i];
    }
}

static void add_number(struct picture *picture, const char *name, double value)
{
    picture->numbers = array_grow(picture->arena, picture->numbers, picture->number_count,
                                  sizeof *picture->numbers);
    picture->numbers[picture->number_count++] = (struct chart_number){name, value};
}

/* "NAME3", and its height "NAME_Y3". */
static void add_name(struct picture *picture, const char *kind, size_t number, const char *name,
                     double height)
{
    struct arena *arena = picture->arena;
    picture->strings =
        array_grow(arena, picture->strings, picture->string_count, sizeof *picture->strings);
    picture->strings[picture->string_count++] =
        (struct chart_string){arena_printf(arena, "%s%zu", kind, number), name};
    add_number(picture, arena_printf(arena, "%s_Y%zu", kind, number), height);
}

/* "eiglib: parallel × 2, 1.04 of 2 busy"; where it is plain, without the experiment's name. */
static char *panel_title(const struct usage_panel *panel, bool named, struct arena *arena)
{
    return arena_printf(arena, "%s%s%s, %s of %zu busy",
                        named ? short_name(panel->result->name, arena) : "", named ? ": " : "",
                        short_label(panel->configuration, arena),
                        plain_number(arena, panel->load.busy, 3), panel->load.cpu_count);
}

static void add_panel(struct picture *picture, const struct usage_panel *panel, bool named)
{
    const struct load load = load_coarsen(&panel->load, ROWS, picture->columns, picture->arena);
    size_t each = (size_t)ceil(LABEL_HEIGHT / picture->row_height); /* one row in so many */
    add_name(picture, "TITLE", ++picture->titles, panel_title(panel, named, picture->arena),
             -(picture->height + 0.6 * TITLE_HEIGHT));
    picture->height += TITLE_HEIGHT;
    for (size_t cpu = 0; cpu < load.cpu_count; cpu++) {
        const char *name = short_name(load.names[cpu], picture->arena);
        add_row(picture, &load, cpu);
        if (cpu % each == 0) {
            add_name(picture, "NAME", ++picture->names, name,
                     -(picture->height + picture->row_height / 2));
            picture->longest = strlen(name) > picture->longest ? strlen(name) : picture->longest;
        }
        picture->height += picture->row_height;
    }
}

/* Blocks of the shades that occur, each with its number for the script. */
static size_t make_blocks(struct picture *picture, struct chart_block blocks[SHADES])
{
    size_t count = 0;
    for (int i = 0; i < SHADES; i++) {
        const struct rectangles *shade = &picture->shades[i];
        if (shade->count == 0)
            continue;
        const double **columns = arena_alloc(picture->arena, 4 * sizeof *columns);
        for (size_t k = 0; k < 4; k++)
            columns[k] = shade->cells[k];
        blocks[count++] =
            (struct chart_block){.columns = columns, .column_count = 4, .rows = shade->count};
        add_number(picture, arena_printf(picture->arena, "SHADE%zu", count), i + 1);
    }
    return count;
}

/* "While parallel on 2 threads of eiglib ran, 1.04 of 2 CPUs were busy on average." */
static void add_finding(const struct usage_panel *panel, bool named, struct arena *arena,
                        struct text *text)
{
    text_addf(text, "While %s%s%s ran, %s of %zu CPU%s were busy on average.",
              long_label(panel->configuration, arena), named ? " of " : "",
              named ? short_name(panel->result->name, arena) : "",
              plain_number(arena, panel->load.busy, 3), panel->load.cpu_count,
              panel->load.cpu_count == 1 ? "" : "s");
}

static char *findings(const struct usage *usage, struct arena *arena)
{
    struct text text = {0};
    for (size_t i = 0; i < usage->count; i++) {
        text_add(&text, i ? " " : "");
        add_finding(&usage->items[i], usage->named, arena, &text);
    }
    return text_keep(&text, arena);
}

/* The findings, or of many those of the least and of the greatest share of busy CPUs. */
static char *describe(const struct usage *usage, struct arena *arena)
{
    struct text text = {0};
    const struct usage_panel *least = usage->items, *most = usage->items;
    if (usage->count <= TOLD_MOST)
        return findings(usage, arena);
    for (size_t i = 1; i < usage->count; i++) {
        const struct usage_panel *one = &usage->items[i];
        double share = one->load.busy / (double)one->load.cpu_count;
        least = share < least->load.busy / (double)least->load.cpu_count ? one : least;
        most = share > most->load.busy / (double)most->load.cpu_count ? one : most;
    }
    add_finding(most, usage->named, arena, &text);
    text_add_char(&text, ' ');
    add_finding(least, usage->named, arena, &text);
    text_addf(&text, " The other %zu lie between.", usage->count - 2);
    return text_keep(&text, arena);
}

static size_t count_rows(const struct usage *usage)
{
    size_t rows = 0;
    for (size_t i = 0; i < usage->count; i++)
        rows += usage->items[i].load.cpu_count < ROWS ? usage->items[i].load.cpu_count : ROWS;
    return rows;
}

static struct drawn draw(struct context *context, const struct element *element, const char *id,
                         const struct usage *usage, struct text *html)
{
    struct arena *arena = context->arena;
    size_t rows = count_rows(usage);
    struct picture picture = {
        .arena = arena,
        .row_height = fmin(fmax((double)ROOM / (double)rows, ROW_LEAST), ROW_MOST),
        .columns = CELLS / (rows + 1) < COLUMNS ? CELLS / (rows + 1) + 1 : COLUMNS,
    };
    struct chart_block blocks[SHADES];
    double longest = 0;
    for (size_t i = 0; i < usage->count; i++) {
        add_panel(&picture, &usage->items[i], usage->named);
        longest = fmax(longest, usage->items[i].load.seconds);
    }
    size_t block_count = make_blocks(&picture, blocks);
    const struct time_unit *unit = time_unit_of(longest);
    add_number(&picture, "HEIGHT", TOP + BOTTOM + picture.height);
    add_number(&picture, "TOP", TOP);
    add_number(&picture, "BOTTOM", BOTTOM);
    add_number(&picture, "YLOW", -picture.height);
    add_number(&picture, "XHIGH", longest);
    add_number(&picture, "UNIT", unit->seconds);
    add_number(&picture, "XSTEP", nice_step(1000 * longest / unit->seconds, MARKS) / 1000);
    add_number(&picture, "NAMES", (double)picture.names);
    add_number(&picture, "TITLES", (double)picture.titles);
    add_number(&picture, "NAME_WIDTH", (double)picture.longest);
    return add_chart(context, element,
                     &(struct chart){
                         .kind = "usage",
                         .id = id,
                         .title = "Load of every CPU over time",
                         .description = describe(usage, arena),
                         .xlabel = arena_printf(arena, "time running, in %s", unit->symbol),
                         .blocks = blocks,
                         .block_count = block_count,
                         .numbers = picture.numbers,
                         .number_count = picture.number_count,
                         .strings = picture.strings,
                         .string_count = picture.string_count,
                     },
                     html);
}

static const char *panel_name(const struct usage_panel *panel, struct arena *arena)
{
    return arena_printf(arena, "%s, %s", panel->result->name,
                        short_label(panel->configuration, arena));
}

/* The mean load of each CPU, a column for each panel. */
static struct data means_of(const struct usage *usage, struct arena *arena)
{
    struct data data = {
        .arena = arena,
        .caption = "Share of the time in which each CPU was busy, with whatever ran on it."};
    size_t most = 0;
    data_add_column(&data, DATA_WORDS, "CPU", "");
    for (size_t i = 0; i < usage->count; i++) {
        const struct usage_panel *panel = &usage->items[i];
        most = panel->load.cpu_count > most ? panel->load.cpu_count : most;
        data_add_column(&data, DATA_NUMBER, panel_name(panel, arena), "");
    }
    for (size_t cpu = 0; cpu < most; cpu++) {
        const char *name = NULL;
        for (size_t i = 0; i < usage->count && !name; i++)
            name = cpu < usage->items[i].load.cpu_count ? usage->items[i].load.names[cpu] : NULL;
        data_add_words(&data, name);
        for (size_t i = 0; i < usage->count; i++) {
            const struct load *load = &usage->items[i].load;
            double mean = cpu < load->cpu_count ? load->means[cpu] : NAN;
            data_add_number(
                &data, isfinite(mean) ? arena_printf(arena, "%.0f %%", 100 * mean) : "–", mean);
        }
    }
    return data;
}

/* All that is drawn: the share of each CPU in each stretch of time. For the file alone. */
static struct data stretches_of(const struct usage *usage, struct arena *arena)
{
    struct data data = {.arena = arena};
    data_add_column(&data, DATA_WORDS, "Configuration", "");
    data_add_column(&data, DATA_WORDS, "CPU", "");
    data_add_column(&data, DATA_NUMBER, "From", "s");
    data_add_column(&data, DATA_NUMBER, "To", "s");
    data_add_column(&data, DATA_NUMBER, "Share busy", "");
    for (size_t i = 0; i < usage->count; i++) {
        const struct usage_panel *panel = &usage->items[i];
        const struct load *load = &panel->load;
        const char *name = panel_name(panel, arena);
        for (size_t cpu = 0; cpu < load->cpu_count; cpu++)
            for (size_t k = 0; k < load->count; k++) {
                data_add_words(&data, name);
                data_add_words(&data, load->names[cpu]);
                data_add_number(&data, "", k ? load->ends[k - 1] : 0);
                data_add_number(&data, "", load->ends[k]);
                data_add_number(&data, "", load->shares[cpu][k]);
            }
    }
    return data;
}

void add_usage(struct context *context, const struct element *element, const char *id,
               const struct usage *usage, struct text *html)
{
    const struct drawn drawn = draw(context, element, id, usage, html);
    const struct data means = means_of(usage, context->arena);
    const struct data stretches = stretches_of(usage, context->arena);
    html_addf(html, "<p class=\"answers\">%s</p>\n", findings(usage, context->arena));
    add_data(context, &drawn, &means, &stretches, html);
}
