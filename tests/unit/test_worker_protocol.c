#include "worker_fixture.h"

#include <math.h>
#include <time.h>
#include <unistd.h>

static const char *const two_threads[] = {"OMP_NUM_THREADS=2", "OMP_DYNAMIC=false", NULL};

static const char small_median[] =
    "{\"do\":\"prepare\",\"kernel\":\"wealth.median\",\"variant\":\"simd\","
    "\"set\":{\"households\":1000,\"periods\":100}}";
static const char small_pi[] =
    "{\"do\":\"prepare\",\"kernel\":\"pi.hits\",\"variant\":\"simd\",\"set\":{\"n\":1000}}";

/* --- what it is asked in earnest --- */

static void samples_a_kernel(void **state)
{
    (void)state;
    struct process worker = worker_start(two_threads);
    json_t *ready = worker_get(&worker, small_median);
    assert_true(json_is_true(json_object_get(ready, "ok")));
    assert_true(number_of(ready, "operations") > 1e6);
    assert_true(number_of(ready, "traffic") > 0);
    assert_true(number_of(ready, "memory") == 1024 * 8);
    assert_int_equal(number_of(ready, "threads"), 1);
    json_decref(ready);
    json_t *one = worker_get(&worker, "{\"do\":\"sample\",\"repeat\":1}");
    json_t *many = worker_get(&worker, "{\"do\":\"sample\",\"repeat\":200}");
    assert_true(json_is_integer(json_object_get(one, "wall_ns")));
    assert_true(json_is_integer(json_object_get(one, "cpu_ns")));
    assert_true(number_of(many, "wall_ns") > 3 * number_of(one, "wall_ns"));
    assert_true(number_of(many, "maxrss") > 1e6);
    assert_string_equal(string_of(one, "bits"), string_of(many, "bits"));
    const uint64_t bits = strtoull(string_of(one, "bits"), NULL, 16);
    const double answer = number_of(one, "answer");
    assert_memory_equal(&bits, &answer, sizeof bits);
    json_decref(one);
    json_decref(many);
    worker_end(&worker);
}

/* The default of "repeat" is one; numbers may be written with a fraction that is zero. */
static void what_is_missing_takes_its_default(void **state)
{
    (void)state;
    struct process worker = worker_start(two_threads);
    json_decref(worker_get(&worker, "{\"kernel\":\"wealth.path\",\"variant\":\"serial\",\"do\":"
                                    "\"prepare\"}"));
    json_t *first = worker_get(&worker, "{\"do\":\"sample\"}");
    json_decref(worker_get(&worker, "{\"do\":\"prepare\",\"kernel\":\"wealth.path\",\"variant\":"
                                    "\"parallel\",\"set\":{\"periods\":1e2,\"w0\":5}}"));
    json_t *second = worker_get(&worker, "{\"do\":\"sample\"}");
    assert_string_equal(string_of(first, "bits"), string_of(second, "bits"));
    json_decref(first);
    json_decref(second);
    worker_end(&worker);
}

static void threads_are_those_that_work(void **state)
{
    (void)state;
    static const char *const limited[] = {"OMP_NUM_THREADS=4", "OMP_THREAD_LIMIT=1", NULL};
    static const char *const kernels[] = {"pi.hits", "eigen.library", "eigen.outer"};
    for (int i = 0; i < 3; i++) {
        for (int limit = 0; limit < 2; limit++) {
            struct process worker = worker_start(limit ? limited : two_threads);
            for (int parallel = 0; parallel < 2; parallel++) {
                struct text request = {0};
                text_addf(&request,
                          "{\"do\":\"prepare\",\"kernel\":\"%s\",\"variant\":\"%s\",\"set\":{"
                          "\"seed\":1%s}}",
                          kernels[i], parallel ? "parallel" : "serial",
                          i ? ",\"order\":10" : ",\"n\":10");
                json_t *ready = worker_get(&worker, text_string(&request));
                assert_int_equal(number_of(ready, "threads"), parallel && !limit ? 2 : 1);
                json_decref(ready);
                text_release(&request);
            }
            worker_end(&worker);
        }
    }
}

