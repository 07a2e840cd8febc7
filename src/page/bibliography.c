/* {cite} and {bibliography}: authors and years in the text, references in a list. */
#include "page/html.h"
#include "page/parts.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* By the reference's position in the book's. */
struct citations {
    bool *in_book;
    bool **in_chapter;            /* by the chapter's position */
    const struct element **lists; /* by the chapter's position: its {bibliography}, or NULL */
    char *letters; /* 'a', 'b', … where authors and year are those of others cited; else NUL */
};

static size_t position(const struct context *context, const struct reference *reference)
{
    return (size_t)(reference - context->book->references);
}

static size_t chapter_position(const struct book *book, const struct chapter *chapter)
{
    size_t i = 0;
    while (i < book->chapter_count && book->chapters[i] != chapter)
        i++;
    return i;
}

/* --- Keys ----------------------------------------------------------------------------------------
 */

/* The next of the keys between commas; NULL after the last. */
static const char *next_key(struct arena *arena, const char **at)
{
    *at += strspn(*at, ", \t\n");
    size_t size = strcspn(*at, ","), used = size;
    if (size == 0)
        return NULL;
    while (used > 0 && strchr(" \t\n", (*at)[used - 1]))
        used--;
    const char *key = arena_strndup(arena, *at, used);
    *at += size;
    return key;
}

static bool cites(const struct element *element)
{
    return element->kind == ELEMENT_ROLE &&
           (element->id == ROLE_cite || element->id == ROLE_cite_t ||
            element->id == ROLE_cite_author || element->id == ROLE_cite_year);
}

/* --- Authors and years ---------------------------------------------------------------------------
 */

static const char *year_of(struct arena *arena, const struct reference *reference)
{
    const char *year = reference_field(reference, "year");
    const char *date = reference_field(reference, "date");
    if (year && *year)
        return year;
    return date && strlen(date) >= 4 ? arena_strndup(arena, date, 4) : "n.d.";
}

static bool is_others(const struct person *person)
{
    return strcmp(person->family, "others") == 0 && !*person->given;
}

/* "Sargent", "Sargent and Stachurski", "Lucas et al."; without people what else names it. */
static const char *label_of(struct arena *arena, const struct reference *reference)
{
    static const char *const otherwise[] = {"organization", "institution", "key", "title"};
    const struct person *people = reference->people;
    size_t count = reference->people_count;
    if (count > 2 || (count == 2 && is_others(&people[1])))
        return arena_printf(arena, "%s et al.", people[0].family);
    if (count == 2)
        return arena_printf(arena, "%s and %s", people[0].family, people[1].family);
    if (count == 1)
        return people[0].family;
    for (size_t i = 0; i < sizeof otherwise / sizeof *otherwise; i++) {
        const char *value = reference_field(reference, otherwise[i]);
        if (value && *value)
            return value;
    }
    return reference->key;
}

static const char *dated(struct context *context, const struct reference *reference)
{
    char letter = context->citations->letters[position(context, reference)];
    return arena_printf(context->arena, "%s%.*s", year_of(context->arena, reference), letter != 0,
                        &letter);
}

/* In order of names, year and title, which is also that of the letters behind years. */
static int by_author(const void *left, const void *right)
{
    const struct reference *a = *(const struct reference *const *)left;
    const struct reference *b = *(const struct reference *const *)right;
    struct arena arena = {0};
    int order = 0;
    for (size_t i = 0; order == 0 && i < a->people_count && i < b->people_count; i++) {
        order = strcasecmp(a->people[i].family, b->people[i].family);
        order = order ? order : strcasecmp(a->people[i].given, b->people[i].given);
    }
    if (order == 0 && (a->people_count == 0 || b->people_count == 0))
        order = strcasecmp(label_of(&arena, a), label_of(&arena, b));
    if (order == 0)
        order = (a->people_count > b->people_count) - (a->people_count < b->people_count);
    if (order == 0)
        order = strcmp(year_of(&arena, a), year_of(&arena, b));
    arena_release(&arena);
    return order ? order : strcmp(a->key, b->key);
}

/* --- What is cited -------------------------------------------------------------------------------
 */

