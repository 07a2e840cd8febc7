/* gnuplot driven: hostile texts, a program that is missing, dies, hangs, floods or complains. */
#include "figures_fixture.h"

#include "base/process.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static char *folder; /* of the test, also where charts keep their files */
static struct arena arena;

static int open_folder(void **state)
{
    (void)state;
    folder = fixture_folder(&arena);
    setenv("TMPDIR", folder, 1);
    unsetenv("BENCHBOOK_GNUPLOT");
    return 0;
}

static int close_folder(void **state)
{
    (void)state;
    unsetenv("TMPDIR");
    unsetenv("BENCHBOOK_GNUPLOT");
    folder_remove(folder);
    arena_release(&arena);
    return 0;
}

/* A shell script in the place of gnuplot. */
static void replace_gnuplot(const char *script)
{
    const char *path = path_join(&arena, folder, "stand-in");
    assert_true(file_write(path, script, strlen(script)));
    assert_int_equal(0, chmod(path, 0700));
    setenv("BENCHBOOK_GNUPLOT", path, 1);
}

static const double threads[] = {1, 2, 4}, speedups[] = {1, 1.9, 3.5};
static const double lows[] = {NAN, 1.8, 3.4}, highs[] = {NAN, 2.0, 3.6};
static const double *const columns[] = {threads, speedups, lows, highs};

static struct chart_block block = {
    .label = "parallel", .label_y = 3.5, .columns = columns, .column_count = 4, .rows = 3};
static const struct chart_number numbers[] = {{"XHIGH", 4},     {"YHIGH", 4.4}, {"XSTEP", 1},
                                              {"IDEAL_Y", 4.2}, {"LINES", 1},   {"CURVES", 0},
                                              {"DOTS", 0}};

static struct chart plain_chart(void)
{
    block.label = "parallel";
    return (struct chart){
        .kind = "speedup",
        .id = "median-speedup",
        .title = "Speed-up",
        .description = "It grows.",
        .xlabel = "threads",
        .ylabel = "times as fast",
        .blocks = &block,
        .block_count = 1,
        .numbers = numbers,
        .number_count = sizeof numbers / sizeof *numbers,
    };
}

static void test_drawing(void **state)
{
    struct charts *charts = charts_new("templates");
    struct chart chart = plain_chart();
    struct text why = {0};
    (void)state;
    const char *first = chart_draw(charts, &chart, &arena, &why);
    assert_string_equal("", text_string(&why));
    assert_non_null(first);
    HAS(first, ">parallel</text>");
    HAS(first, ">threads</text>");
    HAS(first, "class=\"s1\"");
    HAS(first, "class=\"grid\"");
    LACKS(first, "rgb(");
    assert_string_equal(first, chart_draw(charts, &chart, &arena, &why));
    charts_free(charts);
    size_t count;
    assert_non_null(folder_list(&arena, folder, "", &count));
    assert_int_equal(0, count);
}

/* The pieces that gnuplot, a shell or SVG might take for more than letters. */
static const char *const hostile[] = {
    "`touch pwned`",
    "\"; system(\"touch pwned\") #",
    "'; system('touch pwned') #",
    "$(touch pwned)",
    "@XLABEL",
    "\\\" . system('touch pwned') . \\\"",
    "100%s %d %n %1$s",
    "{/Symbol a}^2_3 ~a{.6b} &{x}",
    "tail\\",
    "quotes '5' \"7\" \\042",
    "<script>alert(1)</script>&amp;",
    "ünï ☃ 🦊 – ×",
    "# comment",
    "if (1) { exit }",
};

/* As an SVG shows it. */
static char *escaped(const char *string)
{
    struct text text = {0};
    for (; *string; string++)
        switch (*string) {
        case '&':
            text_add(&text, "&amp;");
            break;
        case '<':
            text_add(&text, "&lt;");
            break;
        case '>':
            text_add(&text, "&gt;");
            break;
        default:
            text_add_char(&text, *string);
        }
    return text_keep(&text, &arena);
}

static void test_hostile_texts(void **state)
{
    struct charts *charts = charts_new("templates");
    struct text why = {0};
    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        struct chart chart = plain_chart();
        block.label = chart.xlabel = chart.ylabel = chart.title = chart.description = hostile[i];
        const char *svg = chart_draw(charts, &chart, &arena, &why);
        assert_string_equal("", text_string(&why));
        assert_non_null(svg);
        const char *shown = arena_printf(&arena, ">%s</text>", escaped(hostile[i]));
        const char *once = strstr(svg, shown), *twice = once ? strstr(once + 1, shown) : NULL;
        if (!twice || !strstr(twice + 1, shown))
            fail_msg("not intact three times: %s\n%s", shown, svg);
        LACKS(svg, "<script");
        assert_false(file_exists("pwned"));
        assert_false(file_exists(path_join(&arena, folder, "pwned")));
    }
    charts_free(charts);
}

/* Line ends cannot end gnuplot's line; bytes that are no UTF-8 cannot make bad XML. */
static void test_control_characters(void **state)
{
    struct charts *charts = charts_new("templates");
    struct chart chart = plain_chart();
    struct text why = {0};
    (void)state;
    chart.xlabel = "one\nsystem(\"touch pwned\")\r\x01\x7f two";
    block.label = "bad \xff\xc3 bytes";
    const char *svg = chart_draw(charts, &chart, &arena, &why);
    assert_string_equal("", text_string(&why));
    assert_non_null(svg);
    HAS(svg, "one system(");
    HAS(svg, "bad ?? bytes");
    assert_true(utf8_valid(svg, strlen(svg), &(size_t){0}));
    assert_false(file_exists("pwned"));
    charts_free(charts);
}

