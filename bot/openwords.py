"""Subjects in words that no list holds: "a decent macramé course", "I like being around kids".

What is left of a question when the spotted names, the wording of questions and the stopwords are taken away, in
phrases as they stand. Only intents that take free words use it.
"""

from __future__ import annotations

from bot.lexicon import STOPWORDS
from bot.spotting import Spotted

_WORDING = frozenset(
    """course courses class classes tutorial tutorials training lesson lessons bootcamp mooc video videos certificate
    certification book books read reading textbook textbooks novel guide guides learn learning study studying
    teach teaching teaches teach recommend recommended recommendation recommendations suggest suggestion
    suggestions good best decent nice great top cheap free paid online anyone any know knows looking find where
    website site platform resource resources material materials beginner beginners advanced intermediate
    absolute please thanks hey hi hello help want wanting wanted need needs like love loves enjoy enjoys liked
    enjoying into interested interest interests passion passionate career careers job jobs work works working
    role roles suit suits fit fits match matches field would could should can do does doing me my i im am is are
    be being been really quite very pretty also so good-at background experience experienced degree major skill
    skills skilled hobby hobbies something anything thing things stuff someone somebody person people type kind
    sort idea ideas option options possible able use using used make making makes made get got getting give go
    going land pick choose start started starter years year months self taught basics basic intro introduction
    introductory around there out properly actually maybe even ever still just only more most lot lots bit guy
    girl student degree grad graduate fan hate hates dislike without don't doing spend time day days always
    subject topic about how what which who why when were was will than have has had had's lol pls plz tbh ngl
    idk kinda sorta sth smth smn whats wht wat u ur tell show list every all some few enough solid worth rate
    review reviews take taking taken scratch quickly fast easy hard path roadmap start outside classroom setting
    home myself weekend evening evenings turn bring pay pays paying paid money earn well suggestions thx ty life
    living far leave old former current new try trying think thinking wonder wondering figure mean means call
    called say says see look looks let strong decently quit fond keen mostly mainly combine combining both each
    besides along suited suitable ideal right where's that's it's i've i'd ive id theres there's can't cant
    cannot dont doesnt isnt name names stand instead take's good's
    nah nope yeah yep ok okay cool first second third former latter""".split()
)
_INTEREST_KEEP = frozenset("kids children animals people helping cooking writing drawing travel".split())
_SKIP_AFTER = frozenset("hate hates dislike dislikes without not no".split())


def open_words(spotted: Spotted, start: int, end: int, intent: str) -> list[str]:
    """Free subject phrases of tokens start..end, in order, at most six of at most four words each."""
    masked = {at for span in spotted.spans for at in range(span.start, span.end)
              if span.kind in ("career", "place") or (span.kind in ("skill", "topic") and not span.weak)}  # fmt: skip
    keep = _INTEREST_KEEP if intent == "match" else frozenset()
    phrases: list[list[str]] = []
    current: list[str] = []
    skipping = False
    for at in range(start, end):
        token = spotted.tokens[at]
        word = spotted.words[at]
        if token.breaks and current:
            phrases.append(current)
            current = []
        if token.breaks:
            skipping = False
        if token.word in _SKIP_AFTER:
            skipping = True
        wording = (token.word in _WORDING or word in _WORDING) and word not in keep
        plain = at in masked or word in STOPWORDS or token.word in STOPWORDS or wording or word[0].isdigit()
        if plain or skipping:
            if current:
                phrases.append(current)
                current = []
            continue
        current.append(word)
    if current:
        phrases.append(current)
    return list(dict.fromkeys(" ".join(phrase[:4]) for phrase in phrases))[:6]
