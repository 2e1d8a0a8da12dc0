"""Small hand-made word lists that understanding needs: data, no logic.

Each list is about English as people type it in chats; what belongs to the knowledge base stands there.
"""

from __future__ import annotations

ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "dev": ("developer", "engineer"), "devs": ("developer", "engineer"), "eng": ("engineer",),
    "engg": ("engineer", "engineering"), "engr": ("engineer",), "enginner": ("engineer",), "mgr": ("manager",),
    "admin": ("administrator",), "asst": ("assistant",), "tech": ("technician", "technologist"),
    "prof": ("professor",), "ref": ("referee",), "prog": ("programmer",), "coder": ("programmer",),
    "svc": ("service",), "sci": ("scientist",), "rep": ("representative",), "exec": ("executive",),
    "biz": ("business",), "comms": ("communications",), "sec": ("security",), "infosec": ("information security",),
    "programmer": ("developer", "engineer"), "developer": ("engineer",), "engineer": ("developer",),
    "tester": ("test engineer",), "guy": ("",), "person": ("",), "lady": ("",), "specialist": ("",),
    "med": ("medical",), "vet": ("veterinarian",), "physio": ("physiotherapist",), "soft": ("software",),
    "hw": ("hardware",), "sw": ("software",), "db": ("database",), "sys": ("systems",), "fe": ("frontend",),
    "be": ("be",), "ops": ("operations",), "acct": ("accountant",), "elec": ("electrical",), "mech": ("mechanical",),
}  # fmt: skip
"""Short forms inside a title → what to try instead (plain words stay first)."""

GENERIC = frozenset(
    "engineer developer analyst manager technician designer consultant specialist assistant operator worker clerk "
    "coordinator supervisor director administrator scientist researcher officer inspector agent associate technologist "
    "installer repairer helper aide planner advisor adviser buyer trainer instructor handler handyman tender cutter "
    "finisher setter fabricator assembler tester dev eng admin tech attendant executive pm pa".split()
)
"""Words that are titles of many trades: alone they name a job, but no particular one. Short forms that two professions
share are among them ("PM" manages products or projects)."""

WEAK_CAREERS = frozenset("mate ta host model star hand head lead extra principal server police mason diver".split())
"""Words that are jobs only where something else says so, whatever the weight of the title."""

REAL_WORD_TYPOS = {
    "manger": "manager", "planer": "planner", "chief": "chef", "principle": "principal", "personal": "personnel",
    "councillor": "counsellor", "desinger": "designer", "techer": "teacher", "teecher": "teacher",
    "councelor": "counselor", "sceince": "science", "cort": "court", "keper": "keeper",
    "physic": "physics", "analysis": "analyst", "analyse": "analyst", "scholl": "school",
}  # fmt: skip
"""Misspellings of titles' words that are words themselves, so that no vocabulary finds them."""

CHAT_SPELLINGS = {
    "abt": "about", "abuot": "about", "alot": "lot", "becuz": "because", "cuz": "because", "coz": "because",
    "helo": "hello", "hwo": "how", "lto": "lot", "ppl": "people", "taht": "that", "teh": "the", "thanx": "thanks",
    "thnks": "thanks", "thnx": "thanks", "thx": "thanks", "tnx": "thanks", "tks": "thanks",
    "waht": "what", "wat": "what", "wats": "what", "whta": "what", "wht": "what", "wich": "which", "wut": "what",
    "yuo": "you", "adn": "and", "nad": "and", "hte": "the", "jsut": "just", "si": "is", "fo": "of",
    "tho": "though", "bcoz": "because", "plz": "please", "pls": "please", "msut": "must", "muhc": "much",
    "mcuh": "much", "mor": "more", "mroe": "more", "moer": "more", "thnkas": "thanks", "thnaks": "thanks",
    "hmuch": "much", "dose": "does", "od": "do", "eran": "earn", "ean": "earn", "erns": "earn",
}  # fmt: skip
"""How hurried people write words that are too short or too common for repair. "CNA" in capitals is a job."""

FIELDS = {
    "enforcement": ("enforcement officer",), "learning": ("learning engineer",),
    "engineering": ("engineer",), "development": ("developer",), "research": ("researcher",), "design": ("designer",),
    "analysis": ("analyst",), "analytics": ("analyst",), "management": ("manager",),
    "administration": ("administrator",),
    "architecture": ("architect",), "writing": ("writer",), "testing": ("tester", "test engineer"),
    "advocacy": ("advocate",), "therapy": ("therapist",), "counseling": ("counselor",), "teaching": ("teacher",),
    "nursing": ("nurse",), "editing": ("editor",), "modeling": ("modeler",), "science": ("scientist",),
    "work": ("worker",), "installation": ("installer",), "driving": ("driver",), "inspection": ("inspector",),
    "planning": ("planner",), "grooming": ("groomer",), "keeping": ("keeper",), "cleaning": ("cleaner",),
    "consulting": ("consultant",), "coaching": ("coach",), "programming": ("programmer",),
}  # fmt: skip
"""What the last word of a field makes of those who work in it ("cloud engineering"), where the field has no name."""

