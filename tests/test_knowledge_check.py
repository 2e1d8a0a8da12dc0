"""The content check: each defect that can be planted is found with its kind, file and line, and good content passes."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import pytest

from knowledge.build import CONTENT, build
from knowledge.check import Defect, check
from knowledge.checks.defect import Kind
from knowledge.checks.generic import is_generic
from knowledge.checks.tables import MOST_OF_A_KIND
from knowledge.tables import TABLES, table_bytes
from tests.worlds import packed_world

BEEKEEPER = """---
slug: beekeeper
title: Beekeeper
plural: Beekeepers
aliases: [apiarist, bee farmer]
topics: [farm]
soc: 45-2093.00
related: [bookbinder, animal-breeder]
next: [bookbinder]
skills:
  Hive inspection: 90
  Honey extraction: 70
  Queen rearing: 60
  Swarm control: 65
  Carpentry: 30
salaries:
  source: pages
  as_of: "2024"
  estimate: true
  figures:
    - {place: New York, country: US, currency: USD, median: 41000}
    - {place: Toronto, country: CA, currency: CAD, median: 39000}
---

## Overview
A beekeeper looks after colonies of honeybees, moves hives to where clover or heather is in flower, and sells
honey, wax and pollination to orchards. In winter the apiary sleeps and the workshop wakes: frames are wired,
boxes scorched and mouse guards nailed on before frost.

## Responsibilities
- Open each hive every ten days in spring and look for eggs.
- Split strong colonies before they swarm over the neighbour's fence.
- Treat for varroa mites and write the date on the lid.
- Carry full supers to the van without dropping a single frame.
- Spin honey, strain it through cloth and label every jar.
- Feed sugar syrup when autumn forage fails on the moor.

## A typical day
The smoker is lit by seven. You lift lids in the orchard, find a queen cell in the fourth box and cut it out.
Rain comes at noon, so you scrape propolis in the shed and answer a farmer who wants hives beside his plums.

## Education
Nobody asks for a diploma. Local associations run evening classes with a training apiary, and an old hand who
lets you ruin one of his colonies teaches more. Countries with notifiable bee diseases expect you to register
each apiary and to open it for the inspector.

## Skills
Reading brood frames comes first, then gentle hands and a strong back. Novices see bees; old hands see stores,
space and temper at a glance, and close up sooner.

## Outlook
Orchards pay for pollination more reliably than shops pay for honey. Mites, pesticides and cheap syrup sold as
honey squeeze small apiaries. Urban rooftops bring visitors and little nectar, and hornets are moving north.

## Growth
From ten hives you go to fifty, then to a lorry and a hired hand in May. Some breed queens and post them in
cages, others build boxes for sale, and a few inspect apiaries for the ministry.

## Challenges
- Stings swell your eyelids on the day of the wedding photograph.
- A wet June leaves the supers as light as in April.
- Vandals and bears both like to push hives over.
- Lifting boxes for twenty summers wears out the lower back.

## Personal growth
- You move slowly near things that startle easily.
- Weather turns from small talk into arithmetic.
- Losing a colony in March teaches you to open with care.

## Personality
Calm, patient people who enjoy being alone in a meadow keep bees for decades. Whoever needs applause or a warm
office in February won't. Curiosity about a few square metres of brood helps on the hundredth inspection.

## Projects
- **Observation hive**: Set a glass hive in a school window and keep a diary of the waggle dances for a month.
- **Forage map**: Walk a mile around one apiary in each season and draw what flowers where.
- **Swarm box**: Build a bait box from scrap plywood, hang it in April and photograph what moves in.

## Online courses
Films of hive inspections and lectures on bee diseases are worth an evening each. No screen teaches the sound
of a queenless colony, so find a mentor with a spare veil.

## Path
1. **Join an association**: Stand beside an open hive in June before you buy anything at all. {Hive inspection}
2. **Keep two colonies**: Two let you compare, and one can lend the other a frame of eggs. {Hive inspection,
Swarm control}
3. **Take a crop**: Borrow the association's extractor and find out how sticky a kitchen ceiling gets. {Honey
extraction}
4. **Raise queens**: Graft larvae, mark the daughters and sell three of them to somebody honest. {Queen rearing}

