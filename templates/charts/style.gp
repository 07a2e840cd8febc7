# The look that all charts share; run before each of them. Edit freely.
#
# The program has set, for this and every other script here:
#   WIDTH, HEIGHT  of the drawing; both scale with the page's column
#   SERIES[1..6] colours of series; INK, MUTED, GRID, IDEAL, PAPER: colours of text and lines.
#                Each stands for a class of templates/style-charts.css, which says how it looks
#                in light and in dark; fonts are said there too.
#   XLABEL, YLABEL  what the axes show
#   BLOCKS       number of data blocks; of block i:
#     FILE[i], FORMAT[i], ROWS[i]  binary file of doubles, its columns and rows, for
#                     plot FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using ...
#     LABEL[i], LABEL_Y[i]         its name, and the height at which to write it
#   LABEL_WIDTH  letters of the longest label
# and what the script's own first lines list. Numbers are real numbers: 3.0, never 3.

set terminal svg size WIDTH, HEIGHT noenhanced font "sans-serif,15" linewidth 1
unset key
set border 1 linewidth 1 linecolor rgb MUTED
set tics nomirror scale 0 textcolor rgb MUTED
set xtics offset 0, 0.35
set grid ytics linetype 1 linewidth 0.7 linecolor rgb GRID
set lmargin 6
set rmargin LABEL_WIDTH + 2
set tmargin 2.2
set bmargin 2.9
set xlabel XLABEL noenhanced textcolor rgb MUTED offset 0, 0.8
set label 100 YLABEL at graph 0, 1 left offset -4.5, 1 noenhanced textcolor rgb MUTED

# Beside its colour each series has a shape, for those who cannot tell the colours apart.
array SHAPES[6] = [7, 5, 9, 13, 11, 15] # disc, square, triangle, diamond, triangle, pentagon
array SHAPE_SIZES[6] = [1.0, 0.88, 1.25, 1.15, 1.25, 1.05] # that look alike in size
nth(i) = int(i - 1) % 6 + 1
colour(i) = SERIES[nth(i)]
shape(i) = SHAPES[nth(i)]
size(i) = 0.62 * SHAPE_SIZES[nth(i)]
