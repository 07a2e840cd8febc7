/* Machine facts, from captured trees of /proc and /sys, and from this machine. */
#include "unit.h"

#include "bench/machine.h"
#include "bench/machine_parts.h"

#include <string.h>

static void expect(const struct machine *machine, const char *key, const char *value)
{
    const char *found = fact_value(&machine->facts, key);
    if (!found || strcmp(found, value) != 0)
        fail_msg("%s is '%s', not '%s'", key, found ? found : "(not known)", value);
}

static const struct fact *find(const struct machine *machine, const char *key)
{
    for (size_t i = 0; i < machine->facts.count; i++)
        if (strcmp(machine->facts.items[i].key, key) == 0)
            return &machine->facts.items[i];
    fail_msg("there is no fact '%s'", key);
    return NULL;
}

static void test_laptop(void **state)
{
    (void)state;
    struct machine machine;
    machine_describe(&machine, "tests/machines/laptop");
    expect(&machine, "cpu.model", "11th Gen Intel(R) Core(TM) i7-1165G7 @ 2.80GHz");
    expect(&machine, "cpu.isa", "SSE4.2, AVX, F16C, FMA, AVX2, AVX-512F, AVX-512DQ");
    expect(&machine, "cpu.cores", "4");
    expect(&machine, "cpu.threads", "8");
    expect(&machine, "cache.l1d", "48 KiB × 4, each for 1 core");
    expect(&machine, "cache.l3", "12 MiB × 1, each for 4 cores");
    expect(&machine, "cpu.governor", "powersave");
    expect(&machine, "cpu.boost", "on");
    expect(&machine, "cpu.clock", "4.7 GHz");
    expect(&machine, "os.name", "Ubuntu 23.10");
    expect(&machine, "os.kernel", "6.5.0-21-generic");
    expect(&machine, "vm", "no");
    expect(&machine, "mitigations", "1 active: spectre_v2");
    expect(&machine, "memory.hugepages", "madvise");
    expect(&machine, "load", "0.10");
    expect(&machine, "affinity", "0,2-5");
    expect(&machine, "quota", "none");
    /* CPU 0 is half a core; 2 to 5 are two whole ones. */
    assert_int_equal(machine.cores, 3);
    assert_int_equal(machine.hardware_threads, 5);
    assert_true(machine.memory == 16138752.0 * 1024);
    expect(&machine, "cpu.smt", "2");
    expect(&machine, "usable",
           "3 cores, 5 hardware threads: the affinity mask allows only CPUs 0,2-5");
    assert_non_null(machine.limit);
    machine_release(&machine);
}

/* A quota of 1.5 CPUs leaves one thread that is never throttled. */
static void test_container(void **state)
{
    (void)state;
    struct machine machine;
    machine_describe(&machine, "tests/machines/container");
    assert_int_equal(machine.cores, 1);
    assert_int_equal(machine.hardware_threads, 1);
    expect(&machine, "cpu.cores", "4");
    expect(&machine, "quota", "1.5 CPUs");
    expect(&machine, "memory.total", "15.6 GiB");
    expect(&machine, "memory.limit", "4 GiB");
    assert_true(machine.memory == 4294967296.0);
    assert_string_equal(machine.limit, "the CPU quota is 1.5 CPUs");
    expect(&machine, "vm", "yes: Microsoft Corporation, Virtual Machine");
    const struct fact *governor = find(&machine, "cpu.governor");
    assert_null(governor->value);
    assert_non_null(governor->why);
    machine_release(&machine);
}

/* Version 1, with the limit set on the group above the process's own. */
static void test_server(void **state)
{
    (void)state;
    struct machine machine;
    machine_describe(&machine, "tests/machines/server");
    expect(&machine, "quota", "6 CPUs");
    assert_int_equal(machine.cores, 6);
    expect(&machine, "numa", "2");
    expect(&machine, "numa.cpus", "0: CPUs 0-7; 1: CPUs 8-15");
    expect(&machine, "cpu.packages", "2");
    assert_true(machine.memory == 65536000.0 * 1024);
    machine_release(&machine);
}

