#include "record/provenance.h"

#include "base/text.h"

#include <string.h>

enum {
    FACTS_MOST = 512,        /* of one record that are looked at: many times what a real one has */
    VALUE_LETTERS = 160,     /* that are shown */
    COMPARED_LETTERS = 1200, /* that are looked at word by word */
    LONG = 60                /* from which only differing words are shown */
};

/* --- Facts that differ ---------------------------------------------------------------------------
 */

/* What is of one moment, or a hash of other facts. */
static bool passing(const char *key)
{
    static const char *const keys[] = {"load",        "steal",    "cpu.now",
                                       "memory.free", "run.date", "run.machine",
                                       "run.build",   "run.cost", "run.extract"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(keys[i], key) == 0)
            return true;
    return false;
}

static bool is_word_of(const char *text, const char *word, size_t size)
{
    for (const char *at = text; *at;) {
        size_t length = strcspn(at, " ");
        if (length == size && memcmp(at, word, size) == 0)
            return true;
        at += length + (at[length] == ' ');
    }
    return false;
}

/* Whether it is a list of words rather than prose: flags of a compiler. */
static bool is_list(const char *text)
{
    return strlen(text) > LONG && strstr(text, " -");
}

/* The words of `text` that at least one of the others lacks. */
static char *own_words(const char *text, const char *const *others, size_t count,
                       struct arena *arena)
{
    struct text own = {0};
    for (const char *at = text; *at;) {
        size_t length = strcspn(at, " ");
        bool shared = true;
        for (size_t i = 0; i < count && shared; i++)
            shared = others[i] && is_word_of(others[i], at, length);
        if (!shared && length) {
            text_add(&own, own.size ? " " : "");
            text_add_bytes(&own, at, length);
        }
        at += length + (at[length] == ' ');
    }
    return text_keep(&own, arena);
}

static const char *facts_value(const struct record *record, const char *key)
{
    const struct facts *all[] = {&record->machine, &record->build, &record->run};
    for (size_t i = 0; i < 3; i++) {
        const char *value = fact_value(all[i], key);
        if (value)
            return value;
    }
    return NULL;
}

static void shorten(struct provenance_fact *fact, size_t count, struct arena *arena)
{
    const char **whole = arena_alloc(arena, count * sizeof *whole);
    bool lists = false;
    for (size_t i = 0; i < count; i++) {
        whole[i] = fact->values[i] ? text_cut(arena, fact->values[i], COMPARED_LETTERS) : NULL;
        lists |= whole[i] && is_list(whole[i]);
    }
    for (size_t i = 0; i < count; i++) {
        if (!whole[i])
            continue;
        const char *own =
            fact->differs && lists ? own_words(whole[i], whole, count, arena) : whole[i];
        fact->values[i] = text_cut(arena, *own ? own : "nothing more", VALUE_LETTERS);
    }
}

static struct provenance_fact collect_fact(const struct fact *like,
                                           const struct contender *contenders, size_t count,
                                           struct arena *arena)
{
    struct provenance_fact fact = {
        .key = like->key,
        .label = text_cut(arena, like->label, LONG),
        .values = arena_alloc(arena, count * sizeof *fact.values),
    };
    for (size_t i = 0; i < count; i++) {
        fact.values[i] = facts_value(contenders[i].record, like->key);
        const char *first = fact.values[0], *this = fact.values[i];
        fact.differs |= (first == NULL) != (this == NULL) || (first && strcmp(first, this) != 0);
    }
    shorten(&fact, count, arena);
    return fact;
}

static bool is_known(const struct provenance *provenance, const char *key)
{
    for (size_t i = 0; i < provenance->count; i++)
        if (strcmp(provenance->items[i].key, key) == 0)
            return true;
    return false;
}

struct provenance provenance_of(const struct contender *contenders, size_t count,
                                struct arena *arena)
{
    struct provenance all = {0};
    for (size_t i = 0; i < count; i++) {
        const struct record *record = contenders[i].record;
        const struct facts *parts[] = {&record->machine, &record->build, &record->run};
        for (size_t part = 0; part < 3; part++) {
            for (size_t k = 0; k < parts[part]->count && all.count < FACTS_MOST; k++) {
                const struct fact *fact = &parts[part]->items[k];
                if (passing(fact->key) || is_known(&all, fact->key))
                    continue;
                all.items = array_grow(arena, all.items, all.count, sizeof *all.items);
                all.items[all.count++] = collect_fact(fact, contenders, count, arena);
            }
        }
    }
    return all;
}

