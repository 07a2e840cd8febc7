/* Workers that die, hang, flood, lie: each costs its own configuration, with the reason, and the
 * rest is measured. */
#include "bench_run.h"

#include <math.h>

/* What is expected of the row on two threads; the other three must be measured. */
struct expectation {
    const char *worker;
    enum status status;
    const char *reason, *complaint;
};

static void expect_measured(const struct configuration *row)
{
    if (row->status != STATUS_OK)
        fail_msg("%s on %d: %s", row->variant, row->threads, row->reason);
    assert_null(row->reason);
    assert_int_equal(row->samples.count, 6);
    assert_true(row->warmup > 0);
    assert_string_equal(row->bits, "400921fb54442d18");
}

static void expect_rogue(const struct expectation *expected)
{
    struct bench_run run;
    run_begin(&run, expected->worker);
    run_plan(&run, 1, NULL);
    run_measure(&run, NULL);
    assert_true(run.done);
    assert_int_equal(run.diags.count, 0);
    const struct result *result = run.plan.entries[0].result;
    for (size_t i = 0; i < 3; i++)
        expect_measured(&result->configurations[i]);
    assert_int_equal(result->configurations[0].control.count, 6);
    const struct configuration *rogue = &result->configurations[3];
    if (rogue->status != expected->status)
        fail_msg("%s: status %d, %s", expected->worker, rogue->status, rogue->reason);
    if (expected->reason)
        HOLDS(rogue->reason, expected->reason);
    if (expected->complaint)
        HOLDS(rogue->complaint, expected->complaint);
    assert_int_equal(run.tally.failed, expected->status == STATUS_FAILED);
    assert_int_equal(run.tally.wrong, expected->status == STATUS_WRONG);
    assert_int_equal(run.tally.measured, 3 + (expected->status == STATUS_OK));
    for (const char *at = rogue->reason; at && *at; at++)
        assert_true((unsigned char)*at >= 0x20);
    run_end(&run);
}

static void test_honest(void **state)
{
    (void)state;
    expect_rogue(&(struct expectation){"honest", STATUS_OK, NULL, NULL});
    expect_rogue(&(struct expectation){"chatty", STATUS_OK, NULL, NULL});
}

static void test_deaths(void **state)
{
    (void)state;
    expect_rogue(&(struct expectation){"killed", STATUS_FAILED, "killed by signal 9", NULL});
    expect_rogue(&(struct expectation){"crash", STATUS_FAILED,
                                       "ended when asked to sample: it was killed by signal 11",
                                       "stack of cards fell [31m?"});
}

static void test_memory(void **state)
{
    (void)state;
    setenv("BENCHBOOK_MEMORY", "100", 1);
    expect_rogue(
        &(struct expectation){"glutton", STATUS_FAILED, "ended when asked to sample", NULL});
    unsetenv("BENCHBOOK_MEMORY");
}

static void test_hangs(void **state)
{
    (void)state;
    setenv("BENCHBOOK_TIMEOUT", "0.5", 1);
    expect_rogue(&(struct expectation){"hang", STATUS_FAILED, "no answer within 0.5 s", NULL});
    expect_rogue(
        &(struct expectation){"flood", STATUS_FAILED, "no answer within 0.5 s", "nonsense"});
    expect_rogue(&(struct expectation){"mute", STATUS_FAILED, "closed its output", NULL});
    unsetenv("BENCHBOOK_TIMEOUT");
}

static void test_wrong_answers(void **state)
{
    (void)state;
    expect_rogue(&(struct expectation){
        "wrong", STATUS_WRONG, "its answer is 3.25, that of serial is 3.1415926535897931", NULL});
    expect_rogue(&(struct expectation){
        "fickle", STATUS_WRONG, "changes from call to call: 3.1415926535897931, then 3.25", NULL});
}

static void test_broken_protocol(void **state)
{
    (void)state;
    expect_rogue(&(struct expectation){
        "rubbish", STATUS_FAILED, "not the protocol (no JSON): ' ]0;evil  <b>Segfault?'", NULL});
    expect_rogue(&(struct expectation){"longline", STATUS_FAILED, "more than 1048576 bytes", NULL});
    expect_rogue(&(struct expectation){"refuse", STATUS_FAILED,
                                       "the worker says: no memory for [31m 8 GiB", NULL});
    expect_rogue(&(struct expectation){"solo", STATUS_FAILED, "1 threads instead of 2", NULL});
}

#define PI "\"answer\":3.141592653589793,\"bits\":\"400921fb54442d18\"}"

