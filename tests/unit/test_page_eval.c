/* The language of expressions in prose. */
#include "record_fixture.h"

#include "page/script.h"

struct fixture {
    struct script *script;
    struct record record;
    struct arena arena;
    struct text why;
};

static void add_experiment(struct record *record, size_t i, const char *name)
{
    fixture_result(&record->results[i], &record->arena, name);
}

/* A value of the sweep "grain" over size, at which parallel on 2 threads is `gain` times as fast as
 * serial. */
static void add_value(struct record *record, size_t i, double size, double gain)
{
    struct arena *arena = &record->arena;
    struct result *result = &record->results[i];
    fixture_result(result, arena, arena_printf(arena, "grain@%g", size));
    result->sweep = "grain";
    result->swept = "size";
    result->settings = arena_alloc(arena, 2 * sizeof *result->settings);
    result->settings[0] = (struct setting){"size", "", size};
    result->settings[1] = (struct setting){"n", "", 7};
    result->configurations[2] = fixture_configuration(arena, "parallel", 2, 0.4 / gain);
}

static void set_record(struct fixture *f)
{
    static const struct script_experiment experiments[] = {
        {"median", NULL}, {"broken", NULL},  {"two-words", NULL},
        {"later", NULL},  {"grain", "size"}, {"unswept", "size"}};
    script_set_record(f->script, &f->record, experiments, 6, NULL);
}

static int open_record(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    fixture_record(&f->record);
    fact_add(&f->record.run, &f->record.arena, "run.date", "Date", "2024-05-06T07:08:09Z", NULL);
    f->record.results = arena_alloc(&f->record.arena, 6 * sizeof *f->record.results);
    f->record.result_count = 6;
    add_experiment(&f->record, 0, "median");
    add_experiment(&f->record, 1, "broken");
    add_experiment(&f->record, 2, "two-words");
    add_value(&f->record, 3, 100, 0.25);
    add_value(&f->record, 4, 10000, 1.25);
    add_value(&f->record, 5, 1e6, 1.6);
    static struct setting counters[] = {{"instructions", "", 4.5e9}, {"energy", "J", 3.214}};
    f->record.results[0].configurations[0].counters = counters;
    f->record.results[0].configurations[0].counter_count = 2;
    f->record.results[0].configurations[2].counters_why = "the system forbids it";
    f->record.results[1].configurations[2].status = STATUS_WRONG;
    f->record.results[1].configurations[2].reason = "its answer differs";
    f->script = script_new(NULL);
    set_record(f);
    *state = f;
    return 0;
}

static int close_record(void **state)
{
    struct fixture *f = *state;
    script_free(f->script);
    record_release(&f->record);
    arena_release(&f->arena);
    text_release(&f->why);
    free(f);
    return 0;
}

static struct value eval(struct fixture *f, const char *expression)
{
    struct value value = {0};
    text_truncate(&f->why, 0);
    if (!script_eval(f->script, expression, &f->arena, &value, &f->why))
        fail_msg("%s: %s", expression, text_string(&f->why));
    return value;
}

static void expect_shown(struct fixture *f, const char *expression, const char *shown)
{
    struct value value = eval(f, expression);
    if (strcmp(value.shown, shown) != 0)
        fail_msg("%s gives '%s', not '%s'", expression, value.shown, shown);
}

static void expect_truth(struct fixture *f, const char *expression, bool truth)
{
    struct value value = eval(f, expression);
    assert_int_equal(value.kind, VALUE_BOOLEAN);
    if (!value.known || value.truth != truth)
        fail_msg("%s is %s", expression, !value.known ? "not known" : truth ? "false" : "true");
}

static void expect_unknown(struct fixture *f, const char *expression)
{
    struct value value = eval(f, expression);
    if (value.known || value.truth)
        fail_msg("%s is known: %s", expression, value.shown);
    assert_string_equal(value.shown, "not measured");
    assert_non_null(value.detail);
}

