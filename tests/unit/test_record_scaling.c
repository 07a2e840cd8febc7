#include "scaling_fixture.h"

#include "record/scaling.h"
#include "record/summary.h"

#include <limits.h>
#include <stdio.h>

static struct scaling_fit fitted(struct machine *machine,
                                 bool (*law)(const struct result *, const char *,
                                             struct scaling_fit *, struct arena *))
{
    struct scaling_fit fit;
    assert_true(law(&machine->result, "parallel", &fit, &machine->arena));
    return fit;
}

/* Without noise every round says the same, and the interval has no width. */
static void amdahl_without_noise(void **state)
{
    struct machine *machine = *state;
    plant(machine, 4, 0.1, 0, 0, NULL);
    struct scaling_fit fit = fitted(machine, scaling_amdahl);
    near(fit.sigma.value, 0.1, 1e-12);
    near(fit.sigma.low, 0.1, 1e-12);
    near(fit.sigma.high, 0.1, 1e-12);
    near(fit.misfit, 0, 1e-12);
    assert_int_equal(fit.sigma.count, ROUNDS);
    assert_int_equal(fit.points, 3);
    CLOSE(fit.largest, 4);
    assert_true(fit.kappa.value == 0 && isnan(fit.kappa.low));
    assert_true(isinf(fit.peak.value) && isnan(fit.peak.low) && isnan(fit.peak.high));
}

/* p* = sqrt(0.9/0.004) = 15 */
static void usl_without_noise(void **state)
{
    struct machine *machine = *state;
    plant(machine, 8, 0.1, 0.004, 0, NULL);
    struct scaling_fit fit = fitted(machine, scaling_usl);
    near(fit.sigma.value, 0.1, 1e-12);
    near(fit.kappa.value, 0.004, 1e-12);
    near(fit.kappa.high, 0.004, 1e-12);
    near(fit.peak.value, 15, 1e-9);
    near(fit.peak.low, 15, 1e-9);
    near(fit.peak.high, 15, 1e-9);
    assert_int_equal(fit.points, 7);
    for (int p = 1; p <= 40; p++)
        near(scaling_predict(&fit, p), usl(p, 0.1, 0.004), 1e-9);
    /* Amdahl's law cannot follow: it says so */
    assert_true(fitted(machine, scaling_amdahl).misfit > 0.01);
}

/* Two numbers of threads: x = 1/2, 2/3 and y = 1/S - 1/p = 0.1, 0.05, weights S^2 = 1/0.36 and
 * 1/(23/60)^2; sigma = (w1 x1 y1 + w2 x2 y2)/(w1 x1^2 + w2 x2^2). */
static void amdahl_by_hand(void **state)
{
    struct machine *machine = *state;
    const double a = 0.6, b = 23.0 / 60, w1 = 1 / (a * a), w2 = 1 / (b * b);
    plant(machine, 3, 0, 0, 0, NULL);
    for (int i = 0; i < ROUNDS; i++) {
        on(machine, 2)->samples.items[i].wall = a;
        on(machine, 3)->samples.items[i].wall = b;
    }
    near(fitted(machine, scaling_amdahl).sigma.value,
         (w1 * 0.05 + w2 * 0.1 / 3) / (w1 / 4 + w2 * 4 / 9), 1e-12);
}

static void parameters_stay_within_their_bounds(void **state)
{
    struct machine *machine = *state;
    struct scaling_fit fit;
    plant(machine, 8, -0.02, 0, 0, NULL); /* faster than the number of threads */
    fit = fitted(machine, scaling_amdahl);
    assert_true(fit.sigma.value == 0 && fit.sigma.low == 0 && fit.sigma.high == 0);
    plant(machine, 8, 1.2, 0, 0, NULL); /* slower with each thread */
    assert_true(fitted(machine, scaling_amdahl).sigma.value == 1);
    fit = fitted(machine, scaling_usl);
    assert_true(fit.sigma.value == 1 && fit.kappa.value > 0 && fit.peak.value == 1);
    plant(machine, 8, -0.02, 0.01, 0, NULL);
    fit = fitted(machine, scaling_usl);
    assert_true(fit.sigma.value == 0 && fit.kappa.value > 0 && fit.peak.value > 8);
    plant(machine, 8, 0.1, -0.001, 0, NULL);
    fit = fitted(machine, scaling_usl);
    assert_true(fit.sigma.value > 0 && fit.kappa.value == 0 && isinf(fit.peak.value));
    assert_true(isinf(fit.peak.low) && isinf(fit.peak.high));
    near(fit.sigma.value, fitted(machine, scaling_amdahl).sigma.value, 1e-12);
}