/* References in order; `wanted` is by position, NULL for all. */
static const struct reference **listed(struct context *context, const bool *wanted, size_t *count)
{
    const struct book *book = context->book;
    const struct reference **list =
        arena_alloc(context->arena, (book->reference_count + 1) * sizeof *list);
    *count = 0;
    for (size_t i = 0; i < book->reference_count; i++)
        if (!wanted || wanted[i])
            list[(*count)++] = &book->references[i];
    if (*count > 1)
        qsort(list, *count, sizeof(const struct reference *), by_author);
    return list;
}

static void add_letters(struct context *context, struct citations *citations)
{
    size_t count;
    const struct reference **list = listed(context, citations->in_book, &count);
    for (size_t i = 0; i < count;) {
        const char *label = label_of(context->arena, list[i]);
        const char *year = year_of(context->arena, list[i]);
        size_t end = i + 1;
        while (end < count && strcmp(label_of(context->arena, list[end]), label) == 0 &&
               strcmp(year_of(context->arena, list[end]), year) == 0)
            end++;
        for (size_t j = i; end - i > 1 && j < end && j - i < 26; j++)
            citations->letters[position(context, list[j])] = (char)('a' + (int)(j - i));
        i = end;
    }
}

static const struct element *find_bibliography(const struct context *context,
                                               const struct chapter *chapter)
{
    for (size_t i = 0; i < chapter->element_count; i++) {
        const struct element *element = chapter->elements[i];
        if (element->kind == ELEMENT_DIRECTIVE && element->id == DIRECTIVE_bibliography &&
            !hidden_by(context, element))
            return element;
    }
    return NULL;
}

void citations_gather(struct context *context)
{
    const struct book *book = context->book;
    struct arena *arena = context->arena;
    struct citations *citations = arena_alloc(arena, sizeof *citations);
    citations->in_book = arena_alloc(arena, book->reference_count + 1);
    citations->letters = arena_alloc(arena, book->reference_count + 1);
    citations->in_chapter =
        arena_alloc(arena, (book->chapter_count + 1) * sizeof *citations->in_chapter);
    citations->lists = arena_alloc(arena, (book->chapter_count + 1) * sizeof *citations->lists);
    for (size_t i = 0; i < book->chapter_count; i++) {
        const struct chapter *chapter = book->chapters[i];
        citations->in_chapter[i] = arena_alloc(arena, book->reference_count + 1);
        citations->lists[i] = find_bibliography(context, chapter);
        for (size_t j = 0; j < chapter->element_count; j++) {
            const struct element *element = chapter->elements[j];
            const char *at = element->text;
            if (!cites(element) || hidden_by(context, element))
                continue;
            for (const char *key; (key = next_key(arena, &at)) != NULL;) {
                const struct reference *reference = book_reference(book, key);
                if (!reference)
                    continue;
                citations->in_book[position(context, reference)] = true;
                citations->in_chapter[i][position(context, reference)] = true;
            }
        }
    }
    add_letters(context, citations);
    context->citations = citations;
}

/* --- Where references are listed -----------------------------------------------------------------
 */

/* Which references a {bibliography} lists, by position; NULL for all. */
static const bool *wanted_by(const struct context *context, const struct chapter *chapter,
                             const struct element *element)
{
    const struct citations *citations = context->citations;
    const char *filter = element_option(element, "filter");
    if (element_option(element, "all"))
        return NULL;
    return filter && strstr(filter, "docname in docnames")
               ? citations->in_chapter[chapter_position(context->book, chapter)]
               : citations->in_book;
}

static bool lists(const struct context *context, const struct chapter *chapter,
                  const struct reference *reference)
{
    const struct element *element =
        context->citations->lists[chapter_position(context->book, chapter)];
    const bool *wanted = element ? wanted_by(context, chapter, element) : NULL;
    return element && (!wanted || wanted[position(context, reference)]);
}

/* The chapter in whose list the reference is, the current one before others; the current one, too,
 * where no list has it: then it is added there. */
static const struct chapter *home_of(const struct context *context,
                                     const struct reference *reference)
{
    const struct book *book = context->book;
    if (lists(context, context->chapter, reference))
        return context->chapter;
    for (size_t i = 0; i < book->chapter_count; i++)
        if (lists(context, book->chapters[i], reference))
            return book->chapters[i];
    return context->chapter;
}