PRACTISED = {
    "accounting": "accountant", "law": "lawyer", "medicine": "physician", "dentistry": "dentist", "nursing": "nurse",
    "teaching": "teacher", "journalism": "journalist", "architecture": "architect", "psychology": "psychologist",
    "photography": "photographer", "translation": "translator", "plumbing": "plumber", "carpentry": "carpenter",
    "pharmacy": "pharmacist", "economics": "economist", "statistics": "statistician", "statistic": "statistician",
    "biology": "biologist", "chemistry": "chemist", "physics": "physicist", "physic": "physicist",
    "recruitment": "recruiter", "recruiting": "recruiter", "policing": "police officer", "surgery": "surgeon",
    "farming": "farmer", "sales": "sales representative",
    "acting": "actor", "djing": "dj", "hr": "hr specialist", "landscaping": "landscaper", "bartending": "bartender",
    "bookkeeping": "bookkeeper", "firefighting": "firefighter", "cybersecurity": "information security analyst",
    "infosec": "information security analyst", "robotics": "robotics engineer", "animation": "animator",
    "childcare": "childcare worker", "forestry": "forester", "geology": "geologist", "genetics": "geneticist",
    "archaeology": "archaeologist", "astronomy": "astronomer", "butchery": "butcher", "upholstery": "upholsterer",
    "meteorology": "meteorologist", "anthropology": "anthropologist", "sociology": "sociologist",
    "zoology": "zoologist", "ecology": "ecologist", "oceanography": "oceanographer", "linguistics": "linguist",
    "pottery": "potter", "modelling": "fashion model",
}  # fmt: skip
"""Who practises a field, where a question that needs a career names only the field ("a future in law")."""

MONTHS = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday spring summer autumn winter".split()
)
"""Words after "in" and "on" that are never the town of that name."""

STOPWORDS = frozenset(
    "a an the of to in on at for from by with as is are was be been being am do does did doing have has had i you he "
    "she it we they me him her us them my your his its our their this that these those and or but if so not no yes "
    "what which who whom whose when where why how can could will would shall should may might must there here than "
    "then too very just about into over under after before between up down out off again some any all each more most "
    "other such only own same s t don now get got im ive id whats dont u ur r n vs versus oops".split()
)

FILLERS = frozenset(
    "ok okay k oh ooh ah aha hm hmm huh wow whoa lol lmao haha damn dang yeah yep yup alright right well cool "
    "great nice sweet awesome sure fine hey hi pls plz please thx ty thanks anyway btw tbh ngl fr man dude bro "
    "mate really".split()
)
"""Words of talk that add nothing to a question."""

WORK_WORDS = frozenset(
    "job jobs career careers work profession professions occupation occupations trade trades".split()
)
"""Words that say of themselves that a message is about work."""

PLACE_CUES = frozenset("in near around at from outside across within inside to for".split())
STRONG_PLACE_CUES = frozenset("in near around outside within inside".split())

AMBIGUOUS_PLACES = frozenset(
    "mobile nice reading bath orange best bank time of most male split victoria jackson lincoln hamilton florence "
    "charlotte jordan chad turkey china moss man wells hull cork deal sandwich rugby ware buy sale street hope "
    "date home eagle temple college university central union major marina nelson wellington normal many much "
    "clay dover kent derby battle march crew barking police aurora troy lima tours nancy lens lille bad "
    "data van tema lead ramp roman bar both long more ho university park hills valley springs enterprise independence "
    "commerce industry paradise liberal golden surprise superior opportunity hollywood guinea georgia cuba niger "
    "salary pay media gap page loves goes goa are ideal sure".split()
)

NEVER_BARE_PLACES = frozenset(
    "come best most more many much both long time date home hope buy sale man deal of there role".split()
)
"""Places whose name says nothing about a place at the end of a short question ("who pays best")."""

WEAK_SKILLS = frozenset(
    "go r c excel access word sales teaching writing cooking driving reading editing hiring leadership coaching "
    "networking communication teamwork empathy creativity negotiation reporting lighting photography sketch notion "
    "slack discord teams zoom chrome windows apple google facebook oracle word outlook office cooking welding "
    "scratch swift rust spring flash express basic logic pages numbers keynote photos surgery diagnosis recruiting "
    "translation interviewing accounting economics physics chemistry biology mathematics psychology navigation "
    "carpentry storytelling advocacy presentation measuring archiving".split()
)

CURRENCIES: dict[str, str] = {
    "euro": "EUR", "euros": "EUR", "eur": "EUR", "pesos": "MXN",
    "dollar": "USD", "usd": "USD", "us dollar": "USD", "buck": "USD",
    "gbp": "GBP", "sterling": "GBP", "pound": "GBP", "quid": "GBP", "yen": "JPY", "jpy": "JPY", "rupee": "INR",
    "inr": "INR", "cad": "CAD", "canadian dollar": "CAD", "aud": "AUD", "australian dollar": "AUD", "chf": "CHF",
    "swiss franc": "CHF", "franc": "CHF", "yuan": "CNY", "cny": "CNY", "rmb": "CNY", "shekel": "ILS", "ils": "ILS",
    "nis": "ILS", "sgd": "SGD", "singapore dollar": "SGD", "krona": "SEK", "sek": "SEK", "zloty": "PLN", "pln": "PLN",
    "krone": "NOK", "nok": "NOK", "dkk": "DKK", "hkd": "HKD", "nzd": "NZD", "brl": "BRL", "zar": "ZAR", "rand": "ZAR",
    "mxn": "MXN", "peso": "MXN", "czk": "CZK", "koruna": "CZK", "huf": "HUF", "forint": "HUF", "try": "TRY",
    "lira": "TRY", "krw": "KRW", "won": "KRW", "thb": "THB", "baht": "THB", "php": "PHP", "myr": "MYR",
    "ringgit": "MYR", "idr": "IDR", "ron": "RON", "bgn": "BGN", "isk": "ISK",
}  # fmt: skip
"""Words for currencies, in the singular. Those that are also ordinary words count only after "in"/"to"."""

AMBIGUOUS_CURRENCIES = frozenset("pound buck try won php real rand lira franc quid".split())
