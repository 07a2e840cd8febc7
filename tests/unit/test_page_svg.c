/* gnuplot's SVG made fit for a page: what stays, what goes, and what is refused. */
#include "figures_fixture.h"

#include "page/svg.h"

#include <stdio.h>

/* What gnuplot 5.4 writes, cut down to one thing of each kind. */
static const char canned[] =
    "<?xml version=\"1.0\" encoding=\"utf-8\"  standalone=\"no\"?>\n"
    "<svg \n width=\"520\" height=\"320\"\n viewBox=\"0 0 520 320\"\n"
    " xmlns=\"http://www.w3.org/2000/svg\"\n xmlns:xlink=\"http://www.w3.org/1999/xlink\"\n>\n\n"
    "<title>Gnuplot</title>\n"
    "<desc>Produced by GNUPLOT 5.4 patchlevel 4 </desc>\n\n"
    "<g id=\"gnuplot_canvas\">\n\n"
    "<rect x=\"0\" y=\"0\" width=\"520\" height=\"320\" fill=\"none\"/>\n"
    "<defs>\n\n\t<circle id='gpDot' r='0.5' stroke-width='0.5' stroke='currentColor'/>\n"
    "\t<circle id='gpPt6' stroke='none' fill='currentColor' cx='0' cy='0' r='1'/>\n"
    "\t<filter id='textbox' filterUnits='objectBoundingBox' x='0' y='0'>\n"
    "\t  <feFlood flood-color='white' flood-opacity='1' result='bgnd'/>\n\t</filter>\n</defs>\n"
    "<g fill=\"none\" color=\"white\" stroke=\"currentColor\" stroke-width=\"1.00\">\n</g>\n"
    "<g fill=\"none\" stroke=\"black\" stroke-width=\"0.70\">\n"
    "\t<path stroke='rgb(176,   0,  12)'  d='M63.65,249.60 L426.55,249.60  '/></g>\n"
    "<g transform=\"translate(55.26,254.10)\" stroke=\"none\" fill=\"rgb(176,0,11)\" "
    "font-family=\"sans-serif\" font-size=\"14.00\"  text-anchor=\"end\">\n"
    "\t\t<text><tspan font-family=\"sans-serif\" xml:space=\"preserve\"> 0 &lt; &quot;a&quot;"
    "</tspan></text>\n\t</g>\n"
    "\t<use xlink:href='#gpPt6' transform='translate(77.44,157.20) scale(4.28)' "
    "color='rgb(176,   0,   1)' opacity='0.44'/>\n"
    "</g>\n</svg>\n";

static const struct svg_labels labels = {"m-speedup", "Speed-up <of> all", "\"A\" & b"};

static bool finish(const char *svg, struct text *html)
{
    struct text why = {0};
    text_truncate(html, 0);
    bool whole = svg_finish(svg, strlen(svg), &labels, html, &why);
    assert_int_equal(whole, why.size == 0);
    assert_int_equal(whole, html->size > 0);
    text_release(&why);
    return whole;
}

static void test_canned(void **state)
{
    struct text html = {0};
    (void)state;
    assert_true(finish(canned, &html));
    const char *page = text_string(&html);
    assert_ptr_equal(page,
                     strstr(page, "<svg class=\"chart\" viewBox=\"0 0 520 320\" role=\"img\""));
    HAS(page, "aria-labelledby=\"m-speedup-title m-speedup-desc\"");
    HAS(page, "<title id=\"m-speedup-title\">Speed-up &lt;of&gt; all</title>");
    HAS(page, "<desc id=\"m-speedup-desc\">&quot;A&quot; &amp; b</desc>");
    HAS(page, "stroke=\"currentColor\" d=\"M63.65,249.60 L426.55,249.60\" class=\"grid\"");
    HAS(page, "fill=\"currentColor\" text-anchor=\"end\" class=\"muted\"");
    HAS(page, "0 &lt; &quot;a&quot;</tspan>");
    HAS(page, "<use href=\"#m-speedup-gpPt6\"");
    HAS(page, "opacity=\"0.44\" class=\"s1\"/>");
    HAS(page, "id=\"m-speedup-gpPt6\"");
    LACKS(page, "<?xml");
    LACKS(page, "Gnuplot");
    LACKS(page, "font");
    LACKS(page, "filter");
    LACKS(page, "rgb(");
    LACKS(page, "gnuplot_canvas");
    LACKS(page, "xmlns");
    text_release(&html);
}

