/* What a worker says of itself is checked: each lie is refused, with its reason. */
#include "bench_fixture.h"

#include "bench/describe.h"

#include <stdlib.h>

static const char honest[] =
    "{'protocol':1,'program':'w','version':'1','isa':'x','compiler':'gcc','flags':{'serial':'-O3'},"
    "'openmp':'5','libraries':{'openblas':{'version':'0.3','core':'Zen'},'libc':'2.36'},"
    "'variants':['serial','simd'],"
    "'kernels':[{'name':'pi.hits','about':'pi','answer':'4','source':'pi.c','hash':'1',"
    "'tolerance':0.5,'blas_threads':true,'series':false,'parameters':[{'name':'n','unit':'u',"
    "'about':'a','integer':true,'default':5,'low':1,'high':9}]}],"
    "'sources':[{'file':'pi.c','hash':'1','text':'int x;\\n\\tint y;\\n'}]}";

/* The description with every `part` replaced by `with`, read into the catalogue. */
static bool describe(struct catalogue *catalogue, struct wire *wire, const char *part,
                     const char *with)
{
    struct text text = {0};
    for (const char *at = honest; *at;) {
        if (part && strncmp(at, part, strlen(part)) == 0) {
            text_add(&text, with);
            at += strlen(part);
        } else {
            text_add_char(&text, *at++);
        }
    }
    for (size_t i = 0; i < text.size; i++)
        text.data[i] = text.data[i] == '\'' ? '"' : text.data[i];
    *catalogue = (struct catalogue){0};
    *wire = (struct wire){{0}};
    json_t *answer = wire_parse(wire, text_string(&text), text.size);
    assert_non_null(answer);
    bool ok = describe_read(catalogue, answer, wire);
    json_decref(answer);
    text_release(&text);
    return ok;
}

/* Few kernels are racy or wait: the others need not say that they are not. */
static void test_rare_flags(void **state)
{
    (void)state;
    struct catalogue catalogue;
    struct wire wire;
    assert_true(describe(&catalogue, &wire, NULL, NULL));
    assert_false(catalogue.kernels[0].racy || catalogue.kernels[0].waits);
    catalogue_release(&catalogue);
    assert_true(describe(&catalogue, &wire, "'series'", "'racy':true,'waits':true,'series'"));
    assert_true(catalogue.kernels[0].racy && catalogue.kernels[0].waits);
    catalogue_release(&catalogue);
    assert_false(describe(&catalogue, &wire, "'series'", "'racy':1,'series'"));
    HOLDS(text_string(&wire.fault), "'racy' is not true or false");
    text_release(&wire.fault);
    catalogue_release(&catalogue);
}

static void test_honest(void **state)
{
    (void)state;
    struct catalogue catalogue;
    struct wire wire;
    assert_true(describe(&catalogue, &wire, NULL, NULL));
    const struct kernel_info *kernel = catalogue_kernel(&catalogue, "pi.hits");
    assert_non_null(kernel);
    assert_null(catalogue_kernel(&catalogue, "pi"));
    assert_true(kernel->tolerance == 0.5 && kernel->blas_threads && !kernel->series);
    assert_true(kernel->parameters[0].initial == 5 && kernel->parameters[0].high == 9);
    assert_int_equal(catalogue.variant_count, 2);
    assert_true(kernel_built_in(kernel, "simd") && !kernel_built_in(kernel, "libm"));
    assert_string_equal(catalogue.sources[0].text, "int x;\n\tint y;\n");
    assert_string_equal(fact_value(&catalogue.build, "build.compiler"), "gcc");
    assert_string_equal(fact_value(&catalogue.build, "build.flags.serial"), "-O3");
    assert_string_equal(fact_value(&catalogue.build, "build.openblas"), "version 0.3, core Zen");
    assert_string_equal(fact_value(&catalogue.build, "build.libc"), "2.36");
    catalogue_release(&catalogue);
}

/* A kernel may have variants of its own; an experiment that names none takes those of all. */
static void test_variants_of_a_kernel(void **state)
{
    (void)state;
    struct catalogue catalogue;
    struct wire wire;
    assert_true(describe(&catalogue, &wire, "'series'", "'variants':['serial','libm'],'series'"));
    const struct kernel_info *kernel = catalogue_kernel(&catalogue, "pi.hits");
    assert_true(kernel_built_in(kernel, "libm") && !kernel_built_in(kernel, "simd"));
    assert_int_equal(catalogue.variant_count, 2);
    catalogue_release(&catalogue);
}

static void test_lies(void **state)
{
    (void)state;
    static const struct {
        const char *part, *with, *fault;
    } lies[] = {
        {"'protocol':1", "'protocol':2", "it speaks protocol 2, this program 1"},
        {"'protocol':1", "'protocol':'1'", "'protocol' is not a whole number"},
        {"'compiler':'gcc',", "", "'compiler' is missing"},
        {"'variants':['serial','simd']", "'variants':[]", "no variants"},
        {"'simd'", "7", "'variants' holds something that cannot be a name"},
        {"'simd'", "'../simd'", "'variants' holds something that cannot be a name"},
        {"pi.hits", "<b>pi", "'<b>pi' cannot be a name"},
        {"'source':'pi.c'", "'source':'../../etc'", "the source of 'pi.hits' is missing"},
        {"'file':'pi.c'", "'file':'/etc/passwd'", "cannot be a name"},
        {"'tolerance':0.5", "'tolerance':-1", "the tolerance of 'pi.hits' is -1"},
        {"'tolerance':0.5", "'tolerance':'small'", "'tolerance' is not a number"},
        {"'series':false", "'series':0", "'series' is not true or false"},
        {"'default':5", "'default':50", "the default of 'n' is outside its range"},
        {"'default':5", "'default':1.5", "'n' is no integer"},
        {"'high':9", "'high':1e300", "'n' is no integer"},
        {"'parameters':[", "'parameters':[7,", "'name' is missing"},
        {"'kernels':[", "'kernels':{},'k':[", "'kernels' is not a list"},
        {"'series'", "'variants':[],'series'", "there are no variants"},
        {"'series'", "'variants':['a b'],'series'", "cannot be a name"},
        {"'flags':{'serial':'-O3'}", "'flags':'-O3'", "'flags' is not an object"},
    };
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        struct catalogue catalogue;
        struct wire wire;
        assert_false(describe(&catalogue, &wire, lies[i].part, lies[i].with));
        HOLDS(text_string(&wire.fault), lies[i].fault);
        text_release(&wire.fault);
        catalogue_release(&catalogue);
    }
}

/* The build's hash follows whatever may change the compiled code, and nothing else. */
static void test_hash(void **state)
{
    (void)state;
    static const struct {
        const char *part, *with;
        bool same;
    } cases[] = {
        {NULL, NULL, true},
        {"'about':'pi'", "'about':'tau'", true},
        {"'-O3'", "'-O2'", false},
        {"'gcc'", "'clang'", false},
        {"'Zen'", "'Haswell'", false},
        {"'isa':'x'", "'isa':'avx2'", false},
    };
    struct catalogue straight;
    struct wire wire;
    assert_true(describe(&straight, &wire, NULL, NULL));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct catalogue bent;
        assert_true(describe(&bent, &wire, cases[i].part, cases[i].with));
        assert_int_equal(strcmp(bent.hash, straight.hash) == 0, cases[i].same);
        catalogue_release(&bent);
    }
    catalogue_release(&straight);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_honest),     cmocka_unit_test(test_variants_of_a_kernel),
        cmocka_unit_test(test_rare_flags), cmocka_unit_test(test_lies),
        cmocka_unit_test(test_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
