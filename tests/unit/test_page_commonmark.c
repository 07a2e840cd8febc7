/* Plain CommonMark comes out of the whole pipeline as cmark prints it. Our own inputs are in
 * tests/commonmark, each taken alone, in a quote and in a list; the specification's examples are
 * taken as well where they are on this machine: Debian's python-commonmark-bkrs-doc has them, npm's
 * commonmark-spec, or what COMMONMARK_SPEC names. What is compared is HTML without what pages add
 * by design: anchors, numbers and colours. */
#include "page_fixture.h"

#include <cmark.h>

enum { A_BOOK = 40 }; /* so many inputs are the chapters of one book */

struct inputs {
    struct arena arena;
    char **items;
    size_t count;
};

static void add_input(struct inputs *inputs, char *text)
{
    inputs->items = array_grow(&inputs->arena, inputs->items, inputs->count, sizeof *inputs->items);
    inputs->items[inputs->count++] = text;
}

static char *replaced(struct arena *arena, const char *text, const char *from, const char *to)
{
    struct text out = {0};
    for (const char *at; (at = strstr(text, from)) != NULL; text = at + strlen(from)) {
        text_add_bytes(&out, text, (size_t)(at - text));
        text_add(&out, to);
    }
    text_add(&out, text);
    return text_keep(&out, arena);
}

/* What lies between `begin` and the next `end`, appended to `out` or dropped. */
static const char *cut(const char *at, const char *end, struct text *out)
{
    const char *stop = strstr(at, end);
    size_t size = stop ? (size_t)(stop - at) : strlen(at);
    if (out)
        text_add_bytes(out, at, size);
    return at + size + (stop ? strlen(end) : 0);
}

/* --- Without what pages add ----------------------------------------------------------------------
 */

static bool starts(const char *at, const char *with)
{
    return strncmp(at, with, strlen(with)) == 0;
}

/* A heading as cmark prints it. */
static const char *plain_heading(const char *at, struct text *out)
{
    static const char number[] = "<span class=\"number\">";
    struct text inside = {0};
    char level = at[2];
    at = cut(at, ">", NULL);
    if (starts(at, number))
        at = cut(at, "</span> ", NULL);
    at = cut(at, " <a class=\"anchor\"", &inside);
    at = cut(at, "</a>", NULL);
    const char *text = text_string(&inside);
    size_t size = inside.size;
    while (size > 0 && text[size - 1] == '\n')
        size--;
    size_t blank = strspn(text, "\n");
    text_addf(out, "<h%c>%.*s", level, (int)(size > blank ? size - blank : 0), text + blank);
    text_release(&inside);
    return at;
}

/* Source without colours. */
static const char *plain_code(const char *at, struct text *out)
{
    const char *end = strstr(at, "</pre>");
    at = cut(at, "<code", NULL);
    at = cut(at, ">", NULL);
    text_add(out, "<pre><code>");
    while (at < end) {
        if (starts(at, "<span") || starts(at, "</span"))
            at = cut(at, ">", NULL);
        else
            text_add_char(out, *at++);
    }
    return at;
}

/* cmark's picture as a page shows one that is not there. */
static const char *plain_picture(struct arena *arena, const char *at, struct text *out)
{
    struct text url = {0}, alt = {0};
    at = cut(at, "src=\"", NULL);
    at = cut(at, "\"", &url);
    at = cut(at, "alt=\"", NULL);
    at = cut(at, "\"", &alt);
    at = cut(at, "/>", NULL);
    text_addf(out, "<span class=\"missing-picture\">%s</span>",
              alt.size ? text_keep(&alt, arena) : text_keep(&url, arena));
    text_release(&url);
    text_release(&alt);
    return at;
}

static char *plain(struct arena *arena, const char *html)
{
    struct text out = {0};
    while (*html) {
        bool heading = html[0] == '<' && html[1] == 'h' && html[2] >= '1' && html[2] <= '6';
        if (heading && starts(html + 3, " id="))
            html = plain_heading(html, &out);
        else if (starts(html, "<pre class=\"plain\"") || starts(html, "<pre><code"))
            html = plain_code(html, &out);
        else if (starts(html, "<img src=\"") && strstr(html, "\" alt=\""))
            html = plain_picture(arena, html, &out);
        else
            text_add_char(&out, *html++);
    }
    return replaced(arena, replaced(arena, text_keep(&out, arena), "&#39;", "'"), "&quot;", "\"");
}

/* --- Comparing -----------------------------------------------------------------------------------
 */

static char *expected_html(struct arena *arena, const char *input)
{
    char *html = cmark_markdown_to_html(input, strlen(input), CMARK_OPT_SMART | CMARK_OPT_UNSAFE);
    char *kept = arena_strdup(arena, html);
    free(html);
    return plain(arena, kept);
}

static char *page_html(struct page_fixture *f, const char *path)
{
    const char *page = page_of(f, path);
    assert_non_null(page);
    page = strstr(page, "<article>\n") + strlen("<article>\n");
    struct text body = {0};
    cut(page, "\n</article>", &body);
    return plain(&f->arena, text_keep(&body, &f->arena));
}

