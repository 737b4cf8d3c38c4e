"""How fast the library is, beside what people use instead: ``python -m benchmarks``."""
