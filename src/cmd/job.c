#include "cmd/job.h"

#include "base/file.h"
#include "bench/cells.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Set by the first Ctrl-C: measuring ends cleanly and saves what it has. The second one kills, and
 * workers die with their parent. */
static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

/* A terminal that obeys control sequences. */
static bool terminal_on(FILE *stream)
{
    const char *terminal = getenv("TERM");
    return isatty(fileno(stream)) && !(terminal && strcmp(terminal, "dumb") == 0);
}

static bool colour_on(FILE *stream)
{
    const char *no_colour = getenv("NO_COLOR");
    return terminal_on(stream) && !(no_colour && *no_colour);
}

bool job_read(struct job *job)
{
    job->diags.strict = job->options.strict;
    book_read(&job->book, job->options.folder, &job->diags);
    return job->book.chapter_count > 0; /* faults are told together with the plan's */
}

bool job_catalogue(struct job *job)
{
    return job->catalogue.worker ||
           catalogue_read(&job->catalogue, job->options.worker, &job->diags);
}

/* The record of the last run, to keep from it what is still true. One that cannot be read is not
 * overwritten unless the user says so. */
static bool read_last(struct job *job, const struct record **last)
{
    *last = NULL;
    if (job->options.fresh || !file_exists(job->options.record))
        return true;
    size_t errors = job->diags.errors;
    if (record_read(&job->last, job->options.record, &job->diags)) {
        *last = &job->last;
        return true;
    }
    if (job->diags.errors > errors)
        diag_error(&job->diags, (struct place){.file = job->options.record},
                   "move it away, or measure everything anew with --fresh, which replaces it",
                   "the record of the last run cannot be used");
    return false;
}

/* Where rendering keeps what it made, for the next run. */
static const char *memo_folder(struct job *job)
{
    return path_join(&job->arena, job->options.output, ".benchbook-cache");
}

/* Renders a second reading of the book from the plan, in which nothing is measured yet. */
static void rehearse(struct job *job)
{
    struct book book = {0};
    struct site site = {0};
    const struct page_options options = {
        .templates = job->options.templates,
        .own_templates = job->options.own_templates,
        .memo = memo_folder(job),
        .display = job->options.display,
        .rehearsal = true,
    };
    book_read(&book, job->options.folder, &job->diags);
    page_render(&site, &book, &job->plan.record, &options, &job->diags);
    site_release(&site);
    book_release(&book);
}

bool job_plan(struct job *job)
{
    const struct record *last;
    struct hosts hosts = {0};
    machine_describe(&job->machine, "");
    if (!job_catalogue(job) || !read_last(job, &last))
        return false;
    if (job->options.hosts)
        hosts_read(&hosts, job->options.hosts, &job->arena, &job->diags);
    catalogue_add_cells(&job->catalogue, &job->book,
                        path_join(&job->arena, job->options.output, ".benchbook-cells"),
                        &job->diags);
    catalogue_add_teams(&job->catalogue, &hosts, job->machine.cores);
    catalogue_add_guests(&job->catalogue, job->options.folder, &job->diags);
    const struct plan_options options = {
        .profile = job->options.profile,
        .fresh = job->options.fresh,
        .force = job->options.force,
        .force_count = job->options.force_count,
        .only = job->options.only,
        .only_count = job->options.only_count,
    };
    plan_make(&job->plan, &job->book, &job->catalogue, &job->machine, last, &options, &job->diags);
    rehearse(job);
    return job->diags.errors == 0;
}

bool job_measure(struct job *job)
{
    const struct measure_options options = {
        .record_path = job->options.record,
        .progress = job->options.quiet ? NULL : stderr,
        .terminal = terminal_on(stderr),
        .colour = colour_on(stderr),
        .interrupted = &interrupted,
    };
    if (job->diags.failures > 0 && !job->options.quiet)
        fputs("there are faults in cells, told at the end; all else is measured\n", stderr);
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = SA_RESETHAND}, old[2];
    sigaction(SIGINT, &action, &old[0]);
    sigaction(SIGTERM, &action, &old[1]);
    bool done =
        measure(&job->plan, &job->catalogue, &job->machine, &options, &job->tally, &job->diags);
    sigaction(SIGINT, &old[0], NULL);
    sigaction(SIGTERM, &old[1], NULL);
    job->record = &job->plan.record;
    return done && !job->tally.interrupted;
}

bool job_load(struct job *job)
{
    job->record = &job->last;
    return record_read(&job->last, job->options.record, &job->diags);
}

bool job_render(struct job *job)
{
    const struct page_options options = {
        .templates = job->options.templates,
        .own_templates = job->options.own_templates,
        .memo = memo_folder(job),
        .display = job->options.display,
    };
    return page_render(&job->site, &job->book, job->record, &options, &job->diags) &&
           job->diags.errors == 0;
}

void job_tell_state(const struct job *job)
{
    const struct site *site = &job->site;
    if (site->unmet)
        printf("%zu of %zu claims do not hold on this machine; the page says which\n", site->unmet,
               site->claims);
    if (site->untold)
        printf("%zu of %zu claims cannot be told: the figures are unreliable\n", site->untold,
               site->claims);
    if (site->boxes)
        printf("%zu box%s stand%s in place of figures; each says why\n", site->boxes,
               site->boxes == 1 ? "" : "es", site->boxes == 1 ? "s" : "");
}

bool job_write(struct job *job)
{
    if (!site_write(&job->site, job->options.output, &job->diags))
        return false;
    if (job->options.quiet)
        return true;
    job_tell_state(job);
    printf("the lecture is at %s\n", path_join(&job->arena, job->options.output, "index.html"));
    return true;
}

static void print_counts(const struct diags *diags)
{
    size_t errors = diags->errors + diags->failures, warnings = diags->count - errors;
    fprintf(stderr, "%zu error%s, %zu warning%s\n", errors, errors == 1 ? "" : "s", warnings,
            warnings == 1 ? "" : "s");
}

/* What was printed must have arrived. A reader that has seen enough, as `head` has, is no fault to
 * speak of. */
static bool flush_printed(struct diags *diags)
{
    bool arrived = fflush(stdout) == 0 && !ferror(stdout);
    if (!arrived && errno != EPIPE)
        diag_error(diags, (struct place){0}, NULL, "what was printed is lost: %s", strerror(errno));
    return arrived;
}

enum exit_status job_end(struct job *job, bool done)
{
    done = flush_printed(&job->diags) && done;
    if (job->diags.count > 0) {
        diags_print(&job->diags, stderr, colour_on(stderr));
        print_counts(&job->diags);
    }
    bool good = done && job->diags.errors + job->diags.failures == 0 && job->tally.failed == 0 &&
                job->tally.wrong == 0;
    site_release(&job->site);
    plan_release(&job->plan);
    record_release(&job->last);
    machine_release(&job->machine);
    catalogue_release(&job->catalogue);
    book_release(&job->book);
    diags_release(&job->diags);
    return good ? EXIT_DONE : EXIT_WRONG;
}
