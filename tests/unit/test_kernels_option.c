/* The option against the same paths worked out plainly, and against what is known of lognormal
 * prices. */
#define KERNEL_BUILD serial
#include "kernels/random.h"
#include "kernels/vecmath.h"

#include "kernel_fixture.h"

#include <stdio.h>

/* The model's numbers: the kernel's defaults, unless a test wishes for others. */
static const double S0 = 10, MU = 0.0001, RHO = 0.1, NU = 0.001, BETA = 0.95;
enum { N = 20, STRIKE = 100 };

/* The payoff of one path, by the library's functions and in natural logarithms. */
static double plain_payoff(uint64_t path)
{
    uint64_t length[RANDOM_BLOCK], direction[RANDOM_BLOCK];
    double s = log(S0), h = 0;
    for (uint64_t period = 0; period < N; period++) {
        double x, y;
        random_words(1234, path, period, length, direction);
        vec_direction(direction[0], &x, &y);
        const double radius = sqrt(-2 * log(uniform(length[0])));
        s += MU + exp(h) * radius * x;
        h = RHO * h + NU * radius * y;
    }
    return fmax(exp(s) - STRIKE, 0);
}

/* Series by name, the last value of each. */
struct last {
    struct kernel_sink sink;
    size_t series, points;
    double paths, first, price, error, share;
};

static void keep(struct kernel_sink *sink, const char *name, const char *unit, const double *values,
                 size_t count)
{
    struct last *last = (struct last *)sink;
    const double value = values[count - 1];
    assert_string_equal(unit, "");
    last->series++;
    last->points = count;
    if (strcmp(name, "paths") == 0) {
        last->paths = value;
    } else if (strcmp(name, "price") == 0) {
        last->first = values[0];
        last->price = value;
    } else if (strcmp(name, "standard error") == 0) {
        last->error = value;
    } else {
        assert_string_equal(name, "share of the largest path");
        last->share = value;
    }
}

static bool close_to(double a, double b)
{
    return fabs(a - b) <= 1e-11 * fabs(b);
}

/* A number of paths that ends amid a block. */
static void paths_are_those_of_the_model(void **state)
{
    (void)state;
    enum { PATHS = 10037 };
    double sum = 0, squares = 0, largest = 0, first = 0;
    for (uint64_t path = 0; path < PATHS; path++) {
        const double payoff = plain_payoff(path);
        sum += payoff;
        squares += payoff * payoff;
        largest = fmax(largest, payoff);
        first = path == RANDOM_BLOCK - 1 ? sum : first;
    }
    const double mean = sum / PATHS, discount = pow(BETA, N);
    struct bench bench =
        bench_make("option.price", BUILD_PARALLEL, 2, (struct wish[]){{"paths", PATHS}, {0}});
    struct last last = {.sink = {keep}};
    assert_true(close_to(bench_run(&bench), discount * mean));
    bench.kernel->observe(bench.set, bench.memory, &last.sink);
    assert_int_equal(last.series, 4);
    assert_true(last.paths == PATHS);
    assert_int_equal(last.points, (PATHS + RANDOM_BLOCK - 1) / RANDOM_BLOCK);
    assert_true(close_to(last.first, discount * first / RANDOM_BLOCK));
    assert_true(close_to(last.price, discount * mean));
    assert_true(close_to(last.error, discount * sqrt((squares / PATHS - mean * mean) / PATHS)));
    assert_true(close_to(last.share, largest / sum));
    bench_free(&bench);
}

/* The share of paths that end between two strikes is what separates their prices: so the whole
 * distribution of log S_n can be seen, which is normal with mean log S0 + n mu and, but for the
 * little that h moves, variance n. */
static double share_above(double strike, double paths)
{
    const double width = 1e-3 * strike;
    const struct wish below[] = {{"paths", paths}, {"k", strike - width}, {"beta", 1}, {0}};
    const struct wish above[] = {{"paths", paths}, {"k", strike + width}, {"beta", 1}, {0}};
    return (answer_of("option.price", BUILD_SIMD, 1, below) -
            answer_of("option.price", BUILD_SIMD, 1, above)) /
           (2 * width);
}

static void prices_are_lognormal(void **state)
{
    (void)state;
    const double paths = 400000;
    for (double sigmas = -2; sigmas <= 2; sigmas += 0.5) {
        const double strike = exp(log(S0) + N * MU + sigmas * sqrt(N));
        const double expected = 0.5 * erfc(sigmas / sqrt(2));
        const double error = sqrt(expected * (1 - expected) / paths);
        const double found = share_above(strike, paths);
        if (!(fabs(found - expected) < 4 * error + 1e-4))
            fail_msg("%g above %g sigmas, expected %g", found, sigmas, expected);
    }
}

/* With volatilities exp(-6) and rho = 0.9 the price converges at once: E S_n = S0 exp(n mu + v / 2)
 * with v the sum of the squared volatilities. */
static void a_calm_price_is_known(void **state)
{
    (void)state;
    const double paths = 100000;
    const struct wish wishes[] = {{"paths", paths}, {"h0", -6},    {"rho", 0.9},
                                  {"nu", 0},        {"n", 12},     {"k", 5},
                                  {"mu", 0.01},     {"beta", 0.9}, {0}};
    double variance = 0, h = -6;
    for (int period = 0; period < 12; period++, h *= 0.9)
        variance += exp(2 * h);
    const double expected = pow(0.9, 12) * (S0 * exp(12 * 0.01 + variance / 2) - 5);
    const double error = pow(0.9, 12) * S0 * exp(0.12) * sqrt(variance / paths);
    assert_true(fabs(answer_of("option.price", BUILD_SIMD, 1, wishes) - expected) < 5 * error);
    assert_true(error / expected < 0.01);
}

/* Where nothing moves by chance, all paths pay alike, or none pays and no path has a share. */
static void without_chance_or_payoff(void **state)
{
    (void)state;
    const struct wish calm[] = {{"paths", 1}, {"n", 1}, {"h0", -10}, {"mu", 0.5}, {"k", 0}, {0}};
    assert_true(fabs(answer_of("option.price", BUILD_SERIAL, 1, calm) - BETA * S0 * exp(0.5)) <
                1e-2);
    struct bench bench =
        bench_make("option.price", BUILD_SIMD, 1, (struct wish[]){{"paths", 100}, {"k", 1e9}, {0}});
    struct last last = {.sink = {keep}};
    bench.kernel->observe(bench.set, bench.memory, &last.sink);
    assert_true(last.price == 0 && last.error == 0 && last.share == 0);
    bench_free(&bench);
}

/* However many paths there are, a series stays readable, and ends with all of them. */
static void long_series_are_thinned(void **state)
{
    (void)state;
    const struct wish many[] = {{"paths", 100000}, {0}};
    struct bench bench = bench_make("option.price", BUILD_PARALLEL, 2, many);
    struct last last = {.sink = {keep}};
    const double price = bench_run(&bench);
    bench.kernel->observe(bench.set, bench.memory, &last.sink);
    assert_int_equal(last.points, 1000);
    assert_true(last.paths == 100000 && last.price == price);
    bench_free(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_are_those_of_the_model), cmocka_unit_test(prices_are_lognormal),
        cmocka_unit_test(a_calm_price_is_known),        cmocka_unit_test(without_chance_or_payoff),
        cmocka_unit_test(long_series_are_thinned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
