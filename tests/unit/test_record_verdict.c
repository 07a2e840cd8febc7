#include "record_fixture.h"

#include "record/verdict.h"

/* An estimate with the half-width `half` (relative) around `value`. */
static struct estimate around(double value, double half)
{
    return (struct estimate){value, value * (1 - half), value * (1 + half), 20};
}

static struct evidence flawless(void)
{
    return (struct evidence){
        .rounds = 20,
        .speedup = around(2, 0.01),
        .control = around(1, 0.01),
        .spread = 0.01,
        .trend = 0.01,
        .disturbance = {0.001, 0.001, 1, 0},
    };
}

static struct verdict reach(struct evidence evidence)
{
    static struct arena arena;
    arena_release(&arena); /* the last verdict's reasons are not needed any more */
    return verdict_reach(&evidence, &arena);
}

static void set_half_width(struct evidence *evidence, double value)
{
    evidence->speedup = around(2, value);
}

static void set_spread(struct evidence *evidence, double value)
{
    evidence->spread = value;
}

static void set_trend(struct evidence *evidence, double value)
{
    evidence->trend = value;
}

static void set_fall(struct evidence *evidence, double value)
{
    evidence->trend = -value;
}

static void set_steal(struct evidence *evidence, double value)
{
    evidence->disturbance.steal = value;
}

static void set_others(struct evidence *evidence, double value)
{
    evidence->disturbance.others = value;
}

static void set_clock_fall(struct evidence *evidence, double value)
{
    evidence->disturbance.clock = 1 - value;
}

static void set_waiting(struct evidence *evidence, double value)
{
    evidence->waiting = value;
}

/* Limits as they are published, and the reason for what lies just above the first. */
static const struct limit {
    void (*set)(struct evidence *evidence, double value);
    double caution, unreliable;
    const char *reason;
} limits[] = {
    {set_half_width, 0.02, 0.10, "the interval of the speed-up is ±2.1 %"},
    {set_spread, 0.05, 0.10, "the times scatter by 5.1 % of their median (MAD)"},
    {set_trend, 0.03, 0.10, "the time drifted by 3.1 % from the first third to the last"},
    {set_fall, 0.03, 0.10, "the time drifted by 3.1 % from the first third to the last"},
    {set_steal, 0.005, 0.02, "the hypervisor took 0.6 % of the CPU time"},
    {set_others, 0.02, 0.10, "other processes used 2.1 % of the CPU time"},
    {set_clock_fall, 0.03, 0.10, "the processor's clock fell by 3.1 % from the start to the end"},
    {set_waiting, 0.02, 0.10,
     "a thread alone on its core had to wait for 2.1 % of the time, which makes faster code seem "
     "faster still"},
};

static void assert_level(struct verdict verdict, enum level level, size_t reasons)
{
    assert_int_equal(verdict.level, level);
    assert_int_equal(verdict.reason_count, reasons);
}

static void limits_strike_just_above(void **state)
{
    const double near = 0.00001;
    (void)state;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        const struct limit *limit = &limits[i];
        struct evidence evidence = flawless();
        limit->set(&evidence, limit->caution - near);
        assert_level(reach(evidence), LEVEL_GOOD, 0);
        limit->set(&evidence, limit->caution + near);
        assert_level(reach(evidence), LEVEL_CAUTION, 1);
        limit->set(&evidence, limit->unreliable - near);
        assert_level(reach(evidence), LEVEL_CAUTION, 1);
        limit->set(&evidence, limit->unreliable + near);
        assert_level(reach(evidence), LEVEL_UNRELIABLE, 1);
        limit->set(&evidence, limit->caution + 0.001);
        assert_string_equal(reach(evidence).reasons[0], limit->reason);
    }
}

static void what_is_not_known_strikes_nothing(void **state)
{
    struct evidence evidence = {
        20, around(NAN, NAN), around(NAN, NAN), NAN, NAN, {NAN, NAN, NAN, NAN}, NAN};
    (void)state;
    assert_level(reach(evidence), LEVEL_GOOD, 0);
}

