/* Workers that a book brings: what they offer, what is not there, what of them decides keys, and
 * how their answers are judged. */
#include "bench_run.h"

#include "bench/describe.h"

#include <math.h>
#include <sys/stat.h>

/* A book's folder with an empty folder of workers. */
static char folder[] = "/tmp/benchbook-guests.XXXXXX";

static void put(const char *name, const char *script, mode_t mode)
{
    char path[128];
    snprintf(path, sizeof path, "%s/workers/%s", folder, name);
    assert_true(file_write(path, script, strlen(script)));
    assert_int_equal(chmod(path, mode), 0);
}

static int set_up(void **state)
{
    char path[128];
    (void)state;
    snprintf(folder, sizeof folder, "%s", "/tmp/benchbook-guests.XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/workers", folder);
    return folder_make(path) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return folder_remove(folder) ? 0 : -1;
}

#define SAYS(text) "#!/bin/sh\nread line\necho '" text "'\n"
#define HEAD       "{\"protocol\":1,\"program\":\"p\",\"version\":\"2\","
#define NUMPY                                                                                      \
    HEAD "\"libraries\":{\"numpy\":\"1.24.2\"},\"variants\":[\"numpy\",\"numba\"],"                \
         "\"absent\":{\"numba\":\"No module named numba\"},"                                       \
         "\"kernels\":[{\"name\":\"pi.hits\"},"                                                    \
         "{\"name\":\"eigen.library\",\"variants\":[\"numpy\"]}]}"

/* The fixture's catalogue with the guests of the folder. */
static struct catalogue gather(struct diags *diags)
{
    struct catalogue catalogue = fixture_catalogue();
    catalogue_add_guests(&catalogue, folder, diags);
    return catalogue;
}

static void test_offers(void **state)
{
    (void)state;
    struct diags diags = {0};
    put("b.sh", SAYS(NUMPY), 0755);
    put("c.sh", SAYS(HEAD "\"variants\":[\"julia\"],\"kernels\":[{\"name\":\"pi.hits\"}]}"), 0755);
    put("a.txt", "no worker", 0644);
    put("b.sh~", SAYS(NUMPY), 0755);
    struct catalogue catalogue = gather(&diags);
    const struct kernel_info *pi = catalogue_kernel(&catalogue, "pi.hits");
    const struct kernel_info *eigen = catalogue_kernel(&catalogue, "eigen.library");
    assert_int_equal(diags.count, 0);
    assert_int_equal(catalogue.guest_count, 2);
    assert_int_equal(pi->offer_count, 3);
    assert_int_equal(eigen->offer_count, 1);
    assert_null(kernel_offer(pi, "numpy")->absent);
    assert_string_equal(kernel_offer(pi, "numba")->absent, "No module named numba");
    assert_string_equal(kernel_offer(pi, "julia")->guest->name, "c.sh");
    assert_null(kernel_offer(eigen, "numba"));
    assert_null(kernel_offer(eigen, "serial"));
    assert_string_equal(fact_value(&catalogue.build, "worker.b.sh"), "p 2; numpy 1.24.2");
    assert_int_equal(fixture_kernels[0].offer_count, 0);
    catalogue_release(&catalogue);
    diags_release(&diags);
}

static void test_no_folder(void **state)
{
    (void)state;
    struct diags diags = {0};
    struct catalogue catalogue = fixture_catalogue();
    catalogue_add_guests(&catalogue, "/nowhere/at/all", &diags);
    assert_int_equal(catalogue.guest_count, 0);
    assert_int_equal(diags.count, 0);
    catalogue_release(&catalogue);
}

/* One that cannot be asked is told of, but is no fault. */
static void test_mute(void **state)
{
    (void)state;
    struct diags diags = {0};
    put("a.sh", "#!/no/such/interpreter\n", 0755);
    put("b.sh", "#!/bin/sh\necho 'no snake here' >&2\nexit 3\n", 0755);
    struct catalogue catalogue = gather(&diags);
    assert_int_equal(diags.count, 0);
    assert_int_equal(catalogue.guest_count, 2);
    assert_non_null(catalogue.guests[0].why);
    HOLDS(catalogue.guests[1].why, "exited with status 3");
    HOLDS(catalogue.guests[1].why, "no snake here");
    assert_null(fact_value(&catalogue.build, "worker.b.sh"));
    catalogue_release(&catalogue);
}

