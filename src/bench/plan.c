#include "bench/plan.h"

#include "bench/commit.h"
#include "bench/date.h"
#include "bench/order.h"
#include "bench/plan_parts.h"
#include "bench/rounds.h"
#include "bench/sample.h"
#include "record/stats.h"

#include <math.h>
#include <string.h>

/* Starting a worker and its first steps, beyond the warm-up call itself. */
static const double START_SECONDS = 0.05;
static const double OBSERVE_SECONDS = 1;

static double median_wall(const struct samples *samples, struct arena *arena)
{
    double *walls = arena_alloc(arena, (samples->count + 1) * sizeof *walls);
    for (size_t i = 0; i < samples->count; i++)
        walls[i] = samples->items[i].wall;
    return stats_median(walls, samples->count).value;
}

/* Seconds of one round with the last record's medians, the warm-up calls in *warmup; NaN when the
 * last record does not know the experiment at these sizes. */
static double last_round(const struct planning *planning, const struct result *now, double *warmup)
{
    const struct result *then = planning->last ? record_result(planning->last, now->name) : NULL;
    double round = 0;
    *warmup = 0;
    if (!then || strcmp(then->kernel, now->kernel) != 0 ||
        then->setting_count != now->setting_count)
        return NAN;
    for (size_t i = 0; i < now->setting_count; i++)
        if (then->settings[i].value != now->settings[i].value)
            return NAN;
    const struct configuration *baseline = result_baseline(then);
    for (size_t i = 0; i < then->configuration_count; i++) {
        const struct configuration *row = &then->configurations[i];
        double wall = median_wall(&row->samples, planning->arena) * (double)then->repeat;
        if (isnan(wall))
            continue;
        round += row == baseline ? 2 * wall : wall;
        *warmup += isnan(row->warmup) ? 0 : row->warmup;
    }
    return round > 0 ? round : NAN;
}

double plan_seconds(const struct planning *planning, const struct plan_entry *entry)
{
    const struct profile *profile = entry->profile;
    double warmup;
    if (entry->observation)
        return OBSERVE_SECONDS;
    double start = START_SECONDS * (double)entry->result->configuration_count;
    double round = last_round(planning, entry->result, &warmup);
    if (isnan(round)) /* how much work it is, only the worker knows once it has prepared it */
        return start + profile->budget;
    double spent = rounds_sampled(entry->result); /* by a run that was interrupted */
    return start + warmup + fmax(sample_seconds(profile, round) - spent, 0);
}

static void copy_facts(struct facts *to, const struct facts *from, struct arena *arena)
{
    for (size_t i = 0; i < from->count; i++)
        fact_add(to, arena, from->items[i].key, from->items[i].label, from->items[i].value,
                 from->items[i].why);
}

static void copy_sources(struct record *record, const struct catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->source_count; i++) {
        record->sources = array_grow(&record->arena, record->sources, i, sizeof *record->sources);
        record->sources[i] = (struct source){
            .file = arena_strdup(&record->arena, catalogue->sources[i].file),
            .hash = arena_strdup(&record->arena, catalogue->sources[i].hash),
            .text = arena_strdup(&record->arena, catalogue->sources[i].text),
        };
    }
    record->source_count = catalogue->source_count;
}

static void copy_kernels(struct record *record, const struct catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->kernel_count; i++) {
        record->kernels = array_grow(&record->arena, record->kernels, i, sizeof *record->kernels);
        record->kernels[i] = (struct kernel_note){
            .name = arena_strdup(&record->arena, catalogue->kernels[i].name),
            .about = arena_strdup(&record->arena, catalogue->kernels[i].about),
            .answer = arena_strdup(&record->arena, catalogue->kernels[i].answer),
            .source = arena_strdup(&record->arena, catalogue->kernels[i].source),
        };
        const struct cell_info *cell = catalogue->kernels[i].cell;
        record->kernels[i].absent = arena_strdup(&record->arena, cell ? cell->absent : NULL);
        record->kernels[i].complaint = arena_strdup(&record->arena, cell ? cell->complaint : NULL);
    }
    record->kernel_count = catalogue->kernel_count;
}

/* All of the record that does not depend on single experiments. */
static void begin_record(const struct planning *planning, const char *folder)
{
    struct record *record = &planning->plan->record;
    struct arena *arena = &record->arena;
    const struct profile *profile = planning->options->profile;
    record->profile = arena_strdup(arena, profile->name);
    record->cores = planning->machine->cores;
    record->hardware_threads = planning->machine->hardware_threads;
    record->seed = order_seed();
    record->timer_overhead = planning->last ? planning->last->timer_overhead : NAN;
    record->timer_resolution = planning->last ? planning->last->timer_resolution : NAN;
    copy_facts(&record->machine, &planning->machine->facts, arena);
    copy_facts(&record->build, &planning->catalogue->build, arena);
    copy_sources(record, planning->catalogue);
    copy_kernels(record, planning->catalogue);
    fact_add(&record->run, arena, "run.date", "Date", date_now(arena), NULL);
    fact_add(&record->run, arena, "run.profile", "Profile",
             arena_printf(arena, "%s: %s", profile->name, profile->about), NULL);
    fact_add(&record->run, arena, "run.machine", "Machine's identity", planning->machine->identity,
             NULL);
    fact_add(&record->run, arena, "run.build", "Build's identity", planning->catalogue->hash, NULL);
    const char *why = NULL, *commit = commit_of(folder ? folder : ".", arena, &why);
    fact_add(&record->run, arena, "run.commit", "Commit of the chapters", commit, why);
}

