#include "bench/launch.h"
#include "bench/plan_parts.h"
#include "bench/rounds.h"
#include "bench/wire.h"

#include <stdio.h>
#include <string.h>

static uint64_t hash_number(uint64_t hash, double value)
{
    char text[32];
    snprintf(text, sizeof text, "%.17g", value);
    return hash_string(hash, text);
}

/* What both kinds of entries depend on: the program that runs and what it is given. `offer` NULL:
 * the built-in worker. */
static uint64_t hash_work(const struct planning *planning, const struct plan_entry *entry,
                          const struct offer *offer)
{
    const struct kernel_info *kernel = entry->kernel;
    uint64_t hash = hash_string(HASH_START, "benchbook-key/1");
    hash = hash_number(hash, WIRE_PROTOCOL);
    hash = hash_string(hash, kernel->name);
    hash = hash_string(hash, offer && !offer->guest->launch ? offer->guest->name : kernel->hash);
    hash = hash_string(hash, offer ? offer->guest->hash : planning->catalogue->hash);
    for (size_t i = 0; i < kernel->parameter_count; i++) {
        hash = hash_string(hash, kernel->parameters[i].name);
        hash = hash_number(hash, entry->set[i]);
    }
    return hash;
}

/* How a team is started: where, and bound to what. */
static uint64_t hash_launch(const struct planning *planning, uint64_t hash,
                            const struct offer *offer, int processes)
{
    if (!offer || !offer->guest->launch)
        return hash;
    const struct launch *launch = offer->guest->launch;
    const char *const *words = launch_words(launch, processes, planning->arena);
    for (; *words; words++)
        hash = hash_string(hash, *words);
    return hash_string(hash, launch->place ? launch->place : "");
}

static uint64_t hash_profile(uint64_t hash, const struct profile *profile)
{
    hash = hash_string(hash, profile->name);
    hash = hash_number(hash, profile->rounds_least);
    hash = hash_number(hash, profile->rounds_most);
    hash = hash_number(hash, profile->precision);
    hash = hash_number(hash, profile->budget);
    return hash_number(hash, profile->sample_least);
}

static const char *hash_text(const struct planning *planning, uint64_t hash)
{
    return arena_printf(planning->arena, "%016llx", (unsigned long long)hash);
}

const char *plan_key(const struct planning *planning, const struct plan_entry *entry,
                     const struct configuration *configuration)
{
    const struct offer *offer = kernel_offer(entry->kernel, configuration->variant);
    uint64_t hash = hash_work(planning, entry, offer);
    hash = hash_string(hash, configuration->variant);
    hash = hash_number(hash, configuration->threads);
    for (size_t i = 0; i < configuration->environment_count; i++)
        hash = hash_string(hash, configuration->environment[i]);
    hash = hash_launch(planning, hash, offer, configuration->threads);
    hash = hash_string(hash, planning->machine->identity);
    if (entry->result->sweep) /* measured within a share of the budget: not for whole ones */
        hash = hash_string(hash, "sweep");
    return hash_text(planning, hash_profile(hash, planning->options->profile));
}

/* What a kernel computes depends neither on the machine nor on how carefully it is timed. */
const char *plan_observation_key(const struct planning *planning, const struct plan_entry *entry)
{
    return hash_text(planning, hash_string(hash_work(planning, entry, NULL), "observe"));
}

static bool same_settings(const struct setting *a, size_t a_count, const struct setting *b,
                          size_t b_count)
{
    if (a_count != b_count)
        return false;
    for (size_t i = 0; i < a_count; i++)
        if (strcmp(a[i].name, b[i].name) != 0 || a[i].value != b[i].value)
            return false;
    return true;
}

static bool fact_differs(const struct planning *planning, const char *key)
{
    const char *then = fact_value(&planning->last->run, key);
    const char *now = fact_value(&planning->plan->record.run, key);
    return !then || !now || strcmp(then, now) != 0;
}

/* Why nothing of the kind is kept, for reasons of the whole run. */
static const char *why_run(const struct planning *planning, const struct plan_entry *entry)
{
    const struct plan_options *options = planning->options;
    if (options->fresh)
        return "--fresh";
    for (size_t i = 0; i < options->force_count; i++)
        if (strcmp(options->force[i], entry->name) == 0 ||
            strcmp(options->force[i], entry->experiment->name) == 0)
            return "--force";
    return planning->last ? NULL : "new";
}

static const char *why_profile(const struct planning *planning)
{
    const char *profile = planning->last->profile;
    if (strcmp(profile, planning->options->profile->name) != 0)
        return arena_printf(planning->arena, "last measured with the profile '%s'", profile);
    return NULL;
}

/* The configuration of that variant and thread count, or NULL. */
static struct configuration *find_configuration(const struct result *result,
                                                const struct configuration *like)
{
    for (size_t i = 0; i < result->configuration_count; i++) {
        struct configuration *candidate = &result->configurations[i];
        if (strcmp(candidate->variant, like->variant) == 0 && candidate->threads == like->threads)
            return candidate;
    }
    return NULL;
}

static bool same_key(const struct configuration *then, const struct configuration *now)
{
    return then->key && strcmp(then->key, now->key) == 0;
}

/* A key alone is no measurement: a record that was edited may lack the samples. */
static bool holds(const struct result *result, const struct configuration *then,
                  const struct configuration *now)
{
    return then && then->status == STATUS_OK && same_key(then, now) && result->repeat > 0 &&
           then->samples.count > 0;
}

/* Configurations of one experiment are paired round by round, so it is kept as a whole or not at
 * all; rows may have been dropped, but the baseline must be the same. */
