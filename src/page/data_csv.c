/* A chart's data as comma-separated values: RFC 4180, and safe to open in a spreadsheet. */
#include "page/data.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_number(const char *words)
{
    char *end;
    strtod(words, &end);
    return end > words && *end == '\0';
}

/* Words, quoted where they must be. Spreadsheets evaluate what begins like a formula, quoted or
 * not; the apostrophe makes it text for them. */
static void add_field(struct text *csv, const char *words)
{
    bool formula = *words && strchr("=+-@\t\r", *words) && !is_number(words);
    bool quoted = formula || strpbrk(words, ",\"\r\n") || *words == ' ';
    text_add(csv, quoted ? "\"" : "");
    text_add(csv, formula ? "'" : "");
    for (; *words; words++) {
        text_add(csv, *words == '"' ? "\"" : "");
        text_add_char(csv, *words);
    }
    text_add(csv, quoted ? "\"" : "");
}

/* With as few digits as give the same 64 bits again. */
static void add_number(struct text *csv, double value)
{
    char digits[40] = "";
    for (int i = 15; isfinite(value) && i <= 17; i++) {
        snprintf(digits, sizeof digits, "%.*g", i, value);
        if (strtod(digits, NULL) == value)
            break;
    }
    text_add(csv, digits);
}

/* "time of simd, low (s)". */
static void add_heading(struct text *csv, const struct data_column *column, const char *part)
{
    struct text name = {0};
    text_addf(&name, "%s%s", column->name, part);
    if (*column->unit)
        text_addf(&name, " (%s)", column->unit);
    add_field(csv, text_string(&name));
    text_release(&name);
}

static void add_headings(struct text *csv, const struct data_column *column)
{
    add_heading(csv, column, "");
    if (column->kind != DATA_ESTIMATE)
        return;
    text_add_char(csv, ',');
    add_heading(csv, column, ", low");
    text_add_char(csv, ',');
    add_heading(csv, column, ", high");
}

static void add_values(struct text *csv, const struct data_cell *cell, enum data_kind kind)
{
    if (kind == DATA_WORDS || kind == DATA_LEVEL) {
        add_field(csv, cell->shown);
        return;
    }
    add_number(csv, cell->value.value);
    if (kind != DATA_ESTIMATE)
        return;
    text_add_char(csv, ',');
    add_number(csv, cell->value.low);
    text_add_char(csv, ',');
    add_number(csv, cell->value.high);
}

void data_csv(const struct data *data, struct text *csv)
{
    for (size_t i = 0; i < data->column_count; i++) {
        text_add(csv, i ? "," : "");
        add_headings(csv, &data->columns[i]);
    }
    text_add(csv, "\r\n");
    for (size_t row = 0; row < data->cell_count; row += data->column_count) {
        for (size_t i = 0; i < data->column_count; i++) {
            text_add(csv, i ? "," : "");
            add_values(csv, &data->cells[row + i], data->columns[i].kind);
        }
        text_add(csv, "\r\n");
    }
}
