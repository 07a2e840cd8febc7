# benchbook: measured lectures from Markdown chapters. `make help` lists the targets.

VERSION := 0.1.0

# What a user may set on the command line.
BUILD    ?= build
OUTPUT   ?= output
PROFILE  ?= standard
PAPER    ?= a4
SOLUTIONS ?=
PREFIX   ?= /usr/local
CFLAGS   ?= -O2 -g
SANITIZE ?=
# The levels of the instruction set for which kernels are compiled, from the least demanding to the
# most; the best that the processor has is chosen at run time. `native` is the processor's own.
MACHINE  := $(firstword $(subst -, ,$(shell $(CC) -dumpmachine)))
LEVELS_x86_64  := x86-64-v2 x86-64-v3 x86-64-v4
LEVELS_aarch64 := armv8-a
KERNEL_LEVELS  ?= $(or $(LEVELS_$(MACHINE)),native)
KERNELS        ?= src/kernels
KERNEL_EXTRA   ?= # flags behind all others

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
ifeq ($(MAKELEVEL)$(filter -j%,$(MAKEFLAGS)),0) # as many jobs as cores, unless the user says
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 2)
endif
# One short line a step; V=1 shows the commands.
Q    := $(if $(V),,@)
STEP  = @printf '  %-4s %s\n'

DEPS_GOALS  := $(filter deps deps-check,$(MAKECMDGOALS))
OTHER_GOALS := $(filter-out deps deps-check,$(MAKECMDGOALS))

ifneq ($(and $(DEPS_GOALS),$(OTHER_GOALS)),)
# `make deps report`: what comes after the installation is made by a make that sees its result.
.PHONY: $(OTHER_GOALS)
$(OTHER_GOALS): $(DEPS_GOALS)
	@$(MAKE) --no-print-directory $@
else

ROOMS := base book record bench page cmd
# Only the worker is linked with OpenMP and OpenBLAS, only the program with the rest.
PROGRAM_PACKAGES := libcmark yaml-0.1 jansson gsl hwloc duktape libpcre2-8
WORKER_PACKAGES  := jansson

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion \
        -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 -Wwrite-strings -Wundef
COMMON = -std=c17 -D_GNU_SOURCE $(if $(filter-out src/kernels,$(KERNELS)),-I$(KERNELS)/..) -Isrc $(WARN) $(if $(SANITIZE),-fsanitize=$(SANITIZE) \
         -fno-omit-frame-pointer) -MMD -MP
DEFINES = -DBENCHBOOK_VERSION='"$(VERSION)"'

