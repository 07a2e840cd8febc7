/* Expressions on the record, and the embedded scripts that read them. */
#include "page/engine.h"

#include "base/fail.h"
#include "record/summary.h"
#include "record/sweep.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#ifndef PAGE_FOLDER
#define PAGE_FOLDER "src/page"
#endif

enum { EXPRESSION_MAX = 4096 };

__asm__(".pushsection .rodata\n"
        "script_glue:\n"
        ".incbin \"" PAGE_FOLDER "/record.js\"\n"
        ".incbin \"" PAGE_FOLDER "/prediction.js\"\n"
        ".incbin \"" PAGE_FOLDER "/sweep.js\"\n"
        ".incbin \"" PAGE_FOLDER "/compare.js\"\n"
        ".incbin \"" PAGE_FOLDER "/eval.js\"\n"
        ".incbin \"" PAGE_FOLDER "/calls.js\"\n"
        ".incbin \"" PAGE_FOLDER "/words.js\"\n"
        ".incbin \"" PAGE_FOLDER "/search.js\"\n"
        ".incbin \"" PAGE_FOLDER "/template.js\"\n"
        "script_glue_end:\n"
        ".byte 0\n"
        ".globl script_glue, script_glue_end\n"
        ".hidden script_glue, script_glue_end\n"
        ".popsection\n");

/* --- The record, for expressions -----------------------------------------------------------------
 */

static json_t *facts_json(const struct facts *facts)
{
    json_t *object = json_object();
    for (size_t i = 0; i < facts->count; i++) {
        const struct fact *fact = &facts->items[i];
        json_t *members = json_object();
        json_object_set_new(members, fact->value ? "value" : "why",
                            json_string(fact->value ? fact->value
                                        : fact->why ? fact->why
                                                    : "not known"));
        json_object_set_new(object, fact->key, members);
    }
    return object;
}

static json_t *value_json(const char *value)
{
    json_t *members = json_object();
    if (value)
        json_object_set_new(members, "value", json_string(value));
    return members;
}

static json_t *all_facts(const struct record *record)
{
    json_t *machine = facts_json(&record->machine), *run = facts_json(&record->run);
    json_object_set_new(machine, "cores", json_integer(record->cores));
    json_object_set_new(machine, "threads", json_integer(record->hardware_threads));
    json_object_set_new(run, "profile", value_json(record->profile));
    return json_pack("{s:o, s:o, s:o}", "machine", machine, "run", run, "build",
                     facts_json(&record->build));
}

void script_set_record(struct script *script, const struct record *record,
                       const struct script_experiment *experiments, size_t count,
                       json_t *comparisons)
{
    json_t *names = json_array(), *swept = json_object(), *sweeps = record_sweeps(record);
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(names, json_string(experiments[i].name));
        if (experiments[i].swept)
            json_object_set_new(swept, experiments[i].name, json_string(experiments[i].swept));
    }
    json_t *all =
        json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "experiments", record_summary(record), "sweeps",
                  sweeps ? sweeps : json_object(), "names", names, "swept", swept, "facts",
                  all_facts(record), "comparisons", comparisons ? comparisons : json_object());
    char *json = json_dumps(all, JSON_COMPACT);
    json_decref(all);
    if (!json)
        fail("a record's summary is no JSON");
    script_keep_record(script, json);
    free(json);
}

/* --- Evaluation ----------------------------------------------------------------------------------
 */

static const char *text_of(const json_t *object, const char *key, struct arena *arena)
{
    return arena_strdup(arena, json_string_value(json_object_get(object, key)));
}

static void read_value(const json_t *object, struct arena *arena, struct value *value)
{
    static const char *const kinds[] = {
        [VALUE_TEXT] = "text",
        [VALUE_NUMBER] = "number",
        [VALUE_BOOLEAN] = "boolean",
        [VALUE_MEASURED] = "measured",
    };
    *value = (struct value){
        .truth = json_is_true(json_object_get(object, "truth")),
        .known = json_is_true(json_object_get(object, "known")),
        .shown = (char *)text_of(object, "shown", arena),
        .interval = (char *)text_of(object, "interval", arena),
        .detail = (char *)text_of(object, "detail", arena),
        .level = text_of(object, "level", arena),
    };
    const char *kind = json_string_value(json_object_get(object, "kind"));
    for (size_t i = 0; kind && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kind, kinds[i]) == 0)
            value->kind = (unsigned)i;
}

bool script_eval(struct script *script, const char *expression, struct arena *arena,
                 struct value *value, struct text *why)
{
    if (strlen(expression) > EXPRESSION_MAX) {
        text_addf(why, "the expression is longer than %d bytes", EXPRESSION_MAX);
        return false;
    }
    struct text out = {0};
    const char *arguments[] = {expression, script_record_digest(script)};
    const struct script_request request = {.library = LIBRARY_NONE,
                                           .function = "evaluate",
                                           .arguments = arguments,
                                           .count = 2,
                                           .prepare = script_give_record};
    bool done = script_make(script, &request, &out, why);
    if (done) {
        json_t *object = json_loads(text_string(&out), 0, NULL);
        read_value(object, arena, value);
        json_decref(object);
    }
    text_release(&out);
    return done;
}