## Conclusion
Stand still beside a hive on a June evening; the smell decides it.
"""

BOOKBINDER = """---
slug: bookbinder
title: Bookbinder
plural: Bookbinders
aliases: [book restorer]
topics: [craft]
soc: 51-5113.00
related: [beekeeper]
next: [beekeeper]
skills:
  Sewing signatures: 90
  Leather paring: 70
  Gold tooling: 50
  Paper repair: 80
  Carpentry: 20
---

## Overview
A bookbinder sews loose sheets into volumes, covers boards with cloth or leather and mends what readers have
broken. Libraries send atlases with torn hinges, brides send guest albums, and a poet wants forty copies in
marbled paper by Friday, each with a ribbon.

## Responsibilities
- Collate the leaves and write down which plates are missing.
- Wash stained paper in baths and dry it between felts.
- Sew gatherings on linen tapes with waxed thread.
- Round and back the spine with a hammer, never twice in one place.
- Pare goatskin until it folds like a glove at the corners.
- Tool titles in gold leaf on a warm, quiet morning.

## A typical day
Paste is cooked at eight and cools while you read the order book. A psalter lies open in the press; its old
glue softens under a poultice. After lunch an apprentice tears a sheet of Japanese tissue well, and nobody
says a word.

## Education
Apprenticeships are rare but real, in national libraries, abbeys and a handful of private workshops. Art
schools in London, Paris and Ascona teach structure and design over two years. A box of models that open flat
convinces a master sooner than any certificate.

## Skills
Sewing and paper repair carry the trade, and paring leather divides amateurs from journeymen. A beginner glues
what should move; a master knows which joint must stay loose.

## Outlook
Machines bind nearly everything that is sold. What remains is repair, small editions and boxes for museums,
where grants come and go. Wedding albums pay the rent of many a bench, and digitising archives brings in
fragile volumes.

## Growth
You begin by folding and pasting, then sew, then cover, and touch gold last. Heads of a conservation studio
plan budgets and exhibitions. Others open a shop with a window bench, teach weekend classes or edition prints
for artists.

## Challenges
- Mould spores and old arsenic greens call for masks and a fume hood.
- One slip of the paring knife ruins a skin that cost a week's rent.
- Customers love a ragged binding and fear the estimate.
- Fine tooling asks for eyes that age faster than hands.

## Personal growth
- You accept that a repair should be seen by whoever looks.
- Glue sets when it sets, and hurry leaves a mark.
- Handling a dead stranger's diary makes you discreet.

## Personality
Quiet people with steady fingers and respect for dust settle here. Those who like noise or sudden changes
suffer by Tuesday. You should enjoy measuring thrice, and forgive yourself for the fourth time.

## Projects
- **Ten structures**: Bind ten blank books, each with another sewing, and label what opens flat.
- **Flea-market rescue**: Buy a broken dictionary, rebuild its hinges and document every step with photographs.
- **Clamshell box**: Make a cloth-covered box for an atlas that shuts with a soft sigh.

## Online courses
Videos show sewing patterns and box making from above, which is the best angle. The weight of a hammer stroke
and the feel of damp leather need a bench.

## Path
1. **Fold and sew**: Make a pamphlet a day for a month until the thread lies straight. {Sewing signatures}
2. **Mend paper**: Practise tears with wheat paste and tissue on worthless magazines from the attic. {Paper repair}
3. **Work in leather**: Ruin a few offcuts with a freshly stropped knife before touching a whole skin.
{Leather paring}
4. **Letter a spine**: Set a title in brass type and stamp it forty times on scraps. {Gold tooling}