# OpenBLAS's OpenMP build by name: its pthread and serial builds may be installed beside it.
OPENBLAS_FOLDER := $(firstword $(wildcard /usr/lib/*/openblas-openmp))
ifneq ($(OPENBLAS_FOLDER),)
OPENBLAS_CFLAGS := -I$(subst /usr/lib/,/usr/include/,$(OPENBLAS_FOLDER))
OPENBLAS_LIBS   := -L$(OPENBLAS_FOLDER) -Wl,--disable-new-dtags,-rpath,$(OPENBLAS_FOLDER) \
                   -llapacke -lopenblas
else
OPENBLAS_CFLAGS := $(shell pkg-config --cflags openblas 2>/dev/null)
OPENBLAS_LIBS   := -llapacke $(shell pkg-config --libs openblas 2>/dev/null)
endif

# MPI, where there is a compiler for it: a third program, and nothing else, is linked with it. Which
# mpiexec goes with that compiler, it says itself: several may be installed.
MPICC     ?= $(shell command -v mpicc 2>/dev/null)
MPI_BUILD ?= $(BUILD)
MPI_CC    := OMPI_CC='$(CC)' MPICH_CC='$(CC)' $(MPICC)
MPI_KIND  := $(if $(MPICC),$(if $(shell $(MPICC) --showme:version 2>&1 | grep 'Open MPI'),openmpi,mpich))
MPIEXEC   ?= $(firstword $(shell cd '$(dir $(MPICC))' && \
               command -v mpiexec.$(MPI_KIND) ./mpiexec.$(MPI_KIND) ./mpiexec) mpiexec)

PROGRAM_CFLAGS := $(shell pkg-config --cflags $(PROGRAM_PACKAGES) 2>/dev/null)
PROGRAM_LIBS   := $(shell pkg-config --libs $(PROGRAM_PACKAGES) 2>/dev/null) -lm
# btparse has no file for pkg-config, and not every system has btparse: without it a book's BibTeX
# files are a warning.
ifneq ($(wildcard /usr/include/btparse.h /usr/local/include/btparse.h),)
PROGRAM_CFLAGS += -DHAVE_BTPARSE
PROGRAM_LIBS   += -lbtparse
endif
WORKER_LIBS    := $(shell pkg-config --libs $(WORKER_PACKAGES) 2>/dev/null) $(OPENBLAS_LIBS) -lm -ldl

# The script libraries, wherever this system keeps them.
find_file = $(firstword $(wildcard $(1)) $(firstword $(1)))
KATEX_JS     := $(call find_file,/usr/share/javascript/katex/katex.min.js \
                  /usr/lib/node_modules/katex/dist/katex.min.js)
KATEX_CSS    := $(KATEX_JS:.js=.css)
KATEX_FONTS  := $(call find_file,/usr/share/fonts/truetype/katex /usr/lib/node_modules/katex/dist/fonts)
HIGHLIGHT_JS := $(call find_file,/usr/share/javascript/highlight.js/highlight.min.js \
                  /usr/lib/node_modules/@highlightjs/cdn-assets/highlight.min.js)
MUSTACHE_JS  := $(call find_file,/usr/share/javascript/mustache/mustache.min.js \
                  /usr/lib/node_modules/mustache/mustache.min.js)
LUNR_JS      := $(call find_file,/usr/share/javascript/lunr/lunr.min.js \
                  /usr/lib/node_modules/lunr/lunr.min.js)
PAGE_DEFINES = -DPAGE_FOLDER='"src/page"' -DKATEX_JS='"$(KATEX_JS)"' -DKATEX_CSS='"$(KATEX_CSS)"' \
  -DKATEX_FONTS='"$(KATEX_FONTS)"' -DHIGHLIGHT_JS='"$(HIGHLIGHT_JS)"' -DMUSTACHE_JS='"$(MUSTACHE_JS)"' \
  -DLUNR_JS='"$(LUNR_JS)"'

# --- Kernels: one source, four builds, for each level ---------------------------------------------
# serial: scalar code; simd: only what `#pragma omp simd` vectorises; parallel: threads as well; libm:
# as plain C is compiled, with the C library's functions. Answers must be the same 64 bits in the first
# three, so no contraction and nothing of -ffast-math.
# Loops begin at a cache line: where a linker happens to put them made differences of up to 15 %.
KERNEL_FLAGS := -O3 -fno-math-errno -fno-trapping-math -ffp-contract=off \
                -fno-tree-vectorize -fno-tree-slp-vectorize -falign-functions=64 -falign-loops=64
# Scalar code has no use for 512-bit registers, and gcc spills into them, which costs up to a third.
SCALAR_FLAGS := $(if $(filter x86_64,$(MACHINE)),-mno-avx512f)
KERNEL_FLAGS_serial   := $(KERNEL_FLAGS) $(SCALAR_FLAGS)
KERNEL_FLAGS_simd     := $(KERNEL_FLAGS) -fopenmp-simd
KERNEL_FLAGS_parallel := $(KERNEL_FLAGS) -fopenmp
KERNEL_FLAGS_libm     := -O2 -ffp-contract=off $(SCALAR_FLAGS)
KERNEL_BUILDS := serial simd parallel libm
# 512-bit lanes where the processor has them: compilers prefer 256 by themselves.
level_flags = -march=$(1) $(if $(and $(filter x86_64,$(MACHINE)),$(filter x86-64-v4 native,$(1))),\
                -mprefer-vector-width=512)
level_identifier = $(subst -,_,$(subst .,_,$(1)))
KERNEL_LIST := -D'KERNEL_LEVELS(ENTRY,x)=$(foreach l,$(KERNEL_LEVELS),\
  ENTRY(x,$(call level_identifier,$(l)),"$(l)","$(strip $(call level_flags,$(l)))"))'
KERNEL_ONCE    := $(wildcard $(addprefix $(KERNELS)/,registry.c tuning.c))
KERNEL_SOURCES := $(filter-out $(KERNEL_ONCE),$(wildcard $(KERNELS)/*.c))
KERNEL_OBJECTS := $(foreach l,$(KERNEL_LEVELS),$(foreach b,$(KERNEL_BUILDS),\
                    $(KERNEL_SOURCES:$(KERNELS)/%.c=$(BUILD)/obj/kernels/$(l)/%.$(b).o))) \
                  $(KERNEL_ONCE:$(KERNELS)/%.c=$(BUILD)/obj/kernels/%.o)
WORKER_DEFINES = -DKERNEL_FOLDER='"src/kernels"' -DTEAM_FOLDER='"src/mpi"' \
  $(foreach b,$(KERNEL_BUILDS),-DKERNEL_FLAGS_$(b)='"$(KERNEL_FLAGS_$(b))"')

objects = $(patsubst src/%.c,$(BUILD)/obj/%.o,$(wildcard src/$(1)/*.c))
archive = $(patsubst %,$(BUILD)/lib%.a,$(1))

PROGRAMS := $(BUILD)/benchbook $(BUILD)/benchbook-worker $(if $(MPICC),$(MPI_BUILD)/benchbook-worker-mpi)

all: $(PROGRAMS) ## build the programs; benchbook-worker-mpi only where there is mpicc
ifeq ($(MPICC),)
	@echo '  there is no mpicc: processes under MPI are left out'
endif

$(BUILD)/benchbook: $(BUILD)/obj/bytecode.o $(call archive,cmd page bench record book base)
	$(STEP) LINK $@
	$(Q)$(CC) $(CFLAGS) $(if $(SANITIZE),-fsanitize=$(SANITIZE)) -o $@ $^ $(LDFLAGS) $(PROGRAM_LIBS)

$(BUILD)/benchbook-worker: $(call archive,worker kernels base)
	$(STEP) LINK $@
	$(Q)$(CC) $(CFLAGS) $(if $(SANITIZE),-fsanitize=$(SANITIZE)) -fopenmp -o $@ $^ $(LDFLAGS) $(WORKER_LIBS)

# mpicc is a front end of compilers, and made to use ours.
MPI_OBJECTS := $(patsubst src/mpi/%.c,$(MPI_BUILD)/obj/mpi/%.o,$(wildcard src/mpi/*.c))
$(MPI_BUILD)/benchbook-worker-mpi: $(MPI_OBJECTS) $(call archive,worker kernels base)
	$(STEP) LINK $@
	$(Q)$(MPI_CC) $(CFLAGS) $(if $(SANITIZE),-fsanitize=$(SANITIZE)) -fopenmp -o $@ $^ $(LDFLAGS) $(WORKER_LIBS)

$(MPI_BUILD)/obj/mpi/%.o: src/mpi/%.c $(MPI_BUILD)/mpi-flags
	@mkdir -p $(@D)
	$(STEP) CC $<
	$(Q)$(MPI_CC) $(COMMON) -DMPIEXEC='"$(MPIEXEC)"' $(CFLAGS) -c -o $@ $<

# The script libraries are compiled once, for to compile them takes longer than a book of pages.
$(BUILD)/compile-scripts: src/scripts/compile.c $(call archive,page record book base)
	$(STEP) LINK $@
	$(Q)$(CC) $(COMMON) $(PROGRAM_CFLAGS) $(CFLAGS) -o $@ $^ $(LDFLAGS) $(PROGRAM_LIBS)

$(BUILD)/scripts.bytecode: $(BUILD)/compile-scripts $(wildcard $(KATEX_JS) $(HIGHLIGHT_JS) $(MUSTACHE_JS) \
                               $(LUNR_JS))
	$(STEP) JS $@
	$(Q)rm -f $@ && $< $@

$(BUILD)/obj/bytecode.o: $(BUILD)/scripts.bytecode
	@printf '%s\n' '.section .rodata' '.balign 16' '.globl script_bytecode, script_bytecode_end' \
	  '.hidden script_bytecode, script_bytecode_end' 'script_bytecode: .incbin "$<"' \
	  'script_bytecode_end: .byte 0' '.section .note.GNU-stack,"",%progbits' | \
	  $(CC) $(CFLAGS) -c -x assembler -o $@ -

define archive_rule
$(BUILD)/lib$(1).a: $(call objects,$(1))
	$(STEP) AR $$@
	$(Q)rm -f $$@ && ar rcs $$@ $$^
endef
$(foreach room,$(ROOMS) worker,$(eval $(call archive_rule,$(room))))

$(BUILD)/libkernels.a: $(KERNEL_OBJECTS)
	$(STEP) AR $@
	$(Q)rm -f $@ && ar rcs $@ $^

$(BUILD)/obj/page/%.o: src/page/%.c | $(BUILD)/flags
	@mkdir -p $(@D)
	$(STEP) CC $<
	$(Q)$(CC) $(COMMON) $(DEFINES) $(PAGE_DEFINES) $(PROGRAM_CFLAGS) $(CFLAGS) -c -o $@ $<

$(BUILD)/obj/worker/%.o: src/worker/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(STEP) CC $<
	$(Q)$(CC) $(COMMON) $(DEFINES) $(WORKER_DEFINES) $(OPENBLAS_CFLAGS) $(CFLAGS) -fopenmp -c -o $@ $<

define kernel_rule
$(BUILD)/obj/kernels/$(2)/%.$(1).o: $(KERNELS)/%.c $(BUILD)/flags
	@mkdir -p $$(@D)
	$(STEP) CC '$$< ($(1), $(2))'
	$(Q)$(CC) $(COMMON) -Wno-unknown-pragmas -DKERNEL_BUILD=$(1) -DKERNEL_LEVEL=$(call level_identifier,$(2)) \
	  $(OPENBLAS_CFLAGS) $(call level_flags,$(2)) $(KERNEL_FLAGS_$(1)) $(KERNEL_EXTRA) -c -o $$@ $$<
endef
$(foreach level,$(KERNEL_LEVELS),$(foreach build,$(KERNEL_BUILDS),$(eval $(call kernel_rule,$(build),$(level)))))

$(BUILD)/obj/kernels/%.o: $(KERNELS)/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(STEP) CC $<
	$(Q)$(CC) $(COMMON) $(KERNEL_LIST) $(CFLAGS) -c -o $@ $<

$(BUILD)/obj/%.o: src/%.c | $(BUILD)/flags
	@mkdir -p $(@D)
	$(STEP) CC $<
	$(Q)$(CC) $(COMMON) $(DEFINES) $(PROGRAM_CFLAGS) $(CFLAGS) -c -o $@ $<

# Files that are embedded (.incbin) are dependencies that the compiler does not see.
$(BUILD)/obj/worker/sources.o: $(wildcard src/kernels/*.[ch]) src/mpi/processes.c
$(call objects,page): $(wildcard src/page/*.js)

# Written anew only when what they hold changes, so that every object that it decides follows.
FLAGS_TEXT = $(CC) $(KERNEL_LEVELS) $(foreach b,$(KERNEL_BUILDS),/ $(KERNEL_FLAGS_$(b))) $(KERNEL_EXTRA) $(SANITIZE)
$(BUILD)/flags: HELD = $(FLAGS_TEXT)
$(MPI_BUILD)/mpi-flags: HELD = $(CC) $(MPICC) $(MPIEXEC) $(SANITIZE)
$(BUILD)/flags $(MPI_BUILD)/mpi-flags: FORCE
	@mkdir -p $(@D)
	@echo '$(HELD)' | cmp -s - $@ || echo '$(HELD)' > $@

-include $(wildcard $(BUILD)/obj/*/*.d $(MPI_BUILD)/obj/mpi/*.d $(BUILD)/obj/kernels/*/*.d $(BUILD)/unit/*.d)

# --- Running -------------------------------------------------------------------------------------

report: all ## measure what is missing and render the lecture; PROFILE=draft is quick
	$(BUILD)/benchbook build chapters --output $(OUTPUT) --profile $(PROFILE)

handouts: all ## chapters, exercise sheets and the whole book as HTML and PDF; PAPER=letter, SOLUTIONS=none
	$(BUILD)/benchbook handout chapters --output $(OUTPUT) $(HANDOUT_OPTIONS)
	$(BUILD)/benchbook handout chapters --output $(OUTPUT) $(HANDOUT_OPTIONS) --exercises
	$(BUILD)/benchbook handout chapters --output $(OUTPUT) $(HANDOUT_OPTIONS) --single
HANDOUT_OPTIONS = --paper $(PAPER) $(if $(SOLUTIONS),--solutions $(SOLUTIONS))

records: all ## measure anew the records that the lecture compares; while the machine is quiet
	@BUILD=$(BUILD) KERNEL_LEVELS='$(KERNEL_LEVELS)' $(if $(filter command line,$(origin PROFILE)),\
	  PROFILE=$(PROFILE)) MAKE='$(MAKE)' chapters/records/measure
.PHONY: records

bench: all ## time our builds beside NumPy and Numba in one run, and the rendering
	@BUILD=$(BUILD) tests/bench/run $(PROFILE)

bench-counted: $(BUILD)/benchbook-worker ## count the kernels' operations and bytes beside those declared
	@BUILD=$(BUILD) tests/bench/counted tests/bench/counted.md
.PHONY: bench-counted

# --- Tests ---------------------------------------------------------------------------------------

UNIT := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test_*.c))
UNIT_ARCHIVES := $(call archive,page bench record book worker kernels base)
# cmocka comes first: btparse, too, has a print_error().
UNIT_LIBS = $(shell pkg-config --libs cmocka 2>/dev/null) $(PROGRAM_LIBS) $(WORKER_LIBS) -lmpfr -lgmp

$(BUILD)/unit/%: tests/unit/%.c $(UNIT_ARCHIVES)
	@mkdir -p $(@D)
	$(STEP) CC $<
	$(Q)$(CC) $(COMMON) $(DEFINES) $(PAGE_DEFINES) $(PROGRAM_CFLAGS) $(OPENBLAS_CFLAGS) $(CFLAGS) -fopenmp \
	  -Itests/unit -o $@ $< $(UNIT_ARCHIVES) $(LDFLAGS) $(UNIT_LIBS)

# The same program by each MPI library that is here beside the one that is used.
MPI_OTHERS := $(foreach m,$(filter-out $(MPI_KIND),openmpi mpich),\
                $(if $(shell command -v mpicc.$(m)),$(BUILD)/$(m)/benchbook-worker-mpi))
$(BUILD)/%/benchbook-worker-mpi: $(call archive,worker kernels base) FORCE
	@$(MAKE) --no-print-directory BUILD=$(BUILD) MPI_BUILD=$(BUILD)/$* MPICC=mpicc.$* \
	  MPIEXEC=mpiexec.$* $@

check: all $(UNIT) $(MPI_OTHERS) ## run every test; needs `make deps-check` once
	@BUILD=$(BUILD) tests/run

check-unit: all $(UNIT) ## run the unit tests alone
	@BUILD=$(BUILD) tests/run unit

check-bits: ## are answers the same bits by every compiler, level and processor that is here?
	@BUILD=$(BUILD) tests/bits/run

check-asan: ## run the unit and end-to-end tests under the address and undefined-behaviour sanitizers
	@$(MAKE) --no-print-directory BUILD=$(BUILD)-asan SANITIZE=address,undefined CFLAGS='-O1 -g' \
	  KERNEL_LEVELS=$(firstword $(KERNEL_LEVELS)) check-sanitized

# A sanitized worker reserves more address space than any limit on it would allow.
check-sanitized: all $(UNIT) $(MPI_OTHERS)
	@BENCHBOOK_MEMORY=0 BUILD=$(BUILD) tests/run unit e2e

regen-golden: all ## write the expected pages under tests/golden anew; look at the difference
	@BUILD=$(BUILD) tests/golden/run --write

lint: ## formatting, clang-tidy, and a build by clang in which a warning is an error
	@clang-format --dry-run -Werror $(wildcard src/*/*.[ch] tests/unit/*.[ch])
	$(MAKE) --no-print-directory BUILD=$(BUILD)-clang CC=clang CFLAGS='-O1 -g -Werror' all
	@printf '%s\n' $(filter-out $(if $(MPICC),,src/mpi/%),$(wildcard src/*/*.c)) | xargs -P$$(nproc) -I{} clang-tidy --quiet {} -- -std=c17 \
	  -D_GNU_SOURCE -Isrc -fopenmp $(DEFINES) $(PAGE_DEFINES) $(WORKER_DEFINES) \
	  -DMPIEXEC='"mpiexec"' $(filter -I%,$(if $(MPICC),$(shell $(MPICC) -show))) \
	  $(PROGRAM_CFLAGS) $(OPENBLAS_CFLAGS) $(KERNEL_LIST) \
	  -DKERNEL_BUILD=serial -DKERNEL_LEVEL=$(call level_identifier,$(firstword $(KERNEL_LEVELS)))

