/* A book: a folder of chapters, read. Nothing here knows which kernels exist, what was measured, or
 * HTML: an experiment is kept as it was written, every name with its place.
 *
 * Each chapter becomes one CommonMark tree (cmark). What MyST adds is desugared into CommonMark
 * before parsing and replaced by custom nodes after it: every such node is described by one
 * `struct element`, and a chapter lists its elements in document order. Whoever renders sets the
 * custom nodes' on_enter and on_exit texts, element by element, and lets cmark print the rest. */
#ifndef BOOK_BOOK_H
#define BOOK_BOOK_H

#include "base/arena.h"
#include "base/diag.h"
#include "book/colour.h"
#include "book/display.h"

#include <cmark.h>
#include <stdbool.h>
#include <stddef.h>

enum element_kind {
    ELEMENT_DIRECTIVE, /* custom block; children: its parsed body, if that is Markdown */
    ELEMENT_ROLE,      /* custom inline without children */
    ELEMENT_HEADING,   /* custom block; children: the heading's inlines */
    ELEMENT_CODE,      /* custom block without children: a fenced or indented block of code */
    ELEMENT_CAPTION,   /* custom block, of a title custom inline; children: inlines; first child of
                          its directive's node */
    ELEMENT_ANCHOR,    /* custom block without children: a target, (name)= */
    ELEMENT_TABLE,     /* custom block; children: rows */
    ELEMENT_ROW,       /* custom block; children: cells */
    ELEMENT_CELL,      /* custom block; children: inlines */
    ELEMENT_CLAIMS,    /* custom block in {claims}: its table; children: originals */
    ELEMENT_ORIGINAL,  /* custom block; children: inlines, from a claim's :original: */
    ELEMENT_UNKNOWN    /* custom block: a directive that nobody knows; children: its body where that
                          is Markdown, as with ::: fences */
};

/* The directives and roles that exist: the rows of the two .def files. */
enum directive_id {
#define DIRECTIVE(id, ...) DIRECTIVE_##id,
#include "book/directives.def"
#undef DIRECTIVE
    DIRECTIVE_COUNT
};

enum role_id {
#define ROLE(id, ...) ROLE_##id,
#include "book/roles.def"
#undef ROLE
    ROLE_COUNT
};

/* ":key: value"; `place` is the value's. */
struct option {
    const char *key, *value;
    struct place place;
};

/* What is numbered, each kind in a series of its own within a chapter: "Figure 2.1". */
enum series {
    SERIES_NONE,
    SERIES_SECTION,
    SERIES_EXPERIMENT,
    SERIES_FIGURE,
    SERIES_TABLE,
    SERIES_LISTING,
    SERIES_EQUATION,
    SERIES_EXERCISE,
    SERIES_THEOREM,
    SERIES_LEMMA,
    SERIES_PROPOSITION,
    SERIES_COROLLARY,
    SERIES_DEFINITION,
    SERIES_AXIOM,
    SERIES_ASSUMPTION,
    SERIES_CONJECTURE,
    SERIES_CRITERION,
    SERIES_PROPERTY,
    SERIES_OBSERVATION,
    SERIES_REMARK,
    SERIES_EXAMPLE,
    SERIES_ALGORITHM,
    SERIES_COUNT
};

struct element {
    enum element_kind kind;
    int id;             /* enum directive_id or enum role_id; for cells 1 in the header row */
    const char *name;   /* directive or role as written; a code block's language, or "" */
    const char *text;   /* directive: its argument; role: its text; heading: plain text;
                           cell: alignment, "left", "right", "center" or "" */
    const char *target; /* role written as `text <target>`: the target, and `text` the text;
                           otherwise NULL */
    const char *body;   /* raw body of a directive or code block, without indentation; "" if none */
    struct place place; /* the opening fence, the role's `{`, the heading's line */
    struct place argument_place, body_place; /* where `text` and `body` start */
    const struct option *options;
    size_t option_count;
    int level; /* heading: 1 to 6; cells: 1 where they head their row */
    enum series series;
    const char *number;                  /* "3.2", or NULL where it has none */
    const char *anchor;                  /* HTML id, unique in its chapter, or NULL */
    const struct experiment *experiment; /* {experiment} and {observe}: as written; else NULL */
    const struct kernel_cell *cell;      /* {kernel}: as written; NULL elsewhere, and for a second
                                            one of its name */
    const struct element *parent;        /* the directive whose body holds it, or NULL */
    const struct element *previous;      /* {otherwise}: the {when} it belongs to;
                                            solutions: the exercise; originals: the claim;
                                            else NULL */
    cmark_node *node; /* owned by the chapter's tree; its user data is this element */
};

