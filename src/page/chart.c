#include "page/chart.h"

#include "base/file.h"
#include "base/process.h"
#include "page/memo.h"
#include "page/svg.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHART_HEIGHT = 320, COMPLAINT_SHOWN = 600 };

struct charts {
    struct arena arena;
    struct memo *memo;
    const char *identity; /* of gnuplot and of what all charts share; NULL: not asked for yet */
    const char *templates, *own; /* the user's folder goes before; NULL: there is none */
    const char *program;
    const char *folder; /* private, for data and drawings; NULL until the first chart */
    struct process process;
    bool running;
    unsigned long drawn;
    double limit; /* seconds a chart */
};

struct charts *charts_new(const char *templates)
{
    struct arena arena = {0};
    struct charts *charts = arena_alloc(&arena, sizeof *charts);
    const char *program = getenv("BENCHBOOK_GNUPLOT");
    charts->templates = arena_strdup(&arena, templates);
    charts->program = arena_strdup(&arena, program && *program ? program : "gnuplot");
    charts->limit = 20;
    charts->arena = arena;
    return charts;
}

void charts_remember(struct charts *charts, struct memo *memo)
{
    charts->memo = memo;
}

void charts_prefer(struct charts *charts, const char *templates)
{
    charts->own = arena_strdup(&charts->arena, templates);
}

void charts_limit(struct charts *charts, double seconds)
{
    charts->limit = seconds;
}

void charts_free(struct charts *charts)
{
    if (!charts)
        return;
    if (charts->running)
        process_release(&charts->process);
    if (charts->folder)
        folder_remove(charts->folder);
    struct arena arena = charts->arena; /* which holds *charts */
    arena_release(&arena);
}

/* ---- what is written into gnuplot's stdin ---- */

/* A string of gnuplot's language. Whatever could mean something in one (quotes, backslashes,
 * backticks, macros, format characters) is written as an octal number, and so is a digit behind
 * one, which gnuplot would take for a part of it; control characters and bytes that are not UTF-8
 * do not get through. */
static void add_quoted(struct text *script, const char *string)
{
    size_t fault, size = strlen(string);
    bool valid = utf8_valid(string, size, &fault), octal = false;
    text_add_char(script, '"');
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)string[i];
        bool plain = isalpha(byte) || strchr(" .,-", byte) || (isdigit(byte) && !octal);
        octal = byte >= 0x20 && byte < 0x7F && !plain;
        if (byte < 0x20 || byte == 0x7F)
            text_add_char(script, ' ');
        else if (byte >= 0x80)
            text_add_char(script, valid ? string[i] : '?');
        else if (octal)
            text_addf(script, "\\%03o", byte);
        else
            text_add_char(script, string[i]);
    }
    text_add_char(script, '"');
}

static void add_string(struct text *script, const char *name, const char *value)
{
    text_addf(script, "%s = ", name);
    add_quoted(script, value ? value : "");
    text_add_char(script, '\n');
}

/* Always with a point or exponent: gnuplot divides whole numbers as integers. */
static void add_number(struct text *script, const char *name, double value)
{
    char digits[40];
    snprintf(digits, sizeof digits, "%.17g", value);
    if (!isfinite(value))
        text_addf(script, "%s = NaN\n", name);
    else
        text_addf(script, "%s = %s%s\n", name, digits, strpbrk(digits, ".e") ? "" : ".0");
}

static void add_colours(struct text *script)
{
    text_addf(script, "array SERIES[%d]\n", SVG_SERIES);
    for (size_t i = 0; i < svg_colour_count; i++)
        if (svg_colours[i].variable)
            text_addf(script, "%s = 0x%06X\n", svg_colours[i].variable, svg_colours[i].rgb);
        else
            text_addf(script, "SERIES[%zu] = 0x%06X\n", i + 1, svg_colours[i].rgb);
}

/* In the private folder; before there is one, for the key of a chart, by its name alone. */
static char *file_path(struct charts *charts, struct arena *arena, const char *kind, size_t number)
{
    const char *folder = charts->folder ? charts->folder : "";
    return arena_printf(arena, "%s/%s%zu", folder, kind, number);
}

