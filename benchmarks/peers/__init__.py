"""Careerbot beside other systems: accuracy and speed on the same questions, with the same material, in one run.

`python -m benchmarks.peers` does it all. One module a system; each runs in a process and, where it needs packages, in a
virtual environment of its own outside this repository, so nothing here may need more than the standard library but
`material.py`, `scoring.py`, `careerbot.py` and `__main__.py`, which run in the project's environment.
"""
