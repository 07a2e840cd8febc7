#include "book/identity.h"

#include "base/file.h"
#include "book/colour.h"

#include <string.h>

static const char site_keys[] = "template title description logo options nav actions domains "
                                "projects parts abbreviations favicon";
/* Those that we read, and those that MyST's own themes do. */
static const char option_keys[] =
    "logo favicon accent accent_dark logo_dark logo_text logo_url folders hide_toc hide_outline "
    "hide_title_block hide_authors hide_footer_links outline_maxdepth numbered_references style "
    "analytics_google analytics_plausible twitter";

/* --- Authors -------------------------------------------------------------------------------------
 */

/* "University of X" of an entry of `affiliations:`, which is a name, a mapping, or the id of an
 * entry of the project's list. */
static const char *affiliation_name(const struct yaml *list, const struct yaml *node)
{
    static const char *const keys[] = {"name", "institution", "department"};
    for (size_t i = 0; node->kind == YAML_MAPPING && i < sizeof keys / sizeof *keys; i++) {
        const struct yaml *name = yaml_get(node, keys[i]);
        if (name && name->kind == YAML_SCALAR)
            return name->value;
    }
    for (size_t i = 0; list && node->kind == YAML_SCALAR && i < list->count; i++) {
        const struct yaml *item = list->items[i];
        const struct yaml *id = item->kind == YAML_MAPPING ? yaml_get(item, "id") : NULL;
        if (id && strcmp(id->value, node->value) == 0)
            return affiliation_name(NULL, item);
    }
    return node->value;
}

static const char *affiliations_of(struct reading *reading, const struct yaml *list,
                                   const struct yaml *author)
{
    struct text text = {0};
    const struct yaml *given = yaml_get(author, "affiliations");
    if (!given)
        given = yaml_get(author, "affiliation");
    size_t count = !given ? 0 : given->kind == YAML_SEQUENCE ? given->count : 1;
    for (size_t i = 0; i < count; i++) {
        const struct yaml *node = given->kind == YAML_SEQUENCE ? given->items[i] : given;
        const char *name = affiliation_name(list, node);
        text_addf(&text, "%s%s", text.size && *name ? "; " : "", name);
    }
    return text_keep(&text, &reading->book->arena);
}

static void add_author(struct reading *reading, const struct yaml *list, const struct yaml *node)
{
    struct book *book = reading->book;
    const struct yaml *name = node->kind == YAML_MAPPING ? yaml_get(node, "name") : node;
    if (!name || name->kind != YAML_SCALAR || !name->value[0]) {
        reading_error(reading, node->place, "write 'A. Author' or '{name: A. Author}'",
                      "an author needs a name");
        return;
    }
    book->authors =
        array_grow(&book->arena, book->authors, book->author_count, sizeof *book->authors);
    book->authors[book->author_count++] = (struct author){
        .name = arena_strdup(&book->arena, name->value),
        .affiliations = node->kind == YAML_MAPPING ? affiliations_of(reading, list, node) : "",
    };
}

static void read_authors(struct reading *reading, const struct yaml *project, const char *key)
{
    const struct yaml *node = yaml_get(project, key), *list = yaml_get(project, "affiliations");
    if (list && !yaml_expect(reading, list, YAML_SEQUENCE, "affiliations"))
        list = NULL;
    if (node && node->kind == YAML_SEQUENCE)
        for (size_t i = 0; i < node->count; i++)
            add_author(reading, list, node->items[i]);
    else if (node)
        add_author(reading, list, node);
}

/* --- Licence and source --------------------------------------------------------------------------
 */

/* "CC-BY-4.0", or the id of a mapping. */
static const char *license_name(const struct yaml *node)
{
    const struct yaml *id = node->kind == YAML_MAPPING ? yaml_get(node, "id") : node;
    return id && id->kind == YAML_SCALAR && id->value[0] ? id->value : NULL;
}