static void too_few_points_have_no_fit(void **state)
{
    struct machine *machine = *state;
    struct scaling_fit fit;
    struct result *result = &machine->result;
    plant(machine, 6, 0.1, 0.001, 0, NULL);
    assert_true(scaling_usl(result, "parallel", &fit, &machine->arena));
    assert_false(scaling_usl(result, "simd", &fit, &machine->arena));
    result->configuration_count = 5;
    assert_false(scaling_usl(result, "parallel", &fit, &machine->arena));
    result->configuration_count = 3;
    assert_true(scaling_amdahl(result, "parallel", &fit, &machine->arena));
    on(machine, 3)->threads = 2; /* the same number twice is one point */
    assert_false(scaling_amdahl(result, "parallel", &fit, &machine->arena));
    on(machine, 3)->threads = 3;
    result->configuration_count = 2;
    assert_false(scaling_amdahl(result, "parallel", &fit, &machine->arena));
    result->configuration_count = 0;
    assert_false(scaling_amdahl(result, "parallel", &fit, &machine->arena));
}

static void what_has_no_figure_is_no_point(void **state)
{
    struct machine *machine = *state;
    struct scaling_fit fit;
    plant(machine, 8, 0.1, 0.001, 0, NULL);
    on(machine, 8)->status = STATUS_WRONG;
    on(machine, 7)->samples.count = 5; /* no interval */
    on(machine, 6)->variant = "other";
    fit = fitted(machine, scaling_amdahl);
    assert_int_equal(fit.points, 4);
    CLOSE(fit.largest, 5);
    assert_false(scaling_usl(&machine->result, "parallel", &fit, &machine->arena));
    on(machine, 1)->status = STATUS_FAILED;
    assert_false(scaling_amdahl(&machine->result, "parallel", &fit, &machine->arena));
}

/* As no clock gives them, but a record may. */
static void absurd_times_stay_within_the_bounds(void **state)
{
    struct machine *machine = *state;
    plant(machine, 8, 0.1, 0, 0, NULL);
    for (int i = 0; i < ROUNDS; i++) {
        on(machine, 1)->samples.items[i].wall = i % 2 ? 1e308 : 5e-324;
        on(machine, 4)->samples.items[i].wall = i % 2 ? 5e-324 : 1e308;
    }
    on(machine, 7)->threads = INT_MAX;
    struct scaling_fit fit = fitted(machine, scaling_usl);
    assert_true(fit.sigma.value >= 0 && fit.sigma.value <= 1 && fit.kappa.value >= 0);
    assert_true(fit.sigma.low >= 0 && fit.sigma.high <= 1 && fit.kappa.low >= 0);
}

/* A round that a point lacks is left out of that point, and pairs stay pairs. */
static void rounds_may_be_missing(void **state)
{
    struct machine *machine = *state;
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    plant(machine, 8, 0.1, 0.001, 1e-9, random);
    struct samples *samples = &on(machine, 3)->samples;
    for (size_t i = 2; i + 1 < samples->count; i++)
        samples->items[i] = samples->items[i + 1];
    samples->count--;
    on(machine, 5)->samples.items[4].wall = 0;
    on(machine, 5)->samples.items[6].wall = 0;
    struct scaling_fit fit = fitted(machine, scaling_usl);
    near(fit.sigma.value, 0.1, 1e-6);
    near(fit.sigma.low, 0.1, 1e-6);
    near(fit.sigma.high, 0.1, 1e-6);
    assert_int_equal(fit.sigma.count, ROUNDS - 2);
    gsl_rng_free(random);
}

static void fits_do_not_depend_on_unit_or_call(void **state)
{
    struct machine *machine = *state;
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    plant(machine, 8, 0.1, 0.001, 0.01, random);
    struct scaling_fit once = fitted(machine, scaling_usl), again = fitted(machine, scaling_usl);
    assert_memory_equal(&once, &again, sizeof once);
    assert_true(once.sigma.low < once.sigma.value && once.sigma.value < once.sigma.high);
    for (int p = 1; p <= 8; p++)
        for (int i = 0; i < ROUNDS; i++)
            on(machine, p)->samples.items[i].wall *= 1024;
    again = fitted(machine, scaling_usl);
    near(again.sigma.value, once.sigma.value, 1e-12);
    near(again.kappa.high, once.kappa.high, 1e-12);
    gsl_rng_free(random);
}

/* Six points lie on sigma = 0.1, the one on 8 threads is twice too slow in the median: pulling as
 * strongly as the others while its times agree, it pulls less once they scatter. */
static void uncertain_points_weigh_less(void **state)
{
    struct machine *machine = *state;
    double pull[2];
    for (int scattered = 0; scattered < 2; scattered++) {
        plant(machine, 8, 0.1, 0, 0, NULL);
        for (int i = 0; i < ROUNDS; i++)
            on(machine, 8)->samples.items[i].wall *= 2 * (scattered ? exp(0.4 * (i - 5.5)) : 1);
        pull[scattered] = fitted(machine, scaling_amdahl).sigma.value - 0.1;
    }
    print_message("# pull of a wrong point: %.4f, when uncertain: %.4f\n", pull[0], pull[1]);
    assert_true(pull[0] > 0 && pull[1] > 0 && pull[1] < pull[0] / 4);
}

