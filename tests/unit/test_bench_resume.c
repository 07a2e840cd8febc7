/* An interrupted experiment goes on from its next round; what measuring cost. */
#include "bench_run.h"

#include "bench/order.h"
#include "bench/rounds.h"

#include <math.h>

/* Raises the flag once a whole round is told on the terminal. */
struct listener {
    char text[1 << 16];
    size_t size;
    const char *word;
    volatile sig_atomic_t interrupted;
};

static ssize_t listen(void *cookie, const char *bytes, size_t size)
{
    struct listener *listener = cookie;
    size_t room = sizeof listener->text - 1 - listener->size;
    memcpy(listener->text + listener->size, bytes, size < room ? size : room);
    listener->size += size < room ? size : room;
    if (listener->word && strstr(listener->text, listener->word))
        listener->interrupted = 1;
    return (ssize_t)size;
}

struct desk {
    struct arena arena;
    const char *folder, *path;
    struct profile profile;
    struct bench_run run;
    struct record last;
};

/* A profile whose rounds, of some 60 ms each, leave time for an interruption amid them. */
static void desk_begin(struct desk *desk, int rounds)
{
    const char *root = getenv("TMPDIR");
    *desk = (struct desk){.profile = quick};
    char *folder = arena_printf(&desk->arena, "%s/bench-test.XXXXXX", root ? root : "/tmp");
    assert_non_null(mkdtemp(folder));
    desk->folder = folder;
    desk->path = path_join(&desk->arena, folder, "record.json");
    desk->profile.rounds_least = desk->profile.rounds_most = rounds;
    desk->profile.sample_least = 4e-3;
}

static void desk_plan(struct desk *desk, bool fresh)
{
    const struct plan_options options = {.profile = &desk->profile, .fresh = fresh};
    struct bench_run *run = &desk->run;
    run_begin(run, "honest");
    if (file_exists(desk->path))
        assert_true(record_read(&desk->last, desk->path, &run->diags));
    assert_true(plan_make(&run->plan, fixture_book(&run->book, run->experiments, 1),
                          &run->catalogue, &run->machine, &desk->last, &options, &run->diags));
}

static void desk_measure(struct desk *desk, struct listener *listener, bool terminal)
{
    FILE *stream = fopencookie(listener, "w", (cookie_io_functions_t){.write = listen});
    assert_non_null(stream);
    const struct measure_options options = {.record_path = desk->path,
                                            .progress = stream,
                                            .terminal = terminal,
                                            .interrupted = &listener->interrupted};
    run_measure(&desk->run, &options);
    fclose(stream);
}

static void desk_next(struct desk *desk)
{
    record_release(&desk->last);
    run_end(&desk->run);
}

static void desk_end(struct desk *desk)
{
    desk_next(desk);
    assert_true(folder_remove(desk->folder));
    arena_release(&desk->arena);
}

static const struct result *result_of(const struct desk *desk)
{
    return desk->run.plan.entries[0].result;
}

static void expect_orders(const struct result *result, int rounds)
{
    for (int round = 0; round < rounds; round++) {
        size_t order[5];
        order_round(order, 5, result->seed, round);
        for (size_t i = 0; i < 5; i++) {
            const struct configuration *row = &result->configurations[order[i] % 4];
            const struct samples *samples = order[i] == 4 ? &row->control : &row->samples;
            assert_int_equal(samples->items[round].round, round);
            assert_int_equal(samples->items[round].position, (int)i);
        }
    }
}

/* Whole rounds are kept, the second run goes on from them with the same seed and calls, and gives
 * as many rounds as one that nothing stopped. */
