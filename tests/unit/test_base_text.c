#include "base/digest.h"
#include "base/text.h"
#include "unit.h"

#include <string.h>

static void appends_grow(void **state)
{
    (void)state;
    struct text text = {0};
    assert_string_equal(text_string(&text), "");
    for (int i = 0; i < 1000; i++)
        text_addf(&text, "%d,", i % 10);
    assert_int_equal(text.size, 2000);
    assert_memory_equal(text_string(&text), "0,1,2,3,", 8);
    text_truncate(&text, 3);
    text_add_char(&text, 'x');
    assert_string_equal(text_string(&text), "0,1x");
    text_release(&text);
    assert_string_equal(text_string(&text), "");
}

static void kept_text_belongs_to_the_arena(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct text text = {0};
    text_add_bytes(&text, "a\0b", 3);
    char *kept = text_keep(&text, &arena);
    assert_memory_equal(kept, "a\0b", 4);
    assert_null(text.data);
    arena_release(&arena);
}

static void nearest_name_finds_misspellings(void **state)
{
    (void)state;
    static const char *const known[] = {"households", "periods", "w0", "seed", "render"};
    assert_string_equal(nearest_name("housholds", known, 5), "households");
    assert_string_equal(nearest_name("preiods", known, 5), "periods");
    assert_string_equal(nearest_name("w1", known, 5), "w0");
    assert_string_equal(nearest_name("rander", known, 5), "render");
}

static void nearest_name_is_silent_for_the_far(void **state)
{
    (void)state;
    static const char *const known[] = {"households", "periods", "w0"};
    char longer[200];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_null(nearest_name("temperature", known, 3));
    assert_null(nearest_name("x", known, 3));
    assert_null(nearest_name(longer, known, 3));
    assert_null(nearest_name("periods", known, 0));
}

static void hash_is_fnv_1a(void **state)
{
    (void)state;
    /* known answers of FNV-1a with 64 bits */
    assert_true(hash_bytes(HASH_START, "", 0) == UINT64_C(0xcbf29ce484222325));
    assert_true(hash_bytes(HASH_START, "a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(hash_bytes(HASH_START, "foobar", 6) == UINT64_C(0x85944171f73967e8));
    uint64_t left = hash_string(hash_string(HASH_START, "ab"), "c");
    uint64_t right = hash_string(hash_string(HASH_START, "a"), "bc");
    assert_true(left != right);
}

static void utf8_faults_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t size, fault;
    } bad[] = {
        {"a\0b", 3, 1},         {"\xC0\x80", 2, 0},          {"ok\x80", 3, 2},
        {"\xE0\x9F\xBF", 3, 0}, {"\xED\xA0\x80", 3, 0},      {"\xF4\x90\x80\x80", 4, 0},
        {"\xF0\x9F\x98", 3, 0}, {"x\xF8\x88\x80\x80", 5, 1},
    };
    size_t offset = 99;
    assert_true(utf8_valid("Gr\xC3\xBC\xC3\x9F, \xE2\x82\xAC \xF0\x9F\x98\x80", 16, &offset));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(utf8_valid(bad[i].bytes, bad[i].size, &offset));
        assert_int_equal(offset, bad[i].fault);
    }
}

static void arena_gives_zeroed_aligned_memory(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t size = 1; size < 200000; size = size * 3 + 1) {
        unsigned char *bytes = arena_alloc(&arena, size);
        assert_int_equal((uintptr_t)bytes % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(bytes[i], 0);
        memset(bytes, 0xFF, size);
    }
    assert_null(arena_strdup(&arena, NULL));
    assert_string_equal(arena_printf(&arena, "%s %d", "x", 7), "x 7");
    arena_release(&arena);
    assert_null(arena.head);
}

/* Eight bytes are looked at together where there are so many. */
static void utf8_faults_are_found_at_any_place(void **state)
{
    (void)state;
    char bytes[40];
    size_t offset;
    for (size_t at = 0; at < sizeof bytes; at++) {
        memset(bytes, 'x', sizeof bytes);
        assert_true(utf8_valid(bytes, sizeof bytes, &offset));
        bytes[at] = at % 2 ? '\0' : '\xFF';
        assert_false(utf8_valid(bytes, sizeof bytes, &offset));
        assert_int_equal(offset, at);
    }
}

