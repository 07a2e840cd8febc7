/* Cutting functions out of C source. */
#include "unit.h"

#include "base/file.h"
#include "page/cut.h"

#include <string.h>

static const char source[] = //
    "/* What this file is for. */\n"
    "#include <stdio.h>\n"
    "#define BROKEN(x) { if (x) \\\n"
    "    {\n"
    "\n"
    "static const char *const words[] = {\"} not a brace {\", \"\\\"}\"};\n"
    "\n"
    "/* Not of any function: a blank line follows. */\n"
    "\n"
    "// One line,\n"
    "// and another.\n"
    "static double first(int a, char b)\n"
    "{\n"
    "    /* } */\n"
    "    char c = '}', d = '\\'', e[] = \"{\\\"\";\n"
    "    // }\n"
    "    if (a) {\n"
    "        return second(b);\n"
    "    }\n"
    "    return 1;\n"
    "} /* tail */\n"
    "double second(int);\n"
    "struct pair {\n"
    "    int (*call)(void);\n"
    "} pair = {0};\n"
    "\n"
    "#pragma omp declare simd\n"
    "__attribute__((noinline)) double second(int a)\n"
    "{\n"
    "    return a;\n"
    "}\n"
    "enum { A, B };\n"
    "int *third(void) { return 0; }\n"
    "KERNEL(family_kernel) = {\n"
    "    .name = \"family.kernel\",\n"
    "    .run = first,\n"
    "};\n"
    "KERNEL(family_other) = {\n"
    "    .name = \"family.other\",\n"
    "};\n";

static void expect_cut(const struct cut *cut, const char *text, const char *name, int line,
                       const char *begin, const char *end)
{
    size_t size = cut->end - cut->begin;
    assert_string_equal(cut->name, name);
    assert_int_equal(cut->line, line);
    assert_true(size > strlen(begin) && size >= strlen(end));
    assert_memory_equal(text + cut->begin, begin, strlen(begin));
    assert_memory_equal(text + cut->end - strlen(end), end, strlen(end));
}

static void cuts_definitions_with_their_comments(void **state)
{
    (void)state;
    struct arena arena = {0};
    size_t count;
    struct cut *cuts = cut_functions(&arena, source, &count);
    assert_int_equal(count, 3);
    expect_cut(&cuts[0], source, "first", 10, "// One line,\n", "    return 1;\n} /* tail */");
    expect_cut(&cuts[1], source, "second", 27, "#pragma omp declare simd\n", "    return a;\n}");
    expect_cut(&cuts[2], source, "third", 33, "int *third(void)", "{ return 0; }");
    arena_release(&arena);
}

static void finds_what_a_kernel_runs(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_string_equal(cut_run_function(&arena, source, "family.kernel"), "first");
    assert_null(cut_run_function(&arena, source, "family.other"));
    assert_null(cut_run_function(&arena, source, "family.none"));
    arena_release(&arena);
}

static void survives_what_is_no_c(void **state)
{
    static const char *const sources[] = {
        "",           "}",         "}}} f(x) {",       "/* open",     "\"open", "'",
        "#",          "f(",        "f()\n{",           "//",          "a\\",    "#x\\",
        "f() { \"\\", "( ( ) { }", "\xff\xfe f() { }", ";;;{};f(){}",
    };
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        size_t count, size = strlen(sources[i]);
        struct cut *cuts = cut_functions(&arena, sources[i], &count);
        for (size_t c = 0; c < count; c++)
            assert_true(cuts[c].begin <= cuts[c].end && cuts[c].end <= size);
        cut_run_function(&arena, sources[i], "x");
    }
    arena_release(&arena);
}

/* Every kernel's listing exists: what runs is named in its descriptor and defined in its file. */
static void the_kernels_can_be_listed(void **state)
{
    static const char *const kernels[] = {
#define KERNEL_ENTRY(identifier) #identifier,
#include "kernels/kernels.def"
#undef KERNEL_ENTRY
    };
    (void)state;
    struct arena arena = {0};
    size_t file_count, found = 0;
    const char **files = folder_list(&arena, "src/kernels", ".c", &file_count);
    assert_non_null(files);
    for (size_t f = 0; f < file_count; f++) {
        const char *text = file_read(&arena, path_join(&arena, "src/kernels", files[f]), NULL);
        size_t count;
        struct cut *cuts = cut_functions(&arena, text, &count);
        for (size_t k = 0; k < sizeof kernels / sizeof *kernels; k++) {
            const char *run = cut_run_function(&arena, text, kernels[k]);
            for (size_t c = 0; c < count; c++)
                found += run && strcmp(cuts[c].name, run) == 0;
        }
    }
    assert_int_equal(found, sizeof kernels / sizeof *kernels);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_definitions_with_their_comments),
        cmocka_unit_test(finds_what_a_kernel_runs),
        cmocka_unit_test(survives_what_is_no_c),
        cmocka_unit_test(the_kernels_can_be_listed),
    };
    return cmocka_run_group_tests_name("page_listing", tests, NULL, NULL);
}
