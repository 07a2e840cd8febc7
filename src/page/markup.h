/* Every element through its renderer. Private to page/. */
#ifndef PAGE_MARKUP_H
#define PAGE_MARKUP_H

#include "page/context.h"

render_function render_element;

#endif