static void observes_series(void **state)
{
    (void)state;
    struct process worker = worker_start(NULL);
    json_decref(worker_get(&worker, "{\"do\":\"prepare\",\"kernel\":\"wealth.path\",\"variant\":"
                                    "\"simd\",\"set\":{\"households\":3,\"periods\":20}}"));
    json_t *answer = worker_get(&worker, "{\"do\":\"observe\"}");
    json_t *sample = worker_get(&worker, "{\"do\":\"sample\"}");
    const json_t *series = json_object_get(answer, "series");
    double sum = 0;
    assert_int_equal(json_array_size(series), 3);
    for (size_t i = 0; i < 3; i++) {
        const json_t *values = json_object_get(json_array_get(series, i), "values");
        assert_int_equal(json_array_size(values), 21);
        assert_true(json_number_value(json_array_get(values, 0)) == 5);
        sum += json_number_value(json_array_get(values, 20));
    }
    assert_string_equal(string_of(json_array_get(series, 1), "name"), "household 2");
    assert_true(sum / 3 == number_of(sample, "answer")); /* every digit came through */
    json_decref(answer);
    json_decref(sample);
    worker_end(&worker);
}

/* As much as can be observed still fits a line. */
static void the_largest_observation_fits_a_line(void **state)
{
    (void)state;
    struct process worker = worker_start(NULL);
    json_decref(worker_get(&worker, "{\"do\":\"prepare\",\"kernel\":\"wealth.path\",\"variant\":"
                                    "\"simd\",\"set\":{\"households\":200,\"periods\":199}}"));
    json_t *answer = worker_get(&worker, "{\"do\":\"observe\"}");
    assert_int_equal(json_array_size(json_object_get(answer, "series")), 200);
    json_decref(answer);
    worker_end(&worker);
}

static void measures_its_timer(void **state)
{
    (void)state;
    struct process worker = worker_start(NULL);
    json_t *answer = worker_get(&worker, "{\"do\":\"timer\"}");
    assert_true(number_of(answer, "overhead_ns") >= 0 && number_of(answer, "overhead_ns") < 1e5);
    assert_true(number_of(answer, "resolution_ns") > 0 && number_of(answer, "resolution_ns") < 1e8);
    json_decref(answer);
    worker_end(&worker);
}

static double cpu_seconds(pid_t pid)
{
    clockid_t clock;
    struct timespec used;
    assert_int_equal(clock_getcpuclockid(pid, &clock), 0);
    assert_int_equal(clock_gettime(clock, &used), 0);
    return (double)used.tv_sec + 1e-9 * (double)used.tv_nsec;
}

/* When an answer is there the team sleeps: it must not disturb what is measured next elsewhere. On
 * a busy machine its threads may get no time to fall asleep in, so one try of several must do. */
static void rests_after_it_has_answered(void **state)
{
    (void)state;
    struct process worker = worker_start(two_threads);
    json_decref(worker_get(&worker, "{\"do\":\"prepare\",\"kernel\":\"pi.hits\",\"variant\":"
                                    "\"parallel\",\"set\":{\"n\":1000000}}"));
    for (int i = 0; i < 3; i++) {
        json_decref(worker_get(&worker, "{\"do\":\"sample\"}"));
        const double before = cpu_seconds(worker.pid);
        usleep(50000);
        assert_true(cpu_seconds(worker.pid) - before < 0.005);
    }
    worker_end(&worker);
}

/* --- what it must refuse --- */

