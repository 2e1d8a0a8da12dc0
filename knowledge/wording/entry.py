"""The levels of education, experience and training that statistics assign, in words."""

from __future__ import annotations

from knowledge.wording.language import article

_ENTRY = {
    "Some college, no degree": "some college without a degree",
    "Postsecondary nondegree award": "a vocational award below a degree",
    "High school diploma or equivalent": "a high school diploma",
    "Doctoral or professional degree": "a doctoral or professional degree",
}
_NONE = "No formal educational credential"
_EXPERIENCE = {
    "5 years or more": "five years or more in a related occupation",
    "Less than 5 years": "up to five years in a related occupation",
}
_TRAINING = {
    "Short-term on-the-job training": "up to a month of training on the job",
    "Moderate-term on-the-job training": "one to twelve months of training on the job",
    "Long-term on-the-job training": "more than a year of training on the job",
    "Apprenticeship": "an apprenticeship",
    "Internship/residency": "an internship or residency",
}
_LEVELS = {
    "Less than a High School Diploma": "no diploma at all",
    "High School Diploma": "a high school diploma",
    "Post-Secondary Certificate": "a certificate after school",
    "Some College Courses": "some college courses",
    "Associate's Degree": "an associate's degree",
    "Bachelor's Degree": "a bachelor's degree",
    "Post-Baccalaureate Certificate": "a certificate after the bachelor's",
    "Master's Degree": "a master's degree",
    "Post-Master's Certificate": "a certificate after the master's",
    "First Professional Degree": "a first professional degree",
    "Doctoral Degree": "a doctorate",
    "Post-Doctoral Training": "training after the doctorate",
}


def entry_clause(entry: str) -> str:
    """What is typical at entry, as "a bachelor's degree"; "" where nothing is published or asked."""
    if not entry or entry == _NONE:
        return ""
    return _ENTRY.get(entry) or article(entry[:1].lower() + entry[1:])


def no_credential(entry: str) -> bool:
    """Whether statistics say that no certificate is needed."""
    return entry == _NONE


def experience_clause(text: str) -> str:
    """Experience before entry, as "five years or more in a related occupation"; "" where none."""
    return _EXPERIENCE.get(text, "")


def training_clause(text: str) -> str:
    """Training after entry, as "an apprenticeship"; "" where none."""
    return _TRAINING.get(text, "")


def level_clause(level: str) -> str:
    """A level of required education as surveys name it → "a bachelor's degree"."""
    return _LEVELS.get(level) or article(level[:1].lower() + level[1:])
