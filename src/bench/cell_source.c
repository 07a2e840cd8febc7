#include "bench/cell_source.h"

#include "base/text.h"

char *cell_file(struct arena *arena, const struct kernel_cell *cell)
{
    return arena_printf(arena, "%s.c", cell->name);
}

/* "(n, seed)", or "(set[0], set[1])" where values are wanted. */
static void add_arguments(struct text *text, const struct kernel_cell *cell, bool values)
{
    text_add(text, "(");
    for (size_t i = 0; i < cell->parameter_count; i++) {
        text_add(text, i ? ", " : "");
        if (values)
            text_addf(text, "set[%zu]", i);
        else
            text_add(text, cell->parameters[i].name);
    }
    text_add(text, ")");
}

char *cell_call(struct arena *arena, const struct kernel_cell *cell)
{
    struct text text = {0};
    text_add(&text, cell->name);
    add_arguments(&text, cell, false);
    return text_keep(&text, arena);
}

char *cell_source(struct arena *arena, const struct kernel_cell *cell)
{
    struct text text = {0};
    text_addf(&text, "#line 1 \"%s.c\"\n%s\n", cell->name, cell->text);
    text_add(&text, "#line 1 \"" CELL_CALL "\"\n"
                    "double benchbook_call(const double *set, void *memory)\n"
                    "{\n"
                    "    (void)set, (void)memory;\n"
                    "    return ");
    text_add(&text, cell->name);
    add_arguments(&text, cell, true);
    text_add(&text, ";\n}\n");
    return text_keep(&text, arena);
}

static void add_parameters(struct text *text, const struct kernel_info *kernel)
{
    text_add(text, "static const struct kernel_parameter parameters[] = {\n");
    for (size_t i = 0; i < kernel->parameter_count; i++) {
        const struct parameter_info *one = &kernel->parameters[i];
        text_addf(text, "    {\"%s\", \"\", \"\", %s, %.17g, %.17g, %.17g},\n", one->name,
                  one->integer ? "true" : "false", one->initial, one->low, one->high);
    }
    text_add(text, "};\n");
}

char *cell_descriptor(struct arena *arena, const struct kernel_cell *cell,
                      const struct kernel_info *kernel)
{
    struct text text = {0};
    text_add(&text, "#include \"kernels/kernel.h\"\n"
                    "#define SPELL(token) #token\n"
                    "#define SPELLED(macro) SPELL(macro)\n"
                    "double benchbook_call(const double *set, void *memory);\n"
                    "static size_t no_memory(const double *set)\n"
                    "{\n"
                    "    (void)set;\n"
                    "    return 0;\n"
                    "}\n");
    if (kernel->parameter_count)
        add_parameters(&text, kernel);
    text_addf(
        &text,
        "static const struct kernel kernel = {\n"
        "    .name = \"%s\",\n"
        "    .about = \"a cell of a book\",\n"
        "    .answer = \"what the cell says\",\n"
        "    .source = \"%s.c\",\n"
        "    .parameters = %s,\n"
        "    .parameter_count = %zu,\n"
        "    .tolerance = %.17g,\n"
        "    .memory = no_memory,\n"
        "    .run = benchbook_call,\n"
        "};\n"
        "__attribute__((visibility(\"default\"))) const struct kernel_object KERNEL_OBJECT = {\n"
        "    SPELLED(KERNEL_BUILD), KERNEL_HASH, &kernel};\n",
        cell->name, cell->name, kernel->parameter_count ? "parameters" : "NULL",
        kernel->parameter_count, kernel->tolerance);
    return text_keep(&text, arena);
}
