"""Stands for a package that is not there: only the project's tools bring it, and no installation.

Where it can be imported httpx loads its own command line, with click, rich and pygments.
"""

raise ImportError("the benchmarks measure what an installation has")
