"""Small words of seven languages in the bot's own terms: data, no logic.

The stages of understanding go by function words: "in" announces a place, "and" joins two questions, "not" leaves
something out. In a message of another language those words are read as their English counterparts, so that the same
rules serve all. Words are written folded (lower case, no accents). What a message asks isn't here: that is learnt from
`bot/training/languages/*.tsv`.
"""

from __future__ import annotations

_COMMON: dict[str, dict[str, str]] = {
    "de": {
        "in": "in im ins bei nahe um", "and": "und sowie", "or": "oder", "not": "nicht kein keine keinen",
        "without": "ohne", "for": "fur zum zur", "as": "als", "the": "der die das den dem des",
        "a": "ein eine einen einem einer eines", "what": "was", "how": "wie wieviel",
        "which": "welche welcher welches welchen", "where": "wo", "who": "wer", "is": "ist", "are": "sind",
        "i": "ich", "it": "es", "of": "von vom", "with": "mit", "vs": "gegen gegenuber", "about": "uber",
        "course": "kurs lehrgang onlinekurs", "courses": "kurse kursen lehrgange weiterbildung weiterbildungen",
        "learn": "lernen lerne", "free": "kostenlos kostenlose kostenloser gratis", "good": "gut gute guten",
        "do": "macht machen tut", "can": "kann konnen", "to": "zu",
    },
    "fr": {
        "in": "a en au aux dans chez vers pres sur", "and": "et", "or": "ou", "not": "pas", "without": "sans",
        "for": "pour", "as": "comme", "the": "le la les l", "a": "un une",
        "what": "que quoi qu quel quelle quelles quels",
        "how": "combien comment", "who": "qui", "is": "est", "are": "sont", "i": "je j", "it": "il elle",
        "of": "de d du des", "with": "avec", "vs": "contre", "about": "concernant",
        "course": "cours", "courses": "formations formation", "learn": "apprendre", "free": "gratuit gratuits gratuite",
        "good": "bon bonne bonnes bons", "can": "peut peux",
    },
    "es": {
        "in": "en cerca", "and": "y e", "or": "o u", "not": "no", "without": "sin", "for": "para por", "as": "como",
        "the": "el la los las lo", "a": "un una unos unas", "what": "que", "how": "cuanto cuanta",
        "which": "cual cuales",
        "where": "donde", "who": "quien", "is": "es esta", "are": "son", "i": "yo", "of": "de del", "with": "con",
        "vs": "contra versus", "about": "sobre", "course": "curso", "courses": "cursos", "learn": "aprender aprendo",
        "free": "gratis gratuito gratuitos", "good": "buen buenos bueno buenas", "to": "a al", "can": "puede puedo",
    },
    "pt": {
        "in": "em no na nos nas", "and": "e", "or": "ou", "not": "nao", "without": "sem", "for": "para pra",
        "as": "como", "the": "o a os as", "a": "um uma", "what": "que", "how": "quanto quantos", "which": "qual quais",
        "where": "onde", "who": "quem", "is": "esta", "are": "sao", "i": "eu", "of": "de do da dos das",
        "with": "com", "vs": "contra versus", "about": "sobre", "course": "curso", "courses": "cursos",
        "learn": "aprender", "free": "gratis gratuito gratuitos", "good": "bom bons boa boas", "can": "pode posso",
    },
    "it": {
        "in": "a ad in nel nella nei", "and": "e ed", "or": "o oppure", "not": "non", "without": "senza", "for": "per",
        "as": "come", "the": "il lo la i gli le l", "a": "un uno una", "what": "che cosa", "how": "quanto quanti",
        "which": "quale quali", "where": "dove", "who": "chi", "are": "sono", "i": "io",
        "of": "di d del della dei delle dello dell", "with": "con", "vs": "contro", "about": "su", "course": "corso",
        "courses": "corsi", "learn": "imparare", "free": "gratis gratuito gratuiti", "good": "buon buoni buona",
        "can": "puo posso",
    },
    "nl": {
        "in": "in te nabij rond", "and": "en", "or": "of", "not": "niet geen", "without": "zonder", "for": "voor",
        "as": "als", "the": "de het", "a": "een", "what": "wat", "how": "hoe hoeveel", "which": "welke welk",
        "where": "waar", "who": "wie", "is": "is", "are": "zijn", "i": "ik", "it": "het", "of": "van", "with": "met",
        "vs": "tegen versus", "about": "over", "course": "cursus opleiding", "courses": "cursussen opleidingen",
        "learn": "leren", "free": "gratis", "good": "goede goed", "do": "doet doen", "can": "kan kun",
    },
    "pl": {
        "in": "w we kolo okolicach", "and": "i oraz", "or": "lub albo czy", "not": "nie", "without": "bez",
        "for": "dla",
        "as": "jako", "what": "co", "how": "ile", "which": "jaki jaka jakie ktory ktora ktore", "where": "gdzie",
        "who": "kto", "is": "jest", "are": "sa", "i": "ja", "with": "z ze", "vs": "kontra", "about": "o",
        "course": "kurs", "courses": "kursy kursow szkolenia szkolenie", "learn": "uczyc nauczyc",
        "free": "darmowe darmowy darmowych bezplatne", "good": "dobry dobre dobra", "can": "moge mozna", "on": "na",
    },
}  # fmt: skip

_ENDINGS: dict[str, str] = {
    "de": "innen> in> en> n> e> *ae>a *oe>o *ue>u frau>mann leute>mann",
    "fr": "euse>eur rice>eur iere>ier ienne>ien ne>n e> x>",
    "es": "as>a os>o es> e> a>o a> era>ero triz>tor",
    "pt": "as>a os>o e> a>o a> oe>ao oes>ao ae>ao triz>tor i>l",
    "it": "i>o i>e e>a a>o a>e rice>ore essa>e hi>o",
    "nl": "aren>aar ogen>oog afen>aaf arissen>aris en> ster>er e> in> sen>s lui>man mannen>man",
    "pl": "iem> em> a> owi> ow> owie> cy>ca ce>ka ka>k ki>ka ke>ka iej>a ymi>y ym>y ego>y a>y e>a y>a ie>a ie>"
    " ej>a ych>y emu>y iu> u> rze>r lu>l erze>er i> rki>rka ij>ia ii>ia ji>ja iego>i im>i ci>ta",
}
ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    code: tuple((rule.split(">")[0], rule.split(">")[1]) for rule in rules.split()) for code, rules in _ENDINGS.items()
}
"""Inflections as (ending, what stands in its place in the basic form); only forms that some name uses are tried."""

GLOSSES: dict[str, dict[str, str]] = {
    code: {word: english for english, words in common.items() for word in words.split()}
    for code, common in _COMMON.items()
}
"""By language: a word as typed → the English word that it is read as."""