static void test_resumed(void **state)
{
    (void)state;
    static struct listener first = {.word = " rounds,"}, second;
    static struct desk desk;
    desk_begin(&desk, 20);
    desk_plan(&desk, false);
    desk_measure(&desk, &first, true);
    assert_true(desk.run.tally.interrupted);
    int rounds = rounds_whole(result_of(&desk));
    assert_in_range(rounds, 1, 19);
    char *said = arena_printf(&desk.arena, "pi: interrupted after %d rounds", rounds);
    HOLDS(first.text, said);
    HOLDS(first.text, "interrupted: 0 measured");
    desk_next(&desk);

    desk_plan(&desk, false);
    const struct plan_entry *entry = &desk.run.plan.entries[0];
    assert_true(entry->fresh);
    HOLDS(entry->why, arena_printf(&desk.arena, "resumes after round %d", rounds));
    struct result before;
    result_copy(&before, entry->result, &desk.arena);
    assert_int_equal(rounds_whole(&before), rounds);
    desk_measure(&desk, &second, false);
    HOLDS(second.text, arena_printf(&desk.arena, "; resumed after round %d", rounds));
    assert_int_equal(desk.run.tally.measured, 4);
    const struct result *after = result_of(&desk);
    assert_int_equal(rounds_whole(after), 20);
    assert_int_equal(after->repeat, before.repeat);
    assert_true(after->seed == before.seed);
    for (size_t i = 0; i < 4; i++) {
        const struct configuration *row = &after->configurations[i];
        assert_int_equal(row->status, STATUS_OK);
        assert_memory_equal(row->samples.items, before.configurations[i].samples.items,
                            (size_t)rounds * sizeof(struct sample));
        assert_true(row->warmup == before.configurations[i].warmup);
    }
    expect_orders(after, 20);
    desk_end(&desk);
}

/* Interrupted again before another round was whole: nothing is lost. --fresh starts anew. */
static void test_interrupted_twice(void **state)
{
    (void)state;
    static struct listener first = {.word = " rounds,"}, second = {.word = "warming up"}, third;
    static struct desk desk;
    desk_begin(&desk, 12);
    desk_plan(&desk, false);
    desk_measure(&desk, &first, true);
    int rounds = rounds_whole(result_of(&desk));
    assert_in_range(rounds, 1, 11);
    desk_next(&desk);
    desk_plan(&desk, false);
    desk_measure(&desk, &second, true);
    assert_true(desk.run.tally.interrupted);
    assert_int_equal(rounds_whole(result_of(&desk)), rounds);
    desk_next(&desk);
    desk_plan(&desk, false);
    HOLDS(desk.run.plan.entries[0].why, "resumes after round");
    assert_int_equal(rounds_whole(result_of(&desk)), rounds);
    desk_next(&desk);
    desk_plan(&desk, true);
    HOLDS(desk.run.plan.entries[0].why, "--fresh");
    assert_int_equal(rounds_whole(result_of(&desk)), 0);
    desk_measure(&desk, &third, false);
    assert_int_equal(rounds_whole(result_of(&desk)), 12);
    desk_end(&desk);
}

/* All rounds are there but the run was cut off before it could say so: none is added. */
static void test_nothing_left(void **state)
{
    (void)state;
    static struct listener first, second;
    static struct desk desk;
    desk_begin(&desk, 6);
    desk_plan(&desk, false);
    desk_measure(&desk, &first, false);
    for (size_t i = 0; i < 4; i++)
        desk.run.plan.entries[0].result->configurations[i].status = STATUS_UNMEASURED;
    assert_true(record_write(&desk.run.plan.record, desk.path, &desk.run.diags));
    desk_next(&desk);
    desk_plan(&desk, false);
    HOLDS(desk.run.plan.entries[0].why, "resumes after round 6");
    desk_measure(&desk, &second, false);
    assert_int_equal(rounds_whole(result_of(&desk)), 6);
    assert_int_equal(desk.run.tally.measured, 4);
    desk_end(&desk);
}

/* What measuring cost is told and kept. */
static void test_cost(void **state)
{
    (void)state;
    static struct listener first, second;
    static struct desk desk;
    desk_begin(&desk, 6);
    desk_plan(&desk, false);
    desk_measure(&desk, &first, false);
    HOLDS(first.text, "measuring cost ");
    HOLDS(first.text, " of the timed work: ");
    const struct measure_tally *tally = &desk.run.tally;
    assert_true(tally->timed > 0 && tally->timed <= tally->seconds);
    assert_true(fabs(tally->timed - rounds_sampled(result_of(&desk)) -
                     rounds_warmups(result_of(&desk))) < 1e-9);
    char *cost = arena_strdup(&desk.arena, fact_value(&desk.run.plan.record.run, "run.cost"));
    HOLDS(cost, "s of them timed)");
    desk_next(&desk);
    desk_plan(&desk, false); /* a run that measures nothing has no cost of its own */
    desk_measure(&desk, &second, false);
    HOLDS(second.text, "  kept: measured 2");
    assert_null(strstr(second.text, "measuring cost"));
    assert_string_equal(fact_value(&desk.run.plan.record.run, "run.cost"), cost);
    desk_end(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_resumed),
        cmocka_unit_test(test_interrupted_twice),
        cmocka_unit_test(test_nothing_left),
        cmocka_unit_test(test_cost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
