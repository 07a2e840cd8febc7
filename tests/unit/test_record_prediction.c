#include "scaling_fixture.h"

#include "record/prediction.h"
#include "record/summary.h"

#include <stdio.h>

static struct prediction predicted(struct machine *machine)
{
    static struct record record = {.cores = 16};
    machine->result.name = "walk";
    return predict(&record, &machine->result, "parallel", &machine->arena);
}

/* Sigma = 0.1: by hand 1/(0.1 + 0.9/10) and 0.1 + 0.9 * 10. */
static void laws_by_hand(void **state)
{
    (void)state;
    CLOSE(amdahl_speedup(0.1, 10), 1 / 0.19);
    CLOSE(gustafson_speedup(0.1, 10), 9.1);
    CLOSE(amdahl_speedup(0.25, 1), 1);
    CLOSE(gustafson_speedup(0.25, 1), 1);
    CLOSE(amdahl_speedup(0, 1024), 1024);
    CLOSE(gustafson_speedup(-0.01, 1024), 1024); /* more than p is no law */
    CLOSE(amdahl_speedup(1.5, 64), 1);
    CLOSE(gustafson_speedup(1.5, 64), 1);
}

static void several_numbers_of_threads_give_a_fit(void **state)
{
    struct machine *machine = *state;
    plant(machine, 4, 0.1, 0, 0, NULL);
    struct prediction prediction = predicted(machine);
    assert_null(prediction.absence);
    assert_true(prediction.has_amdahl && !prediction.has_usl);
    assert_int_equal(prediction.points, 3);
    near(prediction.largest, 4, 0);
    near(prediction.sigma.value, 0.1, 1e-12);
    struct estimate speedup = prediction_by(amdahl_speedup, &prediction, 64);
    near(speedup.value, usl(64, 0.1, 0), 1e-9);
    near(speedup.low, speedup.high, 1e-9);
    assert_int_equal(speedup.count, ROUNDS);
    near(prediction_by(gustafson_speedup, &prediction, 64).value, 0.1 + 0.9 * 64, 1e-9);
}

/* On a machine of two cores there is one speed-up, and the share is Karp and Flatt's. */
static void two_counts_give_the_share_of_one_speedup(void **state)
{
    struct machine *machine = *state;
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    plant(machine, 2, 0.1, 0, 0.01, random);
    struct prediction prediction = predicted(machine);
    const struct estimate *speedup = &prediction.speedup;
    assert_null(prediction.absence);
    assert_false(prediction.has_amdahl || prediction.has_usl);
    assert_int_equal(prediction.points, 1);
    near(prediction.sigma.value, 2 / speedup->value - 1, 1e-12);
    near(prediction.sigma.low, 2 / speedup->high - 1, 1e-12);
    near(prediction.sigma.high, 2 / speedup->low - 1, 1e-12);
    struct estimate there = prediction_by(amdahl_speedup, &prediction, 2);
    near(there.value, speedup->value, 1e-12);
    near(there.low, speedup->low, 1e-12);
    near(there.high, speedup->high, 1e-12);
    gsl_rng_free(random);
}

/* A share below zero is shown as it came out, and predicts the ideal and no more. */
static void where_the_share_may_be_zero_the_ideal_is_the_limit(void **state)
{
    struct machine *machine = *state;
    plant(machine, 2, 0, 0, 0, NULL);
    for (int i = 0; i < ROUNDS; i++)
        on(machine, 2)->samples.items[i].wall *= 1 + 0.002 * (i - 5.5);
    struct prediction prediction = predicted(machine);
    assert_true(prediction.sigma.low < 0 && prediction.sigma.high > 0);
    assert_true(prediction_by(amdahl_speedup, &prediction, 1024).high == 1024);
    assert_true(prediction_by(gustafson_speedup, &prediction, 1024).high == 1024);
    assert_true(prediction_by(amdahl_speedup, &prediction, 1024).low < 1000);
    plant(machine, 8, -0.02, 0, 0, NULL); /* by a fit as well */
    prediction = predicted(machine);
    assert_true(prediction.sigma.low == 0 &&
                prediction_by(amdahl_speedup, &prediction, 64).high == 64);
}

static void few_rounds_give_no_interval(void **state)
{
    struct machine *machine = *state;
    plant(machine, 4, 0.1, 0, 0, NULL);
    for (int p = 1; p <= 4; p++)
        on(machine, p)->samples.count = 4;
    struct prediction prediction = predicted(machine);
    struct estimate speedup = prediction_by(amdahl_speedup, &prediction, 64);
    assert_null(prediction.absence);
    assert_int_equal(prediction.points, 1);
    near(speedup.value, usl(64, 0.1, 0), 1e-9);
    assert_true(isnan(speedup.low) && isnan(speedup.high));
}