/* The option's value, or NULL. */
const char *element_option(const struct element *element, const char *key);
/* The option's place; the element's own where the option is absent. */
struct place element_option_place(const struct element *element, const char *key);

/* "name=value" of :set: or :draft:, as written. */
struct assignment {
    const char *name, *value;
    struct place name_place, value_place;
};

/* A value of :sweep:, as written. */
struct swept_value {
    const char *text;
    struct place place;
};

/* :sweep:, or what :draft: puts in its place: the values that one parameter takes, each of them
 * measured as an experiment of its own. They are those listed, or else, where `steps` is not 0, the
 * first, the second, and between them so many from each number to `base` times that number. */
struct sweep {
    const char *name; /* of the parameter; NULL: nothing is swept */
    struct place name_place, steps_place;
    const struct swept_value *values;
    size_t value_count;
    int steps, base; /* "4 a decade": 4 and 10; "1 an octave": 1 and 2 */
};

/* One entry of :variants:. */
struct variant_name {
    const char *name;
    bool optional; /* written with a trailing '?' */
    struct place place;
};

/* One step of :threads:. `low..high`, or a single value where low is high; 0 stands for `cores`
 * (physical cores that may be used), -1 for `hardware` (hardware threads that may be used). */
struct thread_range {
    int low, high;
    struct place place;
};

/* {experiment} or {observe}, as written; syntax checked, names not. */
struct experiment {
    const char *name;    /* :name:, unique in the book, a letter then letters, digits, - and _ */
    const char *kernel;  /* the argument */
    const char *chapter; /* the chapter's file, for messages on pages */
    struct place place, kernel_place, name_place;
    bool observed; /* {observe}: run once for its series */
    const struct assignment *set, *draft;
    size_t set_count, draft_count;
    struct sweep sweep, draft_sweep;     /* none written for a draft: as `sweep` */
    const struct variant_name *variants; /* none written: serial, simd, parallel */
    size_t variant_count;
    const struct thread_range *threads; /* none written: 1..cores */
    size_t thread_count;
    const char *written; /* canonical text of all that decides what is measured, with the cell's
                            where its kernel is one; no captions, no display options */
};

enum { THREADS_CORES = 0, THREADS_HARDWARE = -1 };

/* One entry of :parameters:, "n = 1000 (1..1e9)", as written. */
struct cell_parameter {
    const char *name, *value; /* the value is the default */
    const char *low, *high;   /* NULL where no range is written */
    struct place name_place, value_place, low_place, high_place;
};

/* {kernel}: C that a chapter carries, to be compiled into a kernel of the book. As written; syntax
 * of the options checked, nothing else. */
struct kernel_cell {
    const char *name;    /* the argument: letters, digits and _, unique in the book */
    const char *chapter; /* the chapter's file, for messages on pages */
    struct place place, name_place;
    bool broken;               /* there was an error in it: nothing is to be made of it */
    const char *text;          /* the body without indentation, whole lines */
    const struct place *lines; /* where each of its lines begins in the chapter */
    size_t line_count;
    const struct cell_parameter *parameters; /* in the order of the function's */
    size_t parameter_count;
    const char *caption, *answer; /* "" where there is none */
    const char *tolerance;        /* NULL where none is written */
    struct place tolerance_place;
};

/* What {ref}, {numref}, {eq}, {doc} and Markdown links can point at. */
struct label {
    const char *name; /* as written in (name)= or :name: or :label: */
    const struct chapter *chapter;
    const struct element *element; /* NULL for a chapter as a whole */
    enum series series;
    const char *number; /* "2.1", or NULL */
    const char *title;  /* heading's or caption's plain text; "" if none */
    const char *anchor; /* HTML id on the chapter's page */
    struct place place;
};