/* What cannot be read is not known, each fact with its reason; counts are still usable. */
static void test_nothing(void **state)
{
    (void)state;
    struct machine machine;
    machine_describe(&machine, "tests/machines/none");
    assert_int_equal(machine.cores, 1);
    assert_int_equal(machine.hardware_threads, 1);
    for (size_t i = 0; i < machine.facts.count; i++)
        assert_true((machine.facts.items[i].value != NULL) != (machine.facts.items[i].why != NULL));
    assert_null(find(&machine, "cpu.model")->value);
    assert_null(find(&machine, "quota")->value);
    assert_null(find(&machine, "steal")->value);
    assert_null(find(&machine, "vm")->value);
    machine_release(&machine);
}

/* Performance cores with two threads, efficient ones with one; clocks and governors of both. */
static void test_hybrid(void **state)
{
    (void)state;
    struct machine machine;
    machine_describe(&machine, "tests/machines/hybrid");
    expect(&machine, "cpu.cores", "12");
    expect(&machine, "cpu.threads", "16");
    expect(&machine, "cpu.smt", "2 on 4 of 12 cores, else 1");
    expect(&machine, "cpu.kinds",
           "8 cores IntelAtom of up to 3400 MHz; 4 cores IntelCore of up to 4700 MHz");
    expect(&machine, "cpu.governor", "performance, powersave");
    expect(&machine, "cpu.driver", "intel_pstate");
    expect(&machine, "cpu.clock", "4.7 GHz");
    expect(&machine, "cpu.now", "3400 MHz on the fastest CPU");
    expect(&machine, "cpu.boost", "off");
    expect(&machine, "steal", "0 % of the CPU time");
    expect(&machine, "vm", "no");
    expect(&machine, "usable", "12 cores, 16 hardware threads");
    assert_null(machine.limit);
    machine_release(&machine);
}

/* An ARM board: another /proc/cpuinfo, no firmware tables, no L3 cache; whether it is virtual
 * nothing tells. */
static void test_board(void **state)
{
    (void)state;
    struct machine machine;
    machine_describe(&machine, "tests/machines/board");
    expect(&machine, "cpu.model", "Raspberry Pi 4 Model B Rev 1.4");
    expect(&machine, "cpu.isa", "NEON");
    expect(&machine, "cpu.cores", "4");
    expect(&machine, "cpu.smt", "1");
    expect(&machine, "cache.l2", "1 MiB × 1, each for 4 cores");
    expect(&machine, "cpu.governor", "ondemand");
    expect(&machine, "cpu.now", "600 MHz on the fastest CPU");
    expect(&machine, "mitigations", "none active");
    expect(&machine, "numa.cpus", "0: CPUs 0-3, 3.88 GiB");
    expect(&machine, "quota", "none");
    static const char *const absent[] = {"cache.l3", "cpu.boost", "cpu.kinds", "vm",
                                         "memory.hugepages"};
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        assert_null(find(&machine, absent[i])->value);
        assert_true(strlen(find(&machine, absent[i])->why) > 10);
    }
    assert_int_equal(machine.cores, 4);
    machine_release(&machine);
}

static void test_identity(void **state)
{
    (void)state;
    struct machine laptop, again, server;
    machine_describe(&laptop, "tests/machines/laptop");
    machine_describe(&again, "tests/machines/laptop");
    machine_describe(&server, "tests/machines/server");
    assert_string_equal(laptop.identity, again.identity);
    assert_string_not_equal(laptop.identity, server.identity);
    machine_release(&laptop);
    machine_release(&again);
    machine_release(&server);
}

static void test_here(void **state)
{
    (void)state;
    struct machine machine;
    machine_describe(&machine, "");
    assert_true(machine.cores >= 1 && machine.hardware_threads >= machine.cores);
    assert_true(machine.memory > 1e6);
    assert_non_null(find(&machine, "os.kernel")->value);
    machine_release(&machine);
}

static void test_cpu_list(void **state)
{
    (void)state;
    bool cpus[16];
    assert_int_equal(cpu_list_parse("0-2,5", cpus, 16), 6);
    assert_true(cpus[0] && cpus[2] && !cpus[3] && cpus[5]);
    static const char *const wrong[] = {"", "a", "3-1", "1-", "0-99", "1;2", "-1"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(cpu_list_parse(wrong[i], cpus, 16), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_laptop),   cmocka_unit_test(test_container),
        cmocka_unit_test(test_server),   cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_identity), cmocka_unit_test(test_here),
        cmocka_unit_test(test_cpu_list), cmocka_unit_test(test_hybrid),
        cmocka_unit_test(test_board),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
