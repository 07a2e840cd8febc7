#include "bench/progress.h"

#include "base/process.h"
#include "base/text.h"
#include "bench/rounds.h"
#include "record/rivals.h"
#include "record/summary.h"
#include "record/sweep.h"

#include <math.h>
#include <string.h>
#include <sys/ioctl.h>

/* Drawing takes CPU time from what is being measured: not more often than this many seconds. */
static const double DRAW_EVERY = 0.2;
enum { BAR_WIDTH = 24, WIDTH_DEFAULT = 80, DOUBTS_MOST = 5 };

static const char RED[] = "\033[31m", YELLOW[] = "\033[33m", PLAIN[] = "\033[0m";

/* "14 s", "2 min 5 s", "1 h 12 min". */
static void add_seconds(struct text *text, double seconds)
{
    long whole = (long)ceil(seconds);
    if (whole >= 3600)
        text_addf(text, "%ld h %ld min", whole / 3600, whole % 3600 / 60);
    else if (whole >= 60)
        text_addf(text, "%ld min %ld s", whole / 60, whole % 60);
    else
        text_addf(text, "%ld s", whole);
}

static void say(const struct progress *progress, const char *colour, const struct text *line)
{
    FILE *stream = progress->options->progress;
    bool coloured = progress->options->colour && colour;
    fprintf(stream, "%s%s%s\n", coloured ? colour : "", text_string(line), coloured ? PLAIN : "");
    fflush(stream);
}

