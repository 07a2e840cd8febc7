/* The tags of a page, read back from its HTML, which this program or a template wrote: well-formed,
 * '>' and quotes escaped within attributes. Private to page/. */
#ifndef PAGE_TAG_H
#define PAGE_TAG_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* All pointers lead into the HTML. */
struct tag {
    const char *begin, *end; /* from '<' to behind '>' */
    const char *name;
    size_t name_size;
    bool closing;
    const char *inside_end; /* of an opening <script> or <style>: where its closing tag begins; what
                               lies between is no HTML. Otherwise NULL */
};

/* The next tag at or after `at`; false where there is none. Comments and <!DOCTYPE> are no tags.
 * Go on from `inside_end` where there is one, else from `end`. */
bool tag_next(const char *at, struct tag *tag);
bool tag_is(const struct tag *tag, const char *name);
/* From where to go on. */
const char *tag_after(const struct tag *tag);

struct attribute {
    const char *begin, *end; /* with the blank before it */
    const char *name, *value;
    size_t name_size, value_size; /* the value as it is written, without quotes */
};

/* The attribute that follows `at`, which is NULL for the first; false after the last. */
bool attribute_next(const struct tag *tag, const char *at, struct attribute *attribute);
bool attribute_is(const struct attribute *attribute, const char *name);
bool tag_attribute(const struct tag *tag, const char *name, struct attribute *attribute);
/* The value as html_decode() gives it; NULL where there is no such attribute. */
char *tag_value(struct arena *arena, const struct tag *tag, const char *name);

/* Turns back the entities that html_add() and Mustache write. In the arena. */
char *html_decode(struct arena *arena, const char *html, size_t size);

#endif