static void rounds_below_six_give_caution(void **state)
{
    struct evidence evidence = flawless();
    (void)state;
    evidence.rounds = 6;
    assert_level(reach(evidence), LEVEL_GOOD, 0);
    evidence.rounds = 5;
    evidence.speedup.low = evidence.speedup.high = NAN;
    assert_level(reach(evidence), LEVEL_CAUTION, 1);
    assert_string_equal(reach(evidence).reasons[0],
                        "there is no interval: it needs at least 6 rounds, and there are 5");
    evidence.rounds = 0;
    assert_level(reach(evidence), LEVEL_CAUTION, 1);
}

static void a_faster_clock_strikes_nothing(void **state)
{
    struct evidence evidence = flawless();
    (void)state;
    evidence.disturbance.clock = 1.5;
    assert_level(reach(evidence), LEVEL_GOOD, 0);
}

static void any_throttling_is_unreliable(void **state)
{
    struct evidence evidence = flawless();
    (void)state;
    evidence.disturbance.throttled = 1;
    assert_level(reach(evidence), LEVEL_UNRELIABLE, 1);
    evidence.disturbance.throttled = 3;
    assert_string_equal(reach(evidence).reasons[0],
                        "the quota on CPU time stopped the run (times: 3)");
}

static void control_strikes_when_it_excludes_one(void **state)
{
    struct evidence evidence = flawless();
    (void)state;
    evidence.control = (struct estimate){1.04, 1.0, 1.08, 20};
    assert_level(reach(evidence), LEVEL_GOOD, 0);
    evidence.control.low = 1.001;
    assert_level(reach(evidence), LEVEL_CAUTION, 1);
    assert_string_equal(
        reach(evidence).reasons[0],
        "two samples of the same configuration differ by 4.0 %, which is more than chance");
    evidence.control.value = 1.0501;
    assert_level(reach(evidence), LEVEL_UNRELIABLE, 1);
    evidence.control = (struct estimate){0.96, 0.93, 0.999, 20};
    assert_level(reach(evidence), LEVEL_CAUTION, 1);
    evidence.control.value = 0.9499;
    assert_level(reach(evidence), LEVEL_UNRELIABLE, 1);
    /* off by more than 5 %, yet within chance */
    evidence.control = (struct estimate){1.06, 0.99, 1.1, 20};
    assert_level(reach(evidence), LEVEL_GOOD, 0);
}

static void small_effects_are_not_resolved(void **state)
{
    struct evidence evidence = flawless();
    (void)state;
    evidence.control = around(1, 0.03);
    evidence.speedup = around(1.031, 0.01);
    assert_level(reach(evidence), LEVEL_GOOD, 0);
    evidence.speedup = around(1.029, 0.01);
    assert_level(reach(evidence), LEVEL_CAUTION, 1);
    assert_string_equal(
        reach(evidence).reasons[0],
        "not resolved: the effect is smaller than the ±3.0 % between samples of the same "
        "configuration");
    evidence.speedup = around(0.971, 0.01);
    assert_level(reach(evidence), LEVEL_CAUTION, 1);
    evidence.speedup = (struct estimate){1, NAN, NAN, 20}; /* the baseline itself */
    assert_level(reach(evidence), LEVEL_GOOD, 0);
}

static void the_worst_reason_comes_first(void **state)
{
    struct evidence evidence = flawless();
    (void)state;
    evidence.speedup = around(2, 0.05);
    evidence.disturbance.others = 0.5;
    struct verdict verdict = reach(evidence);
    assert_level(verdict, LEVEL_UNRELIABLE, 2);
    assert_string_equal(verdict.reasons[0], "other processes used 50.0 % of the CPU time");
    assert_string_equal(verdict.reasons[1], "the interval of the speed-up is ±5.0 %");
}

static void all_reasons_fit(void **state)
{
    struct evidence evidence = {3, around(1.1, 1), around(2, 0.4), 1, 1, {1, 1, 0.5, 2}, 1};
    (void)state;
    assert_level(reach(evidence), LEVEL_UNRELIABLE, 11);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_strike_just_above),
        cmocka_unit_test(what_is_not_known_strikes_nothing),
        cmocka_unit_test(rounds_below_six_give_caution),
        cmocka_unit_test(a_faster_clock_strikes_nothing),
        cmocka_unit_test(any_throttling_is_unreliable),
        cmocka_unit_test(control_strikes_when_it_excludes_one),
        cmocka_unit_test(small_effects_are_not_resolved),
        cmocka_unit_test(the_worst_reason_comes_first),
        cmocka_unit_test(all_reasons_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
