/* compile-scripts FILE: compiles the scripts that run in the program's engine, as far as they are
 * on this machine, into the file that becomes a part of the program. Run by make. */
#include "base/fail.h"
#include "base/file.h"
#include "page/bytecode.h"
#include "page/engine.h"

#include <errno.h>
#include <string.h>

struct script_source {
    const char *name, *bytes;
    size_t size;
    struct text *out;
};

static duk_ret_t compile(duk_context *duk, void *data)
{
    const struct script_source *source = data;
    bytecode_add(duk, source->name, source->bytes, source->size, source->out);
    return 0;
}

static void add(duk_context *duk, struct script_source source)
{
    if (duk_safe_call(duk, compile, &source, 0, 1) != DUK_EXEC_SUCCESS)
        fail("%s: %s", source.name, duk_safe_to_string(duk, -1));
    duk_pop(duk);
}

int main(int count, char **words)
{
    struct arena arena = {0};
    struct text out = {0};
    duk_context *duk = duk_create_heap_default();
    if (count != 2 || !duk)
        fail("compile-scripts FILE");
    add(duk, (struct script_source){"the embedded scripts", script_glue,
                                    (size_t)(script_glue_end - script_glue), &out});
    for (int i = 0; i < LIBRARY_COUNT; i++) {
        struct script_source source = {.out = &out};
        source.bytes = script_library(&arena, (enum script_library)i, &source.name, &source.size);
        if (source.bytes)
            add(duk, source);
    }
    if (!file_write(words[1], text_string(&out), out.size))
        fail("%s cannot be written: %s", words[1], strerror(errno));
    duk_destroy_heap(duk);
    text_release(&out);
    arena_release(&arena);
    return 0;
}
