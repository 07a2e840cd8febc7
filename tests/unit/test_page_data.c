/* The data of charts: as a table, as comma-separated values, and the files beside a page. */
#include "figures_fixture.h"

#include "page/data.h"
#include "page/results.h"

#include <math.h>

static struct data small_data(struct arena *arena)
{
    struct data data = {.arena = arena, .caption = "In <s>."};
    data_add_column(&data, DATA_WORDS, "way, of \"running\"", "");
    data_add_column(&data, DATA_ESTIMATE, "time", "s");
    data_add_column(&data, DATA_LEVEL, "verdict", "");
    data_add_words(&data, "serial");
    data_add_estimate(&data, "0.300", "0.200 to 0.400", (struct estimate){0.1 + 0.2, 0.2, 0.4, 9});
    data_add_level(&data, LEVEL_GOOD);
    data_add_words(&data, "parallel × 2");
    data_add_estimate(&data, "–", NULL, (struct estimate){NAN, NAN, NAN, 0});
    data_add_level(&data, LEVEL_NONE);
    return data;
}

/* RFC 4180: a header, CRLF, quotes where they must be; every digit of a number, units named. */
static void values_with_all_their_digits(void **state)
{
    struct arena arena = {0};
    struct text csv = {0};
    (void)state;
    const struct data data = small_data(&arena);
    data_csv(&data, &csv);
    assert_string_equal("\"way, of \"\"running\"\"\",time (s),\"time, low (s)\",\"time, high (s)\","
                        "verdict\r\n"
                        "serial,0.30000000000000004,0.2,0.4,good\r\n"
                        "parallel × 2,,,,none\r\n",
                        text_string(&csv));
    text_release(&csv);
    arena_release(&arena);
}

/* What a spreadsheet would evaluate reaches it as text; numbers stay numbers. */
static void formulas_are_text(void **state)
{
    static const struct {
        const char *words, *field;
    } cases[] = {
        {"=1+1", "\"'=1+1\""},
        {"+cmd|' /C calc'!A0", "\"'+cmd|' /C calc'!A0\""},
        {"-2+3", "\"'-2+3\""},
        {"@SUM(A1)", "\"'@SUM(A1)\""},
        {"\t=1", "\"'\t=1\""},
        {"=\"a\",b", "\"'=\"\"a\"\",b\""},
        {"-2.5e3", "-2.5e3"},
        {"+7", "+7"},
        {"a=b", "a=b"},
        {"two\nlines", "\"two\nlines\""},
        {"", ""},
    };
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text csv = {0};
        struct data data = {.arena = &arena};
        data_add_column(&data, DATA_WORDS, cases[i].words, "");
        data_add_words(&data, cases[i].words);
        data_csv(&data, &csv);
        assert_string_equal(arena_printf(&arena, "%s\r\n%s\r\n", cases[i].field, cases[i].field),
                            text_string(&csv));
        text_release(&csv);
    }
    arena_release(&arena);
}

/* A table that names itself, its rows and its columns, and can be scrolled by keyboard. */
static void table_names_its_parts(void **state)
{
    struct arena arena = {0};
    struct text html = {0};
    (void)state;
    struct data data = small_data(&arena);
    data_table(&data, "Data: <times>", &html);
    const char *page = text_string(&html);
    HAS(page, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" "
              "aria-label=\"Data: &lt;times&gt;\">");
    HAS(page, "<caption>In &lt;s&gt;.</caption>");
    HAS(page, "<th scope=\"col\" class=\"words\">way, of &quot;running&quot;</th>"
              "<th scope=\"col\">time</th>");
    HAS(page, "<tr><th scope=\"row\">serial</th>"
              "<td>0.300 <span class=\"interval\">0.200 to 0.400</span></td>");
    HAS(page, "<span class=\"verdict verdict-good\">good</span>");
    LACKS(page, "download");
    text_truncate(&html, 0);
    data.step = data.columns_shown = 2;
    data_table(&data, "some", &html);
    LACKS(text_string(&html), "parallel");
    LACKS(text_string(&html), "verdict");
    text_release(&html);
    arena_release(&arena);
}

static const struct site_file *file_of(const struct site *site, const char *path)
{
    for (size_t i = 0; i < site->file_count; i++)
        if (strcmp(site->files[i].path, path) == 0)
            return &site->files[i];
    return NULL;
}

/* A drawing and its values lie beside the page, under names that no other chart has; a site that
 * is to be one file has none of them. */
static void files_beside_the_page(void **state)
{
    struct figures_fixture figures;
    struct text html = {0};
    (void)state;
    figures_fixture_start(&figures);
    figures.chapter.number = 3;
    figures.context.palette =
        palette_read(":root { --s1: #123456; --paper: #fff }", &figures.arena);
    const struct data data = small_data(&figures.arena);
    const struct drawn drawn = {
        "median-times", "Times",
        "<svg class=\"chart\" viewBox=\"0 0 5 6\">\n<path d=\"M0,0\" class=\"s1\"/></svg>\n"};
    add_data(&figures.context, &drawn, &data, NULL, &html);
    LACKS(text_string(&html), "href");
    assert_int_equal(0, figures.site.file_count);

    figures.context.downloads = true;
    add_data(&figures.context, &drawn, &data, NULL, &html);
    HAS(text_string(&html), "<a href=\"charts/loops.median-times.svg\" download>");
    HAS(text_string(&html), "<a href=\"charts/loops.median-times.csv\" download>");
    assert_int_equal(2, figures.site.file_count);
    const struct site_file *svg = file_of(&figures.site, "charts/loops.median-times.svg");
    assert_non_null(svg);
    assert_int_equal(svg->size, strlen(svg->bytes));
    HAS(svg->bytes, "color=\"#123456\"");
    HAS(file_of(&figures.site, "charts/loops.median-times.csv")->bytes, "\r\nserial,0.3000");

    text_truncate(&html, 0); /* the same id once more, and a drawing that failed */
    add_data(&figures.context, &(struct drawn){"median-times", "Times", NULL}, &data, NULL, &html);
    LACKS(text_string(&html), ".svg");
    HAS(text_string(&html), "charts/loops.median-times-2.csv");
    figures.options.rehearsal = true;
    add_data(&figures.context, &drawn, &data, NULL, &html);
    assert_int_equal(3, figures.site.file_count);
    text_release(&html);
    site_release(&figures.site);
    figures_fixture_release(&figures);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_with_all_their_digits),
        cmocka_unit_test(formulas_are_text),
        cmocka_unit_test(table_names_its_parts),
        cmocka_unit_test(files_beside_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
