/* The workers that a book brings: found, asked, and what they offer added to the kernels. */
#include "base/file.h"
#include "bench/catalogue.h"
#include "bench/clean.h"
#include "bench/describe.h"
#include "bench/wire.h"
#include "bench/worker_process.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Interpreters may load large libraries before they answer, from a disk that is cold. */
static const double DESCRIBE_SECONDS = 30;
enum { LINE_MOST = 1000, LIST_MOST = 1000 };

/* What is being put together: kernels that can still be changed. */
struct gathering {
    struct catalogue *catalogue;
    struct kernel_info *kernels; /* the catalogue's, as they will be */
    struct wire wire;
};

static void add_offer(struct gathering *gathering, struct kernel_info *kernel,
                      const struct guest *guest, const json_t *name, json_t *absent)
{
    struct arena *arena = &gathering->catalogue->arena;
    const char *variant = json_string_value(name);
    if (!variant || !clean_name(variant)) {
        wire_fault(&gathering->wire, "'variants' holds something that cannot be a name");
        return;
    }
    const struct offer *other = kernel_offer(kernel, variant);
    const char *why = json_string_value(json_object_get(absent, variant));
    if (other || kernel_built_in(kernel, variant)) {
        wire_fault(&gathering->wire, "'%s' of %s is already offered by %s", variant, kernel->name,
                   other ? other->guest->name : "the built-in worker");
        return;
    }
    struct offer *offers =
        arena_alloc(arena, (kernel->offer_count + 1) * sizeof *offers); /* the old ones stay */
    if (kernel->offer_count)
        memcpy(offers, kernel->offers, kernel->offer_count * sizeof *offers);
    offers[kernel->offer_count++] = (struct offer){
        .variant = arena_strdup(arena, variant),
        .guest = guest,
        .absent = why ? clean_line(arena, why, strlen(why), LINE_MOST) : NULL,
    };
    kernel->offers = offers;
}

static void read_kernel(struct gathering *gathering, const struct guest *guest, const json_t *given,
                        json_t *answer)
{
    struct wire *wire = &gathering->wire;
    const char *name = wire_string(wire, given, "name");
    const json_t *object = json_object_get(given, "variants") ? given : answer;
    const json_t *variants = wire_array(wire, object, "variants");
    struct kernel_info *kernel = NULL;
    for (size_t i = 0; i < gathering->catalogue->kernel_count; i++)
        if (strcmp(gathering->kernels[i].name, name) == 0)
            kernel = &gathering->kernels[i];
    if (!kernel)
        wire_fault(wire, "there is no kernel '%.64s'", name);
    if (json_array_size(variants) > LIST_MOST)
        wire_fault(wire, "there are %zu variants", json_array_size(variants));
    for (size_t i = 0; kernel && wire_ok(wire) && i < json_array_size(variants); i++)
        add_offer(gathering, kernel, guest, json_array_get(variants, i),
                  json_object_get(answer, "absent"));
}

