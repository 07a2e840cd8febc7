#include "bench/catalogue.h"

#include "bench/describe.h"
#include "bench/worker_process.h"

#include <string.h>

static const double DESCRIBE_SECONDS = 10;

bool catalogue_read(struct catalogue *catalogue, const char *worker_path, struct diags *diags)
{
    struct wire wire = {0};
    struct worker worker = {0};
    *catalogue = (struct catalogue){0};
    json_t *answer =
        worker_introduce(&worker, worker_path, NULL, DESCRIBE_SECONDS, &catalogue->arena);
    if (!answer)
        diag_error(diags, (struct place){0}, worker.complaint,
                   "the worker '%s' cannot be asked: %s", worker_path, worker.reason);
    else if (!describe_read(catalogue, answer, &wire))
        diag_error(diags, (struct place){0}, NULL, "the worker '%s' describes itself wrongly: %s",
                   worker_path, text_string(&wire.fault));
    bool ok = answer && wire_ok(&wire);
    json_decref(answer);
    text_release(&wire.fault);
    if (ok)
        catalogue->worker = arena_strdup(&catalogue->arena, worker_path);
    else
        catalogue_release(catalogue);
    return ok;
}

void catalogue_release(struct catalogue *catalogue)
{
    arena_release(&catalogue->arena);
    *catalogue = (struct catalogue){0};
}

const struct kernel_info *catalogue_kernel(const struct catalogue *catalogue, const char *name)
{
    for (size_t i = 0; i < catalogue->kernel_count; i++)
        if (strcmp(catalogue->kernels[i].name, name) == 0)
            return &catalogue->kernels[i];
    return NULL;
}

bool kernel_built_in(const struct kernel_info *kernel, const char *variant)
{
    for (size_t i = 0; i < kernel->variant_count; i++)
        if (strcmp(kernel->variants[i], variant) == 0)
            return true;
    return false;
}

const struct offer *kernel_offer(const struct kernel_info *kernel, const char *variant)
{
    for (size_t i = 0; i < kernel->offer_count; i++)
        if (strcmp(kernel->offers[i].variant, variant) == 0)
            return &kernel->offers[i];
    return NULL;
}
