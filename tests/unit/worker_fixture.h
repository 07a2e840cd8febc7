/* A worker as its parent sees it: a process that is spoken to a line at a time. */
#ifndef TESTS_UNIT_WORKER_FIXTURE_H
#define TESTS_UNIT_WORKER_FIXTURE_H

#include "base/process.h"
#include "unit.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* BENCHBOOK_WORKER, or the one that was built beside this test. */
static inline const char *worker_path(struct text *path)
{
    const char *given = getenv("BENCHBOOK_WORKER"), *build = getenv("BUILD");
    text_truncate(path, 0);
    if (given)
        text_add(path, given);
    else
        text_addf(path, "%s/benchbook-worker", build ? build : "build");
    return text_string(path);
}

/* `environment` ends with NULL, or is NULL. */
static inline struct process worker_start(const char *const *environment)
{
    struct process worker;
    struct text path = {0}, why = {0};
    const char *const arguments[] = {worker_path(&path), NULL};
    const struct command command = {.arguments = arguments, .environment = environment};
    if (!process_start(&worker, &command, &why))
        fail_msg("%s", text_string(&why));
    text_release(&path);
    text_release(&why);
    return worker;
}

static inline void worker_send(struct process *worker, const char *bytes, size_t size)
{
    assert_true(process_write(worker, bytes, size, 20));
}

/* The next line as an object; the caller owns it. */
static inline json_t *worker_hear(struct process *worker)
{
    struct text line = {0};
    json_error_t fault;
    const enum process_result result = process_read_line(worker, &line, 60);
    if (result != PROCESS_LINE)
        fail_msg("the worker did not answer (%d)", result);
    json_t *answer = json_loads(text_string(&line), JSON_REJECT_DUPLICATES, &fault);
    if (!json_is_object(answer))
        fail_msg("not an object: %.300s", text_string(&line));
    text_release(&line);
    return answer;
}

static inline json_t *worker_ask(struct process *worker, const char *request)
{
    worker_send(worker, request, strlen(request));
    worker_send(worker, "\n", 1);
    return worker_hear(worker);
}

/* Asks, and fails the test on an error. */
static inline json_t *worker_get(struct process *worker, const char *request)
{
    json_t *answer = worker_ask(worker, request);
    const char *error = json_string_value(json_object_get(answer, "error"));
    if (error)
        fail_msg("%.200s: %s", request, error);
    return answer;
}

/* Asks what must be refused for a reason in which `word` occurs. */
static inline void worker_refuses(struct process *worker, const char *request, const char *word)
{
    json_t *answer = worker_ask(worker, request);
    const char *error = json_string_value(json_object_get(answer, "error"));
    if (!error || !strstr(error, word))
        fail_msg("%.200s: expected \"%s\", got %s", request, word, error ? error : "no error");
    json_decref(answer);
}

/* The worker ends by itself, without complaint, when its input does. */
static inline void worker_end(struct process *worker)
{
    assert_int_equal(process_stop(worker, 20), 0);
    process_release(worker);
}

static inline double number_of(const json_t *object, const char *member)
{
    const json_t *value = json_object_get(object, member);
    if (!json_is_number(value))
        fail_msg("no number \"%s\"", member);
    return json_number_value(value);
}

static inline const char *string_of(const json_t *object, const char *member)
{
    const char *value = json_string_value(json_object_get(object, member));
    if (!value)
        fail_msg("no string \"%s\"", member);
    return value;
}

#endif