## Conclusion
Open an old atlas; if you look at its hinge before its maps, ask for an apron.
"""

SOURCES = """id\ttitle\tpublisher\turl\tlicence\tas_of\tnote
pages\tPages\tA publisher\t\tfacts only\t2024\tEstimates.
survey\tSurvey\tAn office\thttps://stats.test/\tpublic domain\tMay 2025\t
"""
TOPICS = "id\ttitle\taliases\nfarm\tFarming\tagriculture|farms\ncraft\tCrafts\thandicraft|making\n"
INTERESTS = "words\tskills\ttopics\tletters\nbees|honey\tHive inspection\tfarm\tR\nbooks\tPaper repair\tcraft\tA\n"
ALIASES = "soc\tnames\n45-2021.00\tstud breeder\n45-2093.00\tfarm hand|picker\n"
COMBINED = "code\ttitle\tmembers\n45-2090\tFarm Workers\t45-2021 45-2093\n"
TABLE_ROWS: dict[str, list[tuple[object, ...]]] = {
    "occupations": [
        ("45-2021.00", "animal-breeder", "Animal Breeder", "Animal Breeders", 2, "farm"),
        ("45-2093.00", "farmworker", "Farmworker", "Farmworkers", 1, "farm"),
        ("51-5113.00", "print-finisher", "Print Finisher", "Print Finishers", 2, "craft"),
    ],
    "places": [
        ("country:CA", "Canada", "country", "CA", "", 37_000_000, ""),
        ("country:US", "United States", "country", "US", "", 327_000_000, ""),
        ("geonames:1", "New York City", "city", "US", "NY", 8_800_000, "country:US"),
        ("geonames:2", "Toronto", "city", "CA", "", 2_700_000, "country:CA"),
    ],
    "pay-survey": [
        ("45-2093", "country:US", "survey", "USD", "year", 40000, 41000, 20000, 30000, 50000, 60000, 100, "", 0, ""),
        ("51-5113", "country:US", "survey", "USD", "year", 38000, "", "", "", "", "", "", "", 0, ""),
    ],
    "courses-list": [("c1", "Bee school", "https://bees.test/course", "A club", "en", "", 1, "bees", "pages")],
    "books-list": [("b1", "On paste", "https://paste.test/book", "", "en", "", "", "glue", "pages")],
}


def write_content(folder: Path) -> Path:
    """A small content folder without a defect."""
    (folder / "careers").mkdir(parents=True)
    (folder / "reference").mkdir()
    (folder / "careers" / "beekeeper.md").write_text(BEEKEEPER, "utf-8")
    (folder / "careers" / "bookbinder.md").write_text(BOOKBINDER, "utf-8")
    for name, text in (("sources", SOURCES), ("topics", TOPICS), ("interests", INTERESTS),
                       ("aliases", ALIASES), ("combined", COMBINED)):  # fmt: skip
        (folder / f"{name}.tsv").write_text(text, "utf-8")
    for name, rows in TABLE_ROWS.items():
        data = table_bytes(TABLES[name.split("-")[0]], rows)
        (folder / "reference" / f"{name}.tsv.gz").write_bytes(data)
    return folder


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path / "content")


@dataclass(frozen=True)
class Plant:
    """A defect to plant: `old` becomes `new` in a file, and the check must name the line where `marker` then stands."""

    kind: Kind
    file: str
    old: str
    new: str
    marker: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.new.strip()[:30] or self.old.strip()[:30]}"


BEE, BOOK = "careers/beekeeper.md", "careers/bookbinder.md"
FRONT_MATTER = [
    Plant("unreadable", BEE, "aliases: [apiarist, bee farmer]", "aliases: [apiarist, bee farmer", "topics:"),
    Plant("unreadable", BEE, "title: Beekeeper", "title: Beekeeper\ntitle: Beekeeper again", "title: Beekeeper again"),
    Plant("unreadable", BEE, "---\nslug", "slug", "slug: beekeeper"),
    Plant("key-missing", BEE, "plural: Beekeepers\n", "", "---"),
    Plant("key-unknown", BEE, "soc:", "colour: red\nsoc:", "colour: red"),
    Plant("key-unknown", BEE, "  estimate: true", "  estimate: true\n  colour: red", "  colour: red"),
    Plant("value", BEE, "soc: 45-2093.00", "soc: farmworker", "soc: farmworker"),
    Plant("slug", BEE, "slug: beekeeper", "slug: bee-keeper", "slug: bee-keeper"),
    Plant("topic-unknown", BEE, "topics: [farm]", "topics: [farm, bees]", "topics:"),
    Plant("topic-unknown", BEE, "topics: [farm]", "topics: []", "topics:"),
    Plant("soc-unknown", BEE, "soc: 45-2093.00", "soc: 45-2099.00", "soc:"),
    Plant("dangling", BEE, "related: [bookbinder, animal-breeder]", "related: [falconer]", "related:"),
    Plant("dangling", BEE, "next: [bookbinder]", "next:\n  - bookbinder\n  - falconer", "  - falconer"),
    Plant("self-related", BEE, "next: [bookbinder]", "next: [beekeeper]", "next:"),
    Plant("repeated", BEE, "topics: [farm]", "topics: [farm, farm]", "topics:"),
    Plant("alias-twice", BEE, "[apiarist, bee farmer]", "[apiarist, bee farmer, Apiarist]", "aliases:"),
    Plant("alias-title", BEE, "[apiarist, bee farmer]", "[apiarist, book-binder, bookbinders]", "aliases:"),
    Plant("alias-clash", BOOK, "[book restorer]", "[Apiarist]", "aliases:"),
    Plant("title-clash", BOOK, "title: Bookbinder", "title: Beekeeper", "title:"),
    Plant("skill-weight", BEE, "  Queen rearing: 60", "  Queen rearing: 130", "  Queen rearing: 130"),
    Plant("skill-weight", BEE, "  Queen rearing: 60", "  Queen rearing: 0", "  Queen rearing: 0"),
    Plant("skill-weight", BEE, "  Queen rearing: 60", "  Queen rearing: much", "  Queen rearing: much"),
    Plant("skills-few", BEE, "  Carpentry: 30\n", "", "skills:"),
    Plant("skill-spelling", BOOK, "  Carpentry: 20", "  carpentry: 20", "  carpentry: 20"),
    Plant("skill-missing", BEE, "{Queen rearing}", "{Queen grafting}", "{Queen grafting}"),
]
SALARIES = [
    Plant("salary-source", BEE, "  source: pages\n", "", "salaries:"),
    Plant("salary-source", BEE, "  source: pages", "  source: hearsay", "  source: hearsay"),
    Plant("salary-source", BEE, '  as_of: "2024"', '  as_of: ""', "  as_of:"),
    Plant("salary-currency", BEE, "currency: CAD", "currency: CAX", "currency: CAX"),
    Plant("salary-currency", BEE, "currency: CAD", "currency: dollars", "currency: dollars"),
    Plant("salary-country", BEE, "currency: CAD", "currency: GBP", "currency: GBP"),
    Plant("salary-amount", BEE, "median: 39000", "median: 0", "median: 0"),
    Plant("salary-amount", BEE, "median: 39000", "median: -5", "median: -5"),
    Plant("salary-amount", BEE, "median: 39000", "median: plenty", "median: plenty"),
    Plant("salary-place", BEE, "place: Toronto", "place: Torrento", "Torrento"),
    Plant("salary-place", BEE, "place: Toronto, country: CA", "place: Toronto, country: Canada", "country: Canada"),
    Plant("salary-twice", BEE, "    - {place: Toronto",
          "    - {place: New York, country: US, currency: USD, median: 1}\n    - {place: Toronto", "median: 1}"),
]  # fmt: skip
SECTIONS = [
    Plant("section-missing", BEE, BEEKEEPER[BEEKEEPER.index("## Growth") : BEEKEEPER.index("## Challenges")], "",
          "## Challenges"),
    Plant("section-missing", BEE, BEEKEEPER[BEEKEEPER.index("\n## Conclusion") :], "", "4. **Raise queens**"),
    Plant("section-empty", BEE, BEEKEEPER[BEEKEEPER.index("Nobody asks") : BEEKEEPER.index("## Skills")], "",
          "## Education"),
    Plant("section-short", BEE, "Stand still beside a hive on a June evening; the smell decides it.", "Try it.",
          "## Conclusion"),
    Plant("section-short", BEE, BEEKEEPER[BEEKEEPER.index("3. **Take a crop") : BEEKEEPER.index("4. **Raise")], "",
          "## Path"),
    Plant("section-unknown", BEE, "## Growth", "## Career ladder", "## Career ladder"),
    Plant("section-unknown", BEE, "## Growth", "### More\n## Growth", "### More"),
    Plant("section-unknown", BEE, "## Overview", "Bees are insects.\n\n## Overview", "Bees are insects."),
    Plant("section-twice", BEE, "## Growth", "## Outlook", "From ten hives"),
    Plant("section-order", BEE, BEEKEEPER[BEEKEEPER.index("## Growth") :],
          BEEKEEPER[BEEKEEPER.index("## Challenges") : BEEKEEPER.index("## Personal growth")]
          + BEEKEEPER[BEEKEEPER.index("## Growth") : BEEKEEPER.index("## Challenges")]
          + BEEKEEPER[BEEKEEPER.index("## Personal growth") :], "## Challenges"),
]  # fmt: skip
CLOVER = "In winter the apiary sleeps"
PROSE = [
    *(Plant("figure", BEE, CLOVER, f"{figure} {CLOVER}", CLOVER) for figure in (
        "Hives cost $300.", "Honey brings 12 € a jar.", "A van is GBP 9,000.", "Veils are 40 dollars.",
        "Some clear 45k a year.", "It is no six-figure trade.", "A third hive costs forty-five 1,000 euros.",
        "Losses reach 30% in bad winters.", "Losses reach 30 per cent.", "Losses reach ten percent.")),
    *(Plant("link", BEE, CLOVER, f"{link} {CLOVER}", CLOVER) for link in (
        "See https://elsewhere.test/hives.", "See www.elsewhere.test now.", "See [this](https://elsewhere.test/x).",
        "See elsewhere.test/hives for more.", "Write to mailto:bee@elsewhere.test now.", "See [it](javascript:x)!")),
    Plant("html", BEE, CLOVER, f"<b>{CLOVER}</b>", CLOVER),
    Plant("html", BEE, CLOVER, f"<!-- note --> {CLOVER}", CLOVER),
    Plant("html", BEE, CLOVER, f"wax&nbsp;too. {CLOVER}", CLOVER),
    Plant("characters", BEE, CLOVER, f"\u202e{CLOVER}", CLOVER),
    Plant("characters", BEE, CLOVER, f"\u200b{CLOVER}", CLOVER),
    Plant("characters", BEE, CLOVER, f"\x07{CLOVER}", CLOVER),
    Plant("characters", "topics.tsv", "Crafts", "Cra\u00adfts", "craft\t"),
    Plant("same-sentence", BOOK, "A bookbinder sews",
          "Vandals and bears both like to push hives over. A bookbinder sews", "A bookbinder sews"),
    Plant("same-sentence", BOOK, "- Customers love a ragged binding and fear the estimate.",
          "- vandals and bears, both like to push hives over!", "vandals and bears"),
    Plant("same-but-name", BOOK, "A bookbinder sews loose",
          "A bookbinder looks after colonies of honeybees, moves hives to where clover or heather is in flower, and "
          "sells honey, wax and pollination to orchards. A bookbinder sews loose", "A bookbinder sews loose"),
    Plant("almost-same", BOOK, "- Customers love a ragged binding and fear the estimate.",
          "- Vandals and bears both love to push the hives over.", "Vandals and bears"),
]  # fmt: skip
TABLES_BY_HAND = [
    Plant("source-incomplete", "sources.tsv", "\tpublic domain", "\t", "survey"),
    Plant("source-incomplete", "sources.tsv", "\tMay 2025", "\t", "survey"),
    Plant("source-incomplete", "sources.tsv", "\tAn office", "\t", "survey"),
    Plant("id-twice", "sources.tsv", "survey\t", "pages\tPages\tX\t\tCC0\t2024\t\nsurvey\t", "pages\tPages\tX"),
    Plant("url", "sources.tsv", "https://stats.test/", "stats", "survey"),
    Plant("table-cells", "sources.tsv", "Estimates.", "Estimates.\tmore", "Estimates."),
    Plant("table-columns", "sources.tsv", "id\ttitle", "id\tname", "id\tname"),
    Plant("id-twice", "topics.tsv", "craft\t", "farm\tFields\t\ncraft\t", "farm\tFields"),
    Plant("topic-clash", "topics.tsv", "handicraft", "Agriculture", "craft\t"),
    Plant("topic-clash", "topics.tsv", "handicraft", "Farming", "craft\t"),
    Plant("alias-twice", "topics.tsv", "handicraft", "making|handicraft", "craft\t"),
    Plant("table-cells", "topics.tsv", "craft\tCrafts", "ornament\ncraft\tCrafts", "ornament"),
    Plant("soc-unknown", "aliases.tsv", "45-2093.00", "45-2099.00"),
    Plant("soc-unknown", "combined.tsv", "45-2093", "45-2094"),
    Plant("topic-unknown", "interests.tsv", "\tcraft", "\tcraft|paper", "books"),
    Plant("skill-unknown", "interests.tsv", "Paper repair", "Paper folding", "books"),
    Plant("table-value", "interests.tsv", "\tA\n", "\tZ\n", "books"),
]
PAY, COURSES, BOOKS = (f"reference/{name}.tsv.gz" for name in ("pay-survey", "courses-list", "books-list"))
REFERENCE = [
    Plant("source-unknown", PAY, "51-5113\tcountry:US\tsurvey", "51-5113\tcountry:US\thearsay", "51-5113"),
    Plant("place-unknown", PAY, "51-5113\tcountry:US", "51-5113\tcountry:XX", "51-5113"),
    Plant("table-cells", PAY, "51-5113\tcountry:US\t", "51-5113\t", "51-5113"),
    Plant("table-number", PAY, "38000", "plenty", "51-5113"),
    Plant("table-number", PAY, "38000", "0", "51-5113"),
    Plant("table-number", PAY, "38000", "", "51-5113"),
    Plant("percentiles", PAY, "20000\t30000", "30000\t20000", "45-2093"),
    Plant("percentiles", PAY, "50000\t60000", "39000\t60000", "45-2093"),
    Plant("salary-currency", PAY, "USD\tyear\t38000", "UXD\tyear\t38000", "51-5113"),
    Plant("table-value", PAY, "USD\tyear\t38000", "USD\tfortnight\t38000", "51-5113"),
    Plant("id-twice", PAY, "51-5113\tcountry:US", "45-2093\tcountry:US", "38000"),
    Plant("table-columns", PAY, "code\tplace", "code\tarea", "code\tarea"),
    Plant("url", COURSES, "https://bees.test/course", "bees.test", "c1"),
    Plant("url", COURSES, "https://bees.test/course", "javascript:alert(1)", "c1"),
    Plant("url", BOOKS, "https://paste.test/book", "", "b1"),
    Plant("id-twice", BOOKS, "b1\t", "b1\tOld\thttps://x.test/\t\ten\t\t\t\tpages\nb1\t", "b1\tOn paste"),
    Plant("source-unknown", COURSES, "\tpages", "\thearsay", "c1"),
    Plant("topic-unknown", "reference/occupations.tsv.gz", "2\tcraft", "2\tpaper", "51-5113"),
    Plant("place-unknown", "reference/places.tsv.gz", "2700000\tcountry:CA", "2700000\tcountry:CB", "Toronto"),
]


def _read(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text("utf-8")


def _write(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())


@pytest.mark.parametrize("plant", [*FRONT_MATTER, *SALARIES, *SECTIONS, *PROSE, *TABLES_BY_HAND, *REFERENCE], ids=str)
def test_a_planted_defect_is_found(content: Path, plant: Plant) -> None:
    """Each kind of defect is reported under its kind, in its file, at its line, and says what to do."""
    path = content / plant.file
    text = _read(path)
    assert text.count(plant.old) >= 1
    changed = text.replace(plant.old, plant.new, 1)
    _write(path, changed)
    marker = plant.marker or plant.new
    lines = changed.split("\n")
    expected = next(number for number, line in enumerate(lines, 1) if marker in line)
    if plant.kind == "section-twice":
        expected -= 1
    found = [defect for defect in check([content]) if defect.kind == plant.kind and defect.path == path]
    assert [defect.line for defect in found][:1] == [expected], [str(defect) for defect in check([content])]
    assert str(found[0]) == f"{path}:{expected}: {found[0].message}"
    assert len(found[0].message) > 15


def test_good_content_has_no_defect(content: Path) -> None:
    """What follows every rule is not complained about."""
    assert check([content]) == []


def test_a_catalogue_address_may_be_linked(content: Path) -> None:
    """A link is good where the courses or books tables hold it."""
    path = content / BEE
    path.write_text(BEEKEEPER.replace(CLOVER, f"See https://bees.test/course. {CLOVER}"), "utf-8")
    assert check([content]) == []


def test_an_occupation_may_be_related_unless_a_profile_stands_for_it(content: Path) -> None:
    """`related` may name an O*NET occupation's slug; one that a profile of the same title replaces doesn't exist."""
    path = content / BEE
    path.write_text(BEEKEEPER.replace("animal-breeder", "print-finisher"), "utf-8")
    assert check([content]) == []
    binder = BOOKBINDER.replace("title: Bookbinder", "title: Print Finisher")
    (content / BOOK).write_text(binder.replace("plural: Bookbinders", "plural: Print Finishers"), "utf-8")
    assert [defect.kind for defect in check([content])] == ["dangling"]


BOILERPLATE = """
This is a challenging but rewarding career with many opportunities for growth and learning.
Professionals in this field need strong communication and problem-solving skills.
The demand for skilled professionals is expected to grow in the coming years.
Success in this role requires hard work, dedication and a passion for learning.
There are many resources available for those interested in pursuing this career.
With experience, you can advance to senior and leadership positions.
""".strip().splitlines()


@pytest.mark.parametrize("sentence", BOILERPLATE)
def test_boilerplate_is_found(content: Path, sentence: str) -> None:
    """A sentence that would fit any career is a defect where it stands."""
    path = content / BEE
    path.write_text(BEEKEEPER.replace(CLOVER, f"{sentence} {CLOVER}"), "utf-8")
    line = next(number for number, text in enumerate(path.read_text("utf-8").splitlines(), 1) if sentence in text)
    assert [(d.kind, d.path, d.line) for d in check([content])] == [("generic", path, line)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Beekeepers enjoy a wide variety of opportunities.",
        "An apiarist can advance by gaining experience.",
        "Beekeeping is a rewarding profession.",
    ],
)
def test_a_sentence_that_says_nothing_but_the_name_is_found(content: Path, sentence: str) -> None:
    """Prose that names the career and could be copied with the name replaced is generic."""
    path = content / BEE
    path.write_text(BEEKEEPER.replace(CLOVER, f"{sentence} {CLOVER}").replace("bee farmer]", "bee farmer, beekeep]"),
                    "utf-8")  # fmt: skip
    assert [defect.kind for defect in check([content])] == ["generic"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Good work is invisible; only the late report gets noticed.",
        "No licence exists.",
        "A degree plays no part.",
        "You bring bad news to people who are proud of their work.",
        "Managers hire, protect focus and kill projects.",
    ],
)
def test_plain_words_are_no_boilerplate(sentence: str) -> None:
    """A sentence of everyday words that says something is left alone."""
    assert not is_generic(sentence)


def test_a_wrapped_paragraph_keeps_its_lines(content: Path) -> None:
    """A sentence is reported at the line where it begins, also in a paragraph of several lines."""
    path = content / BEE
    path.write_text(BEEKEEPER.replace("In winter the", f"In\nwinter it snows.\n{BOILERPLATE[0]} The"), "utf-8")
    line = path.read_text("utf-8").splitlines().index(next(t for t in path.read_text("utf-8").splitlines()
                                                           if BOILERPLATE[0] in t)) + 1  # fmt: skip
    assert [(defect.kind, defect.line) for defect in check([content])] == [("generic", line)]


def test_several_wrong_keys_are_all_told(content: Path) -> None:
    """A curator sees all wrong keys of a front matter at once, each at its line."""
    path = content / BEE
    path.write_text(BEEKEEPER.replace("plural:", "plurals:").replace("median: 39000", "median: 0"), "utf-8")
    found = [(defect.kind, defect.line) for defect in check([content]) if defect.path == path]
    assert found == [("key-missing", 1), ("key-unknown", 4), ("salary-amount", 22)]


@pytest.mark.parametrize("damage", [lambda data: data[:-12], lambda _: b"no gzip at all", lambda d: d[:20] + b"x" * 40])
def test_a_damaged_table_is_told_and_no_traceback(content: Path, damage: Callable[[bytes], bytes]) -> None:
    """A reference file that can't be read is one defect; everything else is still checked."""
    path = content / PAY
    path.write_bytes(damage(path.read_bytes()))
    assert {(defect.kind, defect.path) for defect in check([content])} == {("unreadable", path)}


