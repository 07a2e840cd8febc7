/* JSON as the record writes it. Building cannot fail: out of memory ends the program. */
#ifndef RECORD_JSON_H
#define RECORD_JSON_H

#include "base/text.h"
#include "record/stats.h"

#include <jansson.h>

/* New references. A text's bytes that are no UTF-8 become U+FFFD, and what is beyond
 * RECORD_TEXT_MAX is cut. NULL, which json_put takes for "absent", for a NULL string and for a
 * number that is not finite. */
json_t *json_text(const char *string);
json_t *json_number(double number);

/* {"value", "low", "high", "count"}, a new reference; NULL without a value. */
json_t *json_estimate(struct estimate estimate);

json_t *json_new_object(void);
json_t *json_new_array(void);

/* Sets a member, or appends, and takes over the reference. An absent member is left out; an absent
 * item becomes null. `name` may be any bytes. */
void json_put(json_t *object, const char *name, json_t *value);
void json_append(json_t *array, json_t *value);

/* Appends the value with an indentation of one space a level. An object or array that holds no
 * other stands on one line, so that a sample or a series is a line. Reals have 17 significant
 * digits, which reading maps to the same double. */
void json_layout(struct text *text, const json_t *value);

#endif
