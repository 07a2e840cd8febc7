/* The cells of a book compiled into kernels: by the real compiler, loaded by the real worker. */
#include "book_fixture.h"

#include "bench/cells.h"
#include "bench/plan.h"
#include "bench/worker_process.h"

#include <math.h>

#include <sys/stat.h>
#include <unistd.h>

/* A book whose cells are added to the worker's kernels. */
struct shelf {
    struct book_fixture fixture;
    struct catalogue catalogue;
    struct diags diags;
    const char *cells; /* where they are compiled */
};

static void shelf_open(struct shelf *shelf)
{
    *shelf = (struct shelf){0};
    fixture_start(&shelf->fixture);
    shelf->cells = path_join(&shelf->fixture.arena, shelf->fixture.folder, "output/.cells");
}

/* Reads the chapter and takes its cells in, whatever there was before. */
static void shelf_fill(struct shelf *shelf, const char *chapter)
{
    const char *build = getenv("BUILD");
    const char *worker =
        arena_printf(&shelf->fixture.arena, "%s/benchbook-worker", build ? build : "build");
    fixture_file(&shelf->fixture, "a.md", chapter);
    fixture_read(&shelf->fixture);
    fixture_expect_ok(&shelf->fixture);
    catalogue_release(&shelf->catalogue);
    diags_release(&shelf->diags);
    assert_true(catalogue_read(&shelf->catalogue, worker, &shelf->diags));
    catalogue_add_cells(&shelf->catalogue, &shelf->fixture.book, shelf->cells, &shelf->diags);
}

static void shelf_close(struct shelf *shelf)
{
    catalogue_release(&shelf->catalogue);
    diags_release(&shelf->diags);
    fixture_release(&shelf->fixture);
}

static void shelf_expect_ok(const struct shelf *shelf)
{
    if (shelf->diags.count)
        diags_print(&shelf->diags, stderr, false);
    assert_int_equal(shelf->diags.count, 0);
}

static const struct kernel_info *kernel_of(const struct shelf *shelf, const char *name)
{
    const struct kernel_info *kernel = catalogue_kernel(&shelf->catalogue, name);
    assert_non_null(kernel);
    assert_non_null(kernel->cell);
    return kernel;
}

/* The only error, or where there is none the only warning, at that line and column. */
static void expect_fault(const struct shelf *shelf, int line, int column, const char *message)
{
    const struct diags *diags = &shelf->diags;
    const bool errors = diags->errors + diags->failures > 0;
    size_t count = 0, good = 0;
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *one = &diags->items[i];
        if (errors && one->severity != SEVERITY_ERROR)
            continue;
        count++;
        good +=
            strstr(one->message, message) && one->place.line == line && one->place.column == column;
    }
    if (count != 1 || good != 1) {
        diags_print(diags, stderr, false);
        fail_msg("not one fault at %d:%d that says '%s'", line, column, message);
    }
}

#define SUM                                                                                        \
    "```{kernel} sum\n"                                                                            \
    ":caption: A sum\n"                                                                            \
    ":parameters: n = 100 (1..1000), x = 0.5, k = -3\n"                                            \
    ":answer: it\n"                                                                                \
    ":tolerance: 1e-12\n"                                                                          \
    "#include <stdint.h>\n"                                                                        \
    "double sum(int64_t n, double x, int k)\n"                                                     \
    "{\n"                                                                                          \
    "    double sum = k;\n"                                                                        \
    "#pragma omp parallel for reduction(+ : sum)\n"                                                \
    "    for (int64_t i = 0; i < n; i++)\n"                                                        \
    "        sum += x;\n"                                                                          \
    "    return sum;\n"                                                                            \
    "}\n"                                                                                          \
    "int main(void) { return sum(1, 2, 3) > 0; }\n"                                                \
    "```\n"