/* One that describes itself wrongly offers nothing, and there is a warning. */
static void test_liars(void **state)
{
    (void)state;
    static const struct {
        const char *script, *why;
    } liars[] = {
        {SAYS("{\"protocol\":9,\"program\":\"p\",\"version\":\"2\",\"kernels\":[]}"), "protocol 9"},
        {SAYS(HEAD "\"variants\":[\"x\"],\"kernels\":[{\"name\":\"pi\"}]}"), "no kernel 'pi'"},
        {SAYS(HEAD "\"variants\":[\"simd\"],\"kernels\":[{\"name\":\"pi.hits\"}]}"),
         "'simd' of pi.hits is already offered by the built-in worker"},
        {SAYS(HEAD "\"variants\":[\"x\",\"x\"],\"kernels\":[{\"name\":\"pi.hits\"}]}"),
         "already offered by liar.sh"},
        {SAYS(HEAD "\"variants\":[\"a b\"],\"kernels\":[{\"name\":\"pi.hits\"}]}"),
         "cannot be a name"},
        {SAYS(HEAD "\"variants\":[1],\"kernels\":[{\"name\":\"pi.hits\"}]}"), "cannot be a name"},
        {SAYS(HEAD "\"kernels\":[{\"name\":\"pi.hits\"}]}"), "'variants' is missing"},
        {SAYS(HEAD "\"variants\":[\"x\"],\"kernels\":[7]}"), "'name' is missing"},
        {SAYS(HEAD "\"variants\":[\"x\"],\"absent\":3,\"kernels\":[]}"), "'absent' is not"},
        {SAYS(HEAD "\"variants\":[\"x\"],\"libraries\":[],\"kernels\":[]}"), "'libraries' is not"},
    };
    for (size_t i = 0; i < sizeof liars / sizeof *liars; i++) {
        struct diags diags = {0};
        put("liar.sh", liars[i].script, 0755);
        struct catalogue catalogue = gather(&diags);
        assert_int_equal(diags.count, 1);
        assert_int_equal(diags.errors, 0);
        HOLDS(diags.items[0].message, liars[i].why);
        assert_int_equal(catalogue_kernel(&catalogue, "pi.hits")->offer_count, 0);
        catalogue_release(&catalogue);
        diags_release(&diags);
    }
}

/* A planning of pi.hits with these variants. */
struct planned {
    struct catalogue catalogue;
    struct machine machine;
    struct fixture_book book;
    struct experiment experiment;
    struct plan plan;
    struct diags diags;
    bool ok;
};

static void make(struct planned *planned, const struct variant_name *variants, size_t count,
                 const struct record *last)
{
    const struct plan_options options = {.profile = &quick};
    *planned = (struct planned){.machine = fixture_machine()};
    planned->catalogue = gather(&planned->diags);
    planned->experiment = fixture_experiment("pi");
    planned->experiment.variants = variants;
    planned->experiment.variant_count = count;
    planned->ok =
        plan_make(&planned->plan, fixture_book(&planned->book, &planned->experiment, 1),
                  &planned->catalogue, &planned->machine, last, &options, &planned->diags);
}

static void release(struct planned *planned)
{
    plan_release(&planned->plan);
    catalogue_release(&planned->catalogue);
    diags_release(&planned->diags);
}

static bool has_environment(const struct configuration *row, const char *entry)
{
    for (size_t i = 0; i < row->environment_count; i++)
        if (strcmp(row->environment[i], entry) == 0)
            return true;
    return false;
}