# --- Housekeeping --------------------------------------------------------------------------------

install: all ## copy programs, templates and licence under PREFIX (default /usr/local)
	install -d $(addprefix $(DESTDIR)$(PREFIX)/,bin $(addprefix share/benchbook/templates/,charts scripts))
	install $(PROGRAMS) $(DESTDIR)$(PREFIX)/bin
	install -m 644 LICENSE $(DESTDIR)$(PREFIX)/share/benchbook
	install -m 644 $(wildcard templates/*.*) $(DESTDIR)$(PREFIX)/share/benchbook/templates
	install -m 644 $(wildcard templates/charts/*) $(DESTDIR)$(PREFIX)/share/benchbook/templates/charts
	install -m 644 $(wildcard templates/scripts/*) $(DESTDIR)$(PREFIX)/share/benchbook/templates/scripts

clean: ## remove what was built; measured records and pages under output stay
	rm -rf $(BUILD) $(BUILD)-asan $(BUILD)-clang

.PHONY: all report handouts bench check check-unit check-bits check-asan check-sanitized regen-golden lint install clean FORCE
endif

deps: ## install what building and reporting need (apt-get), or list the packages for this system
	@.deps/install build

deps-check: ## install what the tests need as well: browser, Node packages, test libraries
	@.deps/install build tests

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | sort | \
	  while IFS='|' read -r name about; do printf '  %-14s %s\n' "$$name" "$$about"; done

.PHONY: deps deps-check help
