/* Scripts that were compiled when the program was built: loading them takes a hundredth of the time
 * that compiling them does. They are part of the program, for the engine trusts them as it trusts
 * itself. One that the program does not have, or has from another text, is compiled as it is met.
 * Private to page/ and to the tool that compiles them. */
#ifndef PAGE_BYTECODE_H
#define PAGE_BYTECODE_H

#include "base/text.h"

#include <duktape.h>
#include <stdbool.h>
#include <stddef.h>

/* Pushes the function of the script, compiled then or now; throws what is wrong with the script. */
void bytecode_push(duk_context *duk, const char *name, const char *source, size_t size);

/* Compiles the script and appends it in the form in which the program holds all of them. Throws. */
void bytecode_add(duk_context *duk, const char *name, const char *source, size_t size,
                  struct text *out);

#endif
