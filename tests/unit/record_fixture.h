/* What the tests of the record share: a full record, and a folder to write into. */
#ifndef RECORD_FIXTURE_H
#define RECORD_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/text.h"
#include "record/record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Equal but for rounding. */
#define CLOSE(a, b) fixture_close(a, b, __FILE__, __LINE__)
static inline void fixture_close(double a, double b, const char *file, int line)
{
    if (fabs(a - b) <= 1e-12 * (fabs(a) + fabs(b)))
        return;
    print_error("%.17g differs from %.17g\n", a, b);
    _fail(file, line);
}

enum { FIXTURE_ROUNDS = 12 };

/* Texts that a careless writer would break on. */
#define HOSTILE_NAME "</script><b>\"\\\n\t\x01 ünï ☃ 🦊 {{x}} $(id)"

static inline struct samples fixture_samples(struct arena *arena, int rounds, double wall, int seed)
{
    struct samples samples = {.count = (size_t)rounds};
    samples.items = arena_alloc(arena, samples.count * sizeof *samples.items);
    for (int i = 0; i < rounds; i++) {
        double jitter = 1 + 0.001 * ((i * 7 + seed * 5) % 11 - 5);
        samples.items[i] = (struct sample){i, (i + seed) % 3, wall * jitter, wall * jitter * 1.1};
    }
    return samples;
}

static inline struct configuration fixture_configuration(struct arena *arena, const char *variant,
                                                         int threads, double wall)
{
    static const char *environment[] = {"OMP_NUM_THREADS=2", "LC_ALL=C"};
    return (struct configuration){
        .variant = variant,
        .threads = threads,
        .key = "0123456789abcdef",
        .status = STATUS_OK,
        .environment = environment,
        .environment_count = 2,
        .warmup = 0.1,
        .samples = fixture_samples(arena, FIXTURE_ROUNDS, wall, threads),
        .answer = 0.1 + 0.2,
        .bits = "3fd3333333333334",
        .memory = 1e9,
        .deviation = 0,
    };
}

/* All its times by that factor. */
static inline void fixture_scale(struct configuration *configuration, double factor)
{
    struct samples *all[] = {&configuration->samples, &configuration->control};
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < all[k]->count; i++) {
            all[k]->items[i].wall *= factor;
            all[k]->items[i].cpu *= factor;
        }
}

/* The fields of one result, so that tests can bend them. */
static inline void fixture_result(struct result *result, struct arena *arena, const char *name)
{
    static struct setting settings[] = {{"n", "households", 1e6}, {"rate", NULL, -1.0 / 3}};
    *result = (struct result){
        .name = name,
        .kernel = "wealth.median",
        .chapter = "03-loops.md",
        .line = 17,
        .written = "wealth.median n=1e6",
        .settings = settings,
        .setting_count = 2,
        .tolerance = 1e-12,
        .operations = 3e9,
        .traffic = NAN,
        .working_set = 8e6,
        .repeat = 4,
        .date = "2024-05-06T07:08:09Z",
        .disturbance = {0.001, NAN, NAN, NAN},
        .configuration_count = 4,
    };
    result->configurations = arena_alloc(arena, 4 * sizeof *result->configurations);
    result->configurations[0] = fixture_configuration(arena, "serial", 1, 0.4);
    result->configurations[0].control = fixture_samples(arena, FIXTURE_ROUNDS, 0.4, 4);
    result->configurations[1] = fixture_configuration(arena, "parallel", 1, 0.41);
    result->configurations[2] = fixture_configuration(arena, "parallel", 2, 0.21);
    result->configurations[3] = (struct configuration){
        .variant = "numpy",
        .threads = 1,
        .optional = true,
        .status = STATUS_FAILED,
        .reason = "was killed by signal 11",
        .complaint = "bad bytes: \xff\xfe \xc3( \xed\xa0\x80 end",
        .warmup = NAN,
        .answer = NAN,
        .memory = NAN,
        .deviation = INFINITY,
    };
}

static inline void fixture_observation(struct observation *observation)
{
    static double values[] = {1, -0.5, 1.0 / 3, NAN, 1e-308, 4.9e-324, -0.0};
    static struct series_data series[] = {{"wealth", "years", values, 7}, {"none", NULL, NULL, 0}};
    static struct setting settings[] = {{"n", "", 3}};
    *observation = (struct observation){
        .name = "path",
        .kernel = "wealth.path",
        .chapter = "02-model.md",
        .settings = settings,
        .setting_count = 1,
        .draft = true,
        .status = STATUS_OK,
        .series = series,
        .series_count = 2,
    };
}

/* A record with something in every member. */
static inline void fixture_record(struct record *record)
{
    struct arena *arena = &record->arena;
    static struct source sources[] = {{"wealth.c", "cafe", "int main(void)\n{\n}\n"}};
    static struct kernel_note kernels[] = {
        {"wealth.median", "the median", "median wealth", "wealth.c", "no compiler", "it said\nso"}};
    record->profile = "standard";
    record->cores = 2;
    record->hardware_threads = 4;
    record->seed = UINT64_MAX;
    record->timer_overhead = 2.5e-8;
    record->timer_resolution = 1e-9;
    fact_add(&record->machine, arena, "cpu.model", "Processor", "Pentium \xff", NULL);
    fact_add(&record->machine, arena, "boost", "Boost", NULL, "the file cannot be read");
    fact_add(&record->build, arena, "compiler", "Compiler", "gcc 12", NULL);
    fact_add(&record->run, arena, "date", "Date", "2024-05-06", NULL);
    record->result_count = 2;
    record->results = arena_alloc(arena, 2 * sizeof *record->results);
    fixture_result(&record->results[0], arena, "median");
    fixture_result(&record->results[1], arena, HOSTILE_NAME);
    record->observation_count = 1;
    record->observations = arena_alloc(arena, sizeof *record->observations);
    fixture_observation(&record->observations[0]);
    record->sources = sources;
    record->source_count = 1;
    record->kernels = kernels;
    record->kernel_count = 1;
}

/* A new folder; remove it by folder_remove. */
static inline char *fixture_folder(struct arena *arena)
{
    const char *root = getenv("TMPDIR");
    char *folder = arena_printf(arena, "%s/record-test.XXXXXX", root ? root : "/tmp");
    assert_non_null(mkdtemp(folder));
    return folder;
}

#endif
