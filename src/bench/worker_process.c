#include "bench/worker_process.h"

#include "bench/clean.h"
#include "bench/cpu_monitor.h"
#include "bench/wire.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

/* How long a wait lasts before the caller's interruption is looked at: short enough for a person,
 * long enough not to disturb what is being timed. */
static const double SLICE = 0.25;
static const double WRITE_SECONDS = 10;
static const double STOP_GRACE = 0.5;
static const double TEAM_GRACE = 3; /* processes take leave of each other, perhaps over a network */
enum { COMPLAINT_KEPT = 2048, REASON_KEPT = 512, QUOTE_KEPT = 80 };

/* A number of the environment, or `otherwise` where there is none or it makes no sense. */
static double environment_number(const char *name, double otherwise)
{
    const char *value = getenv(name);
    char *end = NULL;
    double number = value ? strtod(value, &end) : otherwise;
    if (!value || end == value || *end || !isfinite(number) || number < 0)
        return otherwise;
    return number;
}

struct worker_rules worker_rules_make(const char *program, double ram, int threads,
                                      const volatile sig_atomic_t *interrupted)
{
    const double mib = 1024 * 1024, stacks = 80 * mib * threads;
    double derived = ram > 0 ? (0.8 * ram + stacks) / mib : 0;
    double memory = environment_number("BENCHBOOK_MEMORY", derived) * mib;
    return (struct worker_rules){
        .program = program,
        .memory = memory < 1e18 ? (size_t)memory : 0,
        .timeout = environment_number("BENCHBOOK_TIMEOUT", 0),
        .interrupted = interrupted,
    };
}

/* Settings of the user's own for threads: they would change what a variant and a number of threads
 * mean without a word of it in the record. */
static const char *const FOREIGN[] = {"OMP_",
                                      "GOMP_",
                                      "KMP_",
                                      "GOTO_NUM_THREADS",
                                      "OPENBLAS_NUM_THREADS",
                                      "OPENBLAS_DEFAULT_NUM_THREADS",
                                      NULL};

static void set_reason(struct worker *worker, const struct text *reason)
{
    worker->reason = clean_line(worker->arena, text_string(reason), reason->size, REASON_KEPT);
}

/* What launches it, the program, and "--kernels FILE" for each shared object. */
static const char **arguments_of(const struct worker_rules *rules, struct arena *arena)
{
    size_t objects = 0, words = 0, count = 0;
    while (rules->kernels && rules->kernels[objects])
        objects++;
    while (rules->launch && rules->launch[words])
        words++;
    const char **arguments = arena_alloc(arena, (words + 2 * objects + 2) * sizeof *arguments);
    for (; count < words; count++)
        arguments[count] = rules->launch[count];
    arguments[count++] = rules->program;
    for (size_t i = 0; i < objects; i++) {
        arguments[count++] = "--kernels";
        arguments[count++] = rules->kernels[i];
    }
    arguments[count] = NULL;
    return arguments;
}

bool worker_start(struct worker *worker, const struct worker_rules *rules,
                  const char *const *environment, struct arena *arena)
{
    const char **arguments = arguments_of(rules, arena);
    struct command command = {.arguments = arguments,
                              .environment = environment,
                              .memory_limit = rules->memory,
                              .launcher = rules->launch != NULL,
                              .dropped = FOREIGN};
    struct text why = {0};
    *worker = (struct worker){.rules = rules, .arena = arena};
    worker->running = process_start(&worker->process, &command, &why);
    if (!worker->running)
        set_reason(worker, &why);
    text_release(&why);
    return worker->running;
}

/* Ends the process, whose stderr so far becomes the complaint. Returns its wait status. */
static int end_process(struct worker *worker, double grace)
{
    int status = process_stop(&worker->process, grace);
    const struct text *said = &worker->process.complaint;
    worker->complaint = clean_tail(worker->arena, text_string(said), said->size, COMPLAINT_KEPT);
    process_release(&worker->process);
    worker->running = false;
    return status;
}

void worker_fail(struct worker *worker, const char *format, ...)
{
    char message[REASON_KEPT];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    if (!worker->running)
        return;
    end_process(worker, 0);
    worker->reason = clean_line(worker->arena, message, strlen(message), sizeof message);
}