static void expect_fault(struct fixture *f, const char *expression, const char *part)
{
    struct value value;
    text_truncate(&f->why, 0);
    if (script_eval(f->script, expression, &f->arena, &value, &f->why))
        fail_msg("%s is no fault: %s", expression, value.shown);
    if (!strstr(text_string(&f->why), part))
        fail_msg("%s: '%s' is not in '%s'", expression, part, text_string(&f->why));
}

#define NBSP "\xC2\xA0"

static void shows_figures_with_their_units(void **state)
{
    struct fixture *f = *state;
    expect_shown(f, "median.serial.time", "400" NBSP "ms");
    expect_shown(f, "time(median.serial)", "400" NBSP "ms");
    expect_shown(f, "median.parallel.threads", "2");
    expect_shown(f, "median.set.n", "1,000,000");
    expect_shown(f, "number(median.answer, 3)", "0.300");
    expect_shown(f, "median.serial.speedup", "1.00×");
    expect_shown(f, "median.parallel.variant", "parallel");
}

static void measured_values_say_what_they_rest_on(void **state)
{
    struct fixture *f = *state;
    struct value value = eval(f, "median.parallel.speedup");
    assert_int_equal(value.kind, VALUE_MEASURED);
    assert_true(value.known);
    assert_non_null(value.level);
    assert_non_null(strstr(value.detail, "95" NBSP "% interval 1."));
    assert_non_null(strstr(value.detail, "12 samples"));
    assert_non_null(strstr(value.detail, "wealth.median, parallel on 2 threads"));
    assert_null(eval(f, "1 + 1").detail);
    assert_int_equal(eval(f, "1 + 1").kind, VALUE_NUMBER);
}

static void picks_the_most_threads_unless_told(void **state)
{
    struct fixture *f = *state;
    expect_shown(f, "median.parallel.at(1).threads", "1");
    expect_shown(f, "median.parallel[1].threads", "1");
    expect_shown(f, "median.fastest.threads", "2");
    expect_shown(f, "broken.parallel.threads", "1"); /* on 2 its answer was wrong */
    expect_unknown(f, "median.parallel.at(64).time");
    expect_truth(f, "median.parallel.at(1).time > median.parallel.time", true);
}

static void calculates(void **state)
{
    struct fixture *f = *state;
    expect_shown(f, "1 + 2 * 3 - 4 / 2", "5");
    expect_shown(f, "(1 + 2) * 3 % 5", "4");
    expect_shown(f, "-2 * -3", "6");
    expect_shown(f, "ratio(7.899)", "7.90×");
    expect_shown(f, "ratio(3, 2)", "1.50×");
    expect_shown(f, "percent(0.931)", "93" NBSP "%");
    expect_shown(f, "percent(0.0123)", "1.2" NBSP "%");
    expect_shown(f, "number(1234.5678, 2)", "1,234.57");
    expect_shown(f, "number(-0.001, 1)", "0.0");
    expect_shown(f, "round(2.567, 1)", "2.60");
    expect_shown(f, "min(3, 1, 2) + max(1, 2) + abs(0 - 4)", "7");
    expect_shown(f, "1 < 2 ? \"one\" : 'two'", "one");
    expect_shown(f, "median.serial.time / median.parallel.time", "1.90");
}

static void compares(void **state)
{
    struct fixture *f = *state;
    expect_truth(f, "median.parallel.speedup > 1.5", true);
    expect_truth(f, "low(median.parallel.speedup) > high(median.parallel.speedup)", false);
    expect_truth(f, "low(median.parallel.speedup) <= median.parallel.speedup", true);
    expect_truth(f, "1 >= 1 && 2 != 3 || false", true);
    expect_truth(f, "!(1 == 1)", false);
    expect_truth(f, "run.profile == 'standard'", true);
    expect_truth(f, "median.agree", true);
    expect_truth(f, "broken.agree", false);
    expect_truth(f, "machine.cores == 2 && machine.threads == 4", true);
}