/* Compares the inputs as chapters of one book; how many came out otherwise. */
static size_t compare(struct page_fixture *f, char *const *inputs, size_t count)
{
    size_t wrong = 0;
    page_forget(f);
    folder_remove(f->folder);
    folder_make(f->folder);
    for (size_t i = 0; i < count; i++)
        page_write(f, arena_printf(&f->arena, "c%03zu.md", i), inputs[i]);
    if (!page_try(f, true)) {
        diags_print(&f->diags, stderr, false);
        fail_msg("CommonMark has faults");
    }
    for (size_t i = 0; i < count; i++) {
        const char *expected = expected_html(&f->arena, inputs[i]);
        const char *got = page_html(f, arena_printf(&f->arena, "c%03zu.html", i));
        if (strcmp(got, expected) == 0)
            continue;
        print_message("# input:\n%s# expected:\n%s# got:\n%s#\n", inputs[i], expected, got);
        wrong++;
    }
    return wrong;
}

static void compare_all(struct page_fixture *f, struct inputs *inputs)
{
    size_t wrong = 0;
    for (size_t i = 0; i < inputs->count; i += A_BOOK)
        wrong +=
            compare(f, inputs->items + i, inputs->count - i < A_BOOK ? inputs->count - i : A_BOOK);
    arena_release(&inputs->arena);
    assert_int_equal(wrong, 0);
}

/* --- Our own inputs ------------------------------------------------------------------------------
 */

/* Each line of the input behind `first` or, from the second on, `next`. */
static char *indented(struct arena *arena, const char *input, const char *first, const char *next)
{
    struct text out = {0};
    for (bool begun = false; *input; begun = true) {
        size_t size = strcspn(input, "\n");
        text_add(&out, begun ? next : first);
        text_add_bytes(&out, input, size);
        text_add_char(&out, '\n');
        input += size + (input[size] == '\n');
    }
    return text_keep(&out, arena);
}

static struct inputs own_inputs(void)
{
    struct inputs inputs = {0};
    char *text = file_read(&inputs.arena, "tests/commonmark/inputs.txt", NULL);
    assert_non_null(text);
    text = replaced(&inputs.arena, text, "\xE2\x86\x92", "\t");
    text = replaced(&inputs.arena, text, "\xE2\x90\xA3", " ");
    while (*text) {
        struct text input = {0};
        const char *rest = cut(text, "\n====\n", &input);
        text = (char *)rest;
        if (input.size == 0 || input.data[input.size - 1] != '\n')
            text_add_char(&input, '\n');
        add_input(&inputs, text_keep(&input, &inputs.arena));
    }
    assert_true(inputs.count > 200);
    return inputs;
}

static void alone(void **state)
{
    struct inputs inputs = own_inputs();
    compare_all(*state, &inputs);
}

static void in_a_quote(void **state)
{
    struct inputs inputs = own_inputs();
    for (size_t i = 0; i < inputs.count; i++)
        inputs.items[i] = indented(&inputs.arena, inputs.items[i], "> ", "> ");
    compare_all(*state, &inputs);
}

static void in_a_list(void **state)
{
    struct inputs inputs = own_inputs();
    for (size_t i = 0; i < inputs.count; i++)
        inputs.items[i] = indented(&inputs.arena, inputs.items[i], "1. ", "   ");
    compare_all(*state, &inputs);
}

/* --- The specification's -------------------------------------------------------------------------
 */

/* Examples between lines of 32 backticks, the input before a line ".", or in the old form between
 * lines ".". */
static struct inputs spec_inputs(const char *path)
{
    static const char fence[] = "````````````````````````````````";
    struct inputs inputs = {0};
    char *text = file_read(&inputs.arena, path, NULL);
    if (!text)
        return inputs;
    text = replaced(&inputs.arena, text, "\r\n", "\n");
    bool fenced = strstr(text, fence) != NULL;
    const char *open = fenced ? " example\n" : "\n.\n", *close = "\n.\n";
    for (const char *at = text; (at = strstr(at, open)) != NULL;) {
        struct text input = {0};
        at += strlen(open);
        if (*at != '.') /* an empty input has the closing line at once */
            at = cut(at, close, &input);
        text_add(&input, "\n");
        at = cut(at, fenced ? fence : "\n.\n", NULL);
        char *kept = text_keep(&input, &inputs.arena);
        kept = replaced(&inputs.arena, kept, "\xE2\x86\x92", "\t");
        /* Two of them mean something in MyST: lines of dashes at the top of a file are around
         * front matter, and +++ parts cells. */
        if (!starts(kept, "+++"))
            add_input(&inputs,
                      starts(kept, "---") ? arena_printf(&inputs.arena, "\n%s", kept) : kept);
    }
    return inputs;
}

static void as_the_specification_has_them(void **state)
{
    const char *given = getenv("COMMONMARK_SPEC");
    const char *const paths[] = {given ? given : "",
                                 "/usr/share/doc/python-commonmark-bkrs-doc/spec.txt",
                                 "tests/browser/node_modules/commonmark-spec/spec.txt"};
    bool found = false;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct inputs inputs = spec_inputs(paths[i]);
        if (inputs.count == 0)
            continue;
        print_message("# %s: %zu examples\n", paths[i], inputs.count);
        found = true;
        compare_all(*state, &inputs);
    }
    if (!found)
        skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAGE_TEST(alone),
        PAGE_TEST(in_a_quote),
        PAGE_TEST(in_a_list),
        PAGE_TEST(as_the_specification_has_them),
    };
    return cmocka_run_group_tests_name("page_commonmark", tests, NULL, NULL);
}
