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

static bool is_common(struct arena *arena, const struct options *options, const char *stem)
{
    size_t count = 0;
    for (size_t i = 0; i < options->file_count; i++)
        count += strcmp(path_stem(arena, options->files[i]), stem) == 0;
    return count > 1;
}

/* A record is called as its file is; where several are called so, with the folder, and where that
 * does not tell them apart either, numbered. */
static const char *name_of(struct job *job, const struct contender *before, size_t count)
{
    struct arena *arena = &job->arena;
    const char *path = job->options.files[count], *stem = path_stem(arena, path), *name = stem;
    if (is_common(arena, &job->options, stem))
        name = arena_printf(arena, "%s/%s", path_name(path_folder(arena, path)), stem);
    const char *plain = name;
    for (int number = 2; is_taken(before, count, name); number++)
        name = arena_printf(arena, "%s (%d)", plain, number);
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
    const struct page_options options = {.templates = job->options.templates,
                                         .own_templates = job->options.own_templates};
    const char *page = compare_page(comparison, &options, &job->arena, &job->diags);
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
        contenders[i] = (struct contender){name_of(job, contenders, i), &records[i]};
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
