#include "cmd/job.h"

#include <stdio.h>

static void print_parameter(const struct parameter_info *parameter)
{
    const char *unit = parameter->unit[0] ? parameter->unit : "-";
    printf("    %-12s %-10s default %-12.10g %.10g to %.10g: %s\n", parameter->name, unit,
           parameter->initial, parameter->low, parameter->high, parameter->about);
}

static void print_variants(const char *label, const char *const *variants, size_t count)
{
    fputs(label, stdout);
    for (size_t i = 0; i < count; i++)
        printf(" %s", variants[i]);
    putchar('\n');
}

static void print_kernel(const struct kernel_info *kernel)
{
    printf("%s: %s\n    answer: %s", kernel->name, kernel->about, kernel->answer);
    if (kernel->racy)
        puts(" (on several threads it may be wrong: that is what the kernel shows)");
    else if (kernel->tolerance > 0)
        printf(" (equal within %.3g in every build)\n", kernel->tolerance);
    else
        puts(" (the same 64 bits in every build, on any number of threads)");
    for (size_t i = 0; i < kernel->parameter_count; i++)
        print_parameter(&kernel->parameters[i]);
    print_variants("    variants:", kernel->variants, kernel->variant_count);
}

enum exit_status command_list(struct job *job)
{
    bool done = job_catalogue(job);
    const struct catalogue *catalogue = &job->catalogue;
    for (size_t i = 0; done && i < catalogue->kernel_count; i++)
        print_kernel(&catalogue->kernels[i]);
    if (done)
        print_variants("variants where an experiment names none:", catalogue->variants,
                       catalogue->variant_count);
    return job_end(job, done);
}