struct chapter {
    const char *path;    /* as it can be opened */
    const char *file;    /* relative to the book's folder: "03-loops.md" */
    const char *slug;    /* name of its page without .html: "03-loops" */
    const char *title;   /* front matter's, else the first heading's plain text, else the slug */
    const char *summary; /* front matter `description:`, or NULL */
    const char *part;    /* of the book, as the table of contents has it; NULL: none */
    int number;          /* 1, 2, … in the order of the table of contents; 0 for the index */
    cmark_node *root;
    struct element **elements; /* in document order, outer before inner */
    size_t element_count;
};

struct name_value {
    const char *name, *value;
};

struct names;
struct author {
    const char *name, *affiliations; /* "University of X; Institute Y", or "" */
};

/* A file of the book's folder, and where it is named; all zero: none. */
struct named_file {
    const char *path;
    struct place place;
};

/* A colour of the book's own; without a place: none. */
struct accent {
    struct colour colour;
    struct place place;
};

/* A name of a BibTeX entry, in Unicode. */
struct person {
    const char *given, *family; /* "Thomas J.", "van der Berg, Jr."; "" where there is none */
};

/* An entry of a BibTeX file: what {cite} refers to. All text is Unicode; formulas keep their $. */
struct reference {
    const char *key, *type; /* "Hamilton2005", "article" */
    const struct person *people;
    size_t people_count;
    bool edited;                     /* they are its editors, since it has no author */
    const struct name_value *fields; /* names in small letters; author and editor among them */
    size_t field_count;
    struct place place;
};

struct book {
    struct arena arena;
    const char *folder;
    /* NULL where not given */
    const char *title, *subtitle, *description, *copyright, *license, *language;
    const char *github; /* the address of its source */
    struct author *authors;
    size_t author_count;
    struct named_file logo, favicon;
    struct accent accent, accent_dark; /* of links, on light and on dark paper */
    struct name_value *macros;         /* KaTeX macros: "\\RR" and its expansion */
    size_t macro_count;
    struct display display;    /* what myst.yml says of it */
    struct chapter **chapters; /* in the order of the table of contents; the one named index or
                                  first with `root: true` is chapters[0] with number 0 */
    size_t chapter_count;
    struct names *chapter_names; /* their indices by file and by slug; internal to book/ */
    const struct experiment **experiments; /* of all chapters, in order; {observe} among them */
    size_t experiment_count;
    const struct kernel_cell **cells; /* of all chapters, in order */
    size_t cell_count;
    struct label *labels;
    size_t label_count;
    struct named_file *bibliographies; /* BibTeX files, relative to the book's folder */
    size_t bibliography_count;
    struct reference *references; /* of those files, sorted by key */
    size_t reference_count;
    struct name_value *sites; /* of other books: what stands before ':' in {doc}, and an address */
    size_t site_count;
};

/* Reads `folder`/myst.yml (without one, every *.md in order of name) and its chapters. All faults
 * go to `diags`; false when there was an error. The book holds what could be read even then, and
 * must be released in either case. */
bool book_read(struct book *book, const char *folder, struct diags *diags);
void book_release(struct book *book);

/* NULL where there is none of that name. */
const struct label *book_label(const struct book *book, const char *name);
const struct chapter *book_chapter(const struct book *book, const char *file_or_slug);
const struct kernel_cell *book_cell(const struct book *book, const char *name);
const struct reference *book_reference(const struct book *book, const char *key);

/* The value of a reference's field; NULL where it has none of that name. */
const char *reference_field(const struct reference *reference, const char *name);

/* "Figure", "Experiment", … as references print it before the number. */
const char *series_title(enum series series);

/* Book's grammar of one directive. */
struct directive_rule {
    const char *name;
    const char *options; /* keys it takes, separated by spaces */
    enum directive_body { BODY_NONE, BODY_RAW, BODY_MARKDOWN } body;
    enum series series;
    enum {
        ARGUMENT_NONE,
        ARGUMENT_OPTIONAL,
        ARGUMENT_TITLE, /* optional; its inlines become the caption */
        ARGUMENT_REQUIRED
    } argument;
    bool ours; /* what is wrong with it is an error, not a warning */
};
extern const struct directive_rule directive_rules[DIRECTIVE_COUNT];

#endif
