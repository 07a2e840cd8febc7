/* What the tests of measured figures share: hand-made results of given threads, and a context whose
 * book and site are just large enough to render one directive. */
#ifndef FIGURES_FIXTURE_H
#define FIGURES_FIXTURE_H

#include "record_fixture.h"

#include "page/context.h"

/* A result "median": serial and simd on one thread, parallel on each of `threads`; every round a
 * little different. `parallel` on p threads takes wall / (p / (1 + 0.02 (p - 1))). */
static inline struct result figures_result(struct arena *arena, const int *threads, size_t count)
{
    static struct setting settings[] = {
        {"households", "households", 50000}, {"periods", "", 1000}, {"r", "1/period", 0.1}};
    struct result result = {
        .name = "median",
        .kernel = "wealth.median",
        .chapter = "03-loops.md",
        .line = 12,
        .written = "as written",
        .settings = settings,
        .setting_count = 3,
        .operations = NAN,
        .traffic = NAN,
        .working_set = NAN,
        .repeat = 1,
        .date = "2024-05-06T07:08:09Z",
        .disturbance = {0.001, 0.002, NAN, NAN},
        .configuration_count = count + 2,
    };
    result.configurations = arena_alloc(arena, (count + 2) * sizeof *result.configurations);
    result.configurations[0] = fixture_configuration(arena, "serial", 1, 3.45);
    result.configurations[0].control = fixture_samples(arena, FIXTURE_ROUNDS, 3.45, 3);
    result.configurations[1] = fixture_configuration(arena, "simd", 1, 0.381);
    for (size_t i = 0; i < count; i++)
        result.configurations[i + 2] = fixture_configuration(
            arena, "parallel", threads[i], 0.383 * (1 + 0.02 * (threads[i] - 1)) / threads[i]);
    return result;
}

/* Everything that a directive is rendered from. Released by figures_fixture_release. */
struct figures_fixture {
    struct arena arena;
    struct book book;
    struct chapter chapter;
    struct record record;
    struct experiment experiment;
    const struct experiment *experiments[1];
    struct element element;
    struct page_options options;
    struct site site;
    struct diags diags;
    struct context context;
    struct text enter, leave;
};

static inline void figures_fixture_start(struct figures_fixture *all)
{
    memset(all, 0, sizeof *all);
    all->chapter = (struct chapter){.path = "03-loops.md", .file = "03-loops.md", .slug = "loops"};
    all->experiment = (struct experiment){.name = "median",
                                          .kernel = "wealth.median",
                                          .chapter = "03-loops.md",
                                          .written = "as written"};
    all->experiments[0] = &all->experiment;
    all->book.experiments = all->experiments;
    all->book.experiment_count = 1;
    all->element = (struct element){.kind = ELEMENT_DIRECTIVE,
                                    .name = "experiment",
                                    .text = "wealth.median",
                                    .place = {"03-loops.md", 12, 1},
                                    .argument_place = {"03-loops.md", 12, 16},
                                    .number = "3.1",
                                    .anchor = "median",
                                    .experiment = &all->experiment};
    all->record.cores = 2;
    all->record.hardware_threads = 4;
    all->options = (struct page_options){.templates = "templates"};
    all->context = (struct context){.book = &all->book,
                                    .record = &all->record,
                                    .chapter = &all->chapter,
                                    .options = &all->options,
                                    .site = &all->site,
                                    .arena = &all->arena,
                                    .diags = &all->diags};
}

/* The element's markup, before and after its children. */
static inline const char *figures_fixture_render(struct figures_fixture *all,
                                                 render_function *render)
{
    text_truncate(&all->enter, 0);
    text_truncate(&all->leave, 0);
    assert_true(render(&all->context, &all->element, &all->enter, &all->leave));
    text_add(&all->enter, text_string(&all->leave));
    return text_string(&all->enter);
}

static inline void figures_fixture_options(struct figures_fixture *all,
                                           const struct option *options, size_t count)
{
    all->element.options = options;
    all->element.option_count = count;
}

static inline void figures_fixture_release(struct figures_fixture *all)
{
    text_release(&all->enter);
    text_release(&all->leave);
    charts_free(all->context.charts);
    diags_release(&all->diags);
    record_release(&all->record);
    arena_release(&all->arena);
}

/* The markup must not hold, or must hold, a piece of text. */
#define HAS(html, piece)   assert_true(strstr(html, piece) != NULL)
#define LACKS(html, piece) assert_null(strstr(html, piece))

#endif
