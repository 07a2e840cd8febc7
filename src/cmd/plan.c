#include "cmd/job.h"

#include <math.h>
#include <stdio.h>

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

static void print_entry(const struct plan_entry *entry, struct arena *arena)
{
    printf("%s  (%s)  ", entry->experiment->name, entry->kernel->name);
    if (entry->fresh) {
        fputs("about ", stdout);
        print_seconds(entry->seconds);
        printf(": %s\n", entry->why);
    } else {
        printf("%s\n", entry->why);
    }
    if (entry->result)
        print_result(entry->result, arena);
    else
        puts("    observed once");
}

static void print_plan(const struct plan *plan, struct arena *arena)
{
    size_t fresh = 0;
    for (size_t i = 0; i < plan->entry_count; i++) {
        print_entry(&plan->entries[i], arena);
        fresh += plan->entries[i].fresh;
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