static void test_kernel(void **state)
{
    (void)state;
    struct shelf shelf;
    shelf_open(&shelf);
    shelf_fill(&shelf, "# a\n\n" SUM);
    shelf_expect_ok(&shelf);
    const struct kernel_info *sum = kernel_of(&shelf, "sum");
    assert_string_equal(sum->about, "A sum");
    assert_string_equal(sum->answer, "it");
    assert_string_equal(sum->source, "a.md/sum.c");
    assert_int_equal(strspn(sum->hash, "0123456789abcdef"), 16);
    assert_true(sum->tolerance == 1e-12);
    assert_false(sum->series);
    assert_true(kernel_built_in(sum, "serial") && kernel_built_in(sum, "simd") &&
                kernel_built_in(sum, "parallel") && !kernel_built_in(sum, "libm"));
    assert_int_equal(sum->parameter_count, 3);
    const struct parameter_info *n = &sum->parameters[0], *x = n + 1, *k = n + 2;
    assert_string_equal(n->name, "n");
    assert_true(n->integer && n->initial == 100 && n->low == 1 && n->high == 1000);
    assert_true(!x->integer && x->initial == 0.5 && x->low < -1e300 && x->high > 1e300);
    assert_true(k->integer && k->initial == -3 && k->low == -0x1p53 && k->high == 0x1p53);
    assert_null(sum->cell->absent);
    for (size_t i = 0; i < 3; i++)
        assert_true(file_exists(sum->cell->objects[i]));
    assert_null(sum->cell->objects[3]);
    const struct source *source = &shelf.catalogue.sources[shelf.catalogue.source_count - 1];
    assert_string_equal(source->file, "a.md/sum.c");
    assert_non_null(strstr(source->text, "#include <stdint.h>\ndouble sum("));
    assert_non_null(fact_value(&shelf.catalogue.build, "cells.compiler"));
    const char *recipe = fact_value(&shelf.catalogue.build, "cells.recipe");
    assert_non_null(strstr(recipe, " -std=c17 "));
    assert_non_null(strstr(recipe, fact_value(&shelf.catalogue.build, "build.flags.parallel")));
    shelf_close(&shelf);
}

/* A build is what it is named after, and the answer is the function's. */
static void test_builds(void **state)
{
    (void)state;
    static const char *const builds[] = {"serial", "simd", "parallel"};
    struct shelf shelf;
    shelf_open(&shelf);
    shelf_fill(&shelf, "```{kernel} which\n"
                       ":parameters: a = 1, b = 0.5\n"
                       "double which(double a, double b)\n"
                       "{\n"
                       "    int threads = 1;\n"
                       "#pragma omp parallel reduction(+ : threads)\n"
                       "    threads += 1;\n"
                       "    return 1000 * threads + 2 * a + b;\n"
                       "}\n"
                       "```\n");
    shelf_expect_ok(&shelf);
    const struct kernel_info *which = kernel_of(&shelf, "which");
    const double set[] = {7, 0.25};
    for (int i = 0; i < 3; i++) {
        static const char *const environment[] = {"OMP_NUM_THREADS=2", "OMP_DYNAMIC=false", NULL};
        const int threads = i == 2 ? 2 : 1;
        struct worker_rules rules = worker_rules_make(shelf.catalogue.worker, 0, 2, NULL);
        struct worker worker;
        struct prepared prepared;
        struct sampled sampled;
        rules.kernels = which->cell->objects;
        assert_true(worker_start(&worker, &rules, environment, &shelf.fixture.arena));
        assert_true(worker_prepare(&worker, which, builds[i], set, threads, 60, &prepared));
        assert_true(isnan(prepared.operations) && isnan(prepared.traffic));
        assert_true(worker_sample(&worker, 1, 60, &sampled));
        assert_true(sampled.answer == 1000 * (i == 2 ? 3 : 2) + 14.25);
        worker_stop(&worker);
    }
    shelf_close(&shelf);
}