static void add_blocks(struct charts *charts, struct text *script, const struct chart *chart,
                       struct arena *arena)
{
    size_t count = chart->block_count, longest = 0;
    text_addf(script, "BLOCKS = %zu\narray FILE[%zu]\narray FORMAT[%zu]\narray ROWS[%zu]\n", count,
              count, count, count);
    text_addf(script, "array LABEL[%zu]\narray LABEL_Y[%zu]\n", count, count);
    for (size_t i = 0; i < count; i++) {
        const struct chart_block *block = &chart->blocks[i];
        const char *label = block->label ? block->label : "";
        char name[40];
        snprintf(name, sizeof name, "FILE[%zu]", i + 1);
        add_string(script, name, file_path(charts, arena, "data", i));
        snprintf(name, sizeof name, "LABEL[%zu]", i + 1);
        add_string(script, name, label);
        snprintf(name, sizeof name, "LABEL_Y[%zu]", i + 1);
        add_number(script, name, block->label_y);
        text_addf(script, "FORMAT[%zu] = \"%%%zudouble\"\nROWS[%zu] = %zu\n", i + 1,
                  block->column_count, i + 1, block->rows);
        size_t letters = text_letters(label);
        longest = letters > longest ? letters : longest;
    }
    text_addf(script, "LABEL_WIDTH = %zu\n", longest);
}

/* The user's script of that name, or else the program's. */
static char *script_path(struct charts *charts, struct arena *arena, const char *name, bool *own)
{
    const char *file = arena_printf(arena, "charts/%s.gp", name);
    char *path = charts->own ? path_join(arena, charts->own, file) : NULL;
    *own = path && file_exists(path);
    return *own ? path : path_join(arena, charts->templates, file);
}

static void add_load(struct charts *charts, struct text *script, struct arena *arena,
                     const char *name)
{
    bool own;
    text_add(script, "load ");
    add_quoted(script, script_path(charts, arena, name, &own));
    text_add_char(script, '\n');
}

static void add_script(struct charts *charts, struct text *script, const struct chart *chart,
                       struct arena *arena, const char *token)
{
    text_add(script, "reset session\nset encoding utf8\n");
    text_addf(script, "WIDTH = %d\nHEIGHT = %d\n", CHART_WIDTH, CHART_HEIGHT);
    add_colours(script);
    add_blocks(charts, script, chart, arena);
    add_string(script, "XLABEL", chart->xlabel);
    add_string(script, "YLABEL", chart->ylabel);
    for (size_t i = 0; i < chart->number_count; i++)
        add_number(script, chart->numbers[i].name, chart->numbers[i].value);
    for (size_t i = 0; i < chart->string_count; i++)
        add_string(script, chart->strings[i].name, chart->strings[i].value);
    add_load(charts, script, arena, "style");
    text_add(script, "set output ");
    add_quoted(script, file_path(charts, arena, "drawing", 0));
    text_add_char(script, '\n');
    add_load(charts, script, arena, chart->kind);
    text_addf(script, "unset output\nset print \"-\"\nprint \"%s\"\nunset print\n", token);
}

/* ---- data ---- */

static void add_double(struct text *bytes, double value)
{
    uint64_t bits;
    char little[8];
    memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 8; i++)
        little[i] = (char)(unsigned char)(bits >> (8 * i) & 0xFF);
    text_add_bytes(bytes, little, sizeof little);
}

static void add_numbers(struct text *bytes, const struct chart_block *block)
{
    for (size_t row = 0; row < block->rows; row++)
        for (size_t column = 0; column < block->column_count; column++)
            add_double(bytes, block->columns[column][row]);
}

static bool write_block(const char *path, const struct chart_block *block, struct text *why)
{
    struct text bytes = {0};
    add_numbers(&bytes, block);
    bool written = file_write(path, bytes.data, bytes.size);
    if (!written)
        text_addf(why, "cannot write a chart's data: %s", strerror(errno));
    text_release(&bytes);
    return written;
}

