/* Order statistics by selection: linear time, no sorting. */
#ifndef KERNELS_ORDER_H
#define KERNELS_ORDER_H

#include <stddef.h>

/* Reorders the values so that values[nth] is what it would be after sorting,
 * nothing before it is larger and nothing behind it smaller (Hoare's
 * selection). */
static inline void select_nth(double *values, ptrdiff_t count, ptrdiff_t nth)
{
    ptrdiff_t low = 0, high = count - 1;
    while (low < high) {
        const double pivot = values[low + (high - low) / 2];
        ptrdiff_t i = low, j = high;
        while (i <= j) {
            while (values[i] < pivot)
                i++;
            while (values[j] > pivot)
                j--;
            if (i <= j) {
                const double swapped = values[i];
                values[i++] = values[j];
                values[j--] = swapped;
            }
        }
        /* now low..j are at most the pivot, i..high at least, and what lies
         * between equals it */
        if (nth <= j)
            high = j;
        else if (nth >= i)
            low = i;
        else
            return;
    }
}

/* The middle value, or the mean of the middle two. Reorders the values; there
 * is at least one. */
static inline double median(double *values, size_t count)
{
    const size_t middle = count / 2;
    select_nth(values, (ptrdiff_t)count, (ptrdiff_t)middle);
    const double upper = values[middle];
    if (count % 2)
        return upper;
    double lower = values[0];
    for (size_t i = 1; i < middle; i++)
        lower = values[i] > lower ? values[i] : lower;
    return (lower + upper) / 2;
}

#endif
