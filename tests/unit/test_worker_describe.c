#include "worker_fixture.h"

#include "base/file.h"
#include "kernels/registry.h"

static json_t *description_under(const char *const *environment)
{
    struct process worker = worker_start(environment);
    json_t *answer = worker_get(&worker, "{\"do\":\"describe\"}");
    worker_end(&worker);
    return answer;
}

static json_t *description(void)
{
    return description_under(NULL);
}

static void says_what_it_is(void **state)
{
    (void)state;
    json_t *answer = description();
    assert_int_equal(number_of(answer, "protocol"), 1);
    assert_string_equal(string_of(answer, "program"), "benchbook-worker");
    assert_string_equal(string_of(answer, "version"), BENCHBOOK_VERSION);
    assert_true(strtol(string_of(answer, "openmp"), NULL, 10) >= 201511);
    const char *compiler = string_of(answer, "compiler");
    assert_true(strncmp(compiler, "gcc ", 4) == 0 || strncmp(compiler, "clang ", 6) == 0);
    const json_t *flags = json_object_get(answer, "flags");
    assert_null(strstr(string_of(flags, "serial"), "-fopenmp"));
    assert_non_null(strstr(string_of(flags, "simd"), "-fopenmp-simd"));
    assert_non_null(strstr(string_of(flags, "parallel"), "-fopenmp"));
    const json_t *libraries = json_object_get(answer, "libraries");
    const json_t *blas = json_object_get(libraries, "openblas");
    assert_true(strtod(string_of(blas, "version"), NULL) > 0);
    assert_string_equal(string_of(blas, "threading"), "openmp");
    assert_true(strtod(string_of(libraries, "libc"), NULL) > 2);
    const json_t *openmp = json_object_get(libraries, "openmp-runtime");
    assert_true(strncmp(string_of(openmp, "file"), "lib", 3) == 0);
    assert_true(strlen(string_of(openmp, "build")) >= 7); /* hexadecimal digits, or "unknown" */
    json_decref(answer);
}

/* The best level that runs here, or the one that is asked for; and the flags are that level's. */
static void takes_the_level_that_it_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < kernel_level_count; i++) {
        if (!kernel_level_runs(&kernel_levels[i]))
            continue;
        char setting[64];
        snprintf(setting, sizeof setting, "BENCHBOOK_ISA=%s", kernel_levels[i].name);
        json_t *answer = description_under((const char *const[]){setting, NULL});
        assert_string_equal(string_of(answer, "isa"), kernel_levels[i].name);
        const json_t *flags = json_object_get(answer, "flags");
        assert_non_null(strstr(string_of(flags, "simd"), kernel_levels[i].flags));
        json_decref(answer);
    }
    assert_true(kernel_level_use(NULL));
    json_t *answer = description_under((const char *const[]){"BENCHBOOK_ISA=", NULL});
    assert_string_equal(string_of(answer, "isa"), kernel_level_in_use()->name);
    json_decref(answer);
}

static void refuses_a_level_that_it_lacks(void **state)
{
    (void)state;
    struct text line = {0};
    struct process worker = worker_start((const char *const[]){"BENCHBOOK_ISA=x86-64-v9", NULL});
    assert_int_equal(process_read_line(&worker, &line, 60), PROCESS_ENDED);
    const int status = process_stop(&worker, 5);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 2);
    const char *said = text_string(&worker.complaint);
    assert_non_null(strstr(said, "'x86-64-v9'"));
    assert_non_null(strstr(said, kernel_levels[0].name));
    process_release(&worker);
    text_release(&line);
}

