#include "base/text.h"
#include "bench/machine_parts.h"
#include "bench/machine_state.h"

#include <stdlib.h>
#include <string.h>

static const char HIDDEN[] = "the system does not let it be seen";
enum { WORDS_MOST = 4, WORD_SIZE = 32 };

/* The words in a file of each allowed CPU's cpufreq folder, each once: hybrid processors may have
 * several. NULL if there is none. */
static const char *cpufreq_words(const struct survey *survey, const char *name)
{
    char words[WORDS_MOST][WORD_SIZE];
    struct text list = {0};
    bool *cpus;
    size_t size = survey_cpus(survey, &cpus), count = 0;
    for (size_t i = 0; i < size && count < WORDS_MOST; i++) {
        if (!cpus[i])
            continue;
        const char *path =
            arena_printf(survey->arena, "/sys/devices/system/cpu/cpu%zu/cpufreq/%s", i, name);
        const char *word = survey_line(survey, path);
        size_t same = 0;
        while (word && same < count && strncmp(words[same], word, WORD_SIZE - 1) != 0)
            same++;
        if (!word || same < count)
            continue;
        strncpy(words[count], word, WORD_SIZE - 1);
        words[count][WORD_SIZE - 1] = '\0';
        text_addf(&list, "%s%s", count ? ", " : "", words[count]);
        count++;
    }
    return count ? text_keep(&list, survey->arena) : NULL;
}

/* The highest of the allowed CPUs, in kHz; 0 if none can be read. */
static double highest_clock(const struct survey *survey)
{
    bool *cpus;
    double highest = 0;
    size_t size = survey_cpus(survey, &cpus);
    for (size_t i = 0; i < size; i++) {
        const char *path = arena_printf(
            survey->arena, "/sys/devices/system/cpu/cpu%zu/cpufreq/cpuinfo_max_freq", i);
        const char *line = cpus[i] ? survey_line(survey, path) : NULL;
        double clock = line ? strtod(line, NULL) : 0;
        highest = clock > highest ? clock : highest;
    }
    return highest;
}

void machine_clock(const struct survey *survey)
{
    struct arena *arena = survey->arena;
    double most = highest_clock(survey), now = machine_state_read(survey->root).clock;
    survey_fact(survey, "cpu.governor", "Clock governor", cpufreq_words(survey, "scaling_governor"),
                HIDDEN);
    survey_fact(survey, "cpu.driver", "Clock driver", cpufreq_words(survey, "scaling_driver"),
                HIDDEN);
    survey_fact(survey, "cpu.clock", "Highest clock",
                most > 0 ? arena_printf(arena, "%.3g GHz", most / 1e6) : NULL, HIDDEN);
    survey_fact(survey, "cpu.now", "Clock before the run",
                now > 0 ? arena_printf(arena, "%.0f MHz on the fastest CPU", now) : NULL, HIDDEN);
    const char *boost = survey_line(survey, "/sys/devices/system/cpu/cpufreq/boost");
    const char *no_turbo = survey_line(survey, "/sys/devices/system/cpu/intel_pstate/no_turbo");
    bool on = boost ? *boost == '1' : no_turbo && *no_turbo == '0';
    survey_fact(survey, "cpu.boost", "Boost", boost || no_turbo ? on ? "on" : "off" : NULL, HIDDEN);
}
