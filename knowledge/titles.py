"""Occupation titles: from the plural in which statistics write them to the singular, and to slugs."""

from __future__ import annotations

import re
import unicodedata

_IRREGULAR = {
    "men": "Man", "women": "Woman", "people": "Person", "children": "Child", "clergy": "Clergy", "wives": "Wife",
    "salespersons": "Salesperson", "midwives": "Midwife", "foremen": "Foreman", "sales": "Sales", "series": "Series",
    "services": "Services", "operations": "Operations", "systems": "Systems", "communications": "Communications",
    "mathematics": "Mathematics", "physics": "Physics", "economics": "Economics", "logistics": "Logistics",
    "sports": "Sports", "resources": "Resources", "relations": "Relations", "goods": "Goods", "arts": "Arts",
    "electronics": "Electronics", "robotics": "Robotics", "athletics": "Athletics", "news": "News",
    "public relations": "Public Relations", "business": "Business", "press": "Press", "glass": "Glass",
    "athletes": "Athlete", "analytics": "Analytics", "bioinformatics": "Bioinformatics", "informatics": "Informatics",
    "graphics": "Graphics", "statistics": "Statistics", "ceramics": "Ceramics", "plastics": "Plastics",
    "mechatronics": "Mechatronics", "photonics": "Photonics", "avionics": "Avionics", "genetics": "Genetics",
    "nanosystems": "Nanosystems", "microsystems": "Microsystems", "fiberglass": "Fiberglass", "gas": "Gas",
    "chefs": "Chef", "staff": "Staff", "mathematicians": "Mathematician",
}  # fmt: skip
_ENDS_PHRASE = re.compile(r"\s(?:of|in|for|to|with|at|by|from|on|except|including|who)\b", re.IGNORECASE)


def singular(title: str) -> str:
    """The title of one person: "Registered Nurses" → "Registered Nurse", "Chefs and Head Cooks" → "Chef and Head Cook".

    Only nouns that name people end up singular: the last word of each part before a comma, "and", "or" or "/".
    """
    head, *rest = re.split(r"(?=\s\()", title, maxsplit=1)
    main, separator, modifiers = head.partition(", ")
    if modifiers and ", and " in head and not re.search(r", (?:All Other|Except|Other)\b", head):
        parts = re.split(r"(, and |, )", head)
        words = [part if part.startswith(",") else _phrase(part) for part in parts]
        return "".join(words) + "".join(rest)
    done = _phrase(main) + (f"{separator}{modifiers}" if modifiers else "")
    return done + "".join(rest)


def _phrase(phrase: str) -> str:
    match = _ENDS_PHRASE.search(phrase)
    head, tail = (phrase[: match.start()], phrase[match.start() :]) if match else (phrase, "")
    parts = re.split(r"(\s(?:and|or)\s|/)", head)
    return "".join(part if index % 2 else _last_word(part) for index, part in enumerate(parts)) + tail


def _last_word(part: str) -> str:
    before, space, word = part.rpartition(" ")
    return f"{before}{space}{_singular_word(word)}"


def _singular_word(word: str) -> str:
    folded = word.casefold()
    if folded in _IRREGULAR:
        return _IRREGULAR[folded] if word[:1].isupper() else _IRREGULAR[folded].lower()
    if folded.endswith(("men", "women")) and len(folded) > 5:
        return f"{word[:-2]}an"
    if folded.endswith("ies") and len(folded) > 4:
        return f"{word[:-3]}y"
    if folded.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if folded.endswith("s") and not folded.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def plural(title: str) -> str:
    """The plural of a job title given in the singular: "Data Analyst" → "Data Analysts"."""
    before, space, word = title.rpartition(" ")
    folded = word.casefold()
    if folded.endswith("man") and len(folded) > 4:
        word = f"{word[:-2]}en"
    elif folded.endswith("y") and folded[-2:-1] not in "aeiou":
        word = f"{word[:-1]}ies"
    elif folded.endswith(("s", "sh", "ch", "x")):
        word = f"{word}es"
    else:
        word = f"{word}s"
    return f"{before}{space}{word}"


def slugify(title: str) -> str:
    """Lower case, hyphens, ASCII: "Chef and Head Cook" → "chef-and-head-cook"."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("'", "")).strip("-")
