"""Questions to start with."""

from __future__ import annotations

from bot.reply import Suggestion

STARTERS = (
    Suggestion(label="What a job pays", says="What does a data engineer earn in Berlin?"),
    Suggestion(label="How to become one", says="How do I become an electrician?"),
    Suggestion(label="Compare two careers", says="Compare frontend engineer and backend engineer"),
    Suggestion(label="Find a career that fits", says="I like animals and science, which career fits me?"),
    Suggestion(label="What can you do?", says="What can you do?"),
)
