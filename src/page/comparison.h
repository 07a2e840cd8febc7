/* What pages show of a comparison, and how chapters come to theirs. Private to page/. */
#ifndef PAGE_COMPARISON_H
#define PAGE_COMPARISON_H

#include "page/compare.h"
#include "page/context.h"

/* A {comparison} of the book with what its files hold. */
struct loaded_comparison {
    const struct element *element;
    struct record *records; /* of the files, in their order */
    size_t record_count;
    struct comparison comparison;
    bool sound; /* nothing was at fault: there is something to show */
};

struct comparisons {
    struct loaded_comparison *items;
    size_t count;
};

/* Reads what the book's {comparison} directives name, compares, and leaves it in the context;
 * faults are told at their places. Before the first expression is evaluated. */
void comparisons_load(struct context *context);
void comparisons_release(struct context *context);

/* That of the directive; NULL where there is none. */
const struct loaded_comparison *comparison_of(const struct context *context,
                                              const struct element *element);

/* A comparison in its place. */
struct comparison_view {
    struct context *context;
    const struct element *element; /* for the boxes of charts that cannot be drawn */
    const struct comparison *comparison;
    const char *id; /* prefix of the HTML ids within */
};

/* Shows one aspect; the entries of :show:. */
typedef void comparison_part(const struct comparison_view *view, struct text *html);
comparison_part show_comparison_summary, show_comparison_machines, show_comparison_times,
    show_comparison_ratios, show_comparison_chart, show_comparison_speedup,
    show_comparison_efficiency, show_comparison_roofline, show_comparison_table;

/* All of them, by the names that :show: has for them, in the order of the page. */
extern const struct comparison_part_rule {
    const char *name;
    comparison_part *show;
} comparison_parts[];
enum { COMPARISON_PARTS = 9 };

/* The experiment's name, with a link to its place where the book has one. */
void add_compared_name(const struct comparison_view *view,
                       const struct compared_experiment *experiment, struct text *html);

#endif
