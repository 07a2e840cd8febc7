/* What the tests of scaling share: results whose times follow a law. */
#ifndef SCALING_FIXTURE_H
#define SCALING_FIXTURE_H

#include "record_fixture.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

enum { ROUNDS = 12, MOST = 16 };

/* A result of the variant "parallel" on 1 to `most` threads, whose times follow a law. */
struct machine {
    struct arena arena;
    struct result result;
};

static inline double usl(double p, double sigma, double kappa)
{
    return p / (1 + sigma * (p - 1) + kappa * p * (p - 1));
}

static inline int set_up(void **state)
{
    struct machine *machine = calloc(1, sizeof *machine);
    machine->result.configurations =
        arena_alloc(&machine->arena, (MOST + 1) * sizeof *machine->result.configurations);
    for (int p = 1; p <= MOST; p++)
        machine->result.configurations[p - 1] = (struct configuration){
            .variant = "parallel",
            .threads = p,
            .status = STATUS_OK,
            .samples = fixture_samples(&machine->arena, ROUNDS, 1, 0),
        };
    *state = machine;
    return 0;
}

static inline int tear_down(void **state)
{
    struct machine *machine = *state;
    arena_release(&machine->arena);
    free(machine);
    return 0;
}

static inline struct configuration *on(struct machine *machine, int threads)
{
    return &machine->result.configurations[threads - 1];
}

/* Times by the law, each with lognormal noise; rounds have a pace of their own. */
static inline void plant(struct machine *machine, int most, double sigma, double kappa,
                         double noise, gsl_rng *random)
{
    machine->result.configuration_count = (size_t)most;
    for (int i = 0; i < ROUNDS; i++) {
        double pace = noise > 0 ? gsl_ran_lognormal(random, 0, 0.1) : 1;
        for (int p = 1; p <= most; p++)
            on(machine, p)->samples.items[i].wall =
                pace / usl(p, sigma, kappa) * (noise > 0 ? gsl_ran_lognormal(random, 0, noise) : 1);
    }
}

static inline void near(double value, double expected, double tolerance)
{
    if (fabs(value - expected) > tolerance)
        fail_msg("%.9g is not %.9g within %g", value, expected, tolerance);
}

#endif