static void test_rows(void **state)
{
    (void)state;
    static const struct variant_name variants[] = {
        {"serial", false, {"a.md", 7, 1}}, {"numpy", false, {"a.md", 7, 2}},
        {"numba", true, {"a.md", 7, 3}},   {"py-parallel", true, {"a.md", 7, 4}},
        {"fortran", true, {"a.md", 7, 5}},
    };
    struct planned planned;
    put("a.sh", SAYS(NUMPY), 0755);
    put("b.sh", SAYS(HEAD "\"variants\":[\"py-parallel\"],\"kernels\":[{\"name\":\"pi.hits\"}]}"),
        0755);
    put("c.sh", "#!/bin/sh\nexit 4\n", 0755);
    make(&planned, variants, 5, NULL);
    assert_true(planned.ok);
    const struct result *result = planned.plan.entries[0].result;
    const struct configuration *rows = result->configurations;
    assert_int_equal(result->configuration_count, 5);
    assert_null(rows[0].worker);
    assert_false(has_environment(&rows[0], "NUMBA_NUM_THREADS=1"));
    assert_string_equal(rows[1].worker, "a.sh");
    assert_int_equal(rows[1].status, STATUS_UNMEASURED);
    assert_true(has_environment(&rows[1], "MKL_NUM_THREADS=1"));
    assert_int_equal(rows[2].status, STATUS_SKIPPED);
    assert_string_equal(rows[2].reason, "a.sh says: No module named numba");
    assert_int_equal(rows[3].threads, 2); /* compared with, not swept */
    assert_true(has_environment(&rows[3], "NUMBA_NUM_THREADS=2"));
    assert_true(has_environment(&rows[3], "OMP_NUM_THREADS=2"));
    assert_int_equal(rows[4].status, STATUS_SKIPPED);
    HOLDS(rows[4].reason, "no worker here offers 'fortran'; c.sh: ");
    HOLDS(rows[4].reason, "status 4");
    release(&planned);
}

/* Without '?' what cannot be run is a fault at its place. */
static void test_faults(void **state)
{
    (void)state;
    static const struct variant_name absent[] = {{"numba", false, {"a.md", 7, 3}}};
    static const struct variant_name slip[] = {{"nunpy", false, {"a.md", 7, 3}}};
    struct planned planned;
    put("a.sh", SAYS(NUMPY), 0755);
    make(&planned, absent, 1, NULL);
    assert_false(planned.ok);
    HOLDS(planned.diags.items[0].message, "'numba' cannot be run: a.sh says: No module named");
    assert_int_equal(planned.diags.items[0].place.column, 3);
    release(&planned);
    make(&planned, slip, 1, NULL);
    assert_false(planned.ok);
    HOLDS(planned.diags.items[0].hint, "numpy");
    release(&planned);
}

/* The keys of a guest's row and of a built-in one, after another script in place of a.sh. */
static void keys(const char *script, char guest[20], char own[20])
{
    static const struct variant_name variants[] = {{"serial", false, {"a.md", 7, 1}},
                                                   {"numpy", false, {"a.md", 7, 2}}};
    struct planned planned;
    put("a.sh", script, 0755);
    make(&planned, variants, 2, NULL);
    assert_true(planned.ok);
    const struct configuration *rows = planned.plan.entries[0].result->configurations;
    snprintf(own, 20, "%s", rows[0].key);
    snprintf(guest, 20, "%s", rows[1].key);
    release(&planned);
}

static void test_keys(void **state)
{
    (void)state;
    char first[20], again[20], bytes[20], version[20], own[4][20];
    char path[128];
    keys(SAYS(NUMPY), first, own[0]);
    keys(SAYS(NUMPY), again, own[1]);
    keys(SAYS(NUMPY) "# more\n", bytes, own[2]);
    assert_string_equal(first, again);
    assert_string_not_equal(first, bytes);
    assert_string_equal(own[0], own[2]);
    /* The same file, which says something else of its libraries. */
    snprintf(path, sizeof path, "#!/bin/sh\nread line\ncat %s/said\n", folder);
    char said[128];
    snprintf(said, sizeof said, "%s/said", folder);
    assert_true(file_write(said, NUMPY "\n", sizeof NUMPY));
    keys(path, first, own[0]);
    char *other = strdup(NUMPY "\n");
    memcpy(strstr(other, "1.24.2"), "1.25.0", 6);
    assert_true(file_write(said, other, strlen(other)));
    free(other);
    keys(path, version, own[3]);
    assert_string_not_equal(first, version);
    assert_string_equal(own[0], own[3]);
}

#define GUEST                                                                                      \
    "#!/bin/sh\ndescribe() { echo '" HEAD                                                          \
    "\"variants\":[\"other\",\"more-parallel\"],\"kernels\":[{\"name\":\"pi.hits\"}]}'; }\n"
#define SPEAK ". tests/workers/speak.sh\n"