enum { SIMULATIONS = 1000 };
/* of 95 %, less three standard errors of a share of SIMULATIONS: 3 sqrt(0.95 * 0.05 / 1000) */
static const double COVERED_LEAST = 0.95 - 0.0207;

struct tally {
    const char *name;
    double truth, tolerance, sum;
    int covered;
};

static void tally_add(struct tally *tally, struct estimate estimate)
{
    tally->sum += estimate.value;
    tally->covered += estimate.low <= tally->truth && tally->truth <= estimate.high;
}

static void tally_check(const struct tally *tally)
{
    double mean = tally->sum / SIMULATIONS, covered = (double)tally->covered / SIMULATIONS;
    printf("#   %-15s %5g: mean %8.5f, covered in %5.1f %%\n", tally->name, tally->truth, mean,
           100 * covered);
    near(mean, tally->truth, tally->tolerance);
    assert_true(covered >= COVERED_LEAST);
}

/* Kappa = 0 is a bound: what kappa takes beyond it by chance, sigma lacks. */
static void recover(struct machine *machine, int most, double sigma, double kappa, gsl_rng *random)
{
    struct tally tallies[] = {{"USL sigma", sigma, 0.002, 0, 0},
                              {"USL kappa", kappa, 0.0002, 0, 0},
                              {"Amdahl's sigma", sigma, 0.0002, 0, 0}};
    for (int i = 0; i < SIMULATIONS; i++) {
        struct arena scratch = {0};
        struct scaling_fit fit;
        plant(machine, most, sigma, kappa, 0.01, random);
        assert_true(scaling_usl(&machine->result, "parallel", &fit, &scratch));
        tally_add(&tallies[0], fit.sigma);
        tally_add(&tallies[1], fit.kappa);
        if (kappa == 0) {
            assert_true(scaling_amdahl(&machine->result, "parallel", &fit, &scratch));
            tally_add(&tallies[2], fit.sigma);
        }
        arena_release(&scratch);
    }
    printf("# 1 to %d threads, noise 1 %%, %d rounds, %d simulations:\n", most, ROUNDS,
           SIMULATIONS);
    for (int i = 0; i < (kappa == 0 ? 3 : 2); i++)
        tally_check(&tallies[i]);
}

static void planted_parameters_are_covered(void **state)
{
    static const double sigmas[] = {0.02, 0.1}, kappas[] = {0, 0.001};
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    for (int i = 0; i < 8; i++)
        recover(*state, i < 4 ? 8 : 16, sigmas[i & 1], kappas[i >> 1 & 1], random);
    gsl_rng_free(random);
}

static const json_t *member(const json_t *object, const char *path[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        object = json_object_get(object, path[i]);
    return object;
}

static void the_summary_has_the_fits(void **state)
{
    struct machine *machine = *state;
    struct record record = {.results = &machine->result, .result_count = 1};
    const char *amdahl[] = {"walk", "scaling", "parallel", "amdahl", "sigma", "high"};
    const char *usl[] = {"walk", "scaling", "parallel", "usl", "kappa", "value"};
    const char *peak[] = {"walk", "scaling", "parallel", "usl", "peak", "value"};
    const char *fraction[] = {"walk", "scaling", "parallel", "serial_fraction", "value"};
    machine->result.name = machine->result.kernel = "walk";
    plant(machine, 8, 0.1, 0.004, 0, NULL);
    json_t *root = record_summary(&record);
    CLOSE(json_real_value(member(root, amdahl, 6)), fitted(machine, scaling_amdahl).sigma.high);
    CLOSE(json_real_value(member(root, usl, 6)), fitted(machine, scaling_usl).kappa.value);
    near(json_real_value(member(root, peak, 6)), 15, 1e-9);
    json_decref(root);
    machine->result.configuration_count = 5;
    root = record_summary(&record);
    assert_non_null(member(root, amdahl, 6));
    amdahl[4] = "kappa";
    assert_null(member(root, amdahl, 5));
    assert_null(member(root, usl, 4));
    json_decref(root);
    machine->result.configuration_count = 2;
    root = record_summary(&record);
    assert_non_null(member(root, fraction, 3));
    assert_null(member(root, amdahl, 4));
    near(json_real_value(member(root, fraction, 5)), 0.1 + 2 * 0.004, 1e-12);
    json_decref(root);
    machine->result.configuration_count = 1;
    root = record_summary(&record);
    assert_non_null(member(root, fraction, 2));
    assert_null(member(root, fraction, 3));
    json_decref(root);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(amdahl_without_noise),
        TEST(usl_without_noise),
        TEST(amdahl_by_hand),
        TEST(parameters_stay_within_their_bounds),
        TEST(too_few_points_have_no_fit),
        TEST(what_has_no_figure_is_no_point),
        TEST(absurd_times_stay_within_the_bounds),
        TEST(rounds_may_be_missing),
        TEST(fits_do_not_depend_on_unit_or_call),
        TEST(uncertain_points_weigh_less),
        TEST(planted_parameters_are_covered),
        TEST(the_summary_has_the_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
