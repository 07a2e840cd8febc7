/* The data of a chart: a table behind a disclosure on its page, and a file of comma-separated
 * values. One description serves both: the table shows rounded figures with their intervals
 * beneath, the file has them in full. Private to page/. */
#ifndef PAGE_DATA_H
#define PAGE_DATA_H

#include "page/context.h"
#include "record/summary.h"

enum data_kind {
    DATA_WORDS,
    DATA_LEVEL,   /* of a verdict, as a word */
    DATA_NUMBER,  /* one column of the file */
    DATA_ESTIMATE /* three: the value, and both ends of its interval */
};

struct data_column {
    const char *name;
    const char *unit; /* of the file's numbers, "s"; "": a pure number */
    enum data_kind kind;
};

struct data_cell {
    const char *shown;     /* on the page */
    const char *interval;  /* of an estimate, beneath; NULL: there is none */
    struct estimate value; /* in the column's unit; NaN: nothing in the file */
};

/* All zero bytes but for the arena and the caption, then filled column by column and after that
 * cell by cell, row after row. */
struct data {
    struct arena *arena;
    const char *caption; /* what the table holds, with the unit in which it is shown */
    struct data_column *columns;
    struct data_cell *cells;
    size_t column_count, cell_count;
    /* What the page shows of it, for what is too long for one: one row in so many, the first so
     * many columns; 0: all. The file has everything. */
    size_t step, columns_shown;
};

void data_add_column(struct data *data, enum data_kind kind, const char *name, const char *unit);
/* A cell of words or of a level. */
void data_add_words(struct data *data, const char *words);
void data_add_level(struct data *data, enum level level);
void data_add_number(struct data *data, const char *shown, double value);
/* `interval` as interval_text() gives it. */
void data_add_estimate(struct data *data, const char *shown, const char *interval,
                       struct estimate value);

/* The rows with a header line, as RFC 4180 has them. Numbers have all their digits. Words that a
 * spreadsheet would take for a formula get an apostrophe before them. */
void data_csv(const struct data *data, struct text *csv);

/* Appends the table behind a disclosure, the region that scrolls named after `name`. */
void data_table(const struct data *data, const char *name, struct text *html);

/* A chart that stands on the page; the drawing is NULL where it could not be drawn. */
struct drawn {
    const char *id, *title, *svg;
};

/* The same beneath a chart, with links to the drawing and to the values as
 * files, where the context lets pages have files beside them. `values` is what the second holds
 * where that is another than the table's; else NULL. */
void add_data(struct context *context, const struct drawn *drawn, const struct data *data,
              const struct data *values, struct text *html);

#endif