static void read_license(struct reading *reading, const struct yaml *project)
{
    struct arena *arena = &reading->book->arena;
    const struct yaml *node = yaml_get(project, "license");
    if (!node)
        return;
    const struct yaml *content = node->kind == YAML_MAPPING ? yaml_get(node, "content") : node;
    const struct yaml *code = node->kind == YAML_MAPPING ? yaml_get(node, "code") : NULL;
    const char *text = license_name(content ? content : node);
    const char *source = code ? license_name(code) : NULL;
    if (!text && !source)
        reading_error(reading, node->place, "write 'CC-BY-4.0', or '{content: …, code: …}'",
                      "a licence has a name");
    else
        reading->book->license = !source ? arena_strdup(arena, text)
                                 : !text ? arena_printf(arena, "%s (code)", source)
                                         : arena_printf(arena, "%s, %s (code)", text, source);
}

/* "owner/name", or the address as a whole. */
static void read_github(struct reading *reading, const struct yaml *project)
{
    const struct yaml *node = yaml_get(project, "github");
    if (!node || !yaml_expect(reading, node, YAML_SCALAR, "github"))
        return;
    const char *slash = strchr(node->value, '/');
    bool whole = strncmp(node->value, "https://", strlen("https://")) == 0;
    if (!whole && (!slash || slash == node->value || !slash[1] || strchr(slash + 1, '/') ||
                   strchr(node->value, ':')))
        reading_error(reading, node->place, "write 'owner/name' or 'https://github.com/owner/name'",
                      "'%s' is no repository", node->value);
    else
        reading->book->github = arena_printf(&reading->book->arena, "%s%s",
                                             whole ? "" : "https://github.com/", node->value);
}

/* --- Site ----------------------------------------------------------------------------------------
 */

/* The file is looked for when pages are made. */
static void read_file(struct reading *reading, const struct yaml *site, const char *key,
                      struct named_file *file)
{
    const struct yaml *options = yaml_get(site, "options");
    const struct yaml *node =
        options && yaml_get(options, key) ? yaml_get(options, key) : yaml_get(site, key);
    if (node && yaml_expect(reading, node, YAML_SCALAR, key) && node->value[0])
        *file = (struct named_file){arena_strdup(&reading->book->arena, node->value), node->place};
}

static void read_accent(struct reading *reading, const struct yaml *options, const char *key,
                        struct accent *accent)
{
    const struct yaml *node = yaml_get(options, key);
    if (!node || !yaml_expect(reading, node, YAML_SCALAR, key))
        return;
    if (colour_read(node->value, &accent->colour))
        accent->place = node->place;
    else
        reading_error(reading, node->place, colour_hint(reading->diags, node->value),
                      "'%s' is no colour", node->value);
}

static void read_site(struct reading *reading, const struct yaml *site)
{
    struct book *book = reading->book;
    yaml_check_keys(reading, site, site_keys);
    if (!book->title)
        book->title = yaml_string(reading, site, "title");
    if (!book->description)
        book->description = yaml_string(reading, site, "description");
    const struct yaml *options = yaml_get(site, "options");
    if (options && !yaml_expect(reading, options, YAML_MAPPING, "options"))
        return;
    read_file(reading, site, "logo", &book->logo);
    read_file(reading, site, "favicon", &book->favicon);
    if (!options)
        return;
    yaml_check_keys(reading, options, option_keys);
    read_accent(reading, options, "accent", &book->accent);
    read_accent(reading, options, "accent_dark", &book->accent_dark);
}

void identity_read(struct reading *reading, const struct yaml *project, const struct yaml *site)
{
    if (project) {
        reading->book->description = yaml_string(reading, project, "description");
        read_authors(reading, project, "authors");
        read_authors(reading, project, "author");
        read_license(reading, project);
        read_github(reading, project);
    }
    if (site && yaml_expect(reading, site, YAML_MAPPING, "site"))
        read_site(reading, site);
}
