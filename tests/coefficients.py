#!/usr/bin/env python3
"""Find the polynomials of src/kernels/vecmath.h.

Each is the polynomial of least maximal error, found by Remez's exchange in 60-digit arithmetic and
rounded to doubles. Prints the coefficients, lowest power first, in the notation of the header; with
--check it also says whether every one of them stands there, and exits with 1 if not.
Needs python3-mpmath. Takes about a second.
"""

import pathlib
import sys

import mpmath
from mpmath import mp, mpf

mp.dps = 60
HEADER = pathlib.Path(__file__).resolve().parent.parent / "src" / "kernels" / "vecmath.h"
LN2 = mp.log(2)
QUARTER_TURN = mp.pi / 2
WIDER = mpf("1.0001")  # a little beyond the interval, for arguments that rounding pushes out


def exp2_factor(f):
    """q in 2^f = 1 + f q(f)."""
    return mp.expm1(f * LN2) / f if f else LN2


def log2_factor(z):
    """p in log2((1 + s) / (1 - s)) = s p(s^2)."""
    s = mp.sqrt(z)
    return 2 * mp.atanh(s) / (s * LN2) if z else 2 / LN2


def sine_factor(z):
    """p in sin(pi/2 r) = r p(r^2)."""
    r = mp.sqrt(z)
    return mp.sin(QUARTER_TURN * r) / r if z else QUARTER_TURN


def cosine_factor(z):
    """p in cos(pi/2 r) = 1 + r^2 p(r^2)."""
    return -2 * mp.sin(QUARTER_TURN * mp.sqrt(z) / 2) ** 2 / z if z else -(QUARTER_TURN**2) / 2


def reduced_sine_factor(z):
    """p in sin(r) = r + r^3 p(r^2)."""
    r = mp.sqrt(z)
    return (mp.sin(r) / r - 1) / z if z else mpf(-1) / 6


# name, function, weight of its error, interval, number of coefficients
POLYNOMIALS = [
    ("exp2", exp2_factor, lambda f: abs(f) / mpf(2) ** f, -WIDER / 2, WIDER / 2, 11),
    ("log2", log2_factor, lambda z: LN2 / 2, mpf(0), (3 - 2 * mp.sqrt(2)) ** 2 * WIDER, 8),
    ("sine of a quarter turn", sine_factor, lambda z: 1 / QUARTER_TURN, mpf(0), WIDER / 4, 7),
    ("cosine of a quarter turn", cosine_factor, lambda z: z, mpf(0), WIDER / 4, 7),
    ("sine", reduced_sine_factor, lambda z: z * QUARTER_TURN / mp.sqrt(2), mpf(0),
     (QUARTER_TURN / 2) ** 2 * WIDER, 6),
]


def peaks(error, grid):
    """The place of the largest error in each stretch of one sign."""
    places, best, size = [], None, None
    for x in grid:
        value = error(x)
        if best is not None and (value > 0) == (size > 0):
            if abs(value) > abs(size):
                best, size = x, value
            continue
        if best is not None:
            places.append(best)
        best, size = x, value
    return places + [best]


def solve(function, weight, nodes):
    """The coefficients whose weighted error is the same at all nodes, with alternating signs."""
    count = len(nodes)
    left, right = mp.matrix(count, count), mp.matrix(count, 1)
    for i, x in enumerate(nodes):
        for j in range(count - 1):
            left[i, j] = weight(x) * x**j
        left[i, count - 1] = (-1) ** i
        right[i] = weight(x) * function(x)
    return list(mp.lu_solve(left, right))[:-1]


def minimax(function, weight, low, high, terms, exchanges=12):
    """Coefficients, lowest power first, and the largest weighted error of the exact polynomial."""
    middle, half = (low + high) / 2, (high - low) / 2
    nodes = [middle - half * mp.cos(mp.pi * (i + mpf(0.5)) / (terms + 1)) for i in range(terms + 1)]
    steps = 40 * (terms + 1)
    grid = [middle - half * mp.cos(mp.pi * i / steps) for i in range(steps + 1)]
    values = {x: function(x) for x in grid}
    for _ in range(exchanges):
        coefficients = solve(function, weight, nodes)

        def error(x):
            return weight(x) * (values[x] - mp.polyval(coefficients[::-1], x))

        found = peaks(error, grid)
        if len(found) <= terms:
            break
        while len(found) > terms + 1:
            found.pop(0 if abs(error(found[0])) < abs(error(found[-1])) else -1)
        nodes = found
    return coefficients, max(abs(error(x)) for x in grid)


def constants():
    """pi/2 in a part of 45 bits and the rest, and 2/pi: the reduction of the cosine's argument."""
    high = mp.floor(QUARTER_TURN * 2**44) / 2**44
    return [high, QUARTER_TURN - high, 1 / QUARTER_TURN]


def hexadecimal(number):
    """As the header writes it: no trailing zeros in the fraction."""
    mantissa, exponent = float(number).hex().split("p")
    return f"{mantissa.rstrip('0').rstrip('.')}p{exponent}"


def main():
    header = HEADER.read_text() if "--check" in sys.argv[1:] else None
    tables = [(name, *minimax(*rest)) for name, *rest in POLYNOMIALS]
    tables.append(("pi/2, its rest, 2/pi", constants(), None))
    missing = 0
    for name, numbers, error in tables:
        print(name if error is None else f"{name}: error at most {mpmath.nstr(error, 3)}")
        for number in numbers:
            text = hexadecimal(number)
            absent = header is not None and text.lstrip("-") not in header
            missing += absent
            print(f"    {text}{'    not in vecmath.h' if absent else ''}")
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main()
