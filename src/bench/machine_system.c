#include "base/file.h"
#include "base/text.h"
#include "bench/clean.h"
#include "bench/machine_parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Instruction sets that matter to numerical code: cpuinfo's name, and the usual one. */
static const struct {
    const char *flag, *name;
} instruction_sets[] = {
    {"sse4_2", "SSE4.2"},
    {"avx", "AVX"},
    {"f16c", "F16C"},
    {"fma", "FMA"},
    {"avx2", "AVX2"},
    {"avx512f", "AVX-512F"},
    {"avx512dq", "AVX-512DQ"},
    {"avx512_bf16", "AVX-512 BF16"},
    {"avx512_fp16", "AVX-512 FP16"},
    {"amx_tile", "AMX"},
    {"asimd", "NEON"},
    {"sve", "SVE"},
    {"sve2", "SVE2"},
    {"sme", "SME"},
};

/* A word of a list that is separated by blanks. */
static bool has_word(const char *list, const char *word)
{
    size_t size = strlen(word);
    for (const char *at = list; (at = strstr(at, word)); at += size)
        if ((at == list || at[-1] == ' ') && (at[size] == ' ' || at[size] == '\0'))
            return true;
    return false;
}

/* The whole list of flags: longer than a field that is meant for readers. */
static const char *cpu_flags(const struct survey *survey)
{
    const char *all = survey_file(survey, "/proc/cpuinfo");
    static const char *const labels[] = {"\nflags\t", "\nFeatures\t"};
    for (size_t i = 0; all && i < sizeof labels / sizeof *labels; i++) {
        const char *line = strstr(all, labels[i]), *colon = line ? strchr(line, ':') : NULL;
        if (colon) {
            colon += 1 + strspn(colon + 1, " ");
            return arena_strndup(survey->arena, colon, strcspn(colon, "\n"));
        }
    }
    return NULL;
}

static void describe_cpu(const struct survey *survey)
{
    const char *model = survey_field(survey, "/proc/cpuinfo", "model name");
    errno = 0;
    if (!model)
        model = survey_line(survey, "/proc/device-tree/model");
    survey_fact(survey, "cpu.model", "Processor", model, NULL);
    const char *flags = cpu_flags(survey);
    struct text sets = {0};
    for (size_t i = 0; flags && i < sizeof instruction_sets / sizeof *instruction_sets; i++)
        if (has_word(flags, instruction_sets[i].flag))
            text_addf(&sets, "%s%s", sets.size ? ", " : "", instruction_sets[i].name);
    survey_fact(survey, "cpu.isa", "Vector instructions", sets.size ? text_string(&sets) : NULL,
                flags ? "none that are known here" : "the system does not list them");
    text_release(&sets);
}

static void describe_memory(const struct survey *survey)
{
    const char *total = survey_field(survey, "/proc/meminfo", "MemTotal");
    survey->machine->memory = total ? 1024 * strtod(total, NULL) : 0;
    survey_fact(survey, "memory.total", "Memory",
                total ? arena_printf(survey->arena, "%.3g GiB",
                                     survey->machine->memory / (1024.0 * 1024 * 1024))
                      : NULL,
                "/proc/meminfo does not say");
    const char *pages = survey_line(survey, "/sys/kernel/mm/transparent_hugepage/enabled");
    const char *open = pages ? strchr(pages, '[') : NULL;
    survey_fact(survey, "memory.hugepages", "Transparent huge pages",
                open ? arena_strndup(survey->arena, open + 1, strcspn(open + 1, "]")) : NULL,
                "the kernel does not say");
}

static void describe_os(const struct survey *survey)
{
    const char *release = survey_file(survey, "/etc/os-release");
    const char *name = release ? strstr(release, "PRETTY_NAME=") : NULL;
    if (name) {
        name += strlen("PRETTY_NAME=");
        name += *name == '"';
        name = clean_line(survey->arena, name, strcspn(name, "\"\n"), 100);
    }
    survey_fact(survey, "os.name", "Operating system", name, "there is no /etc/os-release");
    errno = 0;
    survey_fact(survey, "os.kernel", "Kernel", survey_line(survey, "/proc/sys/kernel/osrelease"),
                NULL);
}

/* The processor says whether a hypervisor runs it; the firmware, whose. */
static void describe_vm(const struct survey *survey)
{
    const char *flags = cpu_flags(survey);
    const char *vendor = survey_line(survey, "/sys/class/dmi/id/sys_vendor");
    const char *product = survey_line(survey, "/sys/class/dmi/id/product_name");
    const char *value = NULL;
    if (flags && !has_word(flags, "hypervisor"))
        value = "no";
    else if (flags && vendor)
        value = arena_printf(survey->arena, "yes: %s%s%s", vendor, product ? ", " : "",
                             product ? product : "");
    else if (flags)
        value = "yes";
    survey_fact(survey, "vm", "Virtual machine", value, "the processor does not say");
}

static void describe_clock(const struct survey *survey)
{
    static const char policy[] = "the system does not let it be seen";
    survey_fact(survey, "cpu.governor", "Clock governor",
                survey_line(survey, "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
                policy);
    const char *most = survey_line(survey, "/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq");
    survey_fact(survey, "cpu.clock", "Highest clock",
                most ? arena_printf(survey->arena, "%.3g GHz", strtod(most, NULL) / 1e6) : NULL,
                policy);
    const char *boost = survey_line(survey, "/sys/devices/system/cpu/cpufreq/boost");
    const char *no_turbo = survey_line(survey, "/sys/devices/system/cpu/intel_pstate/no_turbo");
    bool on = boost ? *boost == '1' : no_turbo && *no_turbo == '0';
    survey_fact(survey, "cpu.boost", "Boost", boost || no_turbo ? on ? "on" : "off" : NULL, policy);
}

/* Which of the kernel's defences against speculation slow code down: those that say "Mitigation".
 */
static void describe_mitigations(const struct survey *survey)
{
    static const char folder[] = "/sys/devices/system/cpu/vulnerabilities";
    size_t count = 0, active = 0;
    const char *path = arena_printf(survey->arena, "%s%s", survey->root, folder);
    const char **names = folder_list(survey->arena, path, "", &count);
    struct text list = {0};
    for (size_t i = 0; names && i < count; i++) {
        const char *state =
            survey_line(survey, arena_printf(survey->arena, "%s/%s", folder, names[i]));
        if (!state || strncmp(state, "Mitigation", strlen("Mitigation")) != 0)
            continue;
        text_addf(&list, "%s%s", active++ ? ", " : "", names[i]);
    }
    const char *value = NULL;
    if (names && count)
        value = active ? arena_printf(survey->arena, "%zu active: %s", active, text_string(&list))
                       : "none active";
    survey_fact(survey, "mitigations", "Mitigations", value, "the kernel does not list them");
    text_release(&list);
}

static void describe_load(const struct survey *survey)
{
    const char *line = survey_line(survey, "/proc/loadavg");
    size_t size = line ? strcspn(line, " ") : 0;
    survey_fact(survey, "load", "Load before the run",
                size ? arena_strndup(survey->arena, line, size) : NULL,
                "/proc/loadavg cannot be read");
}

void machine_system(const struct survey *survey)
{
    describe_cpu(survey);
    describe_memory(survey);
    describe_os(survey);
    describe_vm(survey);
    describe_clock(survey);
    describe_mitigations(survey);
    describe_load(survey);
}