/* The same bytes each time; and no definitions where nothing uses them. */
static void test_same_and_lean(void **state)
{
    struct text one = {0}, two = {0};
    (void)state;
    assert_true(finish(canned, &one) && finish(canned, &two));
    assert_string_equal(text_string(&one), text_string(&two));
    assert_true(finish("<svg viewBox='0 0 1 1'><defs><circle id='a' r='1'/></defs>"
                       "<path d='M0,0'/></svg>",
                       &one));
    LACKS(text_string(&one), "circle");
    text_release(&one);
    text_release(&two);
}

/* Every colour of scripts has its class, and no two share one. */
static void test_colours(void **state)
{
    struct text html = {0};
    (void)state;
    for (size_t i = 0; i < svg_colour_count; i++) {
        char svg[200], class_name[40];
        snprintf(svg, sizeof svg,
                 "<svg viewBox='0 0 1 1'><path stroke='rgb(%u, %u, %u)' d='M0,0'/></svg>",
                 svg_colours[i].rgb >> 16, svg_colours[i].rgb >> 8 & 255, svg_colours[i].rgb & 255);
        snprintf(class_name, sizeof class_name, "class=\"%s\"", svg_colours[i].class_name);
        assert_true(finish(svg, &html));
        HAS(text_string(&html), class_name);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(svg_colours[i].class_name, svg_colours[k].class_name);
    }
    text_release(&html);
}

/* What only looks like a colour of a script has no class. */
static void test_no_colours(void **state)
{
    static const char *const colours[] = {"rgb(176,0,1", "rgb(176,0)",    "rgb(176,0,1)x",
                                          "rgb(,,)",     "rgb(176,0,-1)", "rgb(176,0,257)",
                                          "rgb()",       "176,0,1"};
    struct text html = {0};
    (void)state;
    for (size_t i = 0; i < sizeof colours / sizeof *colours; i++) {
        char svg[200];
        snprintf(svg, sizeof svg, "<svg viewBox='0 0 1 1'><path stroke='%s' d='M0,0'/></svg>",
                 colours[i]);
        assert_true(finish(svg, &html));
        LACKS(text_string(&html), "class=\"s1\"");
    }
    text_release(&html);
}

static void test_active_content_goes(void **state)
{
    static const char *const harmful[] = {
        "<script>alert(1)</script>",
        "<script type='a'><![CDATA[</svg>alert(1)]]></script>",
        "<foreignObject><body onload='alert(1)'/></foreignObject>",
        "<a href='https://alert.example/'><text>x</text></a>",
        "<path d='M0,0' onclick='alert(1)'/>",
        "<path d='M0,0' style='background:url(https://alert.example)'/>",
        "<path d='M0,0' class='alert'/>",
        "<use href='https://alert.example/#x'/>",
        "<use xlink:href='data:alert'/>",
        "<image href='https://alert.example/a.png'/>",
        "<style>* { background: url(alert) }</style>",
        "<path fill='url(https://alert.example/#x)' d='M0,0'/>",
        "<path d='\"><script>alert(1)</script>'/>",
        "<!-- alert -->",
        "<set attributeName='alert' to='1'/>",
    };
    struct text html = {0};
    (void)state;
    for (size_t i = 0; i < sizeof harmful / sizeof *harmful; i++) {
        char svg[400];
        snprintf(svg, sizeof svg, "<svg viewBox='0 0 1 1'><g>%s</g><text>kept</text></svg>",
                 harmful[i]);
        if (!finish(svg, &html))
            continue;
        LACKS(text_string(&html), "alert");
        LACKS(text_string(&html), "<script");
        HAS(text_string(&html), "kept");
    }
    text_release(&html);
}