static void digests_differ_by_any_bit_and_by_size(void **state)
{
    (void)state;
    char bytes[50] = {0};
    struct digest seen[sizeof bytes * 9];
    size_t count = 0;
    for (size_t size = 0; size < sizeof bytes; size++)
        seen[count++] = digest_bytes(bytes, size);
    for (size_t bit = 0; bit < 8 * sizeof bytes; bit++) {
        bytes[bit / 8] ^= (char)(1 << bit % 8);
        seen[count++] = digest_bytes(bytes, sizeof bytes);
        bytes[bit / 8] ^= (char)(1 << bit % 8);
    }
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++)
            assert_true(seen[i].words[0] != seen[k].words[0] &&
                        seen[i].words[1] != seen[k].words[1]);
    struct arena arena = {0};
    assert_int_equal(strlen(digest_text(&arena, seen[0])), 32);
    assert_true(digest_equal(seen[3], digest_bytes(bytes, 3)));
    arena_release(&arena);
}

static void arrays_grow_by_powers_of_two(void **state)
{
    (void)state;
    struct arena arena = {0};
    int *items = NULL;
    for (size_t count = 0; count < 1000; count++) {
        items = array_grow(&arena, items, count, sizeof *items);
        items[count] = (int)count;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    arena_release(&arena);
}

/* The vectors of RFC 4648, section 10, and bytes that are no text. */
static void base_64_is_that_of_the_standard(void **state)
{
    static const char *const vectors[][2] = {{"", ""},
                                             {"f", "Zg=="},
                                             {"fo", "Zm8="},
                                             {"foo", "Zm9v"},
                                             {"foob", "Zm9vYg=="},
                                             {"fooba", "Zm9vYmE="},
                                             {"foobar", "Zm9vYmFy"},
                                             {"\xFB\xFF\xFE", "+//+"}};
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        struct text text = {0};
        text_add_base64(&text, vectors[i][0], strlen(vectors[i][0]));
        assert_string_equal(text_string(&text), vectors[i][1]);
        text_release(&text);
    }
}

static void long_names_are_cut_between_characters(void **state)
{
    struct arena arena = {0};
    (void)state;
    assert_string_equal(text_cut(&arena, "wealth", 6), "wealth");
    assert_string_equal(text_cut(&arena, "wealth", 5), "weal…");
    assert_string_equal(text_cut(&arena, "größer", 4), "grö…");
    assert_string_equal(text_cut(&arena, "☃☃☃", 2), "☃…");
    assert_string_equal(text_cut(&arena, "", 3), "");
    arena_release(&arena);
}

static void terminals_get_nothing_to_obey(void **state)
{
    static const struct {
        const char *bytes, *harmless;
    } cases[] = {
        {"ünï ☃ 🦊 “x”", "ünï ☃ 🦊 “x”"},
        {"a\tb\nc\rd", "a b c d"},
        {"\033[31mred\007\177", "\\x1b[31mred\\x07\\x7f"},
        {"\xC2\x9B"
         "31m \xC2\xA0",
         "\\xc2\\x9b31m \xC2\xA0"}, /* CSI of C1 */
        {"\xE2\x80\xAE"
         "abc\xE2\x81\xA6",
         "\\xe2\\x80\\xaeabc\\xe2\\x81\\xa6"}, /* bidi */
        {"\x9B"
         "A\xFF",
         "\\x9bA\\xff"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text text = {0};
        text_add_harmless(&text, cases[i].bytes, strlen(cases[i].bytes));
        assert_string_equal(text_string(&text), cases[i].harmless);
        text_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(appends_grow),
        cmocka_unit_test(kept_text_belongs_to_the_arena),
        cmocka_unit_test(nearest_name_finds_misspellings),
        cmocka_unit_test(nearest_name_is_silent_for_the_far),
        cmocka_unit_test(hash_is_fnv_1a),
        cmocka_unit_test(base_64_is_that_of_the_standard),
        cmocka_unit_test(utf8_faults_are_found),
        cmocka_unit_test(long_names_are_cut_between_characters),
        cmocka_unit_test(terminals_get_nothing_to_obey),
        cmocka_unit_test(utf8_faults_are_found_at_any_place),
        cmocka_unit_test(digests_differ_by_any_bit_and_by_size),
        cmocka_unit_test(arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(arrays_grow_by_powers_of_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
