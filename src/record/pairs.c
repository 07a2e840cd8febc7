#include "record/pairs.h"

struct pairs pairs_for(size_t room, struct arena *arena)
{
    return (struct pairs){
        .first = arena_alloc(arena, room * sizeof(double)),
        .second = arena_alloc(arena, room * sizeof(double)),
        .places = arena_alloc(arena, room * sizeof(size_t)),
    };
}

void pairs_add(struct pairs *pairs, size_t place, double first, double second)
{
    if (!(first > 0 && second > 0))
        return;
    pairs->places[pairs->count] = place;
    pairs->first[pairs->count] = first;
    pairs->second[pairs->count++] = second;
}

/* Rounds rise within samples. */
struct pairs pairs_of_walls(const struct samples *first, const struct samples *second,
                            struct arena *arena)
{
    struct pairs pairs = pairs_for(first->count, arena);
    for (size_t i = 0, j = 0; i < first->count && j < second->count;) {
        const struct sample *a = &first->items[i], *b = &second->items[j];
        if (a->round == b->round)
            pairs_add(&pairs, i, a->wall, b->wall);
        i += a->round <= b->round;
        j += b->round <= a->round;
    }
    return pairs;
}