static bool write_data(struct charts *charts, const struct chart *chart, struct arena *arena,
                       struct text *why)
{
    for (size_t i = 0; i < chart->block_count; i++) {
        if (chart->blocks[i].rows == 0 || chart->blocks[i].column_count == 0) {
            text_add(why, "there is nothing to draw");
            return false;
        }
        if (!write_block(file_path(charts, arena, "data", i), &chart->blocks[i], why))
            return false;
    }
    if (chart->block_count == 0)
        text_add(why, "there is nothing to draw");
    return chart->block_count > 0;
}

/* ---- the process ---- */

static bool make_folder(struct charts *charts, struct text *why)
{
    if (!charts->folder)
        charts->folder = folder_make_temporary(&charts->arena);
    if (!charts->folder)
        text_addf(why, "cannot make a temporary folder for charts: %s", strerror(errno));
    return charts->folder;
}

static bool start(struct charts *charts, struct text *why)
{
    const char *const arguments[] = {charts->program, "--default-settings", NULL};
    const char *const environment[] = {"LC_ALL=C.UTF-8", "GNUTERM=svg", NULL};
    const struct command command = {.arguments = arguments, .environment = environment};
    if (charts->running)
        return true;
    charts->running = process_start(&charts->process, &command, why);
    if (!charts->running)
        text_add(why, "; charts need gnuplot, which Debian has in the package gnuplot-nox");
    return charts->running;
}

/* What the process printed on stderr, as one line. */
static void add_complaint(struct text *why, const struct text *complaint)
{
    size_t shown = 0;
    bool space = false;
    for (size_t i = 0; i < complaint->size && shown < COMPLAINT_SHOWN; i++) {
        unsigned char byte = (unsigned char)complaint->data[i];
        if (byte > ' ' && byte != 0x7F) {
            text_add(why, space && shown ? " " : "");
            text_add_char(why, (char)byte);
            shown++;
        }
        space = byte <= ' ' || (space && byte == 0x7F);
    }
}

/* Ends the process, whose next chart starts another, and says in *why what became of this one. */
static void give_up(struct charts *charts, const char *what, struct text *why)
{
    bool alive = strcmp(what, "") != 0;
    int status = process_stop(&charts->process, alive ? 0 : 1);
    text_add(why, "gnuplot ");
    if (alive)
        text_add(why, what);
    else
        process_status_text(status, why);
    if (charts->process.complaint.size) {
        text_add(why, ": ");
        add_complaint(why, &charts->process.complaint);
    }
    process_release(&charts->process);
    charts->running = false;
}

/* Waits for the line that says that the chart is done. */
static bool await(struct charts *charts, const char *token, double deadline, struct text *why)
{
    struct text line = {0};
    enum process_result result;
    bool done;
    do {
        double left = deadline - clock_seconds();
        result = left > 0 ? process_read_line(&charts->process, &line, left) : PROCESS_TIMEOUT;
        done = result == PROCESS_LINE && strcmp(text_string(&line), token) == 0;
    } while (result == PROCESS_LINE && !done);
    text_release(&line);
    if (done && charts->process.complaint.size == 0)
        return true;
    if (result == PROCESS_TIMEOUT)
        give_up(charts, "took too long", why);
    else
        give_up(charts, result == PROCESS_ENDED ? "" : "complains", why);
    return false;
}

static bool run(struct charts *charts, const struct chart *chart, struct arena *arena,
                struct text *why)
{
    double deadline = clock_seconds() + charts->limit;
    const char *token = arena_printf(arena, "chart %lu is drawn", ++charts->drawn);
    struct text script = {0};
    add_script(charts, &script, chart, arena, token);
    bool sent = process_write(&charts->process, script.data, script.size, charts->limit);
    text_release(&script);
    if (!sent)
        give_up(charts, clock_seconds() < deadline ? "" : "took too long", why);
    return sent && await(charts, token, deadline, why);
}

static bool is_name(const char *kind)
{
    for (const char *at = kind; *at; at++)
        if (!islower((unsigned char)*at))
            return false;
    return *kind != '\0';
}

/* ---- charts that are known ---- */

