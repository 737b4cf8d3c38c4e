"""The colours of the course, after Okabe and Ito (2008): told apart by every eye.

Those that text is written in are darkened until they stand out on white (contrast 4.5 and more).
"""

BLUE = "#0072B2"
ORANGE = "#B84F00"
GREEN = "#00795A"
RED = "#B3261E"
PURPLE = "#A2408A"
YELLOW = "#E69F00"
SKY = "#56B4E9"
INK = "#222222"
GREY = "#767676"

SERIES = (BLUE, ORANGE, GREEN, PURPLE, YELLOW, SKY)
