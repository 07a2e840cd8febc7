/* Sizes of paper. */
#ifndef PAGE_PAPER_H
#define PAGE_PAPER_H

/* As CSS and --paper name them; ends with NULL. */
extern const char *const papers[];

#endif