def test_text_in_another_encoding_is_told(content: Path) -> None:
    """Files that are no UTF-8 are defects, not crashes."""
    (content / BOOK).write_bytes(BOOKBINDER.encode("utf-16"))
    (content / "topics.tsv").write_bytes(TOPICS.replace("Crafts", "Künste").encode("latin-1"))
    found = {(defect.kind, defect.path.name) for defect in check([content])}
    assert {("unreadable", "bookbinder.md"), ("unreadable", "topics.tsv")} <= found


def test_a_table_full_of_defects_is_summed_up(content: Path) -> None:
    """A wrong release doesn't bury the rest: twenty of a kind are listed, the others counted."""
    rows = [
        (f"45-{number}", "country:XX", "survey", "USD", "year", 1, *[""] * 7, 0, "") for number in range(1000, 1100)
    ]
    (content / PAY).write_bytes(table_bytes(TABLES["pay"], rows))
    found = check([content])
    assert len(found) == MOST_OF_A_KIND + 1
    assert "80 more" in str(next(defect for defect in found if defect.kind == "more"))


def test_an_unknown_table_and_a_missing_folder_are_told(content: Path) -> None:
    """Names that the build would silently pass over are defects."""
    (content / "reference" / "payments.tsv.gz").write_bytes(b"")
    found = check([content, content / "nowhere"])
    assert [(defect.kind, defect.path.name) for defect in found] == [
        ("unreadable", "nowhere"), ("table-columns", "payments.tsv.gz"),
    ]  # fmt: skip


