/* The script engine (Duktape), with the libraries that run in it: KaTeX for maths, highlight.js for
 * listings, Mustache for templates, and the evaluation of expressions on the record. Each library
 * is loaded when first needed. */
#ifndef PAGE_SCRIPT_H
#define PAGE_SCRIPT_H

#include "base/text.h"
#include "record/record.h"

#include <jansson.h>
#include <stdbool.h>

struct script; /* one engine */
struct memo;

/* Results that the memo knows are taken from there, and it keeps those that are made; it must live
 * longer than the script. The engine starts with the first call. */
struct script *script_new(struct memo *memo);
void script_free(struct script *script);

/* Calls the global function `name` with string arguments and appends its result, converted to a
 * string, to *out. False with the script's error message in *why. A call that runs too long or
 * takes too much memory fails. */
bool script_call(struct script *script, const char *name, const char *const *arguments,
                 size_t count, struct text *out, struct text *why);

/* Formulas: TeX to HTML with MathML inside. */
bool script_math(struct script *script, const char *tex, bool display, struct text *html,
                 struct text *why);
/* Source to highlighted HTML; an unknown language gives escaped plain text. */
bool script_highlight(struct script *script, const char *language, const char *source,
                      struct text *html, struct text *why);
/* Mustache: `view` is JSON; `partials` JSON, an object of name to template. */
bool script_template(struct script *script, const char *source, const char *view,
                     const char *partials, struct text *html, struct text *why);

/* An experiment of the book. */
struct script_experiment {
    const char *name;
    const char *swept; /* the parameter that it sweeps, or NULL */
};

/* Gives expressions their names: each of the book's experiments by its name, the record's facts as
 * `machine` and `run`. An experiment of the book that the record lacks is "not measured".
 * `comparisons`, an object with what comparison_json() makes of each by its name, is released;
 * NULL: none. */
void script_set_record(struct script *script, const struct record *record,
                       const struct script_experiment *experiments, size_t count,
                       json_t *comparisons);
/* Macros for maths, as "\\name" and expansion. */
void script_set_macros(struct script *script, const char *json);

/* What an expression gave. */
struct value {
    enum { VALUE_TEXT, VALUE_NUMBER, VALUE_BOOLEAN, VALUE_MEASURED } kind;
    bool truth;        /* as a condition; false for what was not measured */
    bool known;        /* false: the figure does not exist (not measured, failed, wrong) */
    char *shown;       /* how prose shows it: "7.9×", "3.45 s", "not measured" */
    char *interval;    /* as prose shows its ends: "3.41 s to 3.52 s"; or NULL */
    char *detail;      /* interval, samples, kernel, verdict in one line; or NULL */
    const char *level; /* "good", "caution", "unreliable", "none" for measured values; else NULL */
};
/* Evaluates in the prose language of chapters. False with *why in words: a syntax error, or an
 * unknown name with the nearest known one. */
bool script_eval(struct script *script, const char *expression, struct arena *arena,
                 struct value *value, struct text *why);

#endif