/* When nothing is measured, the run that the record tells of is still the last one: its date, seed
 * and surroundings stay, so that the record, and all pages made from it, stay the same bytes. */
static void keep_run(const struct planning *planning)
{
    struct record *record = &planning->plan->record;
    const struct record *last = planning->last;
    record->seed = last->seed;
    record->machine = record->build = record->run = (struct facts){0};
    copy_facts(&record->machine, &last->machine, &record->arena);
    copy_facts(&record->build, &last->build, &record->arena);
    for (size_t i = 0; i < planning->catalogue->build.count; i++) { /* cells are compiled anyway */
        const struct fact *fact = &planning->catalogue->build.items[i];
        if (strncmp(fact->key, "cells.", 6) == 0)
            fact_add(&record->build, &record->arena, fact->key, fact->label, fact->value, NULL);
    }
    copy_facts(&record->run, &last->run, &record->arena);
}

static bool nothing_fresh(const struct plan *plan)
{
    for (size_t i = 0; i < plan->entry_count; i++)
        if (plan->entries[i].fresh)
            return false;
    return true;
}

static bool at_draft_sizes(const struct planning *planning, const struct experiment *experiment)
{
    return planning->options->profile->draft_sizes &&
           (experiment->draft_count > 0 || experiment->draft_sweep.name);
}

/* `swept` NULL: the experiment is measured as a whole. */
static struct result *add_result(const struct planning *planning, const struct plan_entry *entry,
                                 const struct parameter_info *swept)
{
    struct record *record = &planning->plan->record;
    struct arena *arena = planning->arena;
    const struct experiment *experiment = entry->experiment;
    struct result *result = &record->results[record->result_count++];
    *result = (struct result){
        .name = entry->name,
        .kernel = arena_strdup(arena, entry->kernel->name),
        .chapter = arena_strdup(arena, experiment->chapter),
        .line = experiment->place.line,
        .written = arena_strdup(arena, experiment->written),
        .settings = plan_setting_list(planning, entry->kernel, entry->set),
        .setting_count = entry->kernel->parameter_count,
        .tolerance = entry->kernel->tolerance,
        .racy = entry->kernel->racy,
        .waits = entry->kernel->waits,
        .operations = NAN,
        .traffic = NAN,
        .working_set = NAN,
        .sweep = swept ? arena_strdup(arena, experiment->name) : NULL,
        .swept = swept ? arena_strdup(arena, swept->name) : NULL,
        .draft = at_draft_sizes(planning, experiment),
        .disturbance = {NAN, NAN, NAN, NAN},
    };
    return result;
}

static struct observation *add_observation(const struct planning *planning,
                                           const struct plan_entry *entry)
{
    struct record *record = &planning->plan->record;
    struct arena *arena = planning->arena;
    const struct experiment *experiment = entry->experiment;
    struct observation *observation = &record->observations[record->observation_count++];
    *observation = (struct observation){
        .name = entry->name,
        .kernel = arena_strdup(arena, entry->kernel->name),
        .chapter = arena_strdup(arena, experiment->chapter),
        .line = experiment->place.line,
        .written = arena_strdup(arena, experiment->written),
        .key = plan_observation_key(planning, entry),
        .settings = plan_setting_list(planning, entry->kernel, entry->set),
        .setting_count = entry->kernel->parameter_count,
        .draft = at_draft_sizes(planning, experiment),
    };
    return observation;
}

static const struct kernel_info *find_kernel(const struct planning *planning,
                                             const struct experiment *experiment)
{
    const struct catalogue *catalogue = planning->catalogue;
    const struct kernel_info *kernel = catalogue_kernel(catalogue, experiment->kernel);
    if (kernel && (kernel->series || !experiment->observed))
        return kernel;
    if (kernel) {
        diag_error(planning->diags, experiment->kernel_place, NULL,
                   "kernel '%s' has no series to observe", kernel->name);
        return NULL;
    }
    const char **known =
        arena_alloc(planning->arena, (catalogue->kernel_count + 1) * sizeof *known);
    for (size_t i = 0; i < catalogue->kernel_count; i++)
        known[i] = catalogue->kernels[i].name;
    const char *hint =
        diag_suggest(planning->diags, experiment->kernel, known, catalogue->kernel_count);
    diag_error(planning->diags, experiment->kernel_place,
               hint ? hint : "'benchbook list' names all kernels", "there is no kernel '%s'",
               experiment->kernel);
    return NULL;
}

