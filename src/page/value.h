/* Expressions of a chapter, and their values on its page. Private to page/. */
#ifndef PAGE_VALUE_H
#define PAGE_VALUE_H

#include "page/context.h"

/* Evaluates; a fault is told at `place` and gives false. */
bool evaluate(struct context *context, const char *expression, struct place place,
              struct value *value);

/* As evaluate(), of what is evaluated elsewhere too: its faults are told there. */
bool evaluate_again(const struct context *context, const char *expression, struct value *value);

/* As evaluate(). The value is yes, no, or not known because its figures were not measured; `whose`
 * condition it is, faults say: "{when}". */
bool evaluate_condition(struct context *context, const char *whose, const char *expression,
                        struct place place, struct value *value);

/* Whether it rests on figures that noise has spoilt. */
bool is_unreliable(const struct value *value);

/* The value as prose shows it, with its explanation. */
void add_value(struct context *context, const struct value *value, struct text *html);

#endif
