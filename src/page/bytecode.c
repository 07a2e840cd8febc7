#include "page/bytecode.h"

#include "base/digest.h"

#include <string.h>

/* Items one after the other, which the tool src/scripts/compile.c makes. Absent from programs that
 * are linked without them, as the tool itself is. */
extern const char script_bytecode[] __attribute__((weak));
extern const char script_bytecode_end[] __attribute__((weak));

struct item {
    struct digest source;
    uint64_t size; /* of the bytecode, which follows */
};

/* The engine's version is a part of the name: bytecode of another one must not be run. */
static struct digest digest_of(duk_context *duk, const char *source, size_t size)
{
    duk_get_global_string(duk, "Duktape");
    duk_get_prop_string(duk, -1, "version");
    struct digest digest = digest_bytes(source, size);
    digest.words[0] ^= (uint64_t)duk_get_uint(duk, -1);
    duk_pop_2(duk);
    return digest;
}

static const char *find(struct digest source, size_t *size)
{
    const char *at = script_bytecode;
    while (at && at < script_bytecode_end) {
        struct item item;
        memcpy(&item, at, sizeof item);
        at += sizeof item;
        if (digest_equal(item.source, source)) {
            *size = (size_t)item.size;
            return at;
        }
        at += item.size;
    }
    return NULL;
}

void bytecode_push(duk_context *duk, const char *name, const char *source, size_t size)
{
    size_t compiled_size;
    const char *compiled = find(digest_of(duk, source, size), &compiled_size);
    if (compiled) {
        duk_push_external_buffer(duk);
        duk_config_buffer(duk, -1, (void *)compiled, compiled_size);
        duk_load_function(duk);
    } else {
        duk_push_string(duk, name);
        duk_compile_lstring_filename(duk, 0, source, size);
    }
}

void bytecode_add(duk_context *duk, const char *name, const char *source, size_t size,
                  struct text *out)
{
    duk_size_t compiled_size;
    duk_push_string(duk, name);
    duk_compile_lstring_filename(duk, 0, source, size);
    duk_dump_function(duk);
    const char *compiled = duk_require_buffer_data(duk, -1, &compiled_size);
    const struct item item = {digest_of(duk, source, size), compiled_size};
    text_add_bytes(out, (const char *)&item, sizeof item);
    text_add_bytes(out, compiled, compiled_size);
    duk_pop(duk);
}
