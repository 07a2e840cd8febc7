#include "page/words.h"

#include <string.h>

/* To the next comma that is in no brackets and no quotation marks. */
static size_t expression_size(const char *text)
{
    size_t at = 0;
    char quote = '\0';
    for (int depth = 0; text[at] && (quote || depth > 0 || text[at] != ','); at++) {
        if (quote)
            quote = text[at] == quote ? '\0' : quote;
        else if (text[at] == '"' || text[at] == '\'')
            quote = text[at];
        else
            depth += strchr("([", text[at]) ? 1 : strchr(")]", text[at]) ? -1 : 0;
    }
    return at;
}

static size_t word_size(const char *text)
{
    return strcspn(text, ",");
}

static struct words split(struct arena *arena, const char *list, size_t (*size_of)(const char *))
{
    struct words words = {0};
    for (const char *at = list; *at;) {
        at += strspn(at, ", \t\r\n");
        size_t size = size_of(at), trimmed = size;
        while (trimmed && strchr(" \t\r\n", at[trimmed - 1]))
            trimmed--;
        if (trimmed) {
            words.items = array_grow(arena, words.items, words.count, sizeof *words.items);
            words.items[words.count++] =
                (struct word){arena_strndup(arena, at, trimmed), (size_t)(at - list)};
        }
        at += size;
    }
    return words;
}

struct words words_split(struct arena *arena, const char *list)
{
    return split(arena, list, word_size);
}

struct words expressions_split(struct arena *arena, const char *list)
{
    return split(arena, list, expression_size);
}

struct place word_place(struct place place, const struct word *word)
{
    place.column += place.column ? (int)word->offset : 0;
    return place;
}

const struct experiment *book_experiment(const struct book *book, const char *name)
{
    for (size_t i = 0; i < book->experiment_count; i++)
        if (strcmp(book->experiments[i]->name, name) == 0)
            return book->experiments[i];
    return NULL;
}

static bool check_name(struct context *context, const struct word *word, struct place place,
                       const struct naming *naming)
{
    const struct book *book = context->book;
    const struct experiment *named = book_experiment(book, word->text);
    const char *wanted = naming->observed ? "observe" : "experiment";
    if (named && named->observed == naming->observed)
        return true;
    const char **names = arena_alloc(context->arena, (book->experiment_count + 1) * sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < book->experiment_count; i++)
        if (book->experiments[i]->observed == naming->observed)
            names[count++] = book->experiments[i]->name;
    if (named)
        diag_error(context->diags, place, naming->hint, "'%s' is %s", word->text,
                   naming->observed ? "an experiment, not an observation"
                                    : "an observation, not an experiment");
    else
        diag_error(context->diags, place, diag_suggest(context->diags, word->text, names, count),
                   "no {%s} directive has the name '%s'", wanted, word->text);
    return false;
}

bool words_check(struct context *context, const struct element *element, const struct words *names,
                 const struct naming *naming)
{
    bool right = names->count > 0;
    if (!right)
        diag_error(context->diags, element->argument_place, NULL, "%s", naming->missing);
    for (size_t i = 0; i < names->count; i++)
        right = check_name(context, &names->items[i],
                           word_place(element->argument_place, &names->items[i]), naming) &&
                right;
    return right;
}

bool words_check_whole(struct context *context, const struct element *element,
                       const struct words *names)
{
    bool whole = true;
    for (size_t i = 0; i < names->count; i++) {
        const struct experiment *experiment = book_experiment(context->book, names->items[i].text);
        if (!experiment->sweep.name)
            continue;
        whole = false;
        diag_error(context->diags, word_place(element->argument_place, &names->items[i]), NULL,
                   "'%s' sweeps %s: {%s} shows experiments of one size", experiment->name,
                   experiment->sweep.name, element->name);
    }
    return whole;
}

bool words_check_variant(struct context *context, const struct element *element,
                         const struct words *names, const char *variant)
{
    for (size_t i = 0; variant && i < names->count; i++) {
        const struct experiment *experiment = book_experiment(context->book, names->items[i].text);
        size_t count = experiment->variant_count, found = 0;
        const char **known = arena_alloc(context->arena, (count + 1) * sizeof *known);
        for (size_t k = 0; k < count; k++) {
            known[k] = experiment->variants[k].name;
            found += strcmp(known[k], variant) == 0;
        }
        if (count == 0 || found)
            continue;
        diag_error(context->diags, element_option_place(element, "variant"),
                   diag_suggest(context->diags, variant, known, count), "'%s' has no variant '%s'",
                   experiment->name, variant);
        return false;
    }
    return true;
}
