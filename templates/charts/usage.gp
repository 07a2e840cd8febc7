# Load of every CPU over time: a row for each, the stronger the colour, the busier. Experiments
# stand one beneath the other on one axis.
#
# Blocks: one for each shade that occurs, SHADE1, SHADE2, ... (1: idle, 5: busy); columns: the
#   middle of a rectangle, its height, half its width, half its row; times in seconds
# NAMES, NAME1, NAME_Y1, ...      of rows, and at what heights; NAME_WIDTH: the longest's letters
# TITLES, TITLE1, TITLE_Y1, ...   what is above the rows of each experiment
# YLOW           the lowest height; the highest is 0
# TOP, BOTTOM    room above and below the rows
# XHIGH, XSTEP   seconds in all; marks of the axis, in units of UNIT seconds

array OPACITY[5] = [0.10, 0.28, 0.50, 0.74, 1.0]

set xrange [0:XHIGH / UNIT]
set yrange [YLOW:0]
set xtics XSTEP format "%g"
unset ytics
unset grid
unset label 100
set lmargin NAME_WIDTH + 2
set rmargin 2
set tmargin at screen 1 - TOP / HEIGHT
set bmargin at screen BOTTOM / HEIGHT

set for [i=1:NAMES] label i value("NAME".i) at graph 0, first value("NAME_Y".i) \
    right offset -1, 0 noenhanced front textcolor rgb MUTED
set for [i=1:TITLES] label 1000+i value("TITLE".i) at graph 0, first value("TITLE_Y".i) \
    left noenhanced front textcolor rgb INK

# The key, at the top right: from idle to busy.
KEY_X = 0.73
KEY_Y = 1 - 0.5 * TOP / HEIGHT
set label 2001 "idle" at screen KEY_X, KEY_Y right offset -1, 0 textcolor rgb MUTED
set label 2002 "busy" at screen KEY_X + 0.15, KEY_Y left offset 1, 0 textcolor rgb MUTED
set for [i=1:5] object i rectangle from screen KEY_X + 0.03 * (i - 1), KEY_Y - 6.0 / HEIGHT \
    to screen KEY_X + 0.03 * i, KEY_Y + 6.0 / HEIGHT \
    fillcolor rgb SERIES[1] fillstyle transparent solid OPACITY[i] noborder

plot for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] \
    using ($1/UNIT):2:($3/UNIT):4 with boxxyerror fillcolor rgb SERIES[1] \
    fillstyle transparent solid OPACITY[value("SHADE".i)] noborder