def test_a_later_folder_replaces_and_adds(content: Path, tmp_path: Path) -> None:
    """An operator's own profile of the same name is checked in place of the packaged one."""
    own = tmp_path / "own"
    (own / "careers").mkdir(parents=True)
    mine = own / "careers" / "beekeeper.md"
    mine.write_text(BEEKEEPER.replace("topics: [farm]", "topics: [bees]"), "utf-8")
    (content / BEE).write_text(BEEKEEPER.replace("soc: 45-2093.00", "soc: 45-2099.00"), "utf-8")
    assert [(defect.kind, defect.path) for defect in check([content, own])] == [("topic-unknown", mine)]


def test_the_build_tells_names_that_lead_nowhere(tmp_path: Path) -> None:
    """Everyday names of a code or place that isn't there are left out and told by file and line, not silently."""
    own = tmp_path / "own"
    own.mkdir()
    (own / "aliases.tsv").write_text("soc\tnames\n29-1141.00\tward nurse\n99-9999.00\tghost\n", "utf-8")
    (own / "places.tsv").write_text("name\tplace\nNeverland\tgeonames:0\n", "utf-8")
    report = build([packed_world(tmp_path / "world"), own], tmp_path / "knowledge.sqlite")
    assert [problem.split(";")[0] for problem in report.problems] == [
        f"{own}/aliases.tsv:3: no occupation has the code '99-9999.00'",
        f"{own}/places.tsv:2: no place has the id 'geonames:0'",
    ]


