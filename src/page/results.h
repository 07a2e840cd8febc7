/* What pages show of an experiment, and what their parts share. Private to page/. */
#ifndef PAGE_RESULTS_H
#define PAGE_RESULTS_H

#include "page/data.h"
#include "record/summary.h"

/* An experiment's result in its place, with what its samples say. */
struct measured {
    struct context *context;
    const struct element *element;
    const struct result *result;
    const struct configuration *baseline;
    const struct summary *summaries; /* one for each configuration, in their order */
    const char *id;                  /* prefix of the HTML ids within */
};

/* Shows one aspect of an experiment; the entries of :show:. Returns a sentence where there is
 * nothing to show, which says why, else NULL. */
typedef const char *show_function(const struct measured *measured, struct text *html);
show_function show_table, show_speedup, show_efficiency, show_times, show_usage, show_roofline;

/* One line of a chart against the number of threads: a variant of a result, by the name that the
 * chart gives it. */
struct scaling_source {
    const struct measured *measured;
    const char *variant, *label;
};

/* Draws the lines of those sources that were measured on at least two numbers of threads, the first
 * few of them, with their laws and data; of `frame` the context, the element and the id are used.
 * False where there are none. */
enum scaling_aspect { SCALING_SPEEDUP, SCALING_EFFICIENCY };
bool show_scaling(const struct measured *frame, const struct scaling_source *sources, size_t count,
                  enum scaling_aspect aspect, struct text *html);

/* A table of what hardware counters counted, behind a disclosure; nothing where they were not read.
 */
void add_counters(const struct measured *measured, struct text *html);
/* What is particular to how configurations were run: "; numba compiled in 1.2 s before the first
 * call, run by python". */
void add_workers(const struct result *result, struct arena *arena, struct text *html);

/* Opens an experiment's <figure>; a hidden one leaves a place to link to. */
void open_experiment(const char *id, bool hidden, struct text *html);
/* "households = 50,000", with its unit and with `before` before it. */
void add_setting(struct arena *arena, const struct setting *setting, const char *before,
                 struct text *html);
/* Says that the chapter is another one than when the figures were measured. */
void add_changed(struct text *html);

/* Sets wanted[i] for each of the `count` names that :show: lists, or `usual` where there is no such
 * option; a word that is none of them is a fault. */
void read_show(struct context *context, const struct element *element, const char *const *names,
               size_t count, const char *usual, bool *wanted);

/* Sets *count to the whole number from `least` that the option gives, such as :threads:, and leaves
 * it alone without one; false with a fault where it is none. */
bool read_count(struct context *context, const struct element *element, const char *option,
                int least, int *count);

/* Whether any of the configurations has the status. */
bool result_has(const struct result *result, enum status status);

/* Summaries of all of a result's configurations, in the arena. */
struct summary *summarise_all(const struct result *result, struct arena *arena);

/* What its configurations' numbers of threads count: "threads", or "threads or ranks" where some
 * are of processes; `heading` for the head of a column. */
const char *counted_text(const struct result *result, bool heading);

/* How many rounds a result has: the most samples of any configuration. */
size_t result_rounds(const struct result *result);

/* A name cut to what fits beside a chart; "parallel × 16"; "parallel on 16 threads". */
char *short_name(const char *name, struct arena *arena);
char *short_label(const struct configuration *configuration, struct arena *arena);
char *long_label(const struct configuration *configuration, struct arena *arena);

/* `value` times `scale` as plain digits: "1.97"; at least so many significant digits. */
char *plain_number(struct arena *arena, double value, int digits);
/* The unit in which format_seconds shows a time of so many seconds. */
struct time_unit {
    double seconds;
    const char *label, *symbol; /* "milliseconds a call", "ms" */
};
const struct time_unit *time_unit_of(double seconds);

/* "1.95 to 1.99" of an estimate's interval times `scale`, with as many digits as it takes to tell
 * its ends apart; NULL where there is no interval. */
char *interval_text(struct arena *arena, struct estimate estimate, double scale);
/* A table's cell: a value, and beneath it its interval, or what else explains it, unless NULL. */
void add_estimate(struct text *html, const char *value, const char *interval);

/* What stands in place of the figures of a configuration that has none. */
const char *absence_text(enum status status);

/* A table's cell with a verdict's level as a word. */
void add_level(struct text *html, enum level level);

/* What a chart's description adds behind a figure: " (unreliable)", or nothing. */
const char *noise_note(enum level level);

/* A table's row: the fact's label, and its value or why that is not known. */
void add_fact(const struct fact *fact, struct text *html);

/* Draws the chart into the page; where it cannot be drawn, a box says why. Nothing in a rehearsal.
 */
struct drawn add_chart(struct context *context, const struct element *element,
                       const struct chart *chart, struct text *html);
/* A table that scrolls by itself where the page is too narrow for it. */
void open_table(struct text *html, const char *class_name, const char *label);
void close_table(struct text *html);

/* The paragraph about a kernel whose answers may be wrong: how many of each configuration were.
 * `of` begins a sentence, "Of" or "At n = 100, of". */
struct race {
    size_t samples, wrong;
};
void open_race(struct race *race, struct text *html);
void add_raced(struct race *race, const char *of, const struct configuration *configuration,
               const struct answers *answers, struct arena *arena, struct text *html);
void close_race(struct race *race, struct text *html);

/* The least of 1, 2, 5, 10, 20, … that leaves at most `marks` marks on an axis up to `most`. */
double nice_step(double most, int marks);

/* Moves label heights apart by at least `gap`, keeping their order, within [low, high]. */
void spread_labels(double *heights, size_t count, double gap, double low, double high);

/* Letters, digits, '-' and '_' only: fit for the prefix of an id. */
char *id_text(struct arena *arena, const char *name);

#endif
