#include "page/topology.h"

#include "page/caches.h"
#include "page/html.h"

#include <stdlib.h>
#include <string.h>

enum { CORES_MOST = 256, CORES_NAMED = 16, CACHES = CACHE_LEVELS };

struct cache {
    const char *name;
    const char *size; /* "48 KiB"; NULL: not drawn */
    long sharing;     /* cores that share one */
};

struct topology {
    long packages, cores, threads; /* in all; cores of a package; threads of a core */
    struct cache caches[CACHES];   /* the outermost first */
};

static long count_of(const struct facts *facts, const char *key)
{
    const char *value = fact_value(facts, key);
    return value ? strtol(value, NULL, 10) : 0;
}

/* The caches of a level, where there are as many as its sharing says. */
static struct cache drawn_cache(const struct cache_fact *fact, const struct topology *topology)
{
    bool sound = fact->size && topology->cores % fact->sharing == 0 &&
                 fact->count == topology->packages * topology->cores / fact->sharing;
    return (struct cache){fact->name, sound ? fact->size : NULL, sound ? fact->sharing : 0};
}

static bool read_topology(const struct facts *facts, struct topology *topology, struct arena *arena)
{
    struct cache_fact caches[CACHE_LEVELS];
    long packages = count_of(facts, "cpu.packages"), cores = count_of(facts, "cpu.cores");
    long threads = count_of(facts, "cpu.threads");
    if (packages < 1 || cores < packages || threads < cores || cores > CORES_MOST ||
        threads > 8 * cores || cores % packages != 0 || threads % cores != 0)
        return false;
    *topology = (struct topology){packages, cores / packages, threads / cores, {{0}}};
    caches_read(facts, caches, arena);
    for (size_t i = 0; i < CACHES; i++)
        topology->caches[i] = drawn_cache(&caches[CACHES - 1 - i], topology);
    return true;
}

static const char *plural(long count)
{
    return count == 1 ? "" : "s";
}

/* "1 processor with 2 cores of 1 hardware thread each. L1 cache: 48 KiB for each core. …" */
static void add_description(const struct topology *topology, struct text *html)
{
    html_addf(html, "%d processor%s with %d core%s", (int)topology->packages,
              plural(topology->packages), (int)topology->cores, plural(topology->cores));
    html_addf(html, "%s, %d hardware thread%s a core.", topology->packages > 1 ? " each" : "",
              (int)topology->threads, plural(topology->threads));
    for (size_t i = CACHES; i-- > 0;) {
        const struct cache *cache = &topology->caches[i];
        if (cache->size && cache->sharing == 1)
            html_addf(html, " %s cache: %s for each core.", cache->name, cache->size);
        else if (cache->size)
            html_addf(html, " %s cache: %s shared by %d cores.", cache->name, cache->size,
                      (int)cache->sharing);
    }
}

static void add_cache(const struct cache *cache, bool named, struct text *html)
{
    if (named)
        html_addf(html, "<div class=\"cache\">%s %s</div>", cache->name, cache->size);
    else
        text_add(html, "<div class=\"cache\"></div>");
}

static void add_core(const struct topology *topology, struct text *html)
{
    bool named = topology->cores * topology->packages <= CORES_NAMED;
    html_addf(html, "<div class=\"core%s\"><div class=\"threads\">", named ? "" : " dense");
    for (long i = 0; i < topology->threads; i++)
        text_add(html, "<i></i>");
    text_add(html, "</div>");
    for (size_t i = CACHES; i-- > 0;)
        if (topology->caches[i].size && topology->caches[i].sharing == 1)
            add_cache(&topology->caches[i], named, html);
    text_add(html, "</div>\n");
}

/* `cores` cores in groups that share the caches from `level` inwards. */
static void add_cores(const struct topology *topology, size_t level, long cores, struct text *html)
{
    if (level == CACHES) {
        text_add(html, "<div class=\"cores\">\n");
        for (long i = 0; i < cores; i++)
            add_core(topology, html);
        text_add(html, "</div>\n");
        return;
    }
    const struct cache *cache = &topology->caches[level];
    if (!cache->size || cache->sharing == 1 || cache->sharing > cores) {
        add_cores(topology, level + 1, cores, html);
        return;
    }
    for (long from = 0; from < cores; from += cache->sharing) {
        text_add(html, "<div class=\"sharing\">\n");
        add_cores(topology, level + 1, cache->sharing, html);
        add_cache(cache, true, html);
        text_add(html, "</div>\n");
    }
}

bool add_topology(const struct facts *machine, struct arena *arena, struct text *html)
{
    struct topology topology;
    if (!read_topology(machine, &topology, arena))
        return false;
    text_add(html, "<div class=\"topology\" role=\"img\" aria-label=\"");
    add_description(&topology, html);
    text_add(html, "\">\n");
    for (long i = 0; i < topology.packages; i++) {
        text_add(html, "<div class=\"package\">\n");
        add_cores(&topology, 0, topology.cores, html);
        text_add(html, "</div>\n");
    }
    text_add(html, "</div>\n<p class=\"topology-key\">");
    add_description(&topology, html);
    text_add(html, " A small square is a hardware thread.</p>\n");
    return true;
}
