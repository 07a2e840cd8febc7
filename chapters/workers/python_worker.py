#!/usr/bin/python3
"""Times NumPy and Numba at the kernels of this book, by benchbook's worker protocol.

Three variants, in the manner of the lecture that this book follows: `numpy` works on whole arrays,
`numba` compiles plain loops, `numba-parallel` divides the outer loop among threads. Each does the
work of the built-in kernel of the same name, the median or maximum included. Where NumPy or Numba
is missing, `describe` says so, and nothing else is asked for.
"""
import json
import math
import os
import resource
import struct
import sys
import time

THREADS = int(os.environ.get("OMP_NUM_THREADS", 1))
PLACE = os.sched_getaffinity(0)  # before a library binds this thread to a core of its own
ABSENT = {}
LIBRARIES = {"python": sys.version.split()[0]}
VARIANTS = ("numpy", "numba", "numba-parallel")
prange = range

try:
    import numpy as np

    LIBRARIES["numpy"] = np.__version__
except Exception as error:
    ABSENT.update(dict.fromkeys(VARIANTS, str(error)))
try:
    import numba
    from numba import prange

    LIBRARIES["numba"] = numba.__version__
except Exception as error:
    for name in VARIANTS[1:]:
        ABSENT.setdefault(name, str(error))
if THREADS > 1:  # those that are started from here on may use every core again
    os.sched_setaffinity(0, PLACE)


# --- wealth.median: its random numbers are not the built-in kernel's ---------------------------


def wealth_loops(households, periods, w0, r, s, v1, v2):
    wealth = np.empty(households)
    for i in prange(households):
        w = w0
        for _ in range(periods):
            growth = np.exp(v1 * np.random.randn()) * (1 + r)
            income = np.exp(v2 * np.random.randn())
            w = growth * s * w + income
        wealth[i] = w
    return np.median(wealth)


def wealth_arrays(p):
    def run():
        random = np.random.default_rng(p["seed"])
        w = np.full(p["households"], float(p["w0"]))
        for _ in range(p["periods"]):
            growth = np.exp(p["v1"] * random.standard_normal(w.size)) * (1 + p["r"])
            income = np.exp(p["v2"] * random.standard_normal(w.size))
            w = growth * p["s"] * w + income
        return np.median(w)

    return run


def wealth_compiled(p, compiler):
    loops = compiler(wealth_loops, "f8(i8, i8, f8, f8, f8, f8, f8)")
    return lambda: loops(*(p[k] for k in ("households", "periods", "w0", "r", "s", "v1", "v2")))


def wealth_promise(p):
    """Five standard errors of the difference of two medians, each of 0.73 / sqrt(households) of the
    median with the lecture's parameters; more where shocks are larger."""
    error = 0.73 * max(1, p["v1"], p["v2"]) / math.sqrt(p["households"])
    return {"tolerance": 5 * math.sqrt(2) * error, "memory": 64 * p["households"]}


# --- ufunc.max and ufunc.temporaries --------------------------------------------------------------


def grid(p):
    return np.meshgrid(*[np.linspace(p["low"], p["high"], p["n"])] * 2)


def ufunc_point(x, y):
    return math.cos(x**2 + y**2) / (1 + x**2 + y**2)


def ufunc_arrays(p):
    x, y = grid(p)
    return lambda: np.max(np.cos(x**2 + y**2) / (1 + x**2 + y**2))


def ufunc_compiled(p, compiler):
    x, y = grid(p)
    ufunc = compiler(ufunc_point, "f8(f8, f8)", numba.vectorize)
    return lambda: np.max(ufunc(x, y))


def ufunc_promise(p):
    """Another cosine, and coordinates that may round otherwise. Five grids of doubles."""
    return {"tolerance": 1e-12, "memory": 5 * 8 * p["n"] ** 2}


# --- pi.hits, pi.hits32, pi.integer: their random numbers are not the built-in kernels' ----------
# NumPy and Numba draw fractions of 53 bits, whatever the built-in kernel takes from its draws.


def pi_loops(n):
    hits = 0
    for _ in prange(n):
        x, y = np.random.uniform(0, 1), np.random.uniform(0, 1)
        if (x - 0.5) ** 2 + (y - 0.5) ** 2 < 0.25:
            hits += 1
    return 4 * hits / n


def pi_arrays(p):
    block = 1 << 16  # points that fit a nearby cache

    def run():
        random, hits = np.random.default_rng(p["seed"]), 0
        for first in range(0, p["n"], block):
            x, y = random.random((2, min(block, p["n"] - first)))
            hits += np.count_nonzero((x - 0.5) ** 2 + (y - 0.5) ** 2 < 0.25)
        return 4 * hits / p["n"]

    return run


def pi_compiled(p, compiler):
    loops = compiler(pi_loops, "f8(i8)")
    return lambda: loops(p["n"])


def pi_promise(p):
    """Five standard errors of the difference of two estimates."""
    return {"tolerance": 5 * math.sqrt(2 * (4 / math.pi - 1) / p["n"])}


# --- eigen.library, eigen.outer, eigen.tuned: the very matrices of the built-in kernels -----------
# One after the other, on as many BLAS threads as the environment says: one.