/* When the cell's objects were made, in nanoseconds. */
static int64_t made(const struct shelf *shelf, const char *name)
{
    int64_t latest = 0;
    for (const char *const *object = kernel_of(shelf, name)->cell->objects; *object; object++) {
        struct stat status;
        assert_int_equal(stat(*object, &status), 0);
        int64_t when = (int64_t)status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec;
        latest = when > latest ? when : latest;
    }
    return latest;
}

#define ONE "```{kernel} one\ndouble one(void) { return 1; }\n```\n"

/* Nothing is compiled twice; and what is compiled anew is measured anew only where it may run
 * otherwise. */
static void test_kept(void **state)
{
    (void)state;
    struct shelf shelf;
    struct arena arena = {0};
    shelf_open(&shelf);
    shelf_fill(&shelf, SUM ONE);
    const int64_t sum = made(&shelf, "sum"), one = made(&shelf, "one");
    const char *hash = arena_strdup(&arena, kernel_of(&shelf, "sum")->hash);
    shelf_fill(&shelf, SUM ONE);
    assert_true(made(&shelf, "sum") == sum && made(&shelf, "one") == one);
    shelf_fill(&shelf, "# Moved\n\n" ONE "\nAnd more.\n\n" SUM);
    assert_true(made(&shelf, "sum") == sum && made(&shelf, "one") == one);
    assert_string_equal(kernel_of(&shelf, "sum")->hash, hash);
    shelf_fill(&shelf, "```{kernel} one\ndouble one(void) { return 2; }\n```\n" SUM);
    assert_true(made(&shelf, "sum") == sum && made(&shelf, "one") > one);
    /* another default is another object, but the same times */
    struct text text = {0};
    text_add(&text, SUM);
    memcpy(strstr(text.data, "n = 100"), "n = 200", 7);
    shelf_fill(&shelf, text_string(&text));
    assert_true(made(&shelf, "sum") > sum);
    assert_string_equal(kernel_of(&shelf, "sum")->hash, hash);
    text_release(&text);
    shelf_close(&shelf);
    arena_release(&arena);
}

/* A warning is told whenever the book is planned, at the place that the cell has then. */
static void test_warnings(void **state)
{
    (void)state;
    struct shelf shelf;
    shelf_open(&shelf);
#define UNUSED                                                                                     \
    "- ```{kernel} k\n  double k(void)\n  {\n  \tint idle;\n      return 1;\n  }\n  ```\n"
    shelf_fill(&shelf, UNUSED);
    expect_fault(&shelf, 4, 8, "idle");
    assert_int_equal(shelf.diags.items[0].severity, SEVERITY_WARNING);
    const int64_t before = made(&shelf, "k");
    shelf_fill(&shelf, "# a\n\n" UNUSED);
    expect_fault(&shelf, 6, 8, "idle");
    assert_true(made(&shelf, "k") == before);
    shelf_close(&shelf);
}

/* The headers of the built-in kernels are there, as they were compiled. */
static void test_headers(void **state)
{
    (void)state;
    struct shelf shelf;
    shelf_open(&shelf);
    shelf_fill(&shelf, "```{kernel} k\n"
                       "#include \"kernels/random.h\"\n"
                       "#include \"kernels/vecmath.h\"\n"
                       "double k(void)\n"
                       "{\n"
                       "    uint64_t a[RANDOM_BLOCK], b[RANDOM_BLOCK];\n"
                       "    random_words(1, 0, 0, a, b);\n"
                       "    return vec_exp2(uniform(a[0]));\n"
                       "}\n"
                       "```\n");
    shelf_expect_ok(&shelf);
    assert_null(kernel_of(&shelf, "k")->cell->absent);
    shelf_close(&shelf);
}

