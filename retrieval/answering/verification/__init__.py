"""Is a written sentence borne out by the passages it cites? Deterministic checks, each in a module of its own.

`quoting` looks up what stands in quotation marks, `attribution` who says it, `figures`, `days` and `naming` the
numbers, dates and names, `comparing` whether and how surely, `links` causes and orders, `scope` how much. `stating`,
the strictest, then asks that one source sentence states each thing; `verifier` puts them together.
"""
