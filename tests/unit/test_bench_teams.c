/* The variant "processes": whom it is offered for, on how many ranks it is planned, what decides
 * its keys, and what is said where it cannot be run. */
#include "bench/launch.h"
#include "bench_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/benchbook-teams.XXXXXX";
static char worker[64];

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "%s", "/tmp/benchbook-teams.XXXXXX");
    unsetenv("SLURM_JOB_ID");
    return mkdtemp(folder) ? snprintf(worker, sizeof worker, "%s/worker", folder) < 0 : -1;
}

static int remove_folder(void **state)
{
    char program[80];
    (void)state;
    snprintf(program, sizeof program, "%s-mpi", worker);
    unlink(program);
    return rmdir(folder);
}

/* A program beside the worker that describes itself like this. */
static void write_team(const char *description)
{
    char program[80];
    snprintf(program, sizeof program, "%s-mpi", worker);
    FILE *file = fopen(program, "w");
    assert_non_null(file);
    fprintf(file, "#!/bin/sh\nread -r request\ncat <<'END'\n%s\nEND\n", description);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(program, 0700), 0);
}

static const char good[] = "{\"protocol\":1,\"libraries\":{\"mpi\":\"MPICH 4\"},"
                           "\"launcher\":\"/bin/true\"}";

/* The fixture's catalogue, of whose kernels the first can be divided, on these hosts. */
static struct catalogue teams(const struct hosts *hosts)
{
    static struct kernel_info kernels[2];
    struct catalogue catalogue = fixture_catalogue();
    memcpy(kernels, fixture_kernels, sizeof kernels);
    kernels[0].divisible = true;
    catalogue.kernels = kernels;
    catalogue.worker = worker;
    catalogue_add_teams(&catalogue, hosts, 2);
    return catalogue;
}

static const struct hosts here = {0}, there = {"east:2,west:3", 5};

/* An experiment with processes on 1..cores. */
static struct experiment divided(bool optional)
{
    static struct thread_range range[] = {{.low = 1, .high = THREADS_CORES}};
    static struct variant_name variants[2];
    variants[0] = (struct variant_name){"serial", false, at(12)};
    variants[1] = (struct variant_name){"processes", optional, at(20)};
    struct experiment experiment = fixture_experiment("pi");
    experiment.variants = variants;
    experiment.variant_count = 2;
    experiment.threads = range;
    experiment.thread_count = 1;
    return experiment;
}

/* Plans it; release the plan and the diagnostics. */
static bool make(struct plan *plan, const struct experiment *experiment,
                 const struct catalogue *catalogue, struct diags *diags)
{
    struct fixture_book book;
    struct machine machine = fixture_machine();
    const struct plan_options options = {.profile = profile_find("standard")};
    return plan_make(plan, fixture_book(&book, experiment, 1), catalogue, &machine, NULL, &options,
                     diags);
}

static void test_offered(void **state)
{
    (void)state;
    write_team(good);
    struct catalogue catalogue = teams(&here);
    const struct offer *offer = kernel_offer(&catalogue.kernels[0], "processes");
    assert_non_null(offer);
    assert_null(offer->absent);
    assert_string_equal(offer->guest->launch->library, "MPICH 4");
    assert_null(kernel_offer(&catalogue.kernels[1], "processes"));
    HOLDS(fact_value(&catalogue.build, "build.mpi"), "MPICH 4, started by /bin/true");
    assert_null(fact_value(&catalogue.build, "build.hosts"));
    catalogue_release(&catalogue);
}

static void test_ranks(void **state)
{
    (void)state;
    struct plan plan;
    struct diags diags = {0};
    struct experiment experiment = divided(false);
    struct arena arena = {0};
    const char *keys[2];
    write_team(good);
    for (int elsewhere = 0; elsewhere < 2; elsewhere++) {
        struct catalogue catalogue = teams(elsewhere ? &there : &here);
        assert_true(make(&plan, &experiment, &catalogue, &diags));
        const struct result *result = plan.entries[0].result;
        assert_int_equal(result->configuration_count, elsewhere ? 6 : 3); /* serial, and 1 to all */
        const struct configuration *row = &result->configurations[2];
        assert_int_equal(row->threads, 2);
        assert_null(row->worker);
        assert_string_equal(configuration_label(row, &arena), "processes on 2 ranks");
        assert_string_equal(row->environment[0], "OMP_NUM_THREADS=1");
        keys[elsewhere] = arena_strdup(&arena, row->key);
        plan_release(&plan);
        catalogue_release(&catalogue);
    }
    assert_string_not_equal(keys[0], keys[1]);
    diags_release(&diags);
    arena_release(&arena);
}

static void test_too_many(void **state)
{
    (void)state;
    struct plan plan;
    struct diags diags = {0};
    struct experiment experiment = divided(false);
    struct thread_range range[] = {{.low = 9, .high = 9}};
    experiment.threads = range;
    write_team(good);
    struct catalogue catalogue = teams(&there);
    assert_true(make(&plan, &experiment, &catalogue, &diags));
    const struct configuration *row = &plan.entries[0].result->configurations[1];
    assert_int_equal(row->status, STATUS_SKIPPED);
    HOLDS(row->reason, "9 ranks are more than the 5 slots that may be used here: east:2,west:3");
    plan_release(&plan);
    catalogue_release(&catalogue);
    diags_release(&diags);
}

/* What its worker says, or that there is none, and what stands in the row. */
static void absent_for(const char *description, const char *reason)
{
    struct plan plan;
    struct diags diags = {0};
    struct experiment optional = divided(true);
    if (description)
        write_team(description);
    struct catalogue catalogue = teams(&here);
    assert_true(make(&plan, &optional, &catalogue, &diags));
    const struct configuration *row = &plan.entries[0].result->configurations[1];
    assert_int_equal(row->status, STATUS_SKIPPED);
    HOLDS(row->reason, reason);
    plan_release(&plan);
    struct experiment needed = divided(false);
    assert_false(make(&plan, &needed, &catalogue, &diags));
    assert_int_equal(diags.items[0].place.column, 20);
    HOLDS(diags.items[0].message, reason);
    plan_release(&plan);
    catalogue_release(&catalogue);
    diags_release(&diags);
}

static void test_absent(void **state)
{
    (void)state;
    absent_for(NULL, "this benchbook was built without MPI");
    absent_for("{\"protocol\":1,\"libraries\":{\"mpi\":\"MPICH 4\"},\"launcher\":\"/no/mpiexec\"}",
               "/no/mpiexec, which starts processes, was not found");
    absent_for("{\"protocol\":1,\"libraries\":{\"mpi\":\"X\"},\"launcher\":\"/bin/true\"}",
               "how processes of 'X' are started is not known");
    absent_for("{\"protocol\":2,\"libraries\":{\"mpi\":\"MPICH 4\"},\"launcher\":\"/bin/true\"}",
               "another protocol");
    absent_for("{\"protocol\":1,\"launcher\":\"/bin/true\"}", "'libraries' is missing");
    absent_for("hello", "not the protocol");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_offered, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_ranks, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_too_many, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_absent, make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