static void requests_that_make_no_sense(void **state)
{
    (void)state;
    static const struct {
        const char *request, *word;
    } cases[] = {
        {"", "malformed"},
        {"{", "malformed"},
        {"nonsense", "malformed"},
        {"{\"do\":\"timer\"} {\"do\":\"timer\"}", "malformed"},
        {"{\"do\":\"timer\",\"do\":\"quit\"}", "malformed"},
        {"{\"do\":\"prepare\",\"set\":{\"n\":1e999}}", "malformed"},
        {"{\"do\":\"\xFF\xFE\"}", "malformed"},
        {"[]", "object"},
        {"[{\"do\":\"quit\"}]", "object"},
        {"{}", "\"do\""},
        {"{\"do\":null}", "\"do\""},
        {"{\"do\":{\"do\":\"quit\"}}", "\"do\""},
        {"{\"do\":\"QUIT\"}", "\"do\""},
        {"{\"do\":\"quit\",\"now\":true}", "member"},
        {"{\"do\":\"sample\"}", "prepared"},
        {"{\"do\":\"observe\"}", "prepared"},
        {"{\"do\":\"prepare\"}", "kernel"},
        {"{\"do\":\"prepare\",\"kernel\":7,\"variant\":\"simd\"}", "strings"},
        {"{\"do\":\"prepare\",\"kernel\":\"wealth.median\"}", "variant"},
        {"{\"do\":\"prepare\",\"kernel\":\"wealth\",\"variant\":\"simd\"}", "no such kernel"},
        {"{\"do\":\"prepare\",\"kernel\":\"pi.hits\",\"variant\":\"fast\"}", "no such variant"},
    };
    struct process worker = worker_start(NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        worker_refuses(&worker, cases[i].request, cases[i].word);
    json_decref(worker_get(&worker, small_median));
    worker_end(&worker);
}

static void parameters_that_make_no_sense(void **state)
{
    (void)state;
    static const struct {
        const char *set, *word;
    } cases[] = {
        {"[]", "object"},
        {"7", "object"},
        {"{\"house\":1}", "households"},
        {"{\"\":1}", "no parameter \"\""},
        {"{\"households\":\"1\"}", "not a number"},
        {"{\"households\":null}", "not a number"},
        {"{\"households\":[1]}", "not a number"},
        {"{\"households\":1.5}", "whole"},
        {"{\"households\":0}", "from 1"},
        {"{\"households\":-3}", "from 1"},
        {"{\"households\":1e300}", "from 1"},
        {"{\"seed\":9007199254740993}", "from 0"},
        {"{\"seed\":9223372036854775807}", "from 0"},
        {"{\"r\":2}", "from -1"},
        {"{\"households\":100,\"r\":true}", "not a number"},
    };
    struct process worker = worker_start(NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text request = {0};
        text_addf(&request,
                  "{\"do\":\"prepare\",\"kernel\":\"wealth.median\",\"variant\":\"simd\","
                  "\"set\":%s}",
                  cases[i].set);
        worker_refuses(&worker, text_string(&request), cases[i].word);
        text_release(&request);
    }
    worker_end(&worker);
}

static void repeats_that_make_no_sense(void **state)
{
    (void)state;
    static const char *const repeats[] = {"0",    "-1",   "1.5", "1e3",       "\"2\"",
                                          "null", "true", "[1]", "1000000001"};
    struct process worker = worker_start(NULL);
    json_decref(worker_get(&worker, small_median));
    for (size_t i = 0; i < sizeof repeats / sizeof *repeats; i++) {
        struct text request = {0};
        text_addf(&request, "{\"do\":\"sample\",\"repeat\":%s}", repeats[i]);
        worker_refuses(&worker, text_string(&request), "repeat");
        text_release(&request);
    }
    json_decref(worker_get(&worker, small_pi));
    worker_refuses(&worker, "{\"do\":\"observe\"}", "no series");
    json_decref(worker_get(&worker, "{\"do\":\"sample\"}"));
    worker_end(&worker);
}

/* More than the machine has, and answers that are no numbers. */
static void what_cannot_be_done(void **state)
{
    (void)state;
    struct process worker = worker_start(NULL);
    worker_refuses(&worker,
                   "{\"do\":\"prepare\",\"kernel\":\"eigen.outer\",\"variant\":\"parallel\","
                   "\"set\":{\"matrices\":10000,\"order\":20000}}",
                   "memory");
    worker_refuses(&worker, "{\"do\":\"sample\"}", "prepared");
    json_decref(worker_get(&worker, "{\"do\":\"prepare\",\"kernel\":\"wealth.path\",\"variant\":"
                                    "\"simd\",\"set\":{\"periods\":5000,\"r\":1,\"s\":1,"
                                    "\"v1\":0}}"));
    worker_refuses(&worker, "{\"do\":\"sample\"}", "infinite");
    worker_refuses(&worker, "{\"do\":\"observe\"}", "finite");
    worker_end(&worker);
}

static void lines_that_are_too_long_or_too_deep(void **state)
{
    (void)state;
    enum { SIZE = 3 << 20 };
    struct process worker = worker_start(NULL);
    char *line = malloc(SIZE + 1);
    memset(line, ' ', SIZE);
    line[SIZE] = '\n';
    worker_send(&worker, line, SIZE + 1);
    json_t *answer = worker_hear(&worker);
    assert_non_null(strstr(string_of(answer, "error"), "longer"));
    json_decref(answer);
    memset(line, '[', 1000000);
    line[1000000] = '\n';
    worker_send(&worker, line, 1000001);
    answer = worker_hear(&worker);
    assert_non_null(strstr(string_of(answer, "error"), "malformed"));
    json_decref(answer);
    worker_send(&worker, "{\"do\":\0\"quit\"}\n", 15);
    answer = worker_hear(&worker);
    assert_non_null(strstr(string_of(answer, "error"), "malformed"));
    json_decref(answer);
    /* an answer never repeats a name as long as a line */
    memset(line, 'x', 1000000);
    memcpy(line, "{\"do\":\"", 7);
    memcpy(line + 999998, "\"}\n", 3);
    worker_send(&worker, line, 1000001);
    answer = worker_hear(&worker);
    assert_true(strlen(string_of(answer, "error")) < 200);
    json_decref(answer);
    free(line);
    json_decref(worker_get(&worker, "{\"do\":\"timer\"}"));
    worker_end(&worker);
}

/* --- how it ends --- */

static void ends_when_it_is_told_to(void **state)
{
    (void)state;
    struct text line = {0};
    struct process worker = worker_start(NULL);
    json_decref(worker_get(&worker, "{\"do\":\"quit\"}"));
    assert_int_equal(process_read_line(&worker, &line, 10), PROCESS_ENDED);
    worker_end(&worker);
    text_release(&line);
}

static void ends_with_its_input(void **state)
{
    (void)state;
    struct process worker = worker_start(NULL);
    worker_end(&worker);
    /* a last line without its end is a request like others, and is not lost */
    worker = worker_start(NULL);
    worker_send(&worker, "{\"do\":\"timer\"}", 14);
    close(worker.input);
    worker.input = -1;
    json_decref(worker_hear(&worker));
    worker_end(&worker);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples_a_kernel),
        cmocka_unit_test(what_is_missing_takes_its_default),
        cmocka_unit_test(threads_are_those_that_work),
        cmocka_unit_test(observes_series),
        cmocka_unit_test(the_largest_observation_fits_a_line),
        cmocka_unit_test(measures_its_timer),
        cmocka_unit_test(rests_after_it_has_answered),
        cmocka_unit_test(requests_that_make_no_sense),
        cmocka_unit_test(parameters_that_make_no_sense),
        cmocka_unit_test(repeats_that_make_no_sense),
        cmocka_unit_test(what_cannot_be_done),
        cmocka_unit_test(lines_that_are_too_long_or_too_deep),
        cmocka_unit_test(ends_when_it_is_told_to),
        cmocka_unit_test(ends_with_its_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
