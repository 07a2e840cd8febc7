#include "cmd/job.h"

#include "base/file.h"
#include "base/text.h"
#include "page/compare.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* The records of the command line; false when one cannot be used. All are read, so that every
 * fault is told at once. */
static bool read_records(struct job *job, struct record *records)
{
    bool done = true;
    for (size_t i = 0; i < job->options.file_count; i++) {
        const char *path = job->options.files[i];
        if (!record_read(&records[i], path, &job->diags)) {
            done = false;
        } else if (records[i].result_count > COMPARE_EXPERIMENTS_MOST) {
            diag_error(&job->diags, (struct place){.file = path}, NULL,
                       "more than %d experiments are too many to compare",
                       COMPARE_EXPERIMENTS_MOST);
            done = false;
        }
    }
    return done;
}

static bool is_taken(const struct contender *contenders, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(contenders[i].name, name) == 0)
            return true;
    return false;
}

/* "a/v4.json" is called v4; where that is taken, by its path; where that is, numbered. */
static const char *name_of(struct arena *arena, const struct contender *before, size_t count,
                           const char *path)
{
    const char *file = path_name(path), *dot = strrchr(file, '.');
    const char *name = dot && dot > file ? arena_strndup(arena, file, (size_t)(dot - file)) : file;
    if (is_taken(before, count, name))
        name = path;
    for (int number = 2; is_taken(before, count, name); number++)
        name = arena_printf(arena, "%s (%d)", path, number);
    return name;
}

static bool find_baseline(struct job *job, const struct contender *contenders, size_t count,
                          size_t *baseline)
{
    const char *wanted = job->options.baseline;
    const char **known = arena_alloc(&job->arena, (count + 1) * sizeof *known);
    *baseline = 0;
    for (size_t i = 0; i < count; i++) {
        known[i] = contenders[i].name;
        if (wanted &&
            (strcmp(known[i], wanted) == 0 || strcmp(job->options.files[i], wanted) == 0)) {
            *baseline = i;
            return true;
        }
    }
    if (wanted)
        diag_error(&job->diags, (struct place){0}, diag_suggest(&job->diags, wanted, known, count),
                   "--baseline: no record has the name '%s'", wanted);
    return !wanted;
}

/* Each sentence on a line of its own, with nothing that a terminal would obey. */
static void print_sentences(struct job *job, const struct comparison *comparison)
{
    struct sentences sentences = comparison_sentences(comparison, &job->arena);
    struct text text = {0};
    for (size_t i = 0; i < sentences.count; i++) {
        text_add_harmless(&text, sentences.items[i], strlen(sentences.items[i]));
        text_add_char(&text, '\n');
    }
    fputs(text_string(&text), stdout);
    text_release(&text);
}

static bool write_page(struct job *job, const struct comparison *comparison)
{
    const char *path = path_join(&job->arena, job->options.output, "compare.html");
    const char *page = compare_page(comparison, job->options.templates, &job->arena, &job->diags);
    if (!page)
        return false;
    if (!folder_make(job->options.output) || !file_write(path, page, strlen(page))) {
        diag_error(&job->diags, (struct place){.file = path}, NULL, "cannot be written: %s",
                   strerror(errno));
        return false;
    }
    if (!job->options.quiet)
        printf("the comparison is at %s\n", path);
    return true;
}

/* Whether any pair has a ratio; that none has is told as an error. */
static bool any_pair(struct job *job, const struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->count; i++) {
        const struct tally *tally = &comparison->tallies[i];
        if (tally->faster + tally->slower + tally->untold > 0)
            return true;
    }
    diag_error(&job->diags, (struct place){0}, NULL,
               "nothing in these records can be compared; the page says why");
    return false;
}

enum exit_status command_compare(struct job *job)
{
    size_t count = job->options.file_count, baseline = 0;
    struct record *records = arena_alloc(&job->arena, count * sizeof *records);
    struct contender *contenders = arena_alloc(&job->arena, count * sizeof *contenders);
    struct comparison comparison;
    bool done = read_records(job, records);
    for (size_t i = 0; i < count; i++)
        contenders[i] = (struct contender){
            name_of(&job->arena, contenders, i, job->options.files[i]), &records[i]};
    done = find_baseline(job, contenders, count, &baseline) && done;
    if (done) {
        compare(&comparison, contenders, count, baseline, job->options.only,
                job->options.only_count, &job->arena);
        if (!job->options.quiet)
            print_sentences(job, &comparison);
        done = write_page(job, &comparison) && any_pair(job, &comparison);
    }
    for (size_t i = 0; i < count; i++)
        record_release(&records[i]);
    return job_end(job, done);
}
