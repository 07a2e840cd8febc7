/* A comparison in sentences, each of which follows from intervals. */
#include "page/compare.h"

#include "page/results.h"

#include <math.h>
#include <string.h>

enum { NAME_LETTERS = 60, REASONS_MOST = 8 };

struct telling {
    const struct comparison *comparison;
    const struct contender *one, *baseline;
    size_t contender;
    struct sentences *sentences;
    struct arena *arena;
};

static void say(struct telling *telling, const char *sentence)
{
    struct sentences *all = telling->sentences;
    all->items = array_grow(telling->arena, all->items, all->count, sizeof *all->items);
    all->items[all->count++] = sentence;
}

static const char *quoted(const struct telling *telling, const struct contender *contender)
{
    return arena_printf(telling->arena, "“%s”",
                        text_cut(telling->arena, contender->name, NAME_LETTERS));
}

static void say_relation(struct telling *telling)
{
    const struct record *one = telling->one->record, *baseline = telling->baseline->record;
    bool known = fact_value(&one->run, "run.machine") && fact_value(&baseline->run, "run.machine");
    const char *relation =
        !known ? "may be of another machine than"
        : !same_machine(one, baseline)
            ? "is of another machine, or of the same with other CPUs to use, than"
        : same_build(one, baseline) ? "is of the same machine and the same build as"
                                    : "is of the same machine, in another build, as";
    say(telling, arena_printf(telling->arena, "%s %s %s.", quoted(telling, telling->one), relation,
                              quoted(telling, telling->baseline)));
}

static void add_count(struct text *text, size_t count, const char *what)
{
    if (count)
        text_addf(text, ", %zu %s %s", count, count == 1 ? "is" : "are", what);
}

static void say_tally(struct telling *telling)
{
    const struct tally *tally = &telling->comparison->tallies[telling->contender];
    size_t pairs = tally->faster + tally->slower + tally->untold;
    const char *one = quoted(telling, telling->one);
    const char *baseline = quoted(telling, telling->baseline);
    struct text text = {0};
    if (pairs == 0) {
        say(telling, arena_printf(telling->arena, "No figure of %s can be set beside one of %s.",
                                  one, baseline));
        return;
    }
    if (tally->untold == pairs) {
        say(telling, arena_printf(telling->arena,
                                  "Whether the %zu figure%s of %s that can be set beside %s of %s "
                                  "%s faster cannot be told.",
                                  pairs, pairs == 1 ? "" : "s", one, pairs == 1 ? "one" : "those",
                                  baseline, pairs == 1 ? "is" : "are"));
        return;
    }
    text_addf(&text, "Of the %zu figure%s of %s that can be set beside %s of %s", pairs,
              pairs == 1 ? "" : "s", one, pairs == 1 ? "one" : "those", baseline);
    add_count(&text, tally->faster, "faster");
    add_count(&text, tally->slower, "slower");
    if (tally->untold)
        text_addf(&text, ", and of %zu it cannot be told", tally->untold);
    text_add_char(&text, '.');
    say(telling, text_keep(&text, telling->arena));
}

/* The pair whose interval lies farthest from 1 on the side of that change. */
struct extreme {
    const struct compared_experiment *experiment;
    const struct compared_row *row;
    const struct compared *cell;
    double end; /* of its interval that is nearer to 1 */
};

static void look_at(struct extreme *extreme, const struct compared_experiment *experiment,
                    const struct compared_row *row, const struct compared *cell)
{
    bool gain = cell->change == CHANGE_FASTER;
    double end = gain ? cell->ratio.low : cell->ratio.high;
    if (extreme->cell && (gain ? end <= extreme->end : end >= extreme->end))
        return;
    *extreme = (struct extreme){experiment, row, cell, end};
}

static struct extreme find_extreme(const struct telling *telling, enum change change)
{
    const struct comparison *comparison = telling->comparison;
    struct extreme extreme = {0};
    for (size_t i = 0; i < comparison->experiment_count; i++) {
        const struct compared_experiment *experiment = &comparison->experiments[i];
        for (size_t k = 0; k < experiment->row_count; k++) {
            const struct compared *cell = &experiment->rows[k].cells[telling->contender];
            if (cell->change == change)
                look_at(&extreme, experiment, &experiment->rows[k], cell);
        }
    }
    return extreme;
}

