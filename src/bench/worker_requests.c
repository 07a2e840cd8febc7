#include "bench/clean.h"
#include "bench/wire.h"
#include "bench/worker_process.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A worker's own clock may not tell more than passed here, give or take a scheduler's tick. */
static const double CLOCK_SLACK = 0.005;
static const double LARGEST = 1e300;

/* Ends the reading of an answer: false, with the worker stopped, if there was a fault in it. */
static bool finish(struct worker *worker, const char *doing, struct wire *wire, json_t *answer)
{
    bool ok = wire_ok(wire);
    if (!ok)
        worker_fail(worker, "answered wrongly when asked to %s: %s", doing,
                    text_string(&wire->fault));
    text_release(&wire->fault);
    json_decref(answer);
    return ok;
}

static double wire_amount(struct wire *wire, const json_t *object, const char *key)
{
    double value = wire_number(wire, object, key);
    if (value < 0 || value > LARGEST)
        wire_fault(wire, "'%s' is %g, which cannot be", key, value);
    return value;
}

static double wire_amount_or(struct wire *wire, const json_t *object, const char *key,
                             double otherwise)
{
    return json_object_get(object, key) ? wire_amount(wire, object, key) : otherwise;
}

json_t *worker_introduce(struct worker *worker, const char *program, const char *const *kernels,
                         double seconds, struct arena *arena)
{
    static const char *const environment[] = {"OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", NULL};
    struct worker_rules rules = worker_rules_make(program, 0, 1, NULL);
    rules.kernels = kernels;
    if (!worker_start(worker, &rules, environment, arena))
        return NULL;
    json_t *answer = worker_ask(worker, json_pack("{s:s}", "do", "describe"), seconds);
    worker_stop(worker);
    worker->rules = NULL; /* they end here */
    return answer;
}

bool worker_prepare(struct worker *worker, const struct kernel_info *kernel, const char *variant,
                    const double *set, int threads, double seconds, struct prepared *prepared)
{
    json_t *values = json_object();
    for (size_t i = 0; i < kernel->parameter_count; i++)
        json_object_set_new(values, kernel->parameters[i].name,
                            kernel->parameters[i].integer ? json_integer((json_int_t)set[i])
                                                          : json_real(set[i]));
    json_t *answer = worker_ask(worker,
                                json_pack("{s:s, s:s, s:s, s:o}", "do", "prepare", "kernel",
                                          kernel->name, "variant", variant, "set", values),
                                seconds);
    struct wire wire = {0};
    if (!answer)
        return false;
    if (!wire_flag(&wire, answer, "ok"))
        wire_fault(&wire, "'ok' is not true");
    prepared->operations = wire_amount_or(&wire, answer, "operations", NAN);
    prepared->traffic = wire_amount_or(&wire, answer, "traffic", NAN);
    prepared->memory = wire_amount_or(&wire, answer, "memory", 0);
    prepared->tolerance = wire_amount_or(&wire, answer, "tolerance", NAN);
    prepared->compilation = 1e-9 * wire_amount_or(&wire, answer, "compile_ns", NAN);
    if (prepared->tolerance >= 1)
        wire_fault(&wire, "'tolerance' is %g, which cannot be", prepared->tolerance);
    int64_t team = wire_integer(&wire, answer, "threads", 1, 1 << 20);
    if (team != threads)
        wire_fault(&wire, "it runs on %d threads instead of %d", (int)team, threads);
    return finish(worker, "prepare", &wire, answer);
}

/* Sixteen hexadecimal digits that are the bits of `answer`. */
static void check_bits(struct wire *wire, const char *bits, double answer)
{
    double same;
    if (strlen(bits) != 16 || strspn(bits, "0123456789abcdefABCDEF") != 16) {
        wire_fault(wire, "'bits' is not 16 hexadecimal digits");
        return;
    }
    uint64_t value = strtoull(bits, NULL, 16);
    memcpy(&same, &value, sizeof same);
    if (!(same == answer))
        wire_fault(wire, "'bits' are not those of 'answer'");
}

bool worker_sample(struct worker *worker, long repeat, double seconds, struct sampled *sampled)
{
    double start = clock_seconds();
    json_t *answer = worker_ask(
        worker, json_pack("{s:s, s:I}", "do", "sample", "repeat", (json_int_t)repeat), seconds);
    double passed = clock_seconds() - start;
    struct wire wire = {0};
    if (!answer)
        return false;
    sampled->wall = 1e-9 * (double)wire_integer(&wire, answer, "wall_ns", 1, INT64_MAX);
    sampled->cpu = 1e-9 * (double)wire_integer(&wire, answer, "cpu_ns", 0, INT64_MAX);
    sampled->memory = (double)wire_integer(&wire, answer, "maxrss", 0, INT64_MAX);
    sampled->answer = wire_number(&wire, answer, "answer");
    const char *bits = wire_string(&wire, answer, "bits");
    check_bits(&wire, bits, sampled->answer);
    if (sampled->wall > passed * 1.01 + CLOCK_SLACK)
        wire_fault(&wire, "it says %.3g s, but %.3g s passed", sampled->wall, passed);
    if (wire_ok(&wire))
        memcpy(sampled->bits, bits, sizeof sampled->bits);
    return finish(worker, "sample", &wire, answer);
}

bool worker_timer(struct worker *worker, double seconds, double *overhead, double *resolution)
{
    json_t *answer = worker_ask(worker, json_pack("{s:s}", "do", "timer"), seconds);
    struct wire wire = {0};
    if (!answer)
        return false;
    *overhead = 1e-9 * wire_amount(&wire, answer, "overhead_ns");
    *resolution = 1e-9 * wire_amount(&wire, answer, "resolution_ns");
    return finish(worker, "time its clock", &wire, answer);
}

/* One member of "series". Values that are no finite numbers are a fault. */
static void read_series(struct worker *worker, struct wire *wire, const json_t *object,
                        struct series_data *series)
{
    const char *name = wire_string(wire, object, "name"), *unit = wire_string(wire, object, "unit");
    const json_t *values = wire_array(wire, object, "values");
    series->name = clean_line(worker->arena, name, strlen(name), 64);
    series->unit = clean_line(worker->arena, unit, strlen(unit), 64);
    series->count = json_array_size(values);
    series->values = arena_alloc(worker->arena, series->count * sizeof *series->values);
    for (size_t i = 0; i < series->count; i++) {
        const json_t *value = json_array_get(values, i);
        series->values[i] = json_number_value(value);
        if (!json_is_number(value) || !isfinite(series->values[i]))
            wire_fault(wire, "a value of series '%s' is no number", series->name);
    }
}

bool worker_observe(struct worker *worker, double seconds, struct series_data **series,
                    size_t *count)
{
    json_t *answer = worker_ask(worker, json_pack("{s:s}", "do", "observe"), seconds);
    struct wire wire = {0};
    if (!answer)
        return false;
    const json_t *list = wire_array(&wire, answer, "series");
    *count = json_array_size(list);
    *series = arena_alloc(worker->arena, *count * sizeof **series);
    for (size_t i = 0; i < *count; i++)
        read_series(worker, &wire, json_array_get(list, i), *series + i);
    if (*count == 0)
        wire_fault(&wire, "there is no series");
    return finish(worker, "observe", &wire, answer);
}
