/* The end of the program for broken invariants and exhausted memory: never for bad input. */
#ifndef BASE_FAIL_H
#define BASE_FAIL_H

/* Prints "benchbook: MESSAGE" on stderr and aborts. */
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