def philox(seed, streams, step):
    """Two random words for each stream: Philox4x32-10 by Salmon, Moraes, Dror and Shaw, 2011."""
    word = np.uint64
    low, half = word(0xFFFFFFFF), word(32)
    c = [streams & low, streams >> half]
    c += [np.full_like(streams, step & 0xFFFFFFFF), np.full_like(streams, step >> 32)]
    for i in range(10):
        key0 = word(((seed & 0xFFFFFFFF) + i * 0x9E3779B9) & 0xFFFFFFFF)
        key1 = word(((seed >> 32) + i * 0xBB67AE85) & 0xFFFFFFFF)
        first, second = c[0] * word(0xD2511F53), c[2] * word(0xCD9E8D57)
        c = [second >> half ^ c[1] ^ key0, second & low, first >> half ^ c[3] ^ key1, first & low]
    return c[1] << half | c[0], c[3] << half | c[2]


def matrix(p, number):
    """Standard normal entries in pairs, by Box and Muller, column by column."""
    size, word = p["order"] ** 2, np.uint64
    length, direction = philox(p["seed"], np.arange((size + 1) // 2, dtype=word), number)
    uniform = ((length >> word(12)) + 0.5) * 2.0**-52
    turn = (direction << word(2) >> word(12)) * 2.0**-52 - 0.5
    sine, cosine = np.sin(np.pi / 2 * turn), np.cos(np.pi / 2 * turn)
    along = np.where(direction >> word(62) & word(1) == 1, -cosine, cosine)
    upright = direction >> word(63) == 1
    x, y = np.where(upright, sine, along), np.where(upright, along, sine)
    pairs = np.sqrt(-2 * np.log(uniform)) * np.array([x, y])
    return pairs.T.ravel()[:size].reshape((p["order"], p["order"]), order="F")


def eigen_arrays(p):
    made = [matrix(p, number) for number in range(p["matrices"])]
    return lambda: max(np.abs(np.linalg.eigvals(a)).max() for a in made)


def eigen_promise(p):
    """LAPACK may take its operations in another order. Each matrix, and a copy of one."""
    return {"tolerance": 1e-9, "memory": 8 * (p["matrices"] + 1) * p["order"] ** 2}


# --- The protocol ------------------------------------------------------------------------------

# name: (whole arrays, compiled loops, how equal the answer is and what it needs)
KERNELS = {
    "wealth.median": (wealth_arrays, wealth_compiled, wealth_promise),
    "ufunc.max": (ufunc_arrays, ufunc_compiled, ufunc_promise),
    "ufunc.temporaries": (ufunc_arrays, None, ufunc_promise),
    "pi.hits": (pi_arrays, pi_compiled, pi_promise),
    "pi.hits32": (pi_arrays, pi_compiled, pi_promise),
    "pi.integer": (pi_arrays, pi_compiled, pi_promise),
    "eigen.library": (eigen_arrays, None, eigen_promise),
    "eigen.outer": (eigen_arrays, None, eigen_promise),
    "eigen.tuned": (eigen_arrays, None, eigen_promise),
}


def describe():
    kernels = [
        {"name": name, "variants": VARIANTS if compiled else VARIANTS[:1]}
        for name, (_, compiled, _) in KERNELS.items()
    ]
    return {
        "protocol": 1,
        "program": "NumPy and Numba",
        "version": "1",
        "libraries": LIBRARIES,
        "variants": VARIANTS,
        "absent": ABSENT,
        "kernels": kernels,
    }


class Compiler:
    """Compiles for the types of `signature` at once, so that no call does; adds up the time."""

    def __init__(self, parallel):
        self.parallel, self.ns = parallel, 0

    def __call__(self, function, signature, decorator=None):
        if decorator:
            options = {"target": "parallel" if self.parallel else "cpu"}
        else:
            decorator, options = numba.njit, {"parallel": self.parallel}
        start = time.perf_counter_ns()
        compiled = decorator([signature], **options)(function)
        self.ns += time.perf_counter_ns() - start
        return compiled


def prepare(session, request):
    arrays, compiled, promise = KERNELS[request["kernel"]]
    p, variant = request["set"], request["variant"]
    if variant in ABSENT:
        raise RuntimeError(ABSENT[variant])
    answer = {"ok": True, "threads": 1, **promise(p)}
    if variant == "numpy":
        session["run"] = arrays(p)
    else:
        compiler = Compiler(variant == "numba-parallel")
        if compiler.parallel:
            numba.set_num_threads(THREADS)
            answer["threads"] = numba.get_num_threads()
        session["run"] = compiled(p, compiler)
        answer["compile_ns"] = compiler.ns
    return answer


def sample(session, request):
    run = session["run"]
    cpu, wall = time.process_time_ns(), time.perf_counter_ns()
    for _ in range(request["repeat"]):
        answer = run()
    wall, cpu = time.perf_counter_ns() - wall, time.process_time_ns() - cpu
    return {
        "wall_ns": wall,
        "cpu_ns": cpu,
        "maxrss": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        "answer": float(answer),
        "bits": struct.pack(">d", answer).hex(),
    }


def serve(session, request):
    if request["do"] == "describe":
        return describe()
    if request["do"] == "prepare":
        return prepare(session, request)
    if request["do"] == "sample":
        return sample(session, request)
    if request["do"] == "quit":
        sys.exit(0)
    raise ValueError(f"cannot {request['do']}")


def main():
    out = os.fdopen(os.dup(1), "w")  # what a library prints must not stand among the answers
    os.dup2(2, 1)
    session = {}
    for line in sys.stdin:
        try:
            answer = serve(session, json.loads(line))
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer, allow_nan=False), file=out, flush=True)


main()
