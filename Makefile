# Every task of the course. Paths are relative, so that a folder with a space in its name works.

# Small matrices: one thread is fastest, and every run then adds up in the same order.
export OPENBLAS_NUM_THREADS ?= 1
export OMP_NUM_THREADS ?= 1
export MKL_NUM_THREADS ?= 1
export VECLIB_MAXIMUM_THREADS ?= 1

any_python := sh tools/python.sh
python := .venv/bin/python

# Notebooks that are written by hand. exercises/ is made from solutions/.
notebooks := chapters/*.ipynb solutions/*/*.ipynb
solution = $(if $(EXERCISE),solutions/$(EXERCISE)/$(EXERCISE).ipynb,$(notebooks))
# Each file of tests stays in one process; the browser's, which take longest, come first.
in_two_processes := -n 2 --dist loadfile --no-loadscope-reorder
exercise := $(any_python) tools/environment.py && $(python) tools/exercises.py

.PHONY: help lab update reset fetch check submit release collect grade feedback \
	test validate lint generate site

help:  ## list these tasks
	@sed -n 's/^\([a-z ]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r task text; do \
		printf '  make %-10s %s\n' "$$task" "$$text"; done

lab:  ## start the course in JupyterLab
	@$(any_python) tools/workspace.py lab $(if $(TEACH),--teach)

update:  ## bring new chapters into my/ (your own changes are kept)
	@$(any_python) tools/workspace.py update

reset:  ## CHAPTER=02 or EXERCISE=name: start it afresh, a dated copy is kept
	@$(any_python) tools/workspace.py reset --chapter "$(CHAPTER)" --exercise "$(EXERCISE)"

fetch:  ## EXERCISE=name: get an exercise, and any feedback on it
	@$(exercise) fetch "$(EXERCISE)"

check:  ## EXERCISE=name: run its visible tests on your work
	@$(exercise) check "$(EXERCISE)"

submit:  ## EXERCISE=name: hand your work in
	@$(exercise) submit "$(EXERCISE)"

release collect grade feedback:  ## EXERCISE=name: the instructor's steps, in this order
	@$(exercise) $@ "$(EXERCISE)" $(if $(STUDENT),"$(STUDENT)")

test:  ## run every check
	@$(any_python) tools/environment.py --test
	@$(python) -m ruff check --quiet .
	@$(python) -m ruff format --check --quiet .
	@$(python) -m codespell_lib
	@$(python) -m pytest $(in_two_processes) --nbval --nbval-current-env \
		tests course_lib chapters solutions

validate:  ## after an upgrade: run all notebooks, and say which outputs changed
	@$(any_python) tools/environment.py
	@$(python) tools/validate.py

lint:  ## check the style of code and notebooks
	@$(any_python) tools/environment.py --test
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .
	@$(python) -m codespell_lib
	@$(python) tools/lint_notebooks.py $(notebooks)

generate:  ## run all notebooks, make all exercises; EXERCISE=name: only this one
	@$(any_python) tools/environment.py --test
	@for name in $(or $(EXERCISE),$(notdir $(wildcard solutions/*))); do \
		$(python) tools/exercises.py generate "$$name" || exit 1; done
	@$(python) tools/claims.py
	@$(python) tools/execute_notebooks.py $(solution)

site:  ## export all chapters as web pages that need no Python, into site/
	@$(any_python) tools/environment.py --test
	@$(python) tools/build_site.py
