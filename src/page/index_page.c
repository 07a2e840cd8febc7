/* The index of the book: what {index} marks, in order, on a page of its own. */
#include "page/html.h"
#include "page/parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct index_entry {
    const char *term, *below; /* "Python", "lists"; "" where there is no second word */
    const char *see;          /* what to look at instead or as well; NULL: a place */
    bool also, main;          /* of `see`: as well; of a place: the one to look at first */
    const struct chapter *chapter;
    const struct element *element;
    size_t order;
};

struct entries {
    struct arena *arena;
    struct index_entry *items;
    size_t count;
};

static void add_entry(struct entries *entries, struct index_entry like, const char *term,
                      const char *below)
{
    if (!*term)
        return;
    entries->items =
        array_grow(entries->arena, entries->items, entries->count, sizeof *entries->items);
    like.term = term;
    like.below = below;
    like.order = entries->count;
    entries->items[entries->count++] = like;
}

static char *trimmed(struct arena *arena, const char *text, size_t size)
{
    while (size > 0 && isspace((unsigned char)*text)) {
        text++;
        size--;
    }
    while (size > 0 && isspace((unsigned char)text[size - 1]))
        size--;
    return arena_strndup(arena, text, size);
}

enum { WORDS_MAX = 3 };

/* "a; b; c" into its words; "" for those that are not there. The last takes what is left. */
static void split(struct arena *arena, const char *value, const char *words[WORDS_MAX])
{
    for (int i = 0; i < WORDS_MAX; i++) {
        size_t size = i + 1 < WORDS_MAX ? strcspn(value, ";") : strlen(value);
        words[i] = trimmed(arena, value, size);
        value += size + (value[size] == ';');
    }
}

static const char *both(struct arena *arena, const char *first, const char *second)
{
    return *second ? arena_printf(arena, "%s, %s", first, second) : first;
}

/* Adds what one kind of entry says. */
static void add_kind(struct entries *entries, struct index_entry like, const char *kind,
                     const char *value)
{
    const char *words[WORDS_MAX];
    struct arena *arena = entries->arena;
    while (*value == '!' || *value == ' ') {
        like.main = like.main || *value == '!';
        value++;
    }
    split(arena, value, words);
    if (strcmp(kind, "see") == 0 || strcmp(kind, "seealso") == 0) {
        like.see = words[1];
        like.also = strcmp(kind, "seealso") == 0;
        if (*words[1])
            add_entry(entries, like, words[0], "");
        return;
    }
    if (strcmp(kind, "triple") == 0) {
        add_entry(entries, like, words[0], both(arena, words[1], words[2]));
        add_entry(entries, like, words[1], both(arena, words[2], words[0]));
        add_entry(entries, like, words[2], both(arena, words[0], words[1]));
        return;
    }
    add_entry(entries, like, words[0], both(arena, words[1], words[2]));
    if (strcmp(kind, "pair") == 0)
        add_entry(entries, like, words[1], both(arena, words[0], words[2]));
}

static const char *const kinds[] = {"single", "pair", "triple", "seealso", "see"};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* One line: "pair: a; b", "! single: a", or without a kind terms between commas. */
static void add_line(struct entries *entries, struct index_entry like, const char *line)
{
    line += strspn(line, " \t");
    if (*line == '!') {
        like.main = true;
        line += 1 + strspn(line + 1, " ");
    }
    for (size_t i = 0; i < KINDS; i++) {
        size_t size = strlen(kinds[i]);
        if (strncmp(line, kinds[i], size) == 0 && line[size] == ':') {
            add_kind(entries, like, kinds[i], line + size + 1);
            return;
        }
    }
    while (*line) {
        size_t size = strcspn(line, ",");
        add_kind(entries, like, "single", trimmed(entries->arena, line, size));
        line += size + (line[size] == ',');
    }
}

static void add_directive(struct entries *entries, struct index_entry like)
{
    const struct element *element = like.element;
    if (*element->text)
        add_line(entries, like, element->text);
    for (const char *line = element->body; *line;) {
        size_t size = strcspn(line, "\n");
        add_line(entries, like, trimmed(entries->arena, line, size));
        line += size + (line[size] == '\n');
    }
    for (size_t i = 0; i < KINDS; i++) {
        const char *value = element_option(element, kinds[i]);
        if (value)
            add_kind(entries, like, kinds[i], value);
    }
}

static void add_role(struct entries *entries, struct index_entry like)
{
    const struct element *element = like.element;
    if (element->target)
        add_line(entries, like, element->target);
    else
        add_kind(entries, like, "single", element->text);
}

static struct entries gather(struct context *context)
{
    struct entries entries = {.arena = context->arena};
    for (size_t i = 0; i < context->book->chapter_count; i++) {
        const struct chapter *chapter = context->book->chapters[i];
        for (size_t j = 0; j < chapter->element_count; j++) {
            const struct element *element = chapter->elements[j];
            const struct index_entry like = {.chapter = chapter, .element = element};
            bool directive = element->kind == ELEMENT_DIRECTIVE && element->id == DIRECTIVE_index;
            bool role = element->kind == ELEMENT_ROLE && element->id == ROLE_index;
            if ((!directive && !role) || hidden_by(context, element))
                continue;
            if (directive)
                add_directive(&entries, like);
            else
                add_role(&entries, like);
        }
    }
    return entries;
}