/* Empties the line that is rewritten, so that something lasting can be printed. */
static void close_line(struct progress *progress)
{
    if (progress->open)
        fputs("\r\033[K", progress->options->progress);
    progress->open = false;
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static bool kept_alike(const struct plan_entry *a, const struct plan_entry *b)
{
    return !a->fresh && !b->fresh && strcmp(a->why, b->why) == 0;
}

/* How many values of the entry's sweep, from this one on, were kept alike; 1 for a whole
 * experiment. */
static size_t kept_values(const struct plan *plan, size_t first)
{
    const struct plan_entry *entry = &plan->entries[first];
    size_t count = 1;
    while (first + count < plan->entry_count && entry[count].experiment == entry->experiment &&
           kept_alike(&entry[count], entry))
        count++;
    return count;
}

/* "  kept: measured 2026-11-23: median, staircase (21 values), pi": all entries kept for the reason
 * of this one, which is the first of them. */
static void say_kept(const struct progress *progress, const struct plan *plan, size_t first)
{
    const struct plan_entry *entries = plan->entries, *entry = &entries[first];
    struct text line = {0};
    for (size_t i = 0; i < first; i++)
        if (kept_alike(&entries[i], entry))
            return;
    if (entry->fresh)
        return;
    text_addf(&line, "  %s: ", entry->why);
    for (size_t i = first, values; i < plan->entry_count; i += values) {
        values = kept_values(plan, i);
        if (!kept_alike(&entries[i], entry))
            continue;
        text_addf(&line, "%s%s", i == first ? "" : ", ",
                  values > 1 ? entries[i].experiment->name : entries[i].name);
        if (values > 1)
            text_addf(&line, " (%zu values)", values);
    }
    say(progress, NULL, &line);
    text_release(&line);
}

void progress_begin(struct progress *progress, const struct measure_options *options,
                    const struct plan *plan)
{
    *progress = (struct progress){.options = options, .started = clock_seconds()};
    progress->later = plan->seconds;
    for (size_t i = 0; i < plan->entry_count; i++)
        progress->total += plan->entries[i].fresh;
    if (!options->progress)
        return;
    struct text line = {0};
    size_t kept = plan->entry_count - progress->total;
    text_addf(&line, "%zu experiment%s to measure, %zu kept", progress->total,
              plural(progress->total), kept);
    if (progress->total) {
        text_addf(&line, "; profile %s: about ", plan->profile->name);
        add_seconds(&line, plan->seconds);
    }
    if (progress->total && plan->limit)
        text_addf(&line, "\n%s", plan->limit);
    say(progress, NULL, &line);
    text_release(&line);
    for (size_t i = 0; i < plan->entry_count; i++)
        say_kept(progress, plan, i);
}

void progress_entry(struct progress *progress, const struct plan_entry *entry)
{
    progress->at++;
    progress->name = entry->name;
    progress->why = entry->why;
    progress->later -= entry->seconds;
    progress->entry_started = clock_seconds();
}

static size_t terminal_width(FILE *stream)
{
    struct winsize size;
    if (ioctl(fileno(stream), TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return WIDTH_DEFAULT;
    return size.ws_col;
}

static void add_state(struct text *line, const struct progress_state *state)
{
    if (state->rounds)
        text_addf(line, ", %d round%s", state->rounds, plural((size_t)state->rounds));
    if (state->rounds && !isnan(state->noise))
        text_addf(line, ", ±%.1f %%", 100 * state->noise);
}

/* Bytes of the longest beginning of at most `width` characters. */
static int cut(const char *line, size_t width)
{
    size_t bytes = 0;
    for (size_t seen = 0; line[bytes]; bytes++) {
        seen += ((unsigned char)line[bytes] & 0xC0) != 0x80;
        if (seen > width)
            break;
    }
    return (int)bytes;
}

void progress_update(struct progress *progress, const struct progress_state *state)
{
    const struct measure_options *options = progress->options;
    double now = clock_seconds();
    if (!options->progress || !options->terminal || now - progress->drawn < DRAW_EVERY)
        return;
    progress->drawn = now;
    double past = now - progress->started;
    double left = fmax(0, state->left) + fmax(0, progress->later);
    double share = past + left > 0 ? past / (past + left) : 0;
    struct text line = {0};
    text_add_char(&line, '[');
    for (int i = 0; i < BAR_WIDTH; i++)
        text_add_char(&line, i < share * BAR_WIDTH ? '#' : '.');
    text_addf(&line, "] %2.0f %%, ", 100 * share);
    add_seconds(&line, left);
    text_addf(&line, " left; %zu of %zu: %s", progress->at, progress->total, progress->name);
    add_state(&line, state);
    text_addf(&line, ", %s", state->doing ? state->doing : "");
    const char *string = text_string(&line);
    fprintf(options->progress, "\r%.*s\033[K", cut(string, terminal_width(options->progress) - 1),
            string);
    fflush(options->progress);
    progress->open = true;
    text_release(&line);
}

void progress_done(struct progress *progress, const struct progress_state *state)
{
    if (!progress->options->progress)
        return;
    struct text line = {0};
    close_line(progress);
    text_addf(&line, "%zu of %zu: %s", progress->at, progress->total, progress->name);
    add_state(&line, state);
    text_add(&line, ", ");
    add_seconds(&line, clock_seconds() - progress->entry_started);
    if (state->resumed)
        text_addf(&line, "; resumed after round %d", state->resumed);
    else
        text_addf(&line, "; %s", progress->why);
    say(progress, NULL, &line);
    text_release(&line);
}

static void say_fault(const struct progress *progress, const char *name, const char *label,
                      const char *what, const char *reason, const char *complaint)
{
    struct text line = {0};
    text_addf(&line, "  %s%s%s: %s: %s", name, *label ? ", " : "", label, what,
              reason ? reason : "no reason is known");
    say(progress, RED, &line);
    text_release(&line);
    if (complaint)
        fprintf(progress->options->progress, "%s\n", complaint);
}

static void say_doubt(const struct progress *progress, const char *name, const char *label,
                      const struct verdict *verdict)
{
    struct text line = {0};
    text_addf(&line, "  %s, %s: %s: %s", name, label, level_name(verdict->level),
              verdict->reason_count ? verdict->reasons[0] : "");
    say(progress, verdict->level == LEVEL_UNRELIABLE ? RED : YELLOW, &line);
    text_release(&line);
}

/* Failures of this result, all of them. */
static void say_faults(const struct progress *progress, const struct result *result,
                       struct arena *arena)
{
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *row = &result->configurations[i];
        if (row->status == STATUS_FAILED || row->status == STATUS_WRONG)
            say_fault(progress, result->name, configuration_label(row, arena),
                      status_name(row->status), row->reason, row->complaint);
    }
}

/* Figures of this level, and how many there are; only the first few are printed. */
static size_t say_doubts(const struct progress *progress, const struct record *record,
                         enum level level, size_t *printed, struct arena *arena)
{
    size_t count = 0;
    for (size_t i = 0; i < record->result_count; i++) {
        const struct result *result = &record->results[i];
        for (size_t j = 0; j < result->configuration_count; j++) {
            const struct configuration *row = &result->configurations[j];
            struct verdict verdict = summarise(result, row, arena).verdict;
            if (verdict.level != level)
                continue;
            count++;
            if ((*printed)++ < DOUBTS_MOST)
                say_doubt(progress, result->name, configuration_label(row, arena), &verdict);
        }
    }
    return count;
}

/* Whether another value of the same sweep gained more. */
static bool outdone(const struct record *record, const struct result *result, struct arena *arena)
{
    if (!result->sweep)
        return false;
    struct sweep_points points = record_sweep(record, result->sweep, arena);
    const struct sweep_point *best = sweep_best(&points, arena);
    return best && best->result != result;
}

/* What came of it, in a line: "median: parallel on 2 threads 7.61 times serial (7.33 to 7.82)"; of
 * a sweep the value at which it is most. */
static void say_gain(const struct progress *progress, const struct record *record,
                     const struct result *result, struct arena *arena)
{
    struct summary summary;
    struct text line = {0};
    const struct configuration *best = result_best(result, &summary, arena);
    if (!best || outdone(record, result, arena))
        return;
    text_addf(&line, "  %s: %s is %.3g times as fast as %s", result->name,
              configuration_label(best, arena), summary.speedup.value,
              configuration_label(result_baseline(result), arena));
    if (isfinite(summary.speedup.low))
        text_addf(&line, " (%.3g to %.3g)", summary.speedup.low, summary.speedup.high);
    say(progress, NULL, &line);
    text_release(&line);
}

/* "  median: simd is 8.8 times as fast as numba on 1 thread (8.6 to 9.0)", for each rival; of a
 * sweep, whose values have rivals each, nothing. */
static void say_rivals(const struct progress *progress, const struct result *result,
                       struct arena *arena)
{
    size_t count;
    const struct rival *rivals = result_rivals(result, &count, arena);
    for (size_t i = 0; i < count && !result->sweep; i++) {
        struct text line = {0};
        text_addf(&line, "  %s: %s is %.3g times as fast as %s", result->name,
                  configuration_label(rivals[i].ours, arena), rivals[i].faster.value,
                  configuration_label(rivals[i].theirs, arena));
        if (isfinite(rivals[i].faster.low))
            text_addf(&line, " (%.3g to %.3g)", rivals[i].faster.low, rivals[i].faster.high);
        say(progress, NULL, &line);
        text_release(&line);
    }
}

/* What a run that was interrupted leaves for the next one. */
static void say_partial(const struct progress *progress, const struct result *result)
{
    struct text line = {0};
    bool partial = false;
    for (size_t i = 0; i < result->configuration_count; i++)
        partial = partial || result->configurations[i].status == STATUS_UNMEASURED;
    int rounds = rounds_whole(result);
    if (partial && rounds > 0) {
        text_addf(&line, "  %s: interrupted after %d round%s; the next run goes on from there",
                  result->name, rounds, plural((size_t)rounds));
        say(progress, NULL, &line);
    }
    text_release(&line);
}

static void say_cost(const struct progress *progress, const struct measure_tally *tally)
{
    struct text line = {0};
    if (tally->timed > 0) {
        text_addf(&line, "measuring cost %.2f of the timed work: %.1f s for %.1f s",
                  tally->seconds / tally->timed, tally->seconds, tally->timed);
        say(progress, NULL, &line);
    }
    text_release(&line);
}

static void say_counts(const struct progress *progress, const struct measure_tally *tally)
{
    struct text line = {0};
    text_addf(&line, "%s: %zu measured, %zu kept, %zu skipped, %zu failed, %zu wrong; ",
              tally->interrupted ? "interrupted" : "done", tally->measured, tally->kept,
              tally->skipped, tally->failed, tally->wrong);
    add_seconds(&line, tally->seconds);
    say(progress, NULL, &line);
    text_release(&line);
}

void progress_end(struct progress *progress, const struct plan *plan,
                  const struct measure_tally *tally)
{
    const struct record *record = &plan->record;
    struct arena arena = {0};
    size_t printed = 0;
    if (!progress->options->progress)
        return;
    close_line(progress);
    for (size_t i = 0; i < record->result_count; i++) {
        say_gain(progress, record, &record->results[i], &arena);
        say_rivals(progress, &record->results[i], &arena);
    }
    for (size_t i = 0; i < record->result_count; i++)
        say_faults(progress, &record->results[i], &arena);
    for (size_t i = 0; i < record->observation_count; i++) {
        const struct observation *row = &record->observations[i];
        if (row->status == STATUS_FAILED)
            say_fault(progress, row->name, "", status_name(row->status), row->reason,
                      row->complaint);
    }
    size_t bad = say_doubts(progress, record, LEVEL_UNRELIABLE, &printed, &arena);
    size_t doubtful = say_doubts(progress, record, LEVEL_CAUTION, &printed, &arena);
    if (bad + doubtful > DOUBTS_MOST) {
        struct text line = {0};
        text_addf(&line, "  in all %zu figure%s unreliable, %zu to be taken with caution", bad,
                  plural(bad), doubtful);
        say(progress, NULL, &line);
        text_release(&line);
    }
    for (size_t i = 0; i < record->result_count; i++)
        say_partial(progress, &record->results[i]);
    say_cost(progress, tally);
    say_counts(progress, tally);
    arena_release(&arena);
}