static bool all_hold(const struct result *then, const struct result *now)
{
    bool any = false;
    for (size_t i = 0; i < now->configuration_count; i++) {
        const struct configuration *wanted = &now->configurations[i];
        if (wanted->status == STATUS_SKIPPED)
            continue;
        if (!holds(then, find_configuration(then, wanted), wanted))
            return false;
        any = true;
    }
    const struct configuration *before = result_baseline(then), *after = result_baseline(now);
    return any && before && after && strcmp(before->variant, after->variant) == 0 &&
           before->threads == after->threads;
}

/* What changed between the last result and the planned one, found by elimination where only the key
 * tells that something did. */
static const char *why_changed(const struct planning *planning, const struct result *then,
                               const struct result *now)
{
    static const char *const by_status[] = {
        [STATUS_UNMEASURED] = "not measured to its end last time",
        [STATUS_OK] = "the kernel's source changed",
        [STATUS_FAILED] = "it failed last time",
        [STATUS_SKIPPED] = "it could not run last time",
        [STATUS_WRONG] = "its answer was wrong last time",
    };
    if (strcmp(then->kernel, now->kernel) != 0)
        return "another kernel";
    if (!same_settings(then->settings, then->setting_count, now->settings, now->setting_count))
        return "parameters changed";
    const char *profile = why_profile(planning);
    if (profile)
        return profile;
    if (fact_differs(planning, "run.machine"))
        return "the machine changed";
    if (fact_differs(planning, "run.build"))
        return "the worker's build changed";
    for (size_t i = 0; i < now->configuration_count; i++) {
        const struct configuration *wanted = &now->configurations[i];
        const struct configuration *found = find_configuration(then, wanted);
        if (wanted->status == STATUS_SKIPPED)
            continue;
        if (!found)
            return "other variants or thread counts";
        if (holds(then, found, wanted))
            continue;
        if (found->status == STATUS_OK && same_key(found, wanted))
            return "its samples are missing";
        if (found->status == STATUS_OK && wanted->worker)
            return arena_printf(planning->arena, "the worker %s changed", wanted->worker);
        return by_status[found->status];
    }
    return now->configuration_count ? "another baseline" : "there is nothing to run";
}

/* Takes samples and what belongs to them from the last record; chapter, line and the order of rows
 * are the book's. */
static void keep_result(const struct planning *planning, struct result *now,
                        const struct result *then)
{
    struct result planned = *now;
    result_copy(now, then, planning->arena);
    struct result copied = *now;
    now->name = planned.name;
    now->chapter = planned.chapter;
    now->line = planned.line;
    now->written = planned.written;
    now->draft = planned.draft;
    now->sweep = planned.sweep;
    now->swept = planned.swept;
    now->configurations = planned.configurations;
    now->configuration_count = planned.configuration_count;
    for (size_t i = 0; i < now->configuration_count; i++) {
        struct configuration *row = &now->configurations[i];
        bool optional = row->optional;
        if (row->status != STATUS_SKIPPED)
            *row = *find_configuration(&copied, row);
        row->optional = optional;
    }
}

/* The last result of that name; if it is of no use, any other that holds: names may change. */
static const struct result *find_last(const struct record *last, const struct result *now)
{
    const struct result *named = record_result(last, now->name);
    if (named && all_hold(named, now))
        return named;
    for (size_t i = 0; i < last->result_count; i++)
        if (all_hold(&last->results[i], now))
            return &last->results[i];
    return named;
}

static void reuse_result(const struct planning *planning, struct plan_entry *entry)
{
    struct result *now = entry->result;
    entry->fresh = true;
    entry->why = why_run(planning, entry);
    if (entry->why)
        return;
    const struct result *then = find_last(planning->last, now);
    int rounds = then ? rounds_resumable(then, now) : 0;
    if (!then) {
        entry->why = "new";
    } else if (rounds > 0) { /* still to be measured, but not from the beginning */
        keep_result(planning, now, then);
        entry->why = arena_printf(planning->arena, "resumes after round %d", rounds);
    } else if (!all_hold(then, now)) {
        entry->why = why_changed(planning, then, now);
    } else {
        keep_result(planning, now, then);
        entry->fresh = false;
        entry->why =
            now->date ? arena_printf(planning->arena, "kept: measured %.10s", now->date) : "kept";
    }
}

static void reuse_observation(const struct planning *planning, struct plan_entry *entry)
{
    struct observation *now = entry->observation;
    entry->fresh = true;
    entry->why = why_run(planning, entry);
    if (entry->why)
        return;
    const struct observation *then = record_observation(planning->last, now->name);
    bool known = then && then->key && strcmp(then->key, now->key) == 0;
    if (!then) {
        entry->why = "new";
    } else if (known && then->status == STATUS_OK) {
        struct observation planned = *now;
        observation_copy(now, then, planning->arena);
        now->chapter = planned.chapter;
        now->line = planned.line;
        now->written = planned.written;
        now->draft = planned.draft;
        entry->fresh = false;
        entry->why = "kept";
    } else if (!same_settings(then->settings, then->setting_count, now->settings,
                              now->setting_count)) {
        entry->why = "parameters changed";
    } else {
        entry->why = known ? "it failed last time" : "the kernel or its build changed";
    }
}

static bool nothing_runs(const struct result *result)
{
    for (size_t i = 0; i < result->configuration_count; i++)
        if (result->configurations[i].status != STATUS_SKIPPED)
            return false;
    return true;
}

void plan_reuse(const struct planning *planning, struct plan_entry *entry)
{
    if (entry->result && nothing_runs(entry->result))
        entry->why = "nothing of it can be run here";
    else if (entry->result)
        reuse_result(planning, entry);
    else
        reuse_observation(planning, entry);
}