static const char *anchor_of(struct arena *arena, const struct reference *reference)
{
    char *anchor = arena_printf(arena, "cite-%s", reference->key);
    for (char *c = anchor; *c; c++)
        if (strchr(" \t\n", *c))
            *c = '-';
    return anchor;
}

/* --- {cite} --------------------------------------------------------------------------------------
 */

static void add_link(struct context *context, const struct reference *reference, const char *text,
                     struct text *html)
{
    const struct chapter *home = home_of(context, reference);
    struct text url = {0};
    if (home != context->chapter)
        url_add(&url, chapter_page(context->arena, home));
    text_add_char(&url, '#');
    url_add(&url, anchor_of(context->arena, reference));
    html_addf(html, "<a class=\"citation\" href=\"%s\">%s</a>", text_string(&url), text);
    text_release(&url);
}

/* One of the role's references as the role shows it. */
static void add_citation(struct context *context, enum role_id role,
                         const struct reference *reference, struct text *html)
{
    struct arena *arena = context->arena;
    const char *label = label_of(arena, reference), *year = dated(context, reference);
    const char *text = role == ROLE_cite          ? arena_printf(arena, "%s, %s", label, year)
                       : role == ROLE_cite_t      ? arena_printf(arena, "%s (%s)", label, year)
                       : role == ROLE_cite_author ? label
                                                  : year;
    add_link(context, reference, text, html);
}

static bool add_citations(struct context *context, const struct element *element,
                          struct text *enter)
{
    const char *at = element->text, *gap = "";
    bool parentheses = element->id == ROLE_cite;
    text_add(enter, parentheses ? "(" : "");
    for (const char *key; (key = next_key(context->arena, &at)) != NULL; gap = "; ") {
        const struct reference *reference = book_reference(context->book, key);
        text_add(enter, gap);
        if (reference)
            add_citation(context, (enum role_id)element->id, reference, enter);
        else
            html_addf(enter, "<span class=\"fault\">%s</span>", key);
    }
    text_add(enter, parentheses ? ")" : "");
    return true;
}

#define CITATION(id)                                                                               \
    bool render_role_##id(struct context *context, const struct element *element,                  \
                          struct text *enter, struct text *leave)                                  \
    {                                                                                              \
        (void)leave;                                                                               \
        return add_citations(context, element, enter);                                             \
    }
CITATION(cite)
CITATION(cite_t)
CITATION(cite_author)
CITATION(cite_year)
#undef CITATION

/* --- The list ------------------------------------------------------------------------------------
 */

static void add_people(const struct reference *reference, struct text *html)
{
    size_t count = reference->people_count;
    for (size_t i = 0; i < count; i++) {
        const struct person *person = &reference->people[i];
        bool last = i > 0 && i + 1 == count, others = is_others(person);
        text_add(html, i == 0 ? "" : last && others ? " " : last ? " and " : ", ");
        html_addf(html, "%s%s%s", others ? "" : person->given, *person->given ? " " : "",
                  others ? "et al." : person->family);
    }
    if (reference->edited)
        text_add(html, count > 1 ? " (editors)" : " (editor)");
}

/* The parts of a reference after its title: what stands before each, the field, what stands after.
 */
static const struct part {
    const char *before, *field, *after;
} parts[] = {
    {", <em>", "journal", "</em>"},
    {", <em>", "journaltitle", "</em>"},
    {", in <em>", "booktitle", "</em>"},
    {", ", "volume", ""},
    {"(", "number", ")"},
    {", ", "edition", " edition"},
    {", ", "series", ""},
    {", chapter ", "chapter", ""},
    {", pages ", "pages", ""},
    {", ", "school", ""},
    {", ", "institution", ""},
    {", ", "organization", ""},
    {", ", "publisher", ""},
    {", ", "address", ""},
    {", ", "howpublished", ""},
    {", ", "note", ""},
};

