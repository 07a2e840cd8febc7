/* A thin reader of YAML: a small tree in which every value has its place. libyaml parses; anchors,
 * aliases and tags, which nobody needs in a book, are refused. Internal to book/. */
#ifndef BOOK_YAML_H
#define BOOK_YAML_H

#include "book/source.h"

enum yaml_kind { YAML_SCALAR, YAML_SEQUENCE, YAML_MAPPING };

/* Owned by the reading's scratch arena. */
struct yaml {
    enum yaml_kind kind;
    const char *key; /* of an entry of a mapping, else NULL */
    struct place key_place;
    const char *value;   /* of a scalar: its text; otherwise "" */
    struct place place;  /* of a scalar: its first character, inside quotes */
    struct yaml **items; /* of a sequence or mapping, in order */
    size_t count;
};

/* The one document that `source` holds; NULL if it is empty or, with diagnostics, no YAML. */
struct yaml *yaml_read(struct reading *reading, const struct source *source);

/* The entry of a mapping, or NULL. */
struct yaml *yaml_get(const struct yaml *mapping, const char *key);

/* The text of the mapping's entry, in the book's arena; NULL where there is none, or it is empty,
 * or, with an error, no scalar. */
const char *yaml_string(struct reading *reading, const struct yaml *mapping, const char *key);

/* Warns of every key of `mapping` that is not among `known` (words separated by spaces). */
void yaml_check_keys(struct reading *reading, const struct yaml *mapping, const char *known);

/* Whether `node` is of that kind; an error that says what `node` should be if it is not. */
bool yaml_expect(struct reading *reading, const struct yaml *node, enum yaml_kind kind,
                 const char *what);

#endif
