"""The explorers of a chapter, made here: only the cells that each of them depends on are run."""

import ast

import nbformat
from execute_notebooks import EXPLORER


def explorers(path):
    """Pairs of what each explorer of an executed chapter left for its page, and a fresh one."""
    cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    trees = [ast.parse(cell.source) for cell in cells]
    for number, cell in enumerate(cells):
        for output in cell.outputs:
            if EXPLORER in output.get("data", {}):
                yield output.data[EXPLORER], _last_value(trees, number)


def explorer_of_cell(sources, number):
    """A fresh explorer, as one of these code cells makes it."""
    return _last_value([ast.parse(source) for source in sources], number)


def _last_value(trees, number):
    """What the last line of a cell gives, after the cells before it that it depends on."""
    needed, wanted = [number], _used(trees[number])
    for before in reversed(range(number)):
        if _defined(trees[before]) & wanted:
            needed.insert(0, before)
            wanted |= _used(trees[before])
    names = {}
    for place in needed:
        *body, last = trees[place].body
        exec(compile(ast.Module(body, []), "chapter", "exec"), names)
        is_value = place == number and isinstance(last, ast.Expr)
        if is_value:
            return eval(compile(ast.Expression(last.value), "chapter", "eval"), names)
        exec(compile(ast.Module([last], []), "chapter", "exec"), names)
    raise AssertionError("the cell of an explorer does not end with it")


def _used(tree):
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _defined(tree):
    found = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and type(n.ctx) is ast.Store}
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    return found