/* --- Two records ---------------------------------------------------------------------------------
 */

static bool same_fact(const struct facts *one, const struct facts *other, const char *key)
{
    const char *a = fact_value(one, key), *b = fact_value(other, key);
    return a && b && strcmp(a, b) == 0;
}

bool same_machine(const struct record *one, const struct record *other)
{
    return same_fact(&one->run, &other->run, "run.machine");
}

bool same_build(const struct record *one, const struct record *other)
{
    return same_fact(&one->run, &other->run, "run.build");
}

/* Which facts can be behind a figure. `%` in a key stands for the variant. */
enum concern { OWN_CODE, CELL_CODE, THREADS, PLAIN_C, LIBRARY_BLAS };

static const struct concerned {
    enum concern concern;
    const char *key, *verb;
} concerned[] = {
    {OWN_CODE, "build.compiler", "compiled by"},
    {OWN_CODE, "build.flags.%", "compiled with"},
    {CELL_CODE, "cells.compiler", "compiled by"},
    {CELL_CODE, "cells.recipe", "compiled with"},
    {THREADS, "build.openmp-runtime", "threads by"},
    {PLAIN_C, "build.libc", "with the C library"},
    {LIBRARY_BLAS, "build.openblas", "with OpenBLAS"},
};

static bool concerns(enum concern concern, const struct record *record, const char *kernel,
                     const struct configuration *configuration)
{
    const struct kernel_note *note = record_kernel(record, kernel);
    bool cell = note && note->source && strchr(note->source, '/'); /* "06-exercises.md/gini.c" */
    if (configuration->worker)
        return false;
    switch (concern) {
    case OWN_CODE:
        return !cell;
    case CELL_CODE:
        return cell;
    case THREADS:
        return configuration->threads > 1;
    case PLAIN_C:
        return strcmp(configuration->variant, "libm") == 0;
    case LIBRARY_BLAS:
        return strncmp(kernel, "eigen.", 6) == 0;
    }
    return false;
}

/* "compiled with A instead of B", of long values only the words that differ. */
static void add_difference(struct text *clauses, const char *verb, const char *this,
                           const char *that, struct arena *arena)
{
    if (!this || !that || strcmp(this, that) == 0)
        return;
    const char *more = text_cut(arena, this, COMPARED_LETTERS);
    const char *less = text_cut(arena, that, COMPARED_LETTERS);
    if (is_list(more) || is_list(less)) {
        const char *all = more;
        more = own_words(more, &less, 1, arena);
        less = own_words(less, &all, 1, arena);
    }
    text_addf(clauses, "%s%s %s", clauses->size ? "; " : "", verb,
              *more ? text_cut(arena, more, VALUE_LETTERS) : "nothing");
    text_addf(clauses, " instead of %s", *less ? text_cut(arena, less, VALUE_LETTERS) : "nothing");
}

static void add_worker(struct text *clauses, const struct record *record,
                       const struct record *baseline, const char *worker, struct arena *arena)
{
    const char *key = arena_printf(arena, "worker.%s", text_cut(arena, worker, LONG));
    add_difference(clauses, "run by", fact_value(&record->build, key),
                   fact_value(&baseline->build, key), arena);
}

const char *provenance_caution(const struct record *record, const struct record *baseline,
                               const char *kernel, const struct configuration *configuration,
                               struct arena *arena)
{
    struct text clauses = {0};
    for (size_t i = 0; i < sizeof concerned / sizeof *concerned; i++) {
        const char *key = concerned[i].key;
        if (!concerns(concerned[i].concern, record, kernel, configuration))
            continue;
        if (strchr(key, '%'))
            key = arena_printf(arena, "%.*s%s", (int)strcspn(key, "%"), key,
                               text_cut(arena, configuration->variant, LONG));
        add_difference(&clauses, concerned[i].verb, fact_value(&record->build, key),
                       fact_value(&baseline->build, key), arena);
    }
    if (configuration->worker)
        add_worker(&clauses, record, baseline, configuration->worker, arena);
    add_difference(&clauses, "measured with the profile", record->profile, baseline->profile,
                   arena);
    return clauses.size ? text_keep(&clauses, arena) : NULL;
}
