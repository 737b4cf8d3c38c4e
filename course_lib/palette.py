"""The colours of the course, told apart by every eye (Okabe and Ito, 2008)."""

BLUE = "#0072B2"
ORANGE = "#D55E00"
GREEN = "#009E73"
YELLOW = "#E69F00"
SKY = "#56B4E9"
PURPLE = "#AA4499"
INK = "#222222"
GREY = "#767676"

SERIES = (BLUE, ORANGE, GREEN, PURPLE, YELLOW, SKY)
