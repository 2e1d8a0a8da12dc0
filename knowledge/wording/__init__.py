"""Sections for occupations that nobody has written up, worded from their facts.

Every sentence rests on ratings, duties, shares or projections, so each section names its sources; official definitions
and task statements are never used. Which of our own formulations is chosen depends on the occupation's code, so that
two neighbours don't read alike and the same occupation always reads the same.
"""

from __future__ import annotations

from knowledge.wording.prospects import growth_words
from knowledge.wording.sections import word

__all__ = ["growth_words", "word"]
