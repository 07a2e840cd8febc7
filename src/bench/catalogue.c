#include "bench/catalogue.h"

#include "bench/clean.h"
#include "bench/describe.h"
#include "bench/worker_process.h"

#include <string.h>

static const double DESCRIBE_SECONDS = 10;

/* Asks for the description; NULL with the worker's reason. */
static json_t *ask(const char *program, struct worker *worker, struct arena *arena)
{
    static const char *const environment[] = {"OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", NULL};
    const struct worker_rules rules = worker_rules_make(program, 0, 1, NULL);
    if (!worker_start(worker, &rules, environment, arena))
        return NULL;
    json_t *answer = worker_ask(worker, json_pack("{s:s}", "do", "describe"), DESCRIBE_SECONDS);
    worker_stop(worker);
    return answer;
}

bool catalogue_read(struct catalogue *catalogue, const char *worker_path, struct diags *diags)
{
    struct wire wire = {0};
    struct worker worker = {0};
    *catalogue = (struct catalogue){0};
    json_t *answer = ask(worker_path, &worker, &catalogue->arena);
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
