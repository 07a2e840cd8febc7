/* The size of a picture, as its file tells it. Private to page/. */
#ifndef PAGE_PICTURE_H
#define PAGE_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

/* Width and height in pixels of a PNG, GIF, JPEG or SVG; false where the bytes do not tell. */
bool picture_size(const char *bytes, size_t size, double *width, double *height);

#endif