/* The file that the shell would run. */
static const char *program_path(struct charts *charts)
{
    const char *at = getenv("PATH");
    if (strchr(charts->program, '/') || !at)
        return charts->program;
    while (*at) {
        size_t size = strcspn(at, ":");
        const char *folder = arena_strndup(&charts->arena, at, size);
        const char *path = path_join(&charts->arena, folder, charts->program);
        if (file_exists(path))
            return path;
        at += size + (at[size] == ':');
    }
    return charts->program;
}

static void add_template(struct charts *charts, struct text *text, const char *name)
{
    struct arena scratch = {0};
    bool own;
    const char *bytes = file_read(&scratch, script_path(charts, &scratch, name, &own), NULL);
    text_addf(text, "%s", bytes ? bytes : "absent");
    text_add_char(text, '\0');
    arena_release(&scratch);
}

static const char *identity(struct charts *charts)
{
    if (charts->identity)
        return charts->identity;
    struct text text = {0};
    text_addf(&text, "chart %s ", file_identity(&charts->arena, program_path(charts)));
    add_template(charts, &text, "style");
    charts->identity = digest_text(&charts->arena, digest_bytes(text.data, text.size));
    text_release(&text);
    return charts->identity;
}

/* A script of the user's may load others, or ask for the time: what it draws is not kept. */
static bool is_kept(struct charts *charts, const struct chart *chart)
{
    struct arena scratch = {0};
    bool own_style, own_kind;
    script_path(charts, &scratch, "style", &own_style);
    script_path(charts, &scratch, chart->kind, &own_kind);
    arena_release(&scratch);
    return charts->memo && !own_style && !own_kind;
}

/* Of all that a drawing follows from: what gnuplot is told, with names of files that do not change
 * from one run to the next, the scripts that it loads, the data, and the words around it. */
static struct digest key_of(struct charts *charts, const struct chart *chart)
{
    struct arena scratch = {0};
    struct text text = {0};
    const char *folder = charts->folder;
    const char *const words[] = {identity(charts), chart->id, chart->title, chart->description};
    charts->folder = NULL;
    add_script(charts, &text, chart, &scratch, "");
    charts->folder = folder;
    add_template(charts, &text, chart->kind);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        text_add(&text, words[i] ? words[i] : "");
        text_add_char(&text, '\0');
    }
    for (size_t i = 0; i < chart->block_count; i++) /* whose shapes the script tells */
        add_numbers(&text, &chart->blocks[i]);
    struct digest key = digest_bytes(text.data, text.size);
    text_release(&text);
    arena_release(&scratch);
    return key;
}

/* Draws into *html. */
static bool draw(struct charts *charts, const struct chart *chart, struct text *html,
                 struct text *why)
{
    struct arena scratch = {0};
    const struct svg_labels labels = {chart->id, chart->title, chart->description};
    bool done = false;
    if (make_folder(charts, why) && write_data(charts, chart, &scratch, why) &&
        start(charts, why) && run(charts, chart, &scratch, why)) {
        size_t size = 0;
        const char *path = file_path(charts, &scratch, "drawing", 0);
        const char *svg = file_read(&scratch, path, &size);
        if (!svg)
            text_addf(why, "gnuplot left no drawing: %s", strerror(errno));
        else
            done = svg_finish(svg, size, &labels, html, why);
        remove(path);
    }
    arena_release(&scratch);
    return done;
}

char *chart_draw(struct charts *charts, const struct chart *chart, struct arena *arena,
                 struct text *why)
{
    if (!is_name(chart->kind)) {
        text_addf(why, "a chart cannot be of the kind '%s'", chart->kind);
        return NULL;
    }
    bool kept = is_kept(charts, chart);
    size_t size;
    struct digest key = kept ? key_of(charts, chart) : (struct digest){0};
    const char *known = kept ? memo_find(charts->memo, key, &size) : NULL;
    if (known)
        return arena_strndup(arena, known, size);
    struct text html = {0};
    char *drawn = NULL;
    if (draw(charts, chart, &html, why)) {
        if (kept)
            memo_keep(charts->memo, key, text_string(&html), html.size);
        drawn = text_keep(&html, arena);
    }
    text_release(&html);
    return drawn;
}