/* Measures serial, other and more-parallel on two threads; the guest's part is the script's. */
static void measure_guest(struct bench_run *run, const char *script)
{
    static const struct variant_name variants[] = {{"serial", false, {"a.md", 7, 1}},
                                                   {"other", false, {"a.md", 7, 2}},
                                                   {"more-parallel", false, {"a.md", 7, 3}}};
    static const struct thread_range two[] = {{2, 2, {"a.md", 8, 1}}};
    put("guest.sh", script, 0755);
    run_begin(run, "honest");
    catalogue_add_guests(&run->catalogue, folder, &run->diags);
    assert_int_equal(run->diags.count, 0);
    run->experiments[0].variants = variants;
    run->experiments[0].variant_count = 3;
    run->experiments[0].threads = two;
    run->experiments[0].thread_count = 1;
    run_plan(run, 1, NULL);
    run_measure(run, NULL);
    assert_true(run->done);
    assert_int_equal(run->plan.entries[0].result->configurations[0].status, STATUS_OK);
}

#define PREPARE(more)                                                                              \
    "prepare() { echo \"{\\\"ok\\\":true,\\\"threads\\\":$OMP_NUM_THREADS" more "}\"; }\n"
#define SAMPLE "sample() { sleep 0.002; say_sample 1000000 3.25 400a000000000000; }\n"

static void test_measured(void **state)
{
    (void)state;
    struct bench_run run;
    measure_guest(&run, GUEST PREPARE(",\\\"tolerance\\\":0.05,\\\"compile_ns\\\":1500000000")
                            SAMPLE SPEAK);
    const struct result *result = run.plan.entries[0].result;
    for (size_t i = 1; i < 3; i++) {
        const struct configuration *row = &result->configurations[i];
        if (row->status != STATUS_OK)
            fail_msg("%s: %s", row->variant, row->reason);
        assert_string_equal(row->worker, "guest.sh");
        assert_int_equal(row->samples.count, 6);
        assert_true(row->tolerance == 0.05 && fabs(row->compilation - 1.5) < 1e-12);
        assert_true(row->deviation > 0.03 && row->deviation < 0.04);
    }
    assert_true(isnan(result->configurations[0].tolerance));
    assert_true(result->operations == 1000); /* the built-in worker's, not nothing */
    run_end(&run);
}

/* The kernel's own promise holds where the worker states none, or one that is too small. */
static void test_wrong(void **state)
{
    (void)state;
    static const char *const scripts[] = {
        GUEST PREPARE("") SAMPLE SPEAK,
        GUEST PREPARE(",\\\"tolerance\\\":0.01") SAMPLE SPEAK,
    };
    for (size_t i = 0; i < 2; i++) {
        struct bench_run run;
        measure_guest(&run, scripts[i]);
        const struct configuration *row = &run.plan.entries[0].result->configurations[1];
        assert_int_equal(row->status, STATUS_WRONG);
        HOLDS(row->reason, "its answer is 3.25");
        run_end(&run);
    }
}

static void test_rogues(void **state)
{
    (void)state;
    static const struct {
        const char *script, *reason;
    } rogues[] = {
        {GUEST "sample() { echo 'Traceback: MemoryError' >&2; exit 1; }\n" SPEAK,
         "exited with status 1"},
        {GUEST "prepare() { echo '{\"error\":\"ModuleNotFoundError\"}'; }\n" SPEAK,
         "the worker says: ModuleNotFoundError"},
        {GUEST PREPARE(",\\\"tolerance\\\":2") SPEAK, "'tolerance' is 2, which cannot be"},
        {GUEST PREPARE(",\\\"tolerance\\\":-1") SPEAK, "'tolerance' is -1, which cannot be"},
        {GUEST PREPARE(",\\\"compile_ns\\\":\\\"x\\\"") SPEAK, "'compile_ns' is not a number"},
    };
    for (size_t i = 0; i < sizeof rogues / sizeof *rogues; i++) {
        struct bench_run run;
        measure_guest(&run, rogues[i].script);
        const struct configuration *rows = run.plan.entries[0].result->configurations;
        for (size_t j = 1; j < 3; j++) {
            assert_int_equal(rows[j].status, STATUS_FAILED);
            HOLDS(rows[j].reason, rogues[i].reason);
        }
        assert_int_equal(run.tally.failed, 2);
        run_end(&run);
    }
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_offers), TEST(test_no_folder), TEST(test_mute), TEST(test_liars),
        TEST(test_rows),   TEST(test_faults),    TEST(test_keys), TEST(test_measured),
        TEST(test_wrong),  TEST(test_rogues),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
