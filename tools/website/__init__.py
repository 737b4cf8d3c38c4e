"""The course as web pages: what `make site` writes, from notebooks that have been run.

    prose      Markdown to HTML, its formulas to MathML (formulas)
    cells      code and outputs
    explorers  planes packed for a page, where live.js unpacks them and runs the sliders
    library    the reference of course_lib, from its docstrings
    pages      the frame around all of it, and the page that lists them

A page is one file with everything in it: it opens by double click, and asks for nothing else.
"""