static void say_extreme(struct telling *telling, enum change change, const char *what)
{
    struct extreme extreme = find_extreme(telling, change);
    struct arena *arena = telling->arena;
    if (!extreme.cell)
        return;
    say(telling,
        arena_printf(arena,
                     "%s: %s, %s, which is %s times as fast in %s as in %s (95\xC2\xA0%% interval "
                     "%s).",
                     what, text_cut(arena, extreme.experiment->name, NAME_LETTERS),
                     row_label(extreme.row, arena),
                     plain_number(arena, extreme.cell->ratio.value, 3),
                     quoted(telling, telling->one), quoted(telling, telling->baseline),
                     interval_text(arena, extreme.cell->ratio, 1)));
}

/* --- What was not compared -----------------------------------------------------------------------
 */

/* Reasons that begin alike: "other sizes: n = 10 instead of 20" and other such sizes are one. */
struct reasons {
    struct {
        const char *text;
        size_t size, count;
    } items[REASONS_MOST];
    size_t count, others;
};

static void add_reason(struct reasons *reasons, const char *reason)
{
    size_t size = strcspn(reason, ":"), i = 0;
    while (i < reasons->count &&
           (reasons->items[i].size != size || memcmp(reasons->items[i].text, reason, size) != 0))
        i++;
    if (i == REASONS_MOST) {
        reasons->others++;
        return;
    }
    if (i == reasons->count) {
        reasons->items[i].text = reason;
        reasons->items[i].size = size;
        reasons->items[i].count = 0;
        reasons->count++;
    }
    reasons->items[i].count++;
}

static void collect_reasons(const struct telling *telling, struct reasons *reasons)
{
    const struct comparison *comparison = telling->comparison;
    for (size_t i = 0; i < comparison->experiment_count; i++) {
        const struct compared_experiment *experiment = &comparison->experiments[i];
        if (experiment->refusals[telling->contender])
            add_reason(reasons, experiment->refusals[telling->contender]);
        for (size_t k = 0; k < experiment->row_count; k++) {
            const struct compared *cell = &experiment->rows[k].cells[telling->contender];
            if (cell->refusal)
                add_reason(reasons, cell->refusal);
        }
    }
}

static void say_refused(struct telling *telling)
{
    struct reasons reasons = {0};
    struct text text = {0};
    collect_reasons(telling, &reasons);
    if (reasons.count == 0)
        return;
    text_addf(&text, "Refused of %s: ", quoted(telling, telling->one));
    for (size_t i = 0; i < reasons.count; i++)
        text_addf(&text, "%s%zu for “%.*s”", i ? ", " : "", reasons.items[i].count,
                  (int)reasons.items[i].size, reasons.items[i].text);
    if (reasons.others)
        text_addf(&text, ", %zu for other reasons", reasons.others);
    text_add(&text, ".");
    say(telling, text_keep(&text, telling->arena));
}

struct sentences comparison_sentences(const struct comparison *comparison, struct arena *arena)
{
    struct sentences sentences = {0};
    struct telling telling = {
        .comparison = comparison,
        .baseline = &comparison->contenders[comparison->baseline],
        .sentences = &sentences,
        .arena = arena,
    };
    for (size_t i = 0; i < comparison->count; i++) {
        if (i == comparison->baseline)
            continue;
        telling.contender = i;
        telling.one = &comparison->contenders[i];
        say_relation(&telling);
        say_tally(&telling);
        say_extreme(&telling, CHANGE_FASTER, "The largest gain");
        say_extreme(&telling, CHANGE_SLOWER, "The largest loss");
        say_refused(&telling);
    }
    if (comparison->lone)
        say(&telling, arena_printf(arena, "%zu experiment%s in only one of the records.",
                                   comparison->lone, comparison->lone == 1 ? " is" : "s are"));
    return sentences;
}