static void expect_failure(struct charts *charts, const char *reason)
{
    struct chart chart = plain_chart();
    struct text why = {0};
    assert_null(chart_draw(charts, &chart, &arena, &why));
    if (!strstr(text_string(&why), reason))
        fail_msg("\"%s\" does not say \"%s\"", text_string(&why), reason);
    text_release(&why);
}

static void test_missing(void **state)
{
    (void)state;
    setenv("BENCHBOOK_GNUPLOT", "/nonexistent/gnuplot", 1);
    struct charts *charts = charts_new("templates");
    expect_failure(charts, "gnuplot-nox");
    expect_failure(charts, "gnuplot-nox");
    charts_free(charts);
}

static void test_dying(void **state)
{
    (void)state;
    replace_gnuplot("#!/bin/sh\nread line\necho 'out of paint' >&2\nexit 3\n");
    struct charts *charts = charts_new("templates");
    expect_failure(charts, "exited with status 3: out of paint");
    charts_free(charts);
    replace_gnuplot("#!/bin/sh\nread line\nkill -SEGV $$\n");
    charts = charts_new("templates");
    expect_failure(charts, "was killed by signal 11");
    charts_free(charts);
}

static void test_hanging_and_flooding(void **state)
{
    static const char *const scripts[] = {"#!/bin/sh\nsleep 60\n", "#!/bin/sh\nexec yes\n",
                                          "#!/bin/sh\nyes >&2\n"};
    (void)state;
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        replace_gnuplot(scripts[i]);
        struct charts *charts = charts_new("templates");
        charts_limit(charts, 0.2);
        double start = clock_seconds();
        expect_failure(charts, "took too long");
        assert_true(clock_seconds() - start < 2);
        charts_free(charts);
    }
}

/* A chart that fails costs itself alone: the next is drawn by another process. */
static void test_recovery(void **state)
{
    struct charts *charts = charts_new("templates");
    struct chart chart = plain_chart(), unknown = plain_chart(), empty = plain_chart();
    struct text why = {0};
    (void)state;
    unknown.kind = "nosuchkind";
    assert_null(chart_draw(charts, &unknown, &arena, &why));
    HAS(text_string(&why), "nosuchkind");
    text_truncate(&why, 0);
    unknown.kind = "../speedup";
    assert_null(chart_draw(charts, &unknown, &arena, &why));
    HAS(text_string(&why), "kind");
    text_truncate(&why, 0);
    empty.block_count = 0;
    assert_null(chart_draw(charts, &empty, &arena, &why));
    HAS(text_string(&why), "nothing to draw");
    text_truncate(&why, 0);
    assert_non_null(chart_draw(charts, &chart, &arena, &why));
    text_release(&why);
    charts_free(charts);
}

/* A process that lies about being done leaves no drawing. */
static void test_liar(void **state)
{
    (void)state;
    replace_gnuplot("#!/bin/sh\nwhile read line; do\ncase \"$line\" in print*) "
                    "line=${line#print \\\"}; echo \"${line%\\\"}\";; esac\ndone\n");
    struct charts *charts = charts_new("templates");
    expect_failure(charts, "left no drawing");
    charts_free(charts);
}

/* Every script draws with the variables that its first lines promise. */
static void test_every_kind(void **state)
{
    static const char *const kinds[] = {"speedup", "efficiency", "paths", "times", "summary"};
    static const struct chart_number all[] = {
        {"XHIGH", 4},  {"YHIGH", 4.4}, {"XSTEP", 1}, {"IDEAL_Y", 4},  {"XLOW", 0.5},
        {"YLOW", -3},  {"MANY", 0},    {"XLOG", 0},  {"HEIGHT", 200}, {"LINES", 2},
        {"CURVES", 0}, {"DOTS", 0},    {"THICK", 8}, {"NAMES", 1},    {"NAME_Y1", -1.5},
        {"BARS", 1},   {"BAR_X1", 1},  {"MOST", 4},  {"BAR_Y1", -1},  {"LEFT", 80},
        {"RIGHT", 500}};
    static const struct chart_string strings[] = {
        {"BAR1", "1.9×"}, {"NAME1", "parallel"}, {"MEDIAN1", "12 ms"}};
    struct charts *charts = charts_new("templates");
    struct text why = {0};
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct chart chart = plain_chart();
        const struct chart_block blocks[] = {block, block};
        chart.kind = kinds[i];
        chart.blocks = blocks;
        chart.block_count = 2;
        chart.numbers = all;
        chart.number_count = sizeof all / sizeof *all;
        chart.strings = strings;
        chart.string_count = sizeof strings / sizeof *strings;
        const char *svg = chart_draw(charts, &chart, &arena, &why);
        assert_string_equal("", text_string(&why));
        HAS(svg, ">parallel</text>");
    }
    charts_free(charts);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_folder, close_folder)
    const struct CMUnitTest tests[] = {
        TEST(test_drawing),    TEST(test_hostile_texts),
        TEST(test_missing),    TEST(test_control_characters),
        TEST(test_dying),      TEST(test_hanging_and_flooding),
        TEST(test_recovery),   TEST(test_liar),
        TEST(test_every_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
