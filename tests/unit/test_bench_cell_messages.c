/* What compilers print of a cell: errors and warnings with their places, each once. */
#include "bench_fixture.h"

#include "base/text.h"
#include "bench/cell_messages.h"

static struct cell_messages read_said(const char *said, struct arena *arena)
{
    struct cell_messages messages = {0};
    cell_messages_read(&messages, said, "pi.c", "{kernel}", arena);
    return messages;
}

static void expect(const struct cell_message *message, enum cell_origin origin, bool error,
                   int line, int column, const char *text)
{
    assert_int_equal(message->origin, origin);
    assert_int_equal(message->error, error);
    assert_int_equal(message->line, line);
    assert_int_equal(message->column, column);
    assert_string_equal(message->text, text);
}

static void test_gcc(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct cell_messages messages =
        read_said("pi.c: In function 'pi':\n"
                  "pi.c:3:17: error: implicit declaration of function 'f' [-Wimplicit]\n"
                  "    3 |     int x = 3; f(n); // pi.c:9:9: error: of a comment\n"
                  "      |                ^\n"
                  "pi.c:4:12: error: 'y' undeclared (first use in this function)\n"
                  "pi.c:4:12: note: each undeclared identifier is reported only once\n"
                  "pi.c:5:1: warning: incompatible implicit declaration of 'sin'\n"
                  "pi.c:1:1: note: include '<math.h>' or provide a declaration of 'sin'\n"
                  "  +++ |+#include <math.h>\n"
                  "    1 | double pi(int n)\n"
                  "cc1: some warnings being treated as errors\n",
                  &arena);
    assert_int_equal(messages.count, 3);
    assert_int_equal(messages.errors, 2);
    expect(&messages.items[0], IN_CELL, true, 3, 17,
           "implicit declaration of function 'f' [-Wimplicit]");
    assert_null(messages.items[0].hint);
    expect(&messages.items[1], IN_CELL, true, 4, 12, "'y' undeclared (first use in this function)");
    assert_null(messages.items[1].hint);
    expect(&messages.items[2], IN_CELL, false, 5, 1, "incompatible implicit declaration of 'sin'");
    assert_string_equal(messages.items[2].hint, "include '<math.h>' or provide a declaration of "
                                                "'sin'");
    arena_release(&arena);
}

/* The builds say the same of one text. */
static void test_each_once(void **state)
{
    (void)state;
    struct arena arena = {0};
    static const char said[] = "pi.c:1:2: warning: a\npi.c:1:2: error: b\npi.c:2:2: error: b\n";
    struct cell_messages messages = {0};
    for (int i = 0; i < 3; i++)
        cell_messages_read(&messages, said, "pi.c", "{kernel}", &arena);
    assert_int_equal(messages.count, 3);
    assert_int_equal(messages.errors, 2);
    arena_release(&arena);
}

/* Of the call one error is enough, and a warning is not the author's. */
static void test_call(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct cell_messages messages = read_said("{kernel}:5:12: warning: unused\n"
                                              "{kernel}:5:12: error: too few arguments\n"
                                              "pi.c:1:8: note: declared here\n"
                                              "{kernel}:7:1: error: expected '}'\n",
                                              &arena);
    assert_int_equal(messages.count, 1);
    expect(&messages.items[0], IN_CALL, true, 0, 0, "too few arguments");
    assert_null(messages.items[0].hint);
    arena_release(&arena);
}

/* What is wrong in a header belongs to the line that includes it, however deep it is. */
static void test_headers(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct cell_messages messages =
        read_said("In file included from /x/kernels/a.h:1,\n"
                  "                 from pi.c:7:\n"
                  "/x/kernels/b.h:20:3: error: no type\n"
                  "/x/kernels/b.h:21:3: warning: nor here\n"
                  "pi.c:9:1: fatal error: none.h: No such file or directory\n"
                  "compilation terminated.\n"
                  "cc1: error: unknown value 'x86-64-v9' for '-march'\n",
                  &arena);
    assert_int_equal(messages.count, 4);
    expect(&messages.items[0], ELSEWHERE, true, 7, 0, "b.h:20: no type");
    expect(&messages.items[1], ELSEWHERE, false, 7, 0, "b.h:21: nor here");
    expect(&messages.items[2], IN_CELL, true, 9, 1, "none.h: No such file or directory");
    expect(&messages.items[3], ELSEWHERE, true, 0, 0,
           "cc1: unknown value 'x86-64-v9' for '-march'");
    arena_release(&arena);
}

static void test_clang(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct cell_messages messages = read_said("In file included from pi.c:2:\n"
                                              "./kernels/a.h:3:9: error: unknown type name 'x'\n"
                                              "        x y;\n"
                                              "        ^\n"
                                              "pi.c:4: warning: a place without a column\n"
                                              "1 warning and 1 error generated.\n",
                                              &arena);
    assert_int_equal(messages.count, 2);
    expect(&messages.items[0], ELSEWHERE, true, 2, 0, "a.h:3: unknown type name 'x'");
    expect(&messages.items[1], IN_CELL, false, 4, 1, "a place without a column");
    arena_release(&arena);
}

/* A flood is cut, and nothing that is no message makes one. */
static void test_hostile(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct text flood = {0};
    for (int i = 1; i <= 1000; i++)
        text_addf(&flood, "pi.c:%d:1: error: %d\n", i, i);
    assert_int_equal(read_said(text_string(&flood), &arena).count, 100);
    text_release(&flood);
    static const char *const none[] = {"",
                                       "\n\n",
                                       ":",
                                       "pi.c:1:1:",
                                       "error: x",
                                       "pi.c:1:1: x",
                                       "In file included from ",
                                       "In file included from pi.c",
                                       " from ",
                                       "pi.c:1:1: note: alone"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(read_said(none[i], &arena).count, 0);
    struct cell_messages odd = read_said("pi.c:99999999999:1: error: x\n"
                                         ": error: y\n"
                                         "pi.c:2:3: error: \033[31m\xff\n",
                                         &arena);
    assert_int_equal(odd.count, 3);
    assert_int_equal(odd.items[0].origin, ELSEWHERE);
    expect(&odd.items[2], IN_CELL, true, 2, 3, " [31m?");
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gcc),   cmocka_unit_test(test_each_once),
        cmocka_unit_test(test_call),  cmocka_unit_test(test_headers),
        cmocka_unit_test(test_clang), cmocka_unit_test(test_hostile),
    };
    return cmocka_run_group_tests_name("bench_cell_messages", tests, NULL, NULL);
}
