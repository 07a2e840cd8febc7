/* Charts by one gnuplot process: scripts through its pipe, data in binary files, SVG back.
 *
 * A chart script is templates/charts/KIND.gp. Before it runs, the program sets variables, among
 * them the names of data files; nothing of a chart's text is ever part of a script unquoted. The
 * SVG is made fit for a page: classes instead of colours so that it reads on light and dark, unique
 * ids, a title and a description. */
#ifndef PAGE_CHART_H
#define PAGE_CHART_H

#include "base/arena.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

enum { CHART_WIDTH = 520 }; /* of a drawing, which scales with its column */

/* A table of numbers, column by column, all of `rows` values. NaN is a gap. */
struct chart_block {
    const char *label; /* shown directly beside the data */
    double label_y;    /* at what height, for scripts that place labels beside the last point */
    const double *const *columns;
    size_t column_count, rows;
};

struct chart_number {
    const char *name;
    double value;
};

struct chart_string {
    const char *name, *value;
};

struct chart {
    const char *kind;                /* the script's name: "speedup" */
    const char *id;                  /* unique on the page: letters, digits, '-', '_' */
    const char *title, *description; /* for readers who cannot see it: states the finding */
    const char *xlabel, *ylabel;
    const struct chart_block *blocks;
    size_t block_count;
    const struct chart_number *numbers; /* further variables for the script */
    size_t number_count;
    const struct chart_string *strings;
    size_t string_count;
};

struct memo;
struct charts; /* a gnuplot process; started with the first chart */

/* The program is `gnuplot`, or what the environment variable BENCHBOOK_GNUPLOT names. */
struct charts *charts_new(const char *templates);
/* Charts that the memo knows are not drawn again; it must live longer than the charts. */
void charts_remember(struct charts *charts, struct memo *memo);
/* Takes scripts from this folder of templates where they are there; NULL: there is none. */
void charts_prefer(struct charts *charts, const char *templates);
/* How long one chart may take: 20 seconds unless this says otherwise. */
void charts_limit(struct charts *charts, double seconds);
/* The chart as an <svg> element in the arena; NULL with *why when gnuplot is missing, dies, hangs
 * or complains. It is started afresh for the next chart. */
char *chart_draw(struct charts *charts, const struct chart *chart, struct arena *arena,
                 struct text *why);
void charts_free(struct charts *charts);

#endif