static void add_entry(const struct planning *planning, const struct plan_entry *asked,
                      const struct parameter_info *swept)
{
    struct plan *plan = planning->plan;
    struct plan_entry *entry = &plan->entries[plan->entry_count++];
    *entry = *asked;
    if (entry->experiment->observed) {
        entry->observation = add_observation(planning, entry);
    } else {
        entry->result = add_result(planning, entry, swept);
        plan_configurations(planning, entry);
    }
    plan_reuse(planning, entry);
    entry->seconds = entry->fresh ? plan_seconds(planning, entry) : 0;
    plan->seconds += entry->seconds;
}

/* An entry for each value, which share the time that an experiment may take. */
static void add_values(const struct planning *planning, const struct plan_entry *whole,
                       const struct plan_sweep *sweep)
{
    struct arena *arena = planning->arena;
    struct profile *profile = arena_alloc(arena, sizeof *profile);
    size_t size = whole->kernel->parameter_count * sizeof *whole->set;
    *profile = *whole->profile;
    profile->budget /= (double)sweep->count;
    for (size_t i = 0; i < sweep->count; i++) {
        struct plan_entry one = *whole;
        one.name = arena_printf(arena, "%s@%.15g", whole->name, sweep->values[i]);
        one.profile = profile;
        one.set = arena_alloc(arena, size);
        memcpy(one.set, whole->set, size);
        one.set[sweep->parameter] = sweep->values[i];
        add_entry(planning, &one, &whole->kernel->parameters[sweep->parameter]);
    }
}

static void add_experiment(const struct planning *planning, const struct experiment *experiment)
{
    const struct kernel_info *kernel = find_kernel(planning, experiment);
    if (!kernel)
        return;
    const struct plan_entry whole = {
        .name = arena_strdup(planning->arena, experiment->name),
        .kernel = kernel,
        .experiment = experiment,
        .set = plan_settings(planning, kernel, experiment),
        .profile = planning->options->profile,
    };
    struct plan_sweep sweep = plan_sweep(planning, kernel, experiment);
    if (sweep.count > 0)
        add_values(planning, &whole, &sweep);
    else
        add_entry(planning, &whole, NULL);
}

/* How many entries the book's experiments can become, at most. */
static size_t most_entries(const struct book *book)
{
    size_t count = 0;
    for (size_t i = 0; i < book->experiment_count; i++)
        count += book->experiments[i]->sweep.name ? PLAN_SWEEP_MOST : 1;
    return count;
}

/* The values of a sweep can be forced one by one. */
static bool is_entry(const struct plan *plan, const char *name)
{
    for (size_t i = 0; i < plan->entry_count; i++)
        if (strcmp(plan->entries[i].name, name) == 0)
            return true;
    return false;
}

/* The names that an option lists. */
static void check_names(const struct planning *planning, const struct book *book,
                        const char *option, const char *const *names, size_t count)
{
    const char **known = arena_alloc(planning->arena, (book->experiment_count + 1) * sizeof *known);
    for (size_t i = 0; i < book->experiment_count; i++)
        known[i] = book->experiments[i]->name;
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        while (at < book->experiment_count && strcmp(known[at], names[i]) != 0)
            at++;
        if (at == book->experiment_count && !is_entry(planning->plan, names[i]))
            diag_error(planning->diags, (struct place){0},
                       diag_suggest(planning->diags, names[i], known, book->experiment_count),
                       "%s: the book has no experiment '%s'", option, names[i]);
    }
}

static bool is_wanted(const struct plan_options *options, const struct experiment *experiment)
{
    for (size_t i = 0; i < options->only_count; i++)
        if (strcmp(options->only[i], experiment->name) == 0)
            return true;
    return options->only_count == 0;
}

bool plan_make(struct plan *plan, const struct book *book, const struct catalogue *catalogue,
               const struct machine *machine, const struct record *last,
               const struct plan_options *options, struct diags *diags)
{
    *plan = (struct plan){.profile = options->profile};
    const struct planning planning = {plan,    catalogue,           machine, last,
                                      options, &plan->record.arena, diags};
    size_t errors = diags->errors, count = most_entries(book);
    begin_record(&planning, book->folder);
    if (machine->limit)
        plan->limit = arena_printf(planning.arena, "at most %d thread%s a configuration: %s",
                                   machine->hardware_threads,
                                   machine->hardware_threads == 1 ? "" : "s", machine->limit);
    plan->entries = arena_alloc(planning.arena, (count + 1) * sizeof *plan->entries);
    plan->record.results = arena_alloc(planning.arena, (count + 1) * sizeof *plan->record.results);
    plan->record.observations =
        arena_alloc(planning.arena, (count + 1) * sizeof *plan->record.observations);
    for (size_t i = 0; i < book->experiment_count; i++)
        if (is_wanted(options, book->experiments[i]))
            add_experiment(&planning, book->experiments[i]);
    check_names(&planning, book, "--force", options->force, options->force_count);
    check_names(&planning, book, "--only", options->only, options->only_count);
    if (last && plan->entry_count > 0 && nothing_fresh(plan))
        keep_run(&planning);
    return diags->errors == errors;
}

void plan_release(struct plan *plan)
{
    record_release(&plan->record);
    *plan = (struct plan){0};
}
