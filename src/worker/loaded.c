#include "worker/loaded.h"

#include <dlfcn.h>
#include <string.h>

#define SPELL(token)   #token
#define SPELLED(macro) SPELL(macro)

enum { LOADED_MOST = 256 };

static struct loaded all[LOADED_MOST];
static size_t count;

size_t loaded_count(void)
{
    return count;
}

const struct loaded *loaded_at(size_t place)
{
    return &all[place];
}

static struct loaded *find(const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(all[i].kernel->name, name) == 0)
            return &all[i];
    return NULL;
}

const struct loaded *loaded_find(const char *name)
{
    return find(name);
}

/* Why the object's kernel cannot be taken in, or NULL. */
static const char *obstacle(const struct kernel_object *object, int build)
{
    const struct loaded *same = find(object->kernel->name);
    if (build < 0 || build == BUILD_LIBM)
        return "there is no such build";
    if (kernel_find(object->kernel->name) || (same && same->builds.builds[build]))
        return "there is a kernel of that name already";
    if (object->kernel->parameter_count > KERNEL_PARAMETERS_MAX)
        return "it has too many parameters";
    return count < LOADED_MOST ? NULL : "there are too many kernels";
}

bool loaded_open(const char *file, struct text *why)
{
    /* Whatever it lacks is found out now, not in the middle of a run. */
    void *handle = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    const struct kernel_object *object = handle ? dlsym(handle, SPELLED(KERNEL_OBJECT)) : NULL;
    if (!object) {
        text_addf(why, "cannot load kernels: %s", dlerror());
        return false;
    }
    const int build = kernel_build_find(object->build);
    const char *words = obstacle(object, build);
    if (words) {
        text_addf(why, "cannot take in %s (%s) of %s: %s", object->kernel->name, object->build,
                  file, words);
        return false;
    }
    struct loaded *place = find(object->kernel->name);
    if (!place) {
        place = &all[count++];
        *place = (struct loaded){.kernel = object->kernel, .hash = object->hash};
    }
    place->builds.builds[build] = object->kernel;
    return true;
}
