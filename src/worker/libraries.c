#include "worker/libraries.h"

#include "base/text.h"

#include <elf.h>
#include <link.h>
#include <string.h>

static const char *const runtimes[] = {"libgomp", "libomp", "libiomp5"};

/* What a search for the runtime found. */
struct found {
    struct text file, build;
};

static size_t padded(size_t size)
{
    return (size + 3) / 4 * 4;
}

/* Notes are records of three words, a name and a descriptor, each padded to whole words. */
static void add_build(const char *notes, size_t size, struct text *build)
{
    ElfW(Nhdr) note;
    while (size >= sizeof note) {
        memcpy(&note, notes, sizeof note);
        size_t name = padded(note.n_namesz), descriptor = padded(note.n_descsz);
        if (name > size - sizeof note || descriptor > size - sizeof note - name)
            return;
        const char *at = notes + sizeof note;
        if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && memcmp(at, "GNU", 4) == 0)
            for (size_t i = 0; i < note.n_descsz; i++)
                text_addf(build, "%02x", (unsigned char)at[name + i]);
        notes = at + name + descriptor;
        size -= sizeof note + name + descriptor;
    }
}

static bool is_runtime(const char *file)
{
    for (size_t i = 0; i < sizeof runtimes / sizeof *runtimes; i++) {
        size_t size = strlen(runtimes[i]);
        if (strncmp(file, runtimes[i], size) == 0 && (file[size] == '.' || file[size] == '-'))
            return true;
    }
    return false;
}

static int visit(struct dl_phdr_info *info, size_t size, void *context)
{
    struct found *found = context;
    const char *slash = strrchr(info->dlpi_name, '/'), *file = slash ? slash + 1 : info->dlpi_name;
    (void)size;
    if (!is_runtime(file))
        return 0;
    text_add(&found->file, file);
    for (size_t i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
        if (segment->p_type == PT_NOTE)
            /* The loader's map gives an address as a number, and nothing else.
             * NOLINTNEXTLINE(performance-no-int-to-ptr) */
            add_build((const char *)(info->dlpi_addr + segment->p_vaddr), segment->p_memsz,
                      &found->build);
    }
    return 1;
}

json_t *library_openmp(void)
{
    struct found found = {0};
    json_t *library = NULL;
    if (dl_iterate_phdr(visit, &found))
        library = json_pack("{s:s,s:s}", "file", text_string(&found.file), "build",
                            found.build.size ? text_string(&found.build) : "unknown");
    text_release(&found.file);
    text_release(&found.build);
    return library;
}