/* --- Order ---------------------------------------------------------------------------------------
 */

static int by_words(const char *a, const char *b)
{
    int order = strcasecmp(a, b);
    return order ? order : strcmp(a, b);
}

/* Places before other terms to look at, the main ones first, then as they stand in the book. */
static int by_term(const void *left, const void *right)
{
    const struct index_entry *a = left, *b = right;
    int order = by_words(a->term, b->term);
    if (order == 0)
        order = by_words(a->below, b->below);
    if (order == 0)
        order = (a->see != NULL) - (b->see != NULL);
    if (order == 0)
        order = b->main - a->main;
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

static char initial(const struct index_entry *entry)
{
    unsigned char first = (unsigned char)entry->term[0];
    return isalpha(first) ? (char)toupper(first) : first >= 0x80 ? '+' : '*';
}

/* --- The page ------------------------------------------------------------------------------------
 */

/* "2.3", the section that the entry stands in; the chapter's title where it has no number. */
static const char *place_name(const struct index_entry *entry)
{
    const struct chapter *chapter = entry->chapter;
    const char *name = chapter->title;
    for (size_t i = 0; i < chapter->element_count && chapter->elements[i] != entry->element; i++)
        if (chapter->elements[i]->kind == ELEMENT_HEADING && chapter->elements[i]->number)
            name = chapter->elements[i]->number;
    return name;
}

static void add_place(const struct context *context, const struct index_entry *entry,
                      struct text *html)
{
    if (entry->see)
        html_addf(html, entry->also ? ", <em>see also</em> %s" : ", <em>see</em> %s", entry->see);
    else
        html_addf(html,
                  entry->main ? ", <a class=\"main\" href=\"%s\">%s</a>"
                              : ", <a href=\"%s\">%s</a>",
                  element_link(context, entry->chapter, entry->element), place_name(entry));
}

/* All places of one term and what is below it. */
static size_t add_places(const struct context *context, const struct entries *entries, size_t at,
                         struct text *html)
{
    const struct index_entry *first = &entries->items[at];
    size_t end = at;
    while (end < entries->count && strcmp(entries->items[end].term, first->term) == 0 &&
           strcmp(entries->items[end].below, first->below) == 0)
        add_place(context, &entries->items[end++], html);
    return end;
}

static size_t add_term(const struct context *context, const struct entries *entries, size_t at,
                       struct text *html)
{
    const char *term = entries->items[at].term;
    bool nested = false;
    html_addf(html, "<li>%s", term);
    while (at < entries->count && strcmp(entries->items[at].term, term) == 0) {
        const char *below = entries->items[at].below;
        if (*below)
            html_addf(html, nested ? "<li>%s" : "\n<ul>\n<li>%s", below);
        at = add_places(context, entries, at, html);
        text_add(html, *below ? "</li>\n" : "");
        nested = nested || *below;
    }
    text_add(html, nested ? "</ul></li>\n" : "</li>\n");
    return at;
}

char *index_html(struct context *context)
{
    struct entries entries = gather(context);
    struct text html = {0};
    char letter = '\0';
    if (entries.count > 1)
        qsort(entries.items, entries.count, sizeof *entries.items, by_term);
    text_add(&html, "<h1>Index</h1>\n<div class=\"index\">\n");
    for (size_t at = 0; at < entries.count;) {
        char next = initial(&entries.items[at]);
        if (next != letter) {
            html_addf(&html, "%r<section>\n<h2>%s</h2>\n<ul>\n",
                      letter ? "</ul>\n</section>\n" : "",
                      next == '*'   ? "Signs and digits"
                      : next == '+' ? "Other letters"
                                    : (const char[]){next, '\0'});
            letter = next;
        }
        at = add_term(context, &entries, at, &html);
    }
    text_add(&html, letter ? "</ul>\n</section>\n</div>\n" : "</div>\n");
    return text_keep(&html, context->arena);
}

const char *index_page(struct context *context)
{
    const char *slug = "genindex";
    if (gather(context).count == 0)
        return NULL;
    for (int i = 1; book_chapter(context->book, slug); i++)
        slug = arena_printf(context->arena, "genindex-%d", i);
    return arena_printf(context->arena, "%s.html", slug);
}

/* --- Marks in the text ---------------------------------------------------------------------------
 */

bool render_role_index(struct context *context, const struct element *element, struct text *enter,
                       struct text *leave)
{
    (void)context;
    (void)leave;
    text_add(enter, "<span");
    add_id(enter, element);
    html_addf(enter, ">%s</span>", element->text + strspn(element->text, "! "));
    return true;
}

bool render_directive_index(struct context *context, const struct element *element,
                            struct text *enter, struct text *leave)
{
    (void)context;
    (void)leave;
    text_add(enter, "<span class=\"target\"");
    add_id(enter, element);
    text_add(enter, "></span>");
    return true;
}
