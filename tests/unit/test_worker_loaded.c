/* Kernels that a worker takes in from shared objects. */
#include "worker_fixture.h"

#include "base/file.h"

#include <stdio.h>

static char folder[] = "/tmp/benchbook-loaded.XXXXXX";

/* The descriptor of a kernel that returns twice its parameter in one of the builds. */
static const char source[] = "#include \"kernels/kernel.h\"\n"
                             "static double run(const double *set, void *memory)\n"
                             "{\n"
                             "    return memory ? TIMES * set[0] : 0;\n"
                             "}\n"
                             "static size_t size(const double *set)\n"
                             "{\n"
                             "    return (size_t)set[0];\n"
                             "}\n"
                             "static const struct kernel_parameter n = {\n"
                             "    \"n\", \"\", \"a number\", true, 1, 1, 100};\n"
                             "static const struct kernel kernel = {\n"
                             "    .name = NAME, .about = \"twice\", .answer = \"it\",\n"
                             "    .source = \"twice.c\", .parameters = &n, .parameter_count = 1,\n"
                             "    .memory = size, .run = run};\n"
                             "const struct kernel_object KERNEL_OBJECT = {\n"
                             "    BUILD, \"cafe\", &kernel};\n";

/* Compiles it as FOLDER/FILE.so. */
static void compile(const char *file, const char *name, const char *build, int times)
{
    char command[512];
    snprintf(command, sizeof command,
             "cc -std=c17 -shared -fPIC -Isrc -DNAME='\"%s\"' -DBUILD='\"%s\"' -DTIMES=%d "
             "-o %s/%s.so %s/twice.c",
             name, build, times, folder, file, folder);
    assert_int_equal(system(command), 0);
}

static int set_up(void **state)
{
    (void)state;
    char path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/twice.c", folder);
    assert_true(file_write(path, source, sizeof source - 1));
    compile("serial", "twice", "serial", 2);
    compile("parallel", "twice", "parallel", 3);
    compile("taken", "pi.hits", "serial", 2);
    compile("odd", "twice", "odd", 2);
    compile("libm", "twice", "libm", 2);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    return folder_remove(folder) ? 0 : -1;
}

/* A worker with such arguments; "@serial" stands for FOLDER/serial.so. */
static struct process start(const char *const *words)
{
    enum { WORDS = 8, LONGEST = 64 };
    static char files[WORDS][LONGEST];
    struct process worker;
    struct text path = {0}, why = {0};
    const char *arguments[WORDS] = {worker_path(&path)};
    for (size_t i = 0; words[i] && i + 2 < WORDS; i++) {
        snprintf(files[i], LONGEST, "%s/%s.so", folder, words[i] + 1);
        arguments[i + 1] = words[i][0] == '@' ? files[i] : words[i];
    }
    if (!process_start(&worker, &(struct command){.arguments = arguments}, &why))
        fail_msg("%s", text_string(&why));
    text_release(&path);
    text_release(&why);
    return worker;
}

static const json_t *find(const json_t *answer, const char *name)
{
    const json_t *kernels = json_object_get(answer, "kernels");
    for (size_t i = 0; i < json_array_size(kernels); i++)
        if (strcmp(string_of(json_array_get(kernels, i), "name"), name) == 0)
            return json_array_get(kernels, i);
    return NULL;
}

static void describes_them_beside_its_own(void **state)
{
    (void)state;
    struct process worker =
        start((const char *const[]){"--kernels", "@serial", "--kernels", "@parallel", NULL});
    json_t *answer = worker_get(&worker, "{\"do\":\"describe\"}");
    const json_t *twice = find(answer, "twice");
    assert_non_null(find(answer, "pi.hits"));
    assert_non_null(twice);
    assert_string_equal(string_of(twice, "hash"), "cafe");
    assert_string_equal(string_of(twice, "about"), "twice");
    assert_int_equal(json_array_size(json_object_get(twice, "parameters")), 1);
    const json_t *variants = json_object_get(twice, "variants");
    assert_int_equal(json_array_size(variants), 2);
    assert_string_equal(json_string_value(json_array_get(variants, 0)), "serial");
    assert_string_equal(json_string_value(json_array_get(variants, 1)), "parallel");
    json_decref(answer);
    worker_end(&worker);
}

/* Each build from its own object; nothing is said of operations that are not known. */
static void runs_them(void **state)
{
    (void)state;
    static const struct {
        const char *request;
        double answer;
    } cases[] = {
        {"{\"do\":\"prepare\",\"kernel\":\"twice\",\"variant\":\"serial\",\"set\":{\"n\":21}}", 42},
        {"{\"do\":\"prepare\",\"kernel\":\"twice\",\"variant\":\"parallel\"}", 3},
    };
    struct process worker =
        start((const char *const[]){"--kernels", "@parallel", "--kernels", "@serial", NULL});
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *ready = worker_get(&worker, cases[i].request);
        assert_null(json_object_get(ready, "operations"));
        assert_null(json_object_get(ready, "traffic"));
        json_t *sample = worker_get(&worker, "{\"do\":\"sample\",\"repeat\":3}");
        assert_true(number_of(sample, "answer") == cases[i].answer);
        json_decref(ready);
        json_decref(sample);
    }
    worker_refuses(&worker, "{\"do\":\"prepare\",\"kernel\":\"twice\",\"variant\":\"simd\"}",
                   "no such variant");
    worker_refuses(
        &worker,
        "{\"do\":\"prepare\",\"kernel\":\"twice\",\"variant\":\"serial\",\"set\":{\"n\":101}}",
        "from 1 to 100");
    worker_refuses(&worker, "{\"do\":\"observe\"}", "no series");
    worker_end(&worker);
}

/* It ends at once, with status 2, and says why. */
static void expect_refusal(const char *const *words, const char *why)
{
    struct text line = {0};
    struct process worker = start(words);
    assert_int_equal(process_read_line(&worker, &line, 60), PROCESS_ENDED);
    const int status = process_stop(&worker, 5);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 2);
    if (!strstr(text_string(&worker.complaint), why))
        fail_msg("'%s' does not hold '%s'", text_string(&worker.complaint), why);
    process_release(&worker);
    text_release(&line);
}

static void refuses_what_it_cannot_take_in(void **state)
{
    (void)state;
    expect_refusal((const char *const[]){"--kernels", "@nowhere", NULL}, "cannot load kernels");
    expect_refusal((const char *const[]){"--kernels", NULL}, "usage");
    expect_refusal((const char *const[]){"--kernel", "@serial", NULL}, "usage");
    expect_refusal((const char *const[]){"--kernels", "@taken", NULL},
                   "a kernel of that name already");
    expect_refusal((const char *const[]){"--kernels", "@serial", "--kernels", "@serial", NULL},
                   "a kernel of that name already");
    expect_refusal((const char *const[]){"--kernels", "@odd", NULL}, "no such build");
    expect_refusal((const char *const[]){"--kernels", "@libm", NULL}, "no such build");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(describes_them_beside_its_own),
        cmocka_unit_test(runs_them),
        cmocka_unit_test(refuses_what_it_cannot_take_in),
    };
    return cmocka_run_group_tests_name("worker_loaded", tests, set_up, tear_down);
}