/* Each cell with one fault; the kernel is there, cannot be run and says why. */
static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *parameters, *text;
        int line, column;
        const char *message;
    } cells[] = {
        {"", "double k(void)\n{\n    return nope;\n}\n", 4, 12, "nope"},
        {"", "double k(void)\n{\n    return f();\n}\n", 4, 12, "implicit declaration"},
        {"", "double f(void);\ndouble k(void) { return f(); }\n", 2, 8,
         "'f' is declared, but nothing defines it"},
        {"", "double other(void) { return 1; }\n", 1, 13, "nothing that can be called as k()"},
        {":parameters: n = 1, m = 2\n", "double k(int n) { return n; }\n", 1, 13,
         "called as k(n, m)"},
        {"", "void k(void) { }\n", 1, 13, "called as k()"},
        {"", "double k(void) { return 1;\n", 1, 13, "called as k()"},
        {"", "#include \"kernels/nope.h\"\ndouble k(void) { return 1; }\n", 2, 10, "nope.h"},
        {"", "#error stop\ndouble k(void) { return 1; }\n", 2, 2, "stop"},
    };
    struct shelf shelf;
    shelf_open(&shelf);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        struct text text = {0};
        int line = cells[i].line + (*cells[i].parameters && cells[i].line > 1);
        text_addf(&text, "```{kernel} k\n%s%s```\n\n" ONE, cells[i].parameters, cells[i].text);
        shelf_fill(&shelf, text_string(&text));
        expect_fault(&shelf, line, cells[i].column, cells[i].message);
        assert_int_equal(shelf.diags.errors, 0);
        assert_true(shelf.diags.failures > 0);
        assert_null(kernel_of(&shelf, "k")->cell->objects);
        assert_non_null(strstr(kernel_of(&shelf, "k")->cell->absent, "the cell 'k' "));
        assert_non_null(kernel_of(&shelf, "k")->cell->complaint);
        assert_null(kernel_of(&shelf, "one")->cell->absent);
        text_release(&text);
    }
    shelf_close(&shelf);
}

/* Faults of options stop everything, as those of experiments do. */
static void test_options(void **state)
{
    (void)state;
    static const struct {
        const char *option;
        int column;
        const char *message;
    } options[] = {
        {":parameters: n = one", 18, "'one' is no number"},
        {":parameters: n = 1e999", 18, "'1e999' is no number"},
        {":parameters: n = 9007199254740994", 18, "no whole number of at most 2^53"},
        {":parameters: n = 5 (1..x)", 24, "'x' is no number"},
        {":parameters: n = 5 (0.5..9)", 21, "'0.5' is no whole number"},
        {":parameters: n = 5 (6..9)", 18, "the default 5 is outside of 6 to 9"},
        {":parameters: n = 5 (9..6)", 18, "outside"},
        {":parameters: a=1,b=1,c=1,d=1,e=1,f=1,g=1,h=1,i=1,j=1,k=1,l=1,m=1", 62, "at most 12"},
        {":tolerance: much", 13, "'much' is no number"},
        {":tolerance: -1", 13, "a tolerance is at least 0"},
        {":tolerance: 1", 13, "less than 1"},
    };
    struct shelf shelf;
    shelf_open(&shelf);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        struct text text = {0};
        text_addf(&text, "```{kernel} k\n%s\nint idle;\n```\n", options[i].option);
        shelf_fill(&shelf, text_string(&text));
        expect_fault(&shelf, 2, options[i].column, options[i].message);
        assert_int_equal(shelf.diags.errors, 1);
        text_release(&text);
    }
    shelf_close(&shelf);
}