static void what_does_not_scale_has_no_prediction(void **state)
{
    struct machine *machine = *state;
    struct record single = {.cores = 1};
    plant(machine, 1, 0, 0, 0, NULL);
    assert_non_null(strstr(predicted(machine).absence, "one thread alone"));
    assert_non_null(strstr(predict(&single, &machine->result, "parallel", &machine->arena).absence,
                           "one core"));
    assert_non_null(
        strstr(predict(&single, &machine->result, "simd", &machine->arena).absence, "no figure"));
    plant(machine, 2, 1.2, 0, 0, NULL);
    assert_non_null(strstr(predicted(machine).absence, "no faster on 2 threads"));
    plant(machine, 8, 1.2, 0, 0, NULL);
    assert_non_null(strstr(predicted(machine).absence, "no faster on 8 threads"));
    plant(machine, 2, 0.1, 0, 0, NULL);
    on(machine, 1)->status = STATUS_FAILED;
    assert_non_null(strstr(predicted(machine).absence, "not measured on one thread"));
    machine->result.racy = true;
    assert_non_null(strstr(predicted(machine).absence, "data race"));
    machine->result.racy = false;
    machine->result.configuration_count = 0;
    assert_non_null(strstr(predicted(machine).absence, "no figure"));
}

enum { SIMULATIONS = 500 };

/* How often intervals hold what was planted; 95 % less three standard errors are demanded. */
static void expect_coverage(const char *what, int covered)
{
    double share = (double)covered / SIMULATIONS;
    printf("#   %-40s covered in %5.1f %%\n", what, 100 * share);
    assert_true(share >= 0.95 - 3 * sqrt(0.95 * 0.05 / SIMULATIONS));
}

static bool holds(struct estimate estimate, double truth)
{
    return estimate.low <= truth && truth <= estimate.high;
}

static void bands_hold_the_truth(void **state)
{
    static const int most[] = {2, 3, 8};
    const double sigma = 0.02;
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    for (size_t m = 0; m < sizeof most / sizeof *most; m++) {
        int amdahl = 0, gustafson = 0;
        for (int i = 0; i < SIMULATIONS; i++) {
            plant(*state, most[m], sigma, 0, 0.01, random);
            struct prediction prediction = predicted(*state);
            amdahl += holds(prediction_by(amdahl_speedup, &prediction, 1024), usl(1024, sigma, 0));
            gustafson += holds(prediction_by(gustafson_speedup, &prediction, 1024),
                               sigma + (1 - sigma) * 1024);
        }
        printf("# 1 to %d threads, noise 1 %%, %d rounds\n", most[m], ROUNDS);
        expect_coverage("Amdahl's speed-up on 1,024", amdahl);
        expect_coverage("Gustafson's scaled speed-up on 1,024", gustafson);
    }
    gsl_rng_free(random);
}

/* p* = sqrt(0.95/0.001) = 30.8, beyond the 16 threads measured */
static void the_interval_holds_the_peak(void **state)
{
    const double sigma = 0.05, kappa = 0.001, peak = sqrt((1 - sigma) / kappa);
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    int covered = 0;
    for (int i = 0; i < SIMULATIONS; i++) {
        plant(*state, MOST, sigma, kappa, 0.01, random);
        struct prediction prediction = predicted(*state);
        assert_true(prediction.has_usl && prediction.usl.peak.count == ROUNDS);
        covered += holds(prediction.usl.peak, peak);
    }
    expect_coverage("the peak of the USL on 16 threads", covered);
    gsl_rng_free(random);
}

/* Without a cost of pairs the fit takes one from noise at times: then the interval must reach to
 * where S only rises. */
static void a_peak_that_is_not_there_has_no_upper_end(void **state)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    int open = 0;
    for (int i = 0; i < SIMULATIONS; i++) {
        plant(*state, 8, 0.05, 0, 0.01, random);
        struct estimate peak = predicted(*state).usl.peak;
        open += isinf(peak.high);
        assert_true(peak.low <= peak.value && peak.value <= peak.high && peak.low >= 1);
    }
    expect_coverage("no peak at all", open);
    gsl_rng_free(random);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(laws_by_hand),
        TEST(several_numbers_of_threads_give_a_fit),
        TEST(two_counts_give_the_share_of_one_speedup),
        TEST(where_the_share_may_be_zero_the_ideal_is_the_limit),
        TEST(few_rounds_give_no_interval),
        TEST(what_does_not_scale_has_no_prediction),
        TEST(bands_hold_the_truth),
        TEST(the_interval_holds_the_peak),
        TEST(a_peak_that_is_not_there_has_no_upper_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
