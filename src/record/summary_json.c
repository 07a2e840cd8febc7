#include "record/json.h"
#include "record/prediction.h"
#include "record/roofline.h"
#include "record/summary.h"
#include "record/sweep.h"

#include <math.h>
#include <string.h>

static const char *const level_names[] = {
    [LEVEL_GOOD] = "good",
    [LEVEL_CAUTION] = "caution",
    [LEVEL_UNRELIABLE] = "unreliable",
    [LEVEL_NONE] = "none",
};

const char *level_name(enum level level)
{
    return level_names[level];
}

/* Absent without a value. */
static void put_estimate(json_t *object, const char *name, struct estimate estimate)
{
    json_t *value = json_number(estimate.value);
    if (!value)
        return;
    json_t *members = json_new_object();
    json_put(members, "value", value);
    json_put(members, "low", json_number(estimate.low));
    json_put(members, "high", json_number(estimate.high));
    json_put(members, "count", json_integer((json_int_t)estimate.count));
    json_put(object, name, members);
}

static json_t *verdict_json(const struct verdict *verdict)
{
    json_t *object = json_new_object(), *reasons = json_new_array();
    for (size_t i = 0; i < verdict->reason_count; i++)
        json_append(reasons, json_text(verdict->reasons[i]));
    json_put(object, "level", json_text(level_name(verdict->level)));
    json_put(object, "reasons", reasons);
    return object;
}

static json_t *counters_json(const struct configuration *configuration)
{
    json_t *object = json_new_object();
    for (size_t i = 0; i < configuration->counter_count; i++) {
        const struct setting *counter = &configuration->counters[i];
        json_t *members = json_new_object();
        json_put(members, "value", json_number(counter->value));
        json_put(members, "unit", json_text(counter->unit));
        json_put(object, counter->name, members);
    }
    return object;
}

/* The time of each other variant over the configuration's, paired by round. */
static json_t *over_json(const struct result *result, const struct configuration *configuration,
                         struct arena *arena)
{
    json_t *object = json_new_object();
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *other = &result->configurations[i];
        if (other == result_on_most_threads(result, other->variant) &&
            strcmp(other->variant, configuration->variant) != 0)
            put_estimate(object, other->variant, configuration_ratio(other, configuration, arena));
    }
    return object;
}

/* Operations a second that the machine allows the configuration, or NaN. */
static double attainable(const struct record *record, const struct result *result,
                         const struct configuration *configuration, struct arena *arena)
{
    if (!configuration_measured(configuration) || configuration->worker ||
        !(result->operations > 0))
        return NAN;
    struct ceilings ceilings = ceilings_of(record, configuration->threads, arena);
    return ceilings_attainable(&ceilings, result->operations / result->traffic);
}

/* Samples that need not answer alike answer by their median. */
static void put_answers(json_t *object, const struct configuration *configuration,
                        const struct answers *answers)
{
    if (answers->count == 0) {
        json_put(object, "answer", json_number(configuration->answer));
        return;
    }
    json_put(object, "answer", json_number(answers->median));
    json_put(object, "wrong", json_number((double)answers->wrong / (double)answers->count));
    json_put(object, "answer_least", json_number(answers->least));
    json_put(object, "answer_most", json_number(answers->most));
}

static json_t *configuration_json(const struct record *record, const struct result *result,
                                  const struct configuration *configuration)
{
    struct arena scratch = {0};
    struct summary summary = summarise(result, configuration, &scratch);
    json_t *object = json_new_object();
    json_put(object, "variant", json_text(configuration->variant));
    json_put(object, "threads", json_integer(configuration->threads));
    json_put(object, "status", json_text(status_name(configuration->status)));
    json_put(object, "reason", json_text(configuration->reason));
    put_answers(object, configuration, &summary.answers);
    put_estimate(object, "time", summary.time);
    put_estimate(object, "cpu", summary.cpu);
    put_estimate(object, "speedup", summary.speedup);
    put_estimate(object, "scaling", summary.scaling);
    put_estimate(object, "efficiency", summary.efficiency);
    put_estimate(object, "busy", summary.busy);
    put_estimate(object, "control", summary.control);
    if (configuration_measured(configuration))
        json_put(object, "over", over_json(result, configuration, &scratch));
    json_put(object, "karp_flatt", json_number(summary.karp_flatt));
    json_put(object, "mad", json_number(summary.mad));
    json_put(object, "least", json_number(summary.least));
    json_put(object, "most", json_number(summary.most));
    json_put(object, "operations_rate", json_number(summary.operations_rate));
    json_put(object, "traffic_rate", json_number(summary.traffic_rate));
    json_put(object, "attainable",
             json_number(attainable(record, result, configuration, &scratch)));
    if (configuration->counter_count)
        json_put(object, "counters", counters_json(configuration));
    json_put(object, "counters_why", json_text(configuration->counters_why));
    json_put(object, "verdict", verdict_json(&summary.verdict));
    arena_release(&scratch);
    return object;
}

static json_t *fit_json(const struct scaling_fit *fit)
{
    json_t *object = json_new_object();
    put_estimate(object, "sigma", fit->sigma);
    if (fit->kappa.count > 0)
        put_estimate(object, "kappa", fit->kappa);
    put_estimate(object, "peak", fit->peak);
    json_put(object, "misfit", json_number(fit->misfit));
    json_put(object, "points", json_integer((json_int_t)fit->points));
    json_put(object, "largest", json_number(fit->largest));
    return object;
}

/* NULL where it was measured on one thread alone. */
static json_t *laws_json(const struct record *record, const struct result *result,
                         const char *variant)
{
    struct arena scratch = {0};
    struct prediction prediction = predict(record, result, variant, &scratch);
    json_t *object = prediction.largest > 1 ? json_new_object() : NULL;
    if (object && prediction.absence)
        json_put(object, "why", json_text(prediction.absence));
    else if (object)
        put_estimate(object, "serial_fraction", prediction.sigma);
    if (prediction.has_amdahl)
        json_put(object, "amdahl", fit_json(&prediction.amdahl));
    if (prediction.has_usl)
        json_put(object, "usl", fit_json(&prediction.usl));
    arena_release(&scratch);
    return object;
}

static json_t *scaling_json(const struct record *record, const struct result *result)
{
    json_t *object = json_new_object();
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *one = &result->configurations[i];
        if (result_on_one_thread(result, one->variant) == one)
            json_put(object, one->variant, laws_json(record, result, one->variant));
    }
    return object;
}

static json_t *result_json(const struct record *record, const struct result *result)
{
    json_t *object = json_new_object(), *set = json_new_object();
    json_t *configurations = json_new_array();
    for (size_t i = 0; i < result->setting_count; i++)
        json_put(set, result->settings[i].name, json_number(result->settings[i].value));
    for (size_t i = 0; i < result->configuration_count; i++)
        json_append(configurations, configuration_json(record, result, &result->configurations[i]));
    json_put(object, "kernel", json_text(result->kernel));
    json_put(object, "set", set);
    json_put(object, "swept", json_text(isnan(result_swept_value(result)) ? NULL : result->swept));
    json_put(object, "configurations", configurations);
    json_put(object, "scaling", scaling_json(record, result));
    return object;
}

json_t *record_summary(const struct record *record)
{
    json_t *object = json_new_object();
    for (size_t i = 0; i < record->result_count; i++)
        json_put(object, record->results[i].name, result_json(record, &record->results[i]));
    return object;
}