static void lists_every_kernel_with_its_parameters(void **state)
{
    (void)state;
    json_t *answer = description();
    const json_t *variants = json_object_get(answer, "variants");
    assert_int_equal(json_array_size(variants), BUILD_LIBM);
    for (size_t i = 0; i < BUILD_LIBM; i++)
        assert_string_equal(json_string_value(json_array_get(variants, i)), kernel_build_names[i]);
    const json_t *list = json_object_get(answer, "kernels");
    assert_int_equal(json_array_size(list), kernel_count);
    for (size_t i = 0; i < kernel_count; i++) {
        const struct kernel *kernel = kernel_at(i)->builds[BUILD_SERIAL];
        const json_t *entry = json_array_get(list, i);
        const json_t *parameters = json_object_get(entry, "parameters");
        assert_string_equal(string_of(entry, "name"), kernel->name);
        assert_true(number_of(entry, "tolerance") == kernel->tolerance);
        assert_int_equal(json_is_true(json_object_get(entry, "racy")), kernel->racy);
        assert_int_equal(json_is_true(json_object_get(entry, "waits")), kernel->waits);
        assert_int_equal(json_is_true(json_object_get(entry, "series")), kernel->observe != NULL);
        assert_int_equal(json_array_size(json_object_get(entry, "variants")),
                         kernel->libm_tolerance > 0 ? KERNEL_BUILDS : BUILD_LIBM);
        assert_int_equal(json_array_size(parameters), kernel->parameter_count);
        for (size_t j = 0; j < kernel->parameter_count; j++) {
            const json_t *parameter = json_array_get(parameters, j);
            assert_string_equal(string_of(parameter, "name"), kernel->parameters[j].name);
            assert_true(number_of(parameter, "default") == kernel->parameters[j].initial);
            assert_true(number_of(parameter, "high") == kernel->parameters[j].high);
        }
    }
    json_decref(answer);
}

static const json_t *source_of(const json_t *answer, const char *file)
{
    const json_t *list = json_object_get(answer, "sources");
    for (size_t i = 0; i < json_array_size(list); i++)
        if (strcmp(string_of(json_array_get(list, i), "file"), file) == 0)
            return json_array_get(list, i);
    return NULL;
}

/* Every file of the kernels' folder but the registry, byte for byte, and how a team divides runs.
 */
static void carries_the_sources_that_it_was_made_from(void **state)
{
    (void)state;
    json_t *answer = description();
    struct arena arena = {0};
    const char *const suffixes[] = {".c", ".h"};
    size_t found = 0;
    for (int k = 0; k < 2; k++) {
        size_t count;
        const char **files = folder_list(&arena, "src/kernels", suffixes[k], &count);
        assert_non_null(files);
        for (size_t i = 0; i < count; i++) {
            if (strncmp(files[i], "registry", 8) == 0)
                continue;
            const json_t *source = source_of(answer, files[i]);
            if (!source)
                fail_msg("%s is not embedded", files[i]);
            assert_string_equal(
                string_of(source, "text"),
                file_read(&arena, path_join(&arena, "src/kernels", files[i]), NULL));
            found++;
        }
    }
    assert_string_equal(string_of(source_of(answer, "processes.c"), "text"),
                        file_read(&arena, "src/mpi/processes.c", NULL));
    assert_int_equal(found + 1, json_array_size(json_object_get(answer, "sources")));
    json_decref(answer);
    arena_release(&arena);
}

/* A kernel's hash is its file's, and that covers the headers that it includes. */
static void hashes_cover_what_is_included(void **state)
{
    (void)state;
    json_t *answer = description();
    struct arena arena = {0};
    const json_t *list = json_object_get(answer, "kernels");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *entry = json_array_get(list, i);
        const json_t *source = source_of(answer, string_of(entry, "source"));
        assert_non_null(source);
        assert_string_equal(string_of(entry, "hash"), string_of(source, "hash"));
        assert_int_equal(strspn(string_of(entry, "hash"), "0123456789abcdef"), 16);
    }
    /* random.h includes lanes.h, and that kernel.h; tuning.h is eigen.c's, and declares what
     * tuning.c defines */
    static const char *const parts[][10] = {
        {"random.h", "lanes.h", "kernel.h"},
        {"eigen.c", "kernel.h", "normal.h", "random.h", "lanes.h", "vecmath.h", "libm.h",
         "tuning.h", "tuning.c"},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        uint64_t hash = HASH_START;
        for (const char *const *part = parts[i]; *part; part++) {
            const char *text = string_of(source_of(answer, *part), "text");
            hash = hash_bytes(hash, text, strlen(text));
        }
        assert_string_equal(string_of(source_of(answer, parts[i][0]), "hash"),
                            arena_printf(&arena, "%016llx", (unsigned long long)hash));
    }
    json_decref(answer);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_it_is),
        cmocka_unit_test(takes_the_level_that_it_is_told),
        cmocka_unit_test(refuses_a_level_that_it_lacks),
        cmocka_unit_test(lists_every_kernel_with_its_parameters),
        cmocka_unit_test(carries_the_sources_that_it_was_made_from),
        cmocka_unit_test(hashes_cover_what_is_included),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