def test_defects_are_sorted_and_checking_changes_nothing(content: Path) -> None:
    """The list is by path and line, the same each time, and no file is touched."""
    (content / BEE).write_text(
        BEEKEEPER.replace("topics: [farm]", "topics: [x, y]").replace("## Growth", "## G"), "utf-8"
    )
    (content / "topics.tsv").write_text(TOPICS.replace("handicraft", "farms"), "utf-8")
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    found = check([content])
    assert found == check([content]) == sorted(found)
    assert len(found) >= 4
    assert before == {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}


WOULD_BREAK_ANSWERS = {
    "unreadable", "key-missing", "key-unknown", "value", "slug", "dangling", "self-related", "topic-unknown",
    "soc-unknown", "title-clash", "alias-title", "alias-clash", "skill-weight", "skill-missing", "salary-source",
    "salary-currency", "salary-country", "salary-amount", "salary-place", "section-missing", "section-empty",
    "section-unknown", "link", "html", "characters", "figure", "table-columns", "table-cells", "percentiles", "url",
    "source-incomplete", "source-unknown", "place-unknown", "id-twice",
}  # fmt: skip
"""Kinds that make an answer wrong, unsourced or impossible. The others make it poorer, and stand in the report."""


def test_the_packaged_content_breaks_no_answer() -> None:
    """The content that is shipped has no defect that would make an answer wrong."""
    found = check([CONTENT])
    broken = [str(defect) for defect in found if defect.kind in WOULD_BREAK_ANSWERS]
    assert not broken, "\n" + "\n".join(broken)


def test_every_kind_is_planted_somewhere() -> None:
    """No kind of defect exists that no test has seen."""
    planted = {plant.kind for plant in (*FRONT_MATTER, *SALARIES, *SECTIONS, *PROSE, *TABLES_BY_HAND, *REFERENCE)}
    print(f"{len(planted)} of {len(get_args(Kind))} kinds of defect are planted and found")
    assert planted | {"generic", "more"} == set(get_args(Kind))


def test_a_defect_reads_as_path_line_message(tmp_path: Path) -> None:
    """`str(defect)` is what the command line prints."""
    assert str(Defect(tmp_path / "a.md", 7, "slug", "mend it")) == f"{tmp_path}/a.md:7: mend it"
