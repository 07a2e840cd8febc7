# Speed-ups of experiments: for each a bar for each variant, from 1, the baseline, with its 95 %
# interval as a line. The dashed line is 1: no faster and no slower than the baseline.
#
# Blocks: one for each variant; columns: speed-up, low, high (NaN: no interval), height of the bar's
#   middle, 1 if the figure is unreliable: its dot is hollow
# THICK          thickness of a bar
# NAMES, NAME1, NAME_Y1, ...  experiments, and the heights of their rows
# BARS, BAR1, BAR_X1, BAR_Y1, ...  what stands at each bar, after which value and at what height
# LEFT, RIGHT    where the axis begins and ends in the drawing
# YLOW           the lowest height; the highest is 0
# XLOW, XHIGH    what the logarithmic axis must hold; MOST: where its marks may end

set yrange [YLOW:0]
set xrange [XLOW:XHIGH]
set logscale x 10
unset xtics
set xtics scale 0 offset 0, 0.35
set for [k=-6:int(floor(log10(MOST)))] xtics add (sprintf("%g", 10.0**k) 10.0**k)
if (MOST / XLOW < 100) { # on a longer axis their marks would touch
    set for [k=-6:6] xtics add (sprintf("%g", 2 * 10.0**k) 2 * 10.0**k, \
        sprintf("%g", 5 * 10.0**k) 5 * 10.0**k)
}
set xtics textcolor rgb MUTED
unset ytics
unset label 100
set grid noytics xtics linetype 1 linewidth 0.7 linecolor rgb GRID
set lmargin at screen LEFT / WIDTH
set rmargin at screen RIGHT / WIDTH
set tmargin 0.2

set for [i=1:NAMES] label i value("NAME".i) at graph 0, first value("NAME_Y".i) right offset -1, 0 \
    noenhanced front textcolor rgb INK
set for [i=1:BARS] label 1000+i value("BAR".i) at first value("BAR_X".i), \
    first value("BAR_Y".i) left offset 0.8, 0 noenhanced front textcolor rgb INK
set arrow 1 from first 1, graph 0 to first 1, graph 1 nohead dashtype (6, 5) linewidth 1.2 \
    linecolor rgb IDEAL

plot for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] \
        using 1:4:($1<1?$1:1):($1<1?1:$1):($4-THICK/2):($4+THICK/2) with boxxyerror \
        fillcolor rgb colour(i) fillstyle transparent solid 0.3 noborder, \
    for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:4 \
        with points pointtype 7 pointsize 0.55 linecolor rgb colour(i), \
    for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using ($5>0?$1:NaN):4 \
        with points pointtype 7 pointsize 0.3 linecolor rgb PAPER, \
    for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 2:4:($3-$2):(0) \
        with vectors heads size screen 0.009, 90 fixed linewidth 1.3 linecolor rgb colour(i)
