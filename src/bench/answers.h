/* Answers are compared before any figure is shown. */
#ifndef BENCH_ANSWERS_H
#define BENCH_ANSWERS_H

#include "record/record.h"

#include <stdbool.h>

/* |a - b| over the larger of |a| and |b|; 0 for equal numbers. */
double answers_deviation(double a, double b);

/* Whether two answers are as equal as is promised of them: all 64 bits where `tolerance` is 0. */
bool answers_agree(double tolerance, double a, const char *a_bits, double b, const char *b_bits);

/* Compares the answers of all configurations that have one with the baseline's, or, should the
 * baseline have failed, with those of the first that has one; what differs becomes STATUS_WRONG,
 * except with a racy kernel, whose wrong answers are what is to be seen. */
void answers_compare(struct result *result, struct arena *arena);

#endif
