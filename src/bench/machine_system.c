#include "base/file.h"
#include "base/text.h"
#include "bench/clean.h"
#include "bench/cpu_monitor.h"
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

/* The whole list of flags: longer than a field that is meant for readers. The second label is
 * ARM's. */
static const char *cpu_flags(const struct survey *survey, bool x86_only)
{
    const char *all = survey_file(survey, "/proc/cpuinfo");
    static const char *const labels[] = {"\nflags\t", "\nFeatures\t"};
    for (size_t i = 0; all && i < (x86_only ? 1 : 2); i++) {
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
    const char *flags = cpu_flags(survey, false);
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

/* Whose machine this is, where the firmware's words are those of a hypervisor. */
static bool names_hypervisor(const char *text)
{
    static const char *const words[] = {
        "QEMU",  "KVM",   "VMware",     "VirtualBox",     "Xen",
        "Bochs", "bhyve", "Amazon EC2", "Google Compute", "Virtual Machine"};
    for (size_t i = 0; text && i < sizeof words / sizeof *words; i++)
        if (strstr(text, words[i]))
            return true;
    return false;
}

/* x86 processors say whether a hypervisor runs them. On others its node in the device tree or the
 * firmware's words can only tell that there is one, never that there is none. */
static void describe_vm(const struct survey *survey)
{
    const char *flags = cpu_flags(survey, true);
    const char *vendor = survey_line(survey, "/sys/class/dmi/id/sys_vendor");
    const char *product = survey_line(survey, "/sys/class/dmi/id/product_name");
    const char *node = survey_line(survey, "/proc/device-tree/hypervisor/compatible");
    const char *value = NULL;
    bool virtual = flags ? has_word(flags, "hypervisor")
                         : node || names_hypervisor(vendor) || names_hypervisor(product);
    if (virtual && vendor)
        value = arena_printf(survey->arena, "yes: %s%s%s", vendor, product ? ", " : "",
                             product ? product : "");
    else if (virtual)
        value = node ? arena_printf(survey->arena, "yes: %s", node) : "yes";
    else if (flags)
        value = "no";
    survey_fact(survey, "vm", "Virtual machine", value, "the processor does not say");
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

/* Since the system was started: on a shared machine a hint of what is to come. */
static void describe_steal(const struct survey *survey)
{
    const char *stat = survey_file(survey, "/proc/stat");
    bool *cpus = NULL;
    size_t size = survey_cpus(survey, &cpus);
    struct cpu_usage usage = cpu_usage_parse(stat ? stat : "", cpus, size, 1);
    survey_fact(survey, "steal", "Taken by the hypervisor before the run",
                usage.total > 0 ? arena_printf(survey->arena, "%.2g %% of the CPU time",
                                               100 * usage.steal / usage.total)
                                : NULL,
                "/proc/stat cannot be read");
}

void machine_system(const struct survey *survey)
{
    describe_cpu(survey);
    describe_memory(survey);
    describe_os(survey);
    describe_vm(survey);
    describe_mitigations(survey);
    describe_load(survey);
    describe_steal(survey);
}