static void test_broken(void **state)
{
    static const char *const broken[] = {
        "",
        "gnuplot",
        "<svg viewBox='0 0 1 1'>",
        "<svg viewBox='0 0 1 1'><g></svg>",
        "<svg viewBox='0 0 1 1'></svg></g>",
        "<svg></svg>",
        "<svg viewBox='0 0 1 1'><path d='M0,0></svg>",
        "<svg viewBox='0 0 1 1'><path d/></svg>",
        "<svg viewBox='0 0 1 1'><",
        "<svg viewBox='0 0 1 1'><!-- ",
        "<svg viewBox='0 0 1 1'><![CDATA[",
        "<svg viewBox='0 0 1 1'><a b=",
        "<svg viewBox='\" onload=alert(1)'></svg>",
    };
    struct text html = {0};
    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        assert_false(finish(broken[i], &html));
    text_release(&html);
}

/* No cut through gnuplot's own drawing is taken for a whole one, or read past its end. */
static void test_cut_short(void **state)
{
    struct text html = {0};
    (void)state;
    for (size_t size = 0; size + 8 < sizeof canned; size++) {
        char *cut = calloc(size + 1, 1);
        memcpy(cut, canned, size);
        assert_false(finish(cut, &html));
        free(cut);
    }
    text_release(&html);
}

static void test_nesting(void **state)
{
    struct text svg = {0}, html = {0};
    (void)state;
    text_add(&svg, "<svg viewBox='0 0 1 1'>");
    for (int i = 0; i < 10000; i++)
        text_add(&svg, "<g>");
    for (int i = 0; i < 10000; i++)
        text_add(&svg, "</g>");
    text_add(&svg, "</svg>");
    assert_false(finish(text_string(&svg), &html));
    text_release(&svg);
    text_release(&html);
}

/* As a file of its own a drawing brings its colours, font, size and ground, and needs no style
 * sheet and nothing from elsewhere. */
static void test_alone(void **state)
{
    struct arena arena = {0};
    struct text html = {0}, alone = {0};
    (void)state;
    const struct palette palette =
        palette_read(":root { --s1: #0a0b0c; --muted: #2a2b2c; --grid: #3a3b3c; --paper: #fdfeff;"
                     " --sans: \"A & B\", sans-serif }",
                     &arena);
    assert_true(finish(canned, &html));
    svg_alone(text_string(&html), &palette, &alone);
    const char *file = text_string(&alone);
    assert_ptr_equal(file, strstr(file, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg "));
    HAS(file, " xmlns=\"http://www.w3.org/2000/svg\"");
    HAS(file, " width=\"520\" height=\"320\" viewBox=\"0 0 520 320\"");
    HAS(file, " font-family=\"&quot;A &amp; B&quot;, sans-serif\" font-size=\"12\">");
    HAS(file, "<title id=\"m-speedup-title\">Speed-up &lt;of&gt; all</title>");
    HAS(file, "</desc>\n<rect width=\"100%\" height=\"100%\" fill=\"#fdfeff\"/>");
    HAS(file, "stroke=\"#3a3b3c\" d=\"M63.65,249.60 L426.55,249.60\" color=\"#3a3b3c\"");
    HAS(file, "fill=\"#2a2b2c\" text-anchor=\"end\"");
    HAS(file, "<use xlink:href=\"#m-speedup-gpPt6\"");
    HAS(file, "opacity=\"0.44\" color=\"#0a0b0c\"/>");
    HAS(file, "0 &lt; &quot;a&quot;</tspan>");
    LACKS(file, "class=");
    LACKS(file, " href=");
    LACKS(file, "var(");
    text_release(&html);
    text_release(&alone);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_canned),
        cmocka_unit_test(test_same_and_lean),
        cmocka_unit_test(test_colours),
        cmocka_unit_test(test_no_colours),
        cmocka_unit_test(test_active_content_goes),
        cmocka_unit_test(test_broken),
        cmocka_unit_test(test_cut_short),
        cmocka_unit_test(test_nesting),
        cmocka_unit_test(test_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