static bool stands_alone(const struct reference *reference)
{
    static const char *const types[] = {"book",        "booklet",    "manual", "phdthesis",
                                        "proceedings", "collection", "thesis"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(reference->type, types[i]) == 0)
            return true;
    return false;
}

static void add_field(struct context *context, const struct reference *reference,
                      const struct part *part, struct text *html)
{
    const char *value = reference_field(reference, part->field);
    bool heads = reference->people_count == 0 && value &&
                 strcmp(value, label_of(context->arena, reference)) == 0;
    if (!value || !*value || heads)
        return;
    bool address = strncmp(value, "http://", 7) == 0 || strncmp(value, "https://", 8) == 0;
    text_add(html, part->before);
    if (address)
        html_addf(html, "<a href=\"%s\">%s</a>", value, value);
    else
        add_text_with_formulas(context, html, value, reference->place);
    text_add(html, part->after);
}

static void add_address(const struct reference *reference, struct text *html)
{
    const char *doi = reference_field(reference, "doi"), *url = reference_field(reference, "url");
    if (doi && *doi && strncmp(doi, "http", 4) != 0)
        html_addf(html, " <a href=\"https://doi.org/%s\">doi:%s</a>.", doi, doi);
    else if (url && (strncmp(url, "http://", 7) == 0 || strncmp(url, "https://", 8) == 0))
        html_addf(html, " <a href=\"%s\">%s</a>.", url, url);
}

static void add_reference(struct context *context, const struct reference *reference,
                          struct text *html)
{
    const char *title = reference_field(reference, "title");
    bool alone = stands_alone(reference);
    html_addf(html, "<li id=\"%s\">", anchor_of(context->arena, reference));
    if (reference->people_count > 0)
        add_people(reference, html);
    else
        html_add(html, label_of(context->arena, reference));
    html_addf(html, " (%s). ", dated(context, reference));
    text_add(html, alone ? "<em>" : "\xE2\x80\x9C");
    add_text_with_formulas(context, html, title ? title : reference->key, reference->place);
    text_add(html, alone ? "</em>" : "\xE2\x80\x9D");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        add_field(context, reference, &parts[i], html);
    text_add_char(html, '.');
    add_address(reference, html);
    text_add(html, "</li>\n");
}

static void add_list(struct context *context, const bool *wanted, struct text *html)
{
    size_t count;
    const struct reference **list = listed(context, wanted, &count);
    text_add(html, "<ul class=\"references\">\n");
    for (size_t i = 0; i < count; i++)
        add_reference(context, list[i], html);
    text_add(html, "</ul>");
}

bool render_directive_bibliography(struct context *context, const struct element *element,
                                   struct text *enter, struct text *leave)
{
    const char *filter = element_option(element, "filter");
    (void)leave;
    if (filter && !strstr(filter, "docname in docnames") && strcmp(filter, "cited") != 0)
        diag_warning(context->diags, element_option_place(element, "filter"),
                     "write 'docname in docnames' for what the chapter cites",
                     "this filter is not understood; all that the book cites is listed");
    text_add(enter, "<div class=\"bibliography\"");
    add_id(enter, element);
    text_add(enter, ">\n");
    add_list(context, wanted_by(context, context->chapter, element), enter);
    text_add(enter, "</div>");
    return true;
}

void citations_finish(struct context *context)
{
    const struct book *book = context->book;
    const bool *cited = context->citations->in_chapter[chapter_position(book, context->chapter)];
    bool *homeless = arena_alloc(context->arena, book->reference_count + 1), any = false;
    for (size_t i = 0; i < book->reference_count; i++) {
        const struct reference *reference = &book->references[i];
        homeless[i] = cited[i] && home_of(context, reference) == context->chapter &&
                      !lists(context, context->chapter, reference);
        any = any || homeless[i];
    }
    if (!any)
        return;
    struct text html = {0};
    text_add(&html, "<section class=\"bibliography\" aria-labelledby=\"references\">\n"
                    "<h2 id=\"references\">References</h2>\n");
    add_list(context, homeless, &html);
    text_add(&html, "\n</section>");
    cmark_node *section = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);
    cmark_node_set_on_enter(section, text_string(&html));
    cmark_node_append_child(context->chapter->root, section);
    text_release(&html);
}