/* Neither a condition nor its opposite holds for what was not measured. */
static void what_was_not_measured_is_neither_true_nor_false(void **state)
{
    struct fixture *f = *state;
    expect_unknown(f, "later.parallel.speedup");
    expect_unknown(f, "later.parallel.speedup > 1");
    expect_unknown(f, "!(later.parallel.speedup > 1)");
    expect_unknown(f, "later.agree");
    expect_unknown(f, "later.set.anything + 1");
    expect_unknown(f, "median.numpy.time");
    expect_unknown(f, "broken.parallel.at(2).time");
    expect_unknown(f, "time(later.serial)");
    expect_unknown(f, "later.agree ? 1 : 2");
    expect_unknown(f, "1 / 0");
    expect_truth(f, "later.agree && false", false);
    expect_truth(f, "true || later.agree", true);
    assert_non_null(strstr(eval(f, "median.numpy.time").detail, "signal 11"));
}

/* A condition is as good as the figures that decide it. */
static void conditions_inherit_noise(void **state)
{
    struct fixture *f = *state;
    struct samples *samples = &f->record.results[0].configurations[2].samples;
    assert_string_equal(eval(f, "median.parallel.speedup > 1").level, "good");
    for (size_t i = 0; i < samples->count; i++)
        samples->items[i].wall *= i % 2 ? 2.0 : 0.5;
    set_record(f);
    static const struct {
        const char *expression, *level;
    } cases[] = {
        {"median.parallel.speedup > 0", "unreliable"},
        {"!(median.parallel.speedup > 0)", "unreliable"},
        {"median.parallel.speedup > 0 && 1 == 1", "unreliable"},
        {"median.parallel.speedup > 0 || 1 == 1", NULL},
        {"median.parallel.speedup > 0 && 1 == 2", NULL},
        {"median.parallel.answer > 0", "good"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *level = eval(f, cases[i].expression).level;
        if (cases[i].level)
            assert_string_equal(level, cases[i].level);
        else
            assert_null(level);
    }
}

static void reads_counters_where_there_are_any(void **state)
{
    struct fixture *f = *state;
    expect_shown(f, "median.serial.energy", "3.21" NBSP "J");
    expect_shown(f, "median.serial.counter('instructions')", "4,500,000,000");
    expect_shown(f, "number(median.serial.counter(\"instructions\") / 1e9, 1)", "4.5");
    assert_int_equal(eval(f, "median.serial.energy").kind, VALUE_MEASURED);
    assert_non_null(strstr(eval(f, "median.serial.energy").detail, "wealth.median, serial"));
    expect_unknown(f, "median.serial.counter('cache-misses')");
    expect_unknown(f, "median.parallel.energy");
    assert_non_null(strstr(eval(f, "median.parallel.energy").detail, "the system forbids it"));
    expect_unknown(f, "median.parallel.at(1).counter('instructions')");
    expect_unknown(f, "later.serial.energy");
    expect_unknown(f, "median.numpy.counter('toString')");
    expect_unknown(f, "median.serial.counter('constructor')");
    expect_fault(f, "median.serial.counter(1)", "the name of a counter is wanted");
    expect_fault(f, "median.serial.counter()", "the name of a counter is wanted");
    expect_fault(f, "median.serial.enregy", "did you mean 'energy'?");
}

/* A racy kernel's answer is the median of its samples', and nothing agrees with what is wrong. */
static void tells_how_wrong_a_race_was(void **state)
{
    struct fixture *f = *state;
    static double right[] = {0.1 + 0.2, 0.1 + 0.2}, raced[] = {0.2, 0.1 + 0.2, 0.1, 0.2};
    struct result *race = &f->record.results[0];
    expect_unknown(f, "median.parallel.wrong");
    race->racy = true;
    race->configurations[0].answers = right;
    race->configurations[0].answer_count = 2;
    race->configurations[2].answers = raced;
    race->configurations[2].answer_count = 4;
    set_record(f);
    expect_shown(f, "median.parallel.wrong", "75" NBSP "%");
    expect_shown(f, "median.serial.wrong", "0.0" NBSP "%");
    expect_shown(f, "number(median.parallel.answer, 2)", "0.20");
    expect_shown(f, "number(median.parallel.answer_least, 2)", "0.10");
    expect_shown(f, "number(median.parallel.answer_most, 2)", "0.30");
    expect_shown(f, "number(median.answer, 2)", "0.30");
    expect_shown(f, "percent(1 - median.parallel.answer / median.answer)", "33" NBSP "%");
    expect_truth(f, "median.parallel.wrong > 0", true);
    expect_truth(f, "median.agree", false);
    race->configurations[2].answers = right;
    race->configurations[2].answer_count = 2;
    set_record(f);
    expect_truth(f, "median.parallel.wrong > 0", false);
    expect_truth(f, "median.agree", true);
}

static void reads_one_value_of_a_sweep(void **state)
{
    struct fixture *f = *state;
    expect_shown(f, "grain.at(100).serial.time", "400" NBSP "ms");
    expect_shown(f, "grain.at(10000).parallel.time", "320" NBSP "ms");
    expect_shown(f, "grain.at(10000).parallel.at(1).threads", "1");
    expect_shown(f, "grain.at(2000).set.size", "10,000"); /* nearest in ratio */
    expect_shown(f, "grain.at(1).set.size", "100");
    expect_shown(f, "grain.at(grain.values.most).parallel.time", "250" NBSP "ms");
    expect_truth(f, "grain.at(100).agree && grain.agree", true);
    assert_non_null(strstr(eval(f, "grain.at(10000).parallel.speedup").detail,
                           "wealth.median at size = 10,000, parallel on 2 threads"));
    expect_shown(f, "grain.values", "100, 10,000, 1,000,000");
    expect_shown(f, "grain.values.count", "3");
    expect_shown(f, "grain.values.least", "100");
    expect_shown(f, "grain.set.n", "7");
    expect_shown(f, "grain.kernel", "wealth.median");
    f->record.results[4].configurations[2].status = STATUS_WRONG;
    set_record(f);
    expect_truth(f, "grain.agree", false);
}

static void reads_from_where_a_variant_pays(void **state)
{
    struct fixture *f = *state;
    expect_shown(f, "grain.parallel.breakeven", "10,000");
    expect_shown(f, "grain.parallel.at(2).breakeven", "10,000");
    expect_truth(f, "grain.parallel.breaks_even", true);
    expect_truth(f, "grain.parallel.breakeven == 10000", true);
    struct value value = eval(f, "grain.parallel.breakeven");
    assert_int_equal(value.kind, VALUE_MEASURED);
    assert_string_equal(value.level, "good");
    assert_non_null(strstr(value.detail, "at size = 10,000, parallel on 2 threads"));
    expect_truth(f, "grain.parallel.at(1).breaks_even", false);
    value = eval(f, "grain.parallel.at(1).breakeven");
    assert_false(value.known);
    assert_string_equal(value.shown, "none");
    assert_non_null(strstr(value.detail, "at the largest value of size it is not faster"));
    expect_unknown(f, "grain.numpy.breaks_even");
    expect_unknown(f, "grain.numpy.breakeven > 3");
    expect_unknown(f, "grain.parallel.at(8).breakeven");
    expect_unknown(f, "grain.serial.breakeven"); /* the baseline */
    /* noise at the value below decides as well */
    struct samples *samples = &f->record.results[3].configurations[2].samples;
    for (size_t i = 0; i < samples->count; i++)
        samples->items[i].wall *= i % 2 ? 2.0 : 0.5;
    set_record(f);
    assert_string_equal(eval(f, "grain.parallel.breakeven").level, "unreliable");
}

static void a_sweep_is_no_plain_experiment(void **state)
{
    struct fixture *f = *state;
    expect_fault(f, "grain.serial.time", "grain sweeps size: write grain.at(10000).serial.time");
    expect_fault(f, "grain.parallel.verdict", "write grain.at(10000).parallel.verdict");
    expect_fault(f, "grain.fastest.time", "write grain.at(10000).fastest");
    expect_fault(f, "grain.answer", "write grain.at(10000).answer");
    expect_fault(f, "grain.set.size", "write grain.at(10000).set.size");
    expect_fault(f, "grain.paralel.breakeven", "did you mean 'parallel'?");
    expect_fault(f, "grain.parallel.brakeven", "did you mean 'breakeven'?");
    expect_fault(f, "grain.values.last", "'last'");
    expect_fault(f, "grain", "a sweep cannot be shown; name one of its values");
    expect_fault(f, "grain.parallel", "cannot be shown; name one value of the sweep first");
    expect_fault(f, "time(grain.parallel)", "time wants a number, not a variant of a sweep");
    expect_fault(f, "grain.at()", "a value of size is wanted, as in .at(1000); there are 100, 10");
    expect_fault(f, "grain.at(0)", "a value of size is wanted");
    expect_fault(f, "grain.at(0 - 5)", "a value of size is wanted");
    expect_fault(f, "grain.at('100')", "a value of size is wanted");
    expect_fault(f, "grain.parallel.at('2').breakeven", "a number of threads is wanted");
    expect_fault(f, "median.at(100)", "has no 'at'");
    expect_fault(f, "grain.constructor", "has no 'constructor'");
}

/* Neither is there anything to be read of a sweep that the record lacks. */
static void a_sweep_may_not_be_measured(void **state)
{
    struct fixture *f = *state;
    expect_unknown(f, "unswept.at(100).serial.time");
    expect_unknown(f, "unswept.serial.breakeven");
    expect_unknown(f, "unswept.serial.breaks_even");
    expect_unknown(f, "unswept.values");
    expect_unknown(f, "unswept.values.most");
    expect_unknown(f, "unswept.at(unswept.values.most).serial.time");
    expect_unknown(f, "unswept.set.n");
    expect_unknown(f, "unswept.agree");
    expect_fault(f, "unswept.serial.time", "unswept sweeps size: write unswept.at(size).serial");
    for (size_t i = 3; i < 6; i++)
        for (size_t k = 0; k < 4; k++)
            f->record.results[i].configurations[k].status = STATUS_UNMEASURED;
    set_record(f);
    expect_unknown(f, "grain.at(100).serial.time");
    expect_unknown(f, "grain.parallel.breakeven");
    expect_shown(f, "grain.values.count", "3"); /* as planned */
}

static void reads_facts(void **state)
{
    struct fixture *f = *state;
    expect_shown(f, "run.profile", "standard");
    expect_shown(f, "run.date", "2024-05-06");
    expect_shown(f, "run[\"run.date\"]", "2024-05-06T07:08:09Z");
    expect_shown(f, "build[\"compiler\"]", "gcc 12");
    expect_shown(f, "experiments[\"two-words\"].serial.time", "400" NBSP "ms");
    expect_unknown(f, "machine[\"boost\"]");
    assert_string_equal(eval(f, "machine[\"boost\"]").detail, "the file cannot be read");
}

static void names_the_nearest(void **state)
{
    struct fixture *f = *state;
    expect_fault(f, "medain.serial.time", "unknown name 'medain'; did you mean 'median'?");
    expect_fault(f, "median.paralel.time", "did you mean 'parallel'?");
    expect_fault(f, "median.parallel.spedup", "did you mean 'speedup'?");
    expect_fault(f, "median.set.m", "has no 'm'");
    expect_fault(f, "ration(1)", "did you mean 'ratio'?");
    expect_fault(f, "two_words.serial", "experiments[\"two-words\"]");
    expect_fault(f, "machine[\"cpu.modell\"]", "has no 'cpu.modell'");
}

static void faults_of_grammar_and_kind(void **state)
{
    struct fixture *f = *state;
    expect_fault(f, "", "a value is expected");
    expect_fault(f, "1 +", "a value is expected before the end");
    expect_fault(f, "(1", "')' is expected");
    expect_fault(f, "1 2", "should have ended before '2'");
    expect_fault(f, "median", "an experiment cannot be shown");
    expect_fault(f, "median.serial", "name one of its figures");
    expect_fault(f, "median.serial > 1", "wants a number");
    expect_fault(f, "1 && true", "a condition is wanted");
    expect_fault(f, "1 == 'a'", "cannot be compared");
    expect_fault(f, "ratio()", "ratio wants 1 to 2 arguments");
    expect_fault(f, "number(1, 99)", "from 0 to 15");
    expect_fault(f, "3(4)", "cannot be called");
}

static void reaches_nothing_but_the_record(void **state)
{
    struct fixture *f = *state;
    expect_fault(f, "(function () { for (;;) ; })()", "is not part of an expression");
    expect_fault(f, "ratio.constructor", "a function has no 'constructor'");
    expect_fault(f, "median.constructor", "has no 'constructor'");
    expect_fault(f, "median.__proto__", "has no '__proto__'");
    expect_fault(f, "median[\"constructor\"]", "has no 'constructor'");
    expect_fault(f, "constructor", "unknown name");
    expect_fault(f, "toString", "unknown name");
    expect_fault(f, "machine.hasOwnProperty", "has no 'hasOwnProperty'");
    expect_fault(f, "record = 1", "is not part of an expression");
    expect_fault(f, "native.format", "unknown name 'native'");
    expect_fault(f, "'a'.length", "a text has no 'length'");
}

static void bounds_size_and_depth(void **state)
{
    struct fixture *f = *state;
    struct text expression = {0};
    for (int i = 0; i < 500; i++)
        text_add_char(&expression, '(');
    expect_fault(f, text_string(&expression), "nested too deeply");
    text_truncate(&expression, 0);
    for (int i = 0; i < 500; i++)
        text_add(&expression, "!");
    expect_fault(f, text_string(&expression), "nested too deeply");
    text_truncate(&expression, 0);
    for (int i = 0; i < 5000; i++)
        text_add_char(&expression, '1');
    expect_fault(f, text_string(&expression), "longer than");
    text_release(&expression);
    expect_shown(f, "1", "1");
}

#define EVAL_TEST(test) cmocka_unit_test_setup_teardown(test, open_record, close_record)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EVAL_TEST(shows_figures_with_their_units),
        EVAL_TEST(measured_values_say_what_they_rest_on),
        EVAL_TEST(picks_the_most_threads_unless_told),
        EVAL_TEST(calculates),
        EVAL_TEST(compares),
        EVAL_TEST(what_was_not_measured_is_neither_true_nor_false),
        EVAL_TEST(conditions_inherit_noise),
        EVAL_TEST(reads_counters_where_there_are_any),
        EVAL_TEST(tells_how_wrong_a_race_was),
        EVAL_TEST(reads_one_value_of_a_sweep),
        EVAL_TEST(reads_from_where_a_variant_pays),
        EVAL_TEST(a_sweep_is_no_plain_experiment),
        EVAL_TEST(a_sweep_may_not_be_measured),
        EVAL_TEST(reads_facts),
        EVAL_TEST(names_the_nearest),
        EVAL_TEST(faults_of_grammar_and_kind),
        EVAL_TEST(reaches_nothing_but_the_record),
        EVAL_TEST(bounds_size_and_depth),
    };
    return cmocka_run_group_tests_name("page_eval", tests, NULL, NULL);
}