/* A kernel of the worker keeps its name. */
static void test_taken(void **state)
{
    (void)state;
    struct book_fixture fixture;
    struct diags diags = {0};
    struct catalogue catalogue = {0};
    static const char *variants[] = {"serial"};
    struct kernel_info there = {.name = "k"};
    fixture_chapter(&fixture, "```{kernel} k\ndouble k(void) { return 1; }\n```\n");
    catalogue.worker = "worker";
    catalogue.variants = variants;
    catalogue.variant_count = 1;
    catalogue.kernels = &there;
    catalogue.kernel_count = 1;
    catalogue_add_cells(&catalogue, &fixture.book, "/nowhere", &diags);
    assert_int_equal(diags.errors, 1);
    assert_int_equal(catalogue.kernel_count, 1);
    bool told = false;
    for (size_t i = 0; i < diags.count; i++)
        told = told || (strstr(diags.items[i].message, "has a kernel 'k' already") &&
                        diags.items[i].place.column == 13);
    assert_true(told);
    catalogue_release(&catalogue);
    diags_release(&diags);
    fixture_release(&fixture);
}

/* Without a compiler no cell is run; that is said once, and by each. */
static void test_no_compiler(void **state)
{
    (void)state;
    struct shelf shelf;
    const char *before = getenv("CC");
    char *kept = before ? strdup(before) : NULL;
    shelf_open(&shelf);
    setenv("CC", "/no/such/compiler --at-all", 1);
    shelf_fill(&shelf, SUM ONE);
    expect_fault(&shelf, 0, 0,
                 "the cells of the book are not run: cannot start '/no/such/compiler'");
    assert_int_equal(shelf.diags.failures, 1);
    assert_non_null(strstr(kernel_of(&shelf, "sum")->cell->absent, "/no/such/compiler"));
    assert_non_null(strstr(kernel_of(&shelf, "one")->cell->absent, "/no/such/compiler"));
    setenv("CC", "true", 1);
    shelf_fill(&shelf, ONE);
    expect_fault(&shelf, 0, 0, "'true' is no C compiler");
    if (kept)
        setenv("CC", kept, 1);
    else
        unsetenv("CC");
    free(kept);
    shelf_close(&shelf);
}

/* What is planned of an experiment whose cell is absent: rows that say why, and nothing to do. */
static void test_plan(void **state)
{
    (void)state;
    struct shelf shelf;
    struct plan plan;
    struct machine machine = {.cores = 2, .hardware_threads = 2, .identity = "this-machine"};
    const struct plan_options options = {.profile = profile_find("draft")};
    shelf_open(&shelf);
    shelf_fill(&shelf, ONE "\n```{kernel} k\nnonsense\n```\n\n"
                           "```{experiment} k\n:name: bad\n```\n\n"
                           "```{experiment} one\n:name: good\n```\n");
    assert_true(plan_make(&plan, &shelf.fixture.book, &shelf.catalogue, &machine, NULL, &options,
                          &shelf.diags));
    assert_int_equal(plan.entry_count, 2);
    assert_false(plan.entries[0].fresh);
    for (size_t i = 0; i < plan.entries[0].result->configuration_count; i++) {
        assert_int_equal(plan.entries[0].result->configurations[i].status, STATUS_SKIPPED);
        assert_non_null(strstr(plan.entries[0].result->configurations[i].reason,
                               "the cell 'k' does not compile"));
    }
    assert_true(plan.entries[1].fresh);
    assert_int_equal(plan.entries[1].result->configurations[0].status, STATUS_UNMEASURED);
    assert_non_null(record_kernel(&plan.record, "k")->absent);
    assert_non_null(strstr(record_kernel(&plan.record, "k")->complaint, "k.c:1:"));
    assert_null(record_kernel(&plan.record, "one")->absent);
    assert_string_equal(record_source(&plan.record, "a.md/k.c")->text, "nonsense\n");
    plan_release(&plan);
    shelf_close(&shelf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kernel),      cmocka_unit_test(test_builds),
        cmocka_unit_test(test_kept),        cmocka_unit_test(test_warnings),
        cmocka_unit_test(test_headers),     cmocka_unit_test(test_refused),
        cmocka_unit_test(test_options),     cmocka_unit_test(test_taken),
        cmocka_unit_test(test_no_compiler), cmocka_unit_test(test_plan),
    };
    return cmocka_run_group_tests_name("bench_cells", tests, NULL, NULL);
}