void worker_stop(struct worker *worker)
{
    static const char quit[] = "{\"do\":\"quit\"}\n";
    if (!worker->running)
        return;
    process_write(&worker->process, quit, sizeof quit - 1, 0);
    end_process(worker, worker->rules->launch ? TEAM_GRACE : STOP_GRACE);
    worker->complaint = NULL;
}

/* Whether it has ended by itself, or does so within the grace. */
static bool has_ended(const struct worker *worker)
{
    double deadline = clock_seconds() + STOP_GRACE;
    do {
        siginfo_t info = {0};
        if (waitid(P_PID, (id_t)worker->process.pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
            info.si_pid != 0)
            return true;
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    } while (clock_seconds() < deadline);
    return false;
}

/* It closed its stdout: by dying, most likely, and then the status says how. */
static void fail_ended(struct worker *worker, const char *doing)
{
    struct text reason = {0};
    bool ended = has_ended(worker);
    int status = end_process(worker, 0);
    text_addf(&reason, "the worker %s when asked to %s",
              ended ? "ended" : "closed its output and lived on", doing);
    if (ended)
        text_add(&reason, ": it ");
    if (ended)
        process_status_text(status, &reason);
    set_reason(worker, &reason);
    text_release(&reason);
}

static bool interrupted(struct worker *worker)
{
    return worker->rules->interrupted && *worker->rules->interrupted;
}

/* Reads a line in slices. False: the worker is stopped, with the reason, or for an interruption. */
static bool read_answer(struct worker *worker, const char *doing, struct text *line, double seconds)
{
    const struct worker_pastime *pastime = &worker->pastime;
    double slice = pastime->look && pastime->interval < SLICE ? pastime->interval : SLICE;
    double deadline = clock_seconds() + seconds;
    enum process_result result = PROCESS_TIMEOUT;
    while (result == PROCESS_TIMEOUT) {
        double left = deadline - clock_seconds();
        if (interrupted(worker)) {
            end_process(worker, 0);
            worker->interrupted = true;
            return false;
        }
        if (left <= 0) {
            worker_fail(worker, "no answer within %.3g s when asked to %s", seconds, doing);
            return false;
        }
        result = process_read_line(&worker->process, line, left < slice ? left : slice);
        if (result == PROCESS_TIMEOUT && pastime->look)
            pastime->look(pastime->context);
    }
    if (result == PROCESS_TOO_LONG)
        worker_fail(worker, "answered with a line of more than %d bytes", PROCESS_LINE_MAX);
    else if (result == PROCESS_ENDED)
        fail_ended(worker, doing);
    return result == PROCESS_LINE;
}

static bool send_request(struct worker *worker, const char *doing, json_t *request)
{
    struct text line = {0};
    char *dumped = json_dumps(request, JSON_COMPACT);
    text_add(&line, dumped ? dumped : "{}");
    text_add_char(&line, '\n');
    free(dumped);
    bool sent = process_write(&worker->process, line.data, line.size, WRITE_SECONDS);
    text_release(&line);
    if (!sent)
        fail_ended(worker, doing);
    return sent;
}

/* The answer as an object, unless it is none or an error. */
static json_t *check_answer(struct worker *worker, const struct text *line)
{
    struct wire wire = {0};
    json_t *answer = wire_parse(&wire, text_string(line), line->size);
    if (!answer) {
        char *quote = clean_line(worker->arena, text_string(line), line->size, QUOTE_KEPT);
        worker_fail(worker, "printed something that is not the protocol (%s): '%s'",
                    text_string(&wire.fault), quote);
    } else if (json_object_get(answer, "error")) {
        const char *error = wire_string(&wire, answer, "error");
        worker_fail(worker, "the worker says: %s", wire_ok(&wire) ? error : "an error");
        json_decref(answer);
        answer = NULL;
    }
    text_release(&wire.fault);
    return answer;
}

json_t *worker_ask(struct worker *worker, json_t *request, double seconds)
{
    struct text line = {0};
    json_t *answer = NULL;
    const char *doing = json_string_value(json_object_get(request, "do"));
    if (worker->rules->timeout > 0)
        seconds = worker->rules->timeout;
    if (worker->running && send_request(worker, doing, request) &&
        read_answer(worker, doing, &line, seconds))
        answer = check_answer(worker, &line);
    json_decref(request);
    text_release(&line);
    return answer;
}

double worker_cpu(const struct worker *worker)
{
    return worker->running ? cpu_family(worker->process.pid) : NAN;
}
