#include "page/template.h"

#include "base/fail.h"
#include "base/file.h"
#include "page/engine.h"
#include "page/parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

char *template_path(const struct page_options *options, const char *name, struct arena *arena)
{
    char *own = options->own_templates ? path_join(arena, options->own_templates, name) : NULL;
    return own && file_exists(own) ? own : path_join(arena, options->templates, name);
}

const char *template_read(struct context *context, const char *name)
{
    const char *path = template_path(context->options, name, context->arena);
    const char *text = file_read(context->arena, path, NULL);
    if (!text)
        diag_error(context->diags, (struct place){0}, "the program's templates are not all there",
                   "%s cannot be read: %s", path, strerror(errno));
    return text;
}

/* The name by which a template includes the file. */
static const char *included_name(const char *file, struct arena *arena)
{
    static const char ending[] = ".html";
    size_t size = strlen(file), length = strlen(ending);
    bool page = size > length && strcmp(file + size - length, ending) == 0;
    return arena_strndup(arena, file, page ? size - length : size);
}

/* Pages in the user's folder, by file. */
static const char **own_files(const struct context *context, size_t *count)
{
    const char *folder = context->options->own_templates;
    *count = 0;
    return folder ? folder_list(context->arena, folder, ".html", count) : NULL;
}

static bool is_listed(const char *const *names, const char *name)
{
    while (*names && strcmp(*names, name) != 0)
        names++;
    return *names;
}

static bool put_file(struct context *context, json_t *all, const char *name, const char *file)
{
    const char *text = template_read(context, file);
    json_t *string = text ? json_string(text) : NULL;
    if (text && !string)
        diag_error(context->diags,
                   (struct place){.file = template_path(context->options, file, context->arena)},
                   NULL, "the template holds bytes that are not UTF-8");
    if (string)
        json_object_set_new(all, name, string);
    return string;
}

json_t *template_partials(struct context *context, const char *const *names)
{
    json_t *all = json_object();
    size_t count;
    const char **own = own_files(context, &count);
    bool done = true;
    for (size_t i = 0; names[i]; i++)
        done = put_file(context, all, included_name(names[i], context->arena), names[i]) && done;
    for (size_t i = 0; i < count; i++)
        if (!is_listed(names, own[i]))
            done = put_file(context, all, included_name(own[i], context->arena), own[i]) && done;
    if (done)
        return all;
    json_decref(all);
    return NULL;
}

/* --- Checking ------------------------------------------------------------------------------------
 */

static void tell_fault(struct context *context, const json_t *fault)
{
    struct arena *arena = context->arena;
    const char *file = json_string_value(json_object_get(fault, "file"));
    const char *hint = json_string_value(json_object_get(fault, "hint"));
    const char *message = json_string_value(json_object_get(fault, "message"));
    const struct place place = {
        .file = path_join(arena, context->options->own_templates, file),
        .line = (int)json_integer_value(json_object_get(fault, "line")),
        .column = (int)json_integer_value(json_object_get(fault, "column")),
    };
    hint = hint && *hint ? hint : NULL;
    if (json_is_true(json_object_get(fault, "warning")))
        diag_warning(context->diags, place, hint, "%s", message);
    else
        diag_error(context->diags, place, hint, "%s", message);
}

/* The program's own files of those names, whatever stands in the user's folder. */
static json_t *built_files(struct context *context, const char *const *names)
{
    struct page_options options = *context->options;
    struct context built = *context;
    json_t *all = json_object();
    options.own_templates = NULL;
    built.options = &options;
    for (size_t i = 0; names[i]; i++)
        put_file(&built, all, names[i], names[i]);
    return all;
}

static char *dump(json_t *value)
{
    char *json = json_dumps(value, JSON_COMPACT);
    if (!json)
        fail("templates are no JSON");
    return json;
}

static void tell_faults(struct context *context, json_t *const values[4])
{
    struct text faults = {0}, why = {0};
    char *arguments[4];
    for (size_t i = 0; i < 4; i++)
        arguments[i] = dump(values[i]);
    if (!script_load(context->script, LIBRARY_MUSTACHE, &why) ||
        !script_call(context->script, "templateFaults", (const char *const *)arguments, 4, &faults,
                     &why))
        diag_error(context->diags, (struct place){0}, NULL, "templates cannot be checked: %s",
                   text_string(&why));
    json_t *list = json_loads(text_string(&faults), 0, NULL);
    for (size_t i = 0; i < json_array_size(list); i++)
        tell_fault(context, json_array_get(list, i));
    json_decref(list);
    for (size_t i = 0; i < 4; i++)
        free(arguments[i]);
    text_release(&faults);
    text_release(&why);
}

/* Tells of files of the user's folder that nothing reads; pages among them only by what includes
 * what. */
static void tell_unread(struct context *context, const char *folder, const char *ending)
{
    struct arena *arena = context->arena;
    const struct page_options *options = context->options;
    const char *own_folder = path_join(arena, options->own_templates, folder);
    size_t count = 0, built_count = 0;
    const char **own = folder_list(arena, own_folder, ending, &count);
    const char **built =
        folder_list(arena, path_join(arena, options->templates, folder), ending, &built_count);
    for (size_t i = 0; own && i < count; i++) {
        bool read = false;
        for (size_t j = 0; built && j < built_count; j++)
            read |= strcmp(own[i], built[j]) == 0;
        if (!read)
            diag_warning(
                context->diags, (struct place){.file = path_join(arena, own_folder, own[i])},
                diag_suggest(context->diags, own[i], built, built_count), "no page uses this file");
    }
}

static bool check_folder(struct context *context)
{
    const char *own = context->options->own_templates;
    if (own && !folder_exists(own)) {
        diag_error(context->diags, (struct place){0}, NULL, "there is no folder '%s' of templates",
                   own);
        return false;
    }
    return own;
}

void template_check(struct context *context, const char *const *names, json_t *view)
{
    if (!check_folder(context))
        return;
    tell_unread(context, "", ".css");
    tell_unread(context, "charts", ".gp");
    tell_unread(context, "scripts", ".js");
    size_t count;
    const char **files = own_files(context, &count);
    if (count == 0)
        return;
    json_t *own = json_object(), *built = built_files(context, names);
    json_t *partials = template_partials(context, names);
    for (size_t i = 0; i < count; i++)
        put_file(context, own, files[i], files[i]);
    if (partials)
        tell_faults(context, (json_t *[]){own, built, partials, view});
    json_decref(own);
    json_decref(built);
    json_decref(partials);
}
