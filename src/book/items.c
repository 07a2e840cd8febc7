#include "book/items.h"

#include <string.h>

enum { LIST_MAX = 256 }; /* entries of one option; looking for doubles is quadratic */

struct items items_of(const struct element *element, const char *key)
{
    struct items items = {.left = LIST_MAX};
    for (size_t i = 0; i < element->option_count && !items.option; i++)
        if (strcmp(element->options[i].key, key) == 0)
            items.option = &element->options[i];
    items.size = items.option ? strlen(items.option->value) : 0;
    return items;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

struct item item_part(const struct item *item, size_t begin, size_t end)
{
    while (begin < end && is_space(item->text[begin]))
        begin++;
    while (end > begin && is_space(item->text[end - 1]))
        end--;
    struct item part = {item->text + begin, end - begin, item->place};
    part.place.column += (int)begin;
    return part;
}

bool items_next(struct reading *reading, struct items *items, struct item *item)
{
    if (!items->option || items->at > items->size)
        return false;
    const struct item all = {items->option->value, items->size, items->option->place};
    size_t begin = items->at, end = begin + strcspn(all.text + begin, ",");
    items->at = end + 1;
    *item = item_part(&all, begin, end);
    if (items->left-- > 0)
        return true;
    reading_error(reading, item->place, NULL, "more than %d entries in '%s'", LIST_MAX,
                  items->option->key);
    return false;
}

bool item_is_name(const struct item *item)
{
    return item->size > 0 && name_length(item->text, item->size, "_-") == item->size;
}

bool item_divide(const struct item *item, struct item *name, struct item *value)
{
    const char *equals = memchr(item->text, '=', item->size);
    if (!equals)
        return false;
    size_t at = (size_t)(equals - item->text);
    *name = item_part(item, 0, at);
    *value = item_part(item, at + 1, item->size);
    return item_is_name(name) && value->size > 0;
}