/* What it says of itself, as a fact; and the hash, with the bytes of its file, of all that. */
static void read_identity(struct gathering *gathering, struct guest *guest, const json_t *answer)
{
    struct catalogue *catalogue = gathering->catalogue;
    struct wire *wire = &gathering->wire;
    struct arena *arena = &catalogue->arena;
    const char *program = wire_string(wire, answer, "program");
    const char *version = wire_string(wire, answer, "version");
    json_t *libraries =
        json_object_get(answer, "libraries") ? wire_object(wire, answer, "libraries") : NULL;
    size_t size = 0;
    const char *bytes = file_read(arena, guest->path, &size);
    uint64_t hash = hash_bytes(HASH_START, bytes ? bytes : "", size);
    char *canonical = libraries ? json_dumps(libraries, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    hash = hash_string(hash_string(hash, program), version);
    hash = hash_string(hash, canonical ? canonical : "");
    free(canonical);
    const char *said =
        arena_printf(arena, "%s %s; %s", program, version,
                     libraries ? describe_joined(arena, libraries) : "no libraries named");
    guest->hash = arena_printf(arena, "%016llx", (unsigned long long)hash);
    fact_add(&catalogue->build, arena, arena_printf(arena, "worker.%s", guest->name),
             arena_printf(arena, "Worker %s", guest->name),
             clean_line(arena, said, strlen(said), LINE_MOST), NULL);
}

static void read_description(struct gathering *gathering, struct guest *guest, json_t *answer)
{
    struct wire *wire = &gathering->wire;
    int64_t protocol = wire_integer(wire, answer, "protocol", 0, INT64_MAX);
    if (protocol != WIRE_PROTOCOL)
        wire_fault(wire, "it speaks protocol %lld, this program %d", (long long)protocol,
                   WIRE_PROTOCOL);
    const json_t *kernels = wire_array(wire, answer, "kernels");
    if (json_object_get(answer, "absent"))
        wire_object(wire, answer, "absent");
    if (json_array_size(kernels) > LIST_MOST)
        wire_fault(wire, "there are %zu kernels", json_array_size(kernels));
    for (size_t i = 0; wire_ok(wire) && i < json_array_size(kernels); i++)
        read_kernel(gathering, guest, json_array_get(kernels, i), answer);
    if (wire_ok(wire))
        read_identity(gathering, guest, answer);
}

/* A guest that offers nothing is named among the facts, with the reason. */
static void add_mute(struct catalogue *catalogue, const struct guest *guest)
{
    struct arena *arena = &catalogue->arena;
    fact_add(&catalogue->build, arena, arena_printf(arena, "worker.%s", guest->name),
             arena_printf(arena, "Worker %s", guest->name), NULL, guest->why);
}

static void ask_guest(struct catalogue *catalogue, struct guest *guest, struct diags *diags)
{
    struct arena *arena = &catalogue->arena;
    struct gathering gathering = {.catalogue = catalogue};
    struct worker worker = {0};
    size_t size = catalogue->kernel_count * sizeof *gathering.kernels;
    gathering.kernels = memcpy(arena_alloc(arena, size + 1), catalogue->kernels, size);
    json_t *answer = worker_introduce(&worker, guest->path, NULL, DESCRIBE_SECONDS, arena);
    if (answer)
        read_description(&gathering, guest, answer);
    if (!answer) {
        guest->why = worker.complaint
                         ? arena_printf(arena, "%s: %s", worker.reason,
                                        clean_line(arena, worker.complaint,
                                                   strlen(worker.complaint), LINE_MOST))
                         : worker.reason;
    } else if (wire_ok(&gathering.wire)) {
        catalogue->kernels = gathering.kernels;
    } else {
        guest->hash = NULL;
        guest->why = arena_printf(arena, "it describes itself wrongly: %s",
                                  text_string(&gathering.wire.fault));
        diag_warning(diags, (struct place){.file = guest->path}, NULL,
                     "the worker offers nothing: %s", guest->why);
    }
    if (guest->why)
        add_mute(catalogue, guest);
    json_decref(answer);
    text_release(&gathering.wire.fault);
}

void catalogue_add_guests(struct catalogue *catalogue, const char *folder, struct diags *diags)
{
    struct arena *arena = &catalogue->arena;
    const char *place = path_join(arena, folder, "workers");
    size_t count = 0;
    const char **files = folder_list(arena, place, "", &count);
    struct guest *guests = arena_alloc(arena, (count + 1) * sizeof *guests);
    catalogue->guests = guests;
    for (size_t i = 0; files && i < count; i++) {
        const char *path = arena_printf(arena, "%s/%s", place, files[i]);
        bool hidden = files[i][0] == '.' || files[i][strlen(files[i]) - 1] == '~';
        if (hidden || access(path, X_OK) != 0) /* an editor's copy, or a file that workers read */
            continue;
        struct guest *guest = &guests[catalogue->guest_count++];
        *guest = (struct guest){.path = path,
                                .name = clean_line(arena, files[i], strlen(files[i]), LINE_MOST)};
        ask_guest(catalogue, guest, diags);
    }
}
