#include "cmd/job.h"

#include "record/sweep.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void print_seconds(double seconds)
{
    if (seconds >= 90)
        printf("%.0f min", ceil(seconds / 60));
    else
        printf("%.0f s", ceil(seconds));
}

static void print_result(const struct result *result, struct arena *arena)
{
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *configuration = &result->configurations[i];
        printf("    %s", configuration_label(configuration, arena));
        if (configuration->status == STATUS_SKIPPED)
            printf(": not run here: %s", configuration->reason);
        putchar('\n');
    }
}

/* "about 14 s: new", or why it is kept. */
static void print_state(const struct plan_entry *entry, double seconds)
{
    if (entry->fresh) {
        fputs("about ", stdout);
        print_seconds(seconds);
        fputs(": ", stdout);
    }
    puts(entry->why);
}

/* The values of a sweep, and what becomes of them: together where they share it. */
static void print_values(const struct plan_entry *entries, size_t count)
{
    for (size_t first = 0, next; first < count; first = next) {
        const struct plan_entry *entry = &entries[first];
        double seconds = 0;
        for (next = first; next < count && entries[next].fresh == entry->fresh &&
                           strcmp(entries[next].why, entry->why) == 0;
             next++)
            seconds += entries[next].seconds;
        printf("    %s =", entry->result->swept);
        for (size_t i = first; i < next; i++)
            printf("%s %.15g", i > first ? "," : "", result_swept_value(entries[i].result));
        fputs(": ", stdout);
        print_state(entry, seconds);
    }
}

/* All entries of one experiment. */
static void print_experiment(const struct plan_entry *entries, size_t count, struct arena *arena)
{
    printf("%s  (%s)  ", entries->experiment->name, entries->kernel->name);
    if (!entries->result || !entries->result->sweep) {
        print_state(entries, entries->seconds);
    } else {
        printf("%zu value%s of %s\n", count, count == 1 ? "" : "s", entries->result->swept);
        print_values(entries, count);
    }
    if (entries->result)
        print_result(entries->result, arena);
    else
        puts("    observed once");
}

static void print_plan(const struct plan *plan, struct arena *arena)
{
    size_t fresh = 0;
    for (size_t i = 0, count; i < plan->entry_count; i += count) {
        const struct plan_entry *entries = &plan->entries[i];
        for (count = 0;
             i + count < plan->entry_count && entries[count].experiment == entries->experiment;
             count++)
            fresh += entries[count].fresh;
        print_experiment(entries, count, arena);
    }
    printf("%zu to measure, %zu kept; profile %s: %d to %d rounds, about %.0f s an experiment at "
           "most; "
           "about ",
           fresh, plan->entry_count - fresh, plan->profile->name, plan->profile->rounds_least,
           plan->profile->rounds_most, plan->profile->budget);
    print_seconds(plan->seconds);
    puts(" in all");
    if (plan->limit)
        puts(plan->limit);
}

enum exit_status command_plan(struct job *job)
{
    bool done = job_read(job) && job_plan(job);
    if (done)
        print_plan(&job->plan, &job->arena);
    return job_end(job, done);
}
