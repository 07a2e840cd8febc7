#include "cmd/job.h"

#include "base/file.h"
#include "page/pdf.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static bool render(struct job *job)
{
    const struct options *options = &job->options;
    const struct handout handout = {
        .chapters = options->chapters,
        .chapter_count = options->chapter_count,
        .paper = options->paper,
        .single = options->single,
        .exercises = options->exercises,
    };
    struct page_options pages = {
        .templates = options->templates,
        .own_templates = options->own_templates,
        .display = options->display,
        .handout = &handout,
    };
    if (options->exercises && !options->display.solutions)
        pages.display.solutions = SOLUTIONS_NONE;
    return handout_render(&job->site, &job->book, job->record, &pages, &job->diags) &&
           job->diags.errors == 0;
}

/* The files beside the pages of the book, among others that may be there. */
static bool write_pages(struct job *job, const char *folder)
{
    struct diags *diags = &job->diags;
    bool done = folder_make(folder);
    if (!done)
        diag_error(diags, (struct place){.file = folder}, NULL, "cannot be made: %s",
                   strerror(errno));
    for (size_t i = 0; i < job->site.file_count && done; i++) {
        const struct site_file *file = &job->site.files[i];
        const char *path = path_join(&job->arena, folder, file->path);
        done = file_write(path, file->bytes, file->size);
        if (!done)
            diag_error(diags, (struct place){.file = path}, NULL, "cannot be written: %s",
                       strerror(errno));
    }
    return done;
}

/* "handouts/02-loops.html" and "handouts/02-loops.pdf". */
static const char *pdf_of(struct job *job, const char *html)
{
    return arena_printf(&job->arena, "%.*s.pdf", (int)(strrchr(html, '.') - html), html);
}

static size_t print_pages(struct job *job, const struct printer *printer, const char *folder)
{
    const char *date = fact_value(&job->record->run, "run.date");
    size_t printed = 0;
    for (size_t i = 0; i < job->site.file_count; i++) {
        const char *html = path_join(&job->arena, folder, job->site.files[i].path);
        struct text why = {0};
        if (printer_print(printer, html, pdf_of(job, html), date, &why))
            printed++;
        else
            diag_failure(&job->diags, (struct place){.file = html}, NULL, "it is not printed: %s",
                         text_string(&why));
        text_release(&why);
    }
    return printed;
}

/* Without a browser there is no PDF, which is a fault only where one was asked for. */
static void write_pdf(struct job *job, const char *folder)
{
    struct printer printer;
    struct text why = {0};
    size_t printed = 0;
    if (printer_open(&printer, &job->arena, &why))
        printed = print_pages(job, &printer, folder);
    else if (job->options.pdf)
        diag_failure(&job->diags, (struct place){0}, NULL, "no PDF: %s", text_string(&why));
    else if (!job->options.quiet)
        printf("no PDF: %s\n", text_string(&why));
    printer_close(&printer);
    text_release(&why);
    if (printed && !job->options.quiet)
        printf("PDF: %zu on %s paper\n", printed, job->options.paper);
}

static bool write_handouts(struct job *job)
{
    const char *folder = path_join(&job->arena, job->options.output, "handouts");
    if (!write_pages(job, folder))
        return false;
    if (!job->options.quiet) {
        job_tell_state(job);
        printf("%zu handout%s in %s\n", job->site.file_count, job->site.file_count == 1 ? "" : "s",
               folder);
    }
    if (!job->options.no_pdf && job->site.file_count > 0)
        write_pdf(job, folder);
    return true;
}

enum exit_status command_handout(struct job *job)
{
    bool done = job_read(job) && job_load(job) && render(job) && write_handouts(job);
    return job_end(job, done);
}
