#include "bench/measure.h"

#include "base/file.h"
#include "bench/observe.h"
#include "bench/plan_parts.h"
#include "bench/rounds.h"
#include "bench/sample.h"

#include <errno.h>
#include <string.h>

static const double TIMER_SECONDS = 10;

/* Everything that measuring needs at hand. */
struct run {
    struct plan *plan;
    const struct catalogue *catalogue;
    const struct machine *machine;
    const struct measure_options *options;
    struct measure_tally *tally;
    struct diags *diags;
    struct worker_rules rules;
    struct progress progress;
    double started;
    bool unsaved; /* the record cannot be written, which has been said */
};

static bool is_interrupted(const struct run *run)
{
    return run->options->interrupted && *run->options->interrupted;
}

/* Asks a worker how well its clock resolves; also shows that workers can be started at all. */
static bool time_clock(struct run *run)
{
    static const char *const environment[] = {"OMP_NUM_THREADS=1", NULL};
    struct record *record = &run->plan->record;
    struct worker worker;
    bool done =
        worker_start(&worker, &run->rules, environment, &record->arena) &&
        worker_timer(&worker, TIMER_SECONDS, &record->timer_overhead, &record->timer_resolution);
    if (!done && !worker.interrupted)
        diag_error(run->diags, (struct place){0}, worker.complaint,
                   "nothing can be measured with the worker '%s': %s", run->rules.program,
                   worker.reason);
    worker_stop(&worker);
    return done || worker.interrupted;
}

/* That the record can be saved is found out before anything is measured for it. */
static bool make_place(const struct run *run)
{
    const char *path = run->options->record_path;
    struct arena arena = {0};
    bool made = !path || (folder_make(path_folder(&arena, path)) && file_writable(path));
    if (!made)
        diag_error(run->diags, (struct place){0}, "--record names another place for it",
                   "the record cannot be written to '%s': %s", path, strerror(errno));
    arena_release(&arena);
    return made;
}

/* Saves the record, so that a run that is cut off need not measure this again. */
static bool save(struct run *run)
{
    const char *path = run->options->record_path;
    if (!path || run->unsaved)
        return !run->unsaved;
    run->unsaved = !record_write(&run->plan->record, path, run->diags);
    return !run->unsaved;
}

static void save_rounds(void *context)
{
    save(context);
}

static double work_of(const struct result *result)
{
    return rounds_sampled(result) + rounds_warmups(result);
}

/* What measuring cost so far, beside what was measured. Known once something was. */
static void note_cost(struct run *run)
{
    struct record *record = &run->plan->record;
    double seconds = clock_seconds() - run->started, timed = run->tally->timed;
    if (timed > 0)
        fact_add(&record->run, &record->arena, "run.cost", "Wall time over timed work",
                 arena_printf(&record->arena, "%.2f (%.1f s, %.1f s of them timed)",
                              seconds / timed, seconds, timed),
                 NULL);
}

static bool measure_result(struct run *run, const struct plan_entry *entry)
{
    struct record *record = &run->plan->record;
    const struct sampling sampling = {
        .rules = &run->rules,
        .ram = run->machine->memory,
        .root = run->machine->root ? run->machine->root : "",
        .seed = record->seed,
        .arena = &record->arena,
        .progress = &run->progress,
        .save = save_rounds,
        .context = run,
    };
    double before = work_of(entry->result);
    bool whole = sample_experiment(&sampling, entry);
    run->tally->timed += work_of(entry->result) - before;
    return whole || rounds_whole(entry->result) > 0;
}

static bool observe_entry(struct run *run, const struct plan_entry *entry)
{
    const struct progress_state state = {.doing = "observing", .left = entry->seconds};
    progress_update(&run->progress, &state);
    if (!observe_kernel(entry, plan_observed_variant(run->catalogue), run->machine->cores,
                        &run->rules, &run->plan->record.arena))
        return false;
    progress_done(&run->progress, &state);
    return true;
}

static void count_status(struct measure_tally *tally, enum status status, bool fresh)
{
    size_t *const counts[] = {
        [STATUS_UNMEASURED] = NULL,       [STATUS_OK] = fresh ? &tally->measured : &tally->kept,
        [STATUS_FAILED] = &tally->failed, [STATUS_SKIPPED] = &tally->skipped,
        [STATUS_WRONG] = &tally->wrong,
    };
    if (counts[status])
        ++*counts[status];
}

static void count_all(const struct plan *plan, struct measure_tally *tally)
{
    for (size_t i = 0; i < plan->entry_count; i++) {
        const struct plan_entry *entry = &plan->entries[i];
        if (entry->observation)
            count_status(tally, entry->observation->status, entry->fresh);
        for (size_t j = 0; entry->result && j < entry->result->configuration_count; j++)
            count_status(tally, entry->result->configurations[j].status, entry->fresh);
    }
}

/* False when there is nothing to save, because the user interrupted. */
static bool measure_entry(struct run *run, const struct plan_entry *entry)
{
    progress_entry(&run->progress, entry);
    return entry->result ? measure_result(run, entry) : observe_entry(run, entry);
}

/* All fresh entries, each saved once it is done. */
static bool measure_all(struct run *run)
{
    bool ready = false, saved = true;
    for (size_t i = 0; saved && i < run->plan->entry_count && !is_interrupted(run); i++) {
        const struct plan_entry *entry = &run->plan->entries[i];
        if (!entry->fresh)
            continue;
        if (!ready && !time_clock(run))
            return false;
        ready = true;
        if (measure_entry(run, entry)) {
            note_cost(run);
            saved = save(run);
        }
    }
    /* What was kept may have been moved or renamed in the book. */
    return saved && (ready || save(run));
}

bool measure(struct plan *plan, const struct catalogue *catalogue, const struct machine *machine,
             const struct measure_options *options, struct measure_tally *tally,
             struct diags *diags)
{
    struct run run = {.plan = plan,
                      .catalogue = catalogue,
                      .machine = machine,
                      .options = options,
                      .tally = tally,
                      .diags = diags,
                      .started = clock_seconds()};
    *tally = (struct measure_tally){0};
    if (!make_place(&run))
        return false;
    run.rules = worker_rules_make(catalogue->worker, machine->memory, machine->hardware_threads,
                                  options->interrupted);
    progress_begin(&run.progress, options, plan);
    bool done = measure_all(&run);
    tally->interrupted = is_interrupted(&run);
    tally->seconds = clock_seconds() - run.started;
    count_all(plan, tally);
    progress_end(&run.progress, plan, tally);
    return done;
}