static void test_lies(void **state)
{
    (void)state;
    static const struct {
        const char *line, *reason;
    } lies[] = {
        {"{\"wall_ns\":1000,\"cpu_ns\":1,\"maxrss\":1,\"answer\":NaN,\"bits\":\"\"}", "no JSON"},
        {"[1]", "no JSON object"},
        {"{\"wall_ns\":-5,\"cpu_ns\":1,\"maxrss\":1," PI, "'wall_ns' is -5, which cannot be"},
        {"{\"wall_ns\":5,\"cpu_ns\":-1,\"maxrss\":1," PI, "'cpu_ns' is -1"},
        {"{\"wall_ns\":\"5\",\"cpu_ns\":1,\"maxrss\":1," PI, "'wall_ns' is not a whole number"},
        {"{\"wall_ns\":1.5,\"cpu_ns\":1,\"maxrss\":1," PI, "'wall_ns' is not a whole number"},
        {"{\"cpu_ns\":1,\"maxrss\":1," PI, "'wall_ns' is missing"},
        {"{\"wall_ns\":99000000000,\"cpu_ns\":1,\"maxrss\":1," PI, "it says 99 s, but"},
        {"{\"wall_ns\":0,\"cpu_ns\":1,\"maxrss\":1," PI, "'wall_ns' is 0, which cannot be"},
        {"{\"wall_ns\":5,\"cpu_ns\":1,\"maxrss\":1,\"answer\":3,\"bits\":\"400921fb54442d18\"}",
         "'bits' are not those of 'answer'"},
        {"{\"wall_ns\":5,\"cpu_ns\":1,\"maxrss\":1,\"answer\":1,\"bits\":\"xyz\"}",
         "16 hexadecimal digits"},
        {"{\"wall_ns\":5,\"cpu_ns\":1,\"maxrss\":1,\"answer\":\"1\",\"bits\":\"\"}",
         "'answer' is not a number"},
        {"{\"wall_ns\":5,\"wall_ns\":6,\"cpu_ns\":1,\"maxrss\":1," PI, "no JSON"},
        {"", "no JSON"},
    };
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        setenv("LIE", lies[i].line, 1);
        expect_rogue(&(struct expectation){"liar", STATUS_FAILED, lies[i].reason, NULL});
    }
}

/* Without the serial build the others are still timed and compared with each other. */
static void test_no_baseline(void **state)
{
    (void)state;
    struct bench_run run;
    run_begin(&run, "baseline");
    run_plan(&run, 1, NULL);
    run_measure(&run, NULL);
    assert_true(run.done);
    const struct result *result = run.plan.entries[0].result;
    assert_int_equal(result->configurations[0].status, STATUS_FAILED);
    HOLDS(result->configurations[0].reason, "exited with status 3 (so there are no speed-ups");
    for (size_t i = 1; i < 4; i++)
        expect_measured(&result->configurations[i]);
    run_end(&run);
}

static void test_observing(void **state)
{
    (void)state;
    struct bench_run run;
    run_begin(&run, "honest");
    run.experiments[0].observed = true;
    run_plan(&run, 2, NULL);
    run_measure(&run, NULL);
    const struct observation *seen = &run.plan.record.observations[1];
    assert_int_equal(seen->status, STATUS_OK);
    assert_int_equal(seen->series_count, 1);
    assert_string_equal(seen->series[0].name, "wealth");
    assert_int_equal(seen->series[0].count, 3);
    assert_true(seen->series[0].values[2] == -3);
    run_end(&run);
    static const char *const lies[] = {
        "{\"series\":[]}", "{\"series\":[7]}",
        "{\"series\":[{\"name\":\"a\",\"unit\":\"\",\"values\":[null]}]}"};
    for (size_t i = 0; i < 3; i++) {
        setenv("LIE", lies[i], 1);
        run_begin(&run, "liar");
        run.experiments[0].observed = true;
        run_plan(&run, 1, NULL);
        run_measure(&run, NULL);
        assert_int_equal(run.plan.record.observations[0].status, STATUS_FAILED);
        assert_int_equal(run.plan.record.observations[0].series_count, 0);
        HOLDS(run.plan.record.observations[0].reason, "answered wrongly when asked to observe");
        run_end(&run);
    }
}

static void test_no_catalogue(void **state)
{
    (void)state;
    static const struct {
        const char *worker, *message;
    } cases[] = {{"tests/workers/missing.sh", "cannot start"},
                 {"tests/workers/speak.sh", "cannot start"},
                 {"tests/workers/silent.sh", "no answer within 0.3 s"},
                 {"/bin/cat", "describes itself wrongly: 'protocol' is missing"},
                 {"/bin/false", "ended when asked to describe"}};
    setenv("BENCHBOOK_TIMEOUT", "0.3", 1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct catalogue catalogue;
        struct diags diags = {0};
        assert_false(catalogue_read(&catalogue, cases[i].worker, &diags));
        assert_int_equal(diags.errors, 1);
        HOLDS(diags.items[0].message, cases[i].message);
        assert_null(catalogue.worker);
        diags_release(&diags);
    }
    unsetenv("BENCHBOOK_TIMEOUT");
    assert_int_equal(run_orphans(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_honest),        cmocka_unit_test(test_deaths),
        cmocka_unit_test(test_memory),        cmocka_unit_test(test_hangs),
        cmocka_unit_test(test_wrong_answers), cmocka_unit_test(test_broken_protocol),
        cmocka_unit_test(test_lies),          cmocka_unit_test(test_no_baseline),
        cmocka_unit_test(test_observing),     cmocka_unit_test(test_no_catalogue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
