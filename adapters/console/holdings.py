"""What the knowledge base holds about one career, for its curators."""

from __future__ import annotations

from difflib import get_close_matches

from bot.reply import Block, Fact, Facts, Heading, Note, Paragraph, Reply, SourceLine, Sources, Table
from knowledge.knowledge import Knowledge
from knowledge.models import SECTION_HEADINGS, SECTIONS

_MOST_SKILLS = 15
_MOST_PAY = 12


async def holdings(knowledge: Knowledge, slug: str) -> Reply:
    """All that there is: facts, which sections are written, skills, pay; UnknownIdentifier for an unknown slug."""
    career = await knowledge.career(slug)
    skills = await knowledge.skills(slug)
    pays = await knowledge.pay_everywhere(slug)
    related = await knowledge.related(slug)
    facts = (
        ("Slug", career.slug),
        ("Plural", career.plural),
        ("Depth", career.depth),
        ("O*NET-SOC", f"{career.soc} {career.soc_title}".strip() or "none"),
        ("Figures", "of the wider official group" if career.shares_figures else "of the occupation itself"),
        ("Job zone", str(career.job_zone or "none")),
        ("Topics", ", ".join(career.topics) or "none"),
        ("Related", ", ".join(other.slug for other in related) or "none"),
        ("Leads to", ", ".join(career.next) or "none"),
    )
    blocks: list[Block] = [
        Heading(text=career.title),
        Facts(items=tuple(Fact(label=label, value=value) for label, value in facts)),
        Heading(text="Sections", level=2),
        await _sections(knowledge, slug),
        Heading(text="Skills", level=2),
        Paragraph(text=", ".join(f"{s.name} {s.weight:.0f}" for s in skills[:_MOST_SKILLS]) or "none"),
        Heading(text=f"Pay in {len(pays):,} places", level=2),
    ]
    if pays:
        rows = tuple(
            (pay.place.name, pay.place.kind, f"{pay.median or 0:,.0f} {pay.currency} a {pay.period}", pay.source.id)
            for pay in pays[:_MOST_PAY]
        )
        blocks.append(Table(columns=("Place", "Kind", "Median", "Source"), rows=rows, right=(2,)))
        used = {pay.source.id: pay.source for pay in pays}.values()
        lines = (SourceLine(title=s.title, publisher=s.publisher, as_of=s.as_of, url=s.url) for s in used)
        blocks.append(Sources(items=tuple(lines)))
    blocks.append(Note(text=f"Knowledge {knowledge.version}"))
    return Reply(summary=f"What the knowledge base holds about {career.plural}.", blocks=tuple(blocks))


async def _sections(knowledge: Knowledge, slug: str) -> Table:
    rows: list[tuple[str, str, str]] = []
    for name in SECTIONS:
        section = await knowledge.section(slug, name)
        if section is None:
            rows.append((SECTION_HEADINGS[name], "missing", ""))
            continue
        words = sum(len(text.split()) for text in (*section.paragraphs, *(f"{i.lead} {i.text}" for i in section.items)))
        origin = f"from {', '.join(section.generated_from)}" if section.generated_from else "written"
        rows.append((SECTION_HEADINGS[name], origin, f"{words:,}"))
    return Table(columns=("Section", "Origin", "Words"), rows=tuple(rows), right=(2,))


async def nearest_slugs(knowledge: Knowledge, slug: str) -> list[str]:
    """Slugs of the careers that go by this name, else those that look like a mistyped one; at most three."""
    name = slug.replace("-", " ").casefold()
    called = {n.target for n in await knowledge.names() if n.kind == "career" and n.text.casefold() == name}
    if called:
        return sorted(called)[:3]
    return get_close_matches(slug.casefold(), [career.slug for career in await knowledge.careers()], 3, 0.6)
