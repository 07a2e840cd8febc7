#include "worker/serve.h"

#include "kernels/registry.h"
#include "worker/channel.h"
#include "worker/describe.h"
#include "worker/loaded.h"
#include "worker/settings.h"
#include "worker/timer.h"

#include <inttypes.h>
#include <omp.h>
#include <stdio.h>
#include <string.h>

void session_begin(struct session *session, const struct team *team)
{
    *session = (struct session){.threads = omp_get_max_threads(), .team = team};
}

void session_end(struct session *session)
{
    job_release(&session->job);
}

/* Takes over `why` for an answer. */
static json_t *refuse(struct text *why)
{
    json_t *answer = refusal("%s", text_string(why));
    text_release(why);
    return answer;
}

static json_t *answer_describe(struct session *session, json_t *request)
{
    (void)request;
    return worker_describe(session->team);
}

static json_t *answer_timer(struct session *session, json_t *request)
{
    (void)session, (void)request;
    const struct timer_cost cost = timer_measure();
    return json_pack("{s:f,s:f}", "overhead_ns", cost.overhead_ns, "resolution_ns",
                     cost.resolution_ns);
}

static json_t *answer_quit(struct session *session, json_t *request)
{
    (void)request;
    session->over = true;
    return json_pack("{s:b}", "ok", 1);
}

/* What the kernel declares for these parameters; NULL where it does not. */
static json_t *declared(double (*count)(const double *set), const double *set)
{
    return count ? json_real(count(set)) : NULL;
}

/* What "prepare" asks for. */
struct choice {
    const struct kernel *kernel;
    struct crew crew;
    bool libm; /* the build whose answers differ */
};

/* The words of a refusal, or NULL. */
static const char *choose(const struct session *session, const char *name, const char *variant,
                          struct choice *choice)
{
    const struct loaded *loaded = loaded_find(name);
    const struct kernel_builds *kernel = loaded ? &loaded->builds : kernel_find(name);
    const struct team *team = session->team;
    int build = kernel_build_find(variant);
    if (!kernel)
        return "there is no such kernel";
    if (team) /* each process of it runs what a single thread runs best */
        build = strcmp(variant, TEAM_VARIANT) == 0 ? BUILD_SIMD : -1;
    if (build < 0 || !kernel_has_build(kernel, build) || (team && !kernel->builds[build]->division))
        return "there is no such variant";
    if (team && team->size == 0)
        return "it is started as a team, by mpiexec, to run anything";
    *choice = (struct choice){
        .kernel = kernel->builds[build],
        .crew = {build == BUILD_PARALLEL ? session->threads : 1, team},
        .libm = build == BUILD_LIBM,
    };
    return NULL;
}

static json_t *answer_prepare(struct session *session, json_t *request)
{
    const char *name = json_string_value(json_object_get(request, "kernel"));
    const char *variant = json_string_value(json_object_get(request, "variant"));
    if (!name || !variant)
        return refusal("\"prepare\" needs a \"kernel\" and a \"variant\", both strings");
    struct choice choice;
    const char *obstacle = choose(session, name, variant, &choice);
    if (obstacle)
        return refusal("%s", obstacle);
    const struct kernel *kernel = choice.kernel;
    double set[KERNEL_PARAMETERS_MAX];
    const bool known = !choice.libm && kernel->witness.bits != 0;
    struct text why = {0};
    if (!settings_read(json_object_get(request, "set"), kernel, set, &why) ||
        (known && !job_verify(kernel, &choice.crew, &why)) ||
        !job_prepare(&session->job, kernel, set, &choice.crew, &why))
        return refuse(&why);
    json_t *tolerance = choice.libm ? json_real(kernel->libm_tolerance) : NULL;
    return json_pack("{s:b,s:o*,s:o*,s:I,s:i,s:o*}", "ok", 1, "operations",
                     declared(kernel->operations, set), "traffic", declared(kernel->traffic, set),
                     "memory", (json_int_t)session->job.size, "threads", session->job.threads,
                     "tolerance", tolerance);
}

static json_t *answer_sample(struct session *session, json_t *request)
{
    const json_t *repeat = json_object_get(request, "repeat");
    const json_int_t count = repeat ? json_integer_value(repeat) : 1;
    if (!session->job.kernel)
        return refusal("nothing is prepared");
    if ((repeat && !json_is_integer(repeat)) || count < 1 || count > 1000000000)
        return refusal("\"repeat\" must be a whole number from 1 to 1000000000");
    struct sample sample;
    struct text why = {0};
    if (!job_sample(&session->job, count, &sample, &why))
        return refuse(&why);
    char digits[17];
    snprintf(digits, sizeof digits, "%016" PRIx64, job_bits(sample.answer));
    return json_pack("{s:I,s:I,s:I,s:f,s:s}", "wall_ns", (json_int_t)sample.wall_ns, "cpu_ns",
                     (json_int_t)sample.cpu_ns, "maxrss", (json_int_t)sample.memory, "answer",
                     sample.answer, "bits", digits);
}

/* Collects series as JSON. */
struct collector {
    struct kernel_sink sink; /* first: the kernel's view of it */
    json_t *series;
    bool infinite; /* a value cannot be written in JSON */
};

static void collect(struct kernel_sink *sink, const char *name, const char *unit,
                    const double *values, size_t count)
{
    struct collector *collector = (struct collector *)sink;
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        collector->infinite |= json_array_append_new(list, json_real(values[i])) != 0;
    json_array_append_new(collector->series,
                          json_pack("{s:s,s:s,s:o}", "name", name, "unit", unit, "values", list));
}

static json_t *answer_observe(struct session *session, json_t *request)
{
    const struct job *job = &session->job;
    (void)request;
    if (!job->kernel)
        return refusal("nothing is prepared");
    if (!job->kernel->observe || job->team)
        return refusal("%s has no series to show", job->kernel->name);
    struct collector collector = {.sink = {collect}, .series = json_array()};
    job->kernel->observe(job->set, job->memory, &collector.sink);
    if (job->threads > 1)
        timer_settle();
    if (!collector.infinite)
        return json_pack("{s:o}", "series", collector.series);
    json_decref(collector.series);
    return refusal("a value of the series is not a finite number");
}

/* What may be asked, and with what besides "do". */
static const struct verb {
    const char *name;
    json_t *(*answer)(struct session *session, json_t *request);
    const char *members[4];
} verbs[] = {
    {"describe", answer_describe, {0}},
    {"prepare", answer_prepare, {"kernel", "variant", "set"}},
    {"sample", answer_sample, {"repeat"}},
    {"observe", answer_observe, {0}},
    {"timer", answer_timer, {0}},
    {"quit", answer_quit, {0}},
};

static bool takes(const struct verb *verb, const char *member)
{
    for (const char *const *known = verb->members; *known; known++)
        if (strcmp(*known, member) == 0)
            return true;
    return strcmp(member, "do") == 0;
}

json_t *serve(struct session *session, json_t *request)
{
    const char *wanted = json_string_value(json_object_get(request, "do")), *member;
    json_t *value;
    for (size_t i = 0; wanted && i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(verbs[i].name, wanted) != 0)
            continue;
        json_object_foreach(request, member, value)
        {
            if (!takes(&verbs[i], member))
                return refusal("\"%s\" takes no such member beside \"do\"", wanted);
        }
        return verbs[i].answer(session, request);
    }
    return refusal("\"do\" must be describe, prepare, sample, observe, timer or quit");
}
