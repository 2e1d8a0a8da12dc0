"""The figures that belong to a section: key facts, education, skills, outlook, traits, next careers."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.pay import amount_text
from bot.answering.sections import Extra
from bot.answering.titles import after_in, many
from bot.desk import Desk
from bot.reply import Bullet, Bullets, Fact, Facts, Figure, Heading, Note, Paragraph, Table, figures_of
from knowledge.models import Career, Outlook, Pay, Place
from knowledge.wording import growth_words

_MOST_SKILLS = 12
_MOST_TOOLS = 8
_MOST_STYLES = 5
_ZONES = ("", "little or none", "some", "medium", "considerable", "extensive")


async def home_pay(career: Career, desk: Desk) -> Pay | None:
    """The career's pay in the community's country, else in the United States, else the best-known place it has."""
    for place in desk.home_places:
        if pays := await desk.knowledge.pay(career.slug, place):
            return pays[0]
    everywhere = await desk.knowledge.pay_everywhere(career.slug)
    return everywhere[0] if everywhere else None


async def key_facts(career: Career, desk: Desk) -> Extra:
    """Pay, growth and the usual way in, one line each."""
    extra = Extra(wider=True)
    items: list[Fact] = []
    if pay := await home_pay(career, desk):
        label = desk.say("Median pay, {place}", place=pay.place.name)
        items.append(Fact(label=label, value=amount_text(desk, pay)))
        extra.figures += figures_of(pay)
        extra.sources.append(pay.source)
        extra.gist = f"{desk.say('Median pay in {place}', place=after_in(pay.place.name))}: {amount_text(desk, pay)}."
    if published := await desk.knowledge.outlook(career.slug):
        row = at_home(published, desk)
        if row.growth_percent is not None:
            years = f"{row.first_year}–{row.last_year}"
            label = desk.say("Employment {years}, {place}", years=years, place=row.place.name)
            items.append(Fact(label=label, value=_signed(desk, row.growth_percent)))
            extra.figures += _outlook_figures(career, row)
            extra.sources.append(row.source)
    facts = await desk.knowledge.education(career.slug)
    if facts.typical_entry:
        items.append(Fact(label=desk.say("Usual way in, United States"), value=facts.typical_entry))
        extra.sources += facts.sources[:1]
    if items:
        extra.blocks = [Facts(items=tuple(items))]
    else:
        extra.wider = False
    return extra


async def education_facts(career: Career, desk: Desk) -> Extra:
    """What is typically needed at entry, and what people in the job say it requires."""
    facts = await desk.knowledge.education(career.slug)
    rows = (
        (desk.say("Typical at entry"), facts.typical_entry),
        (desk.say("Related experience"), facts.work_experience),
        (desk.say("Training on the job"), facts.on_the_job_training),
        (desk.say("Preparation"), _zone(desk, facts.job_zone)),
    )
    items = tuple(Fact(label=label, value=value) for label, value in rows if value)
    extra = Extra(sources=list(facts.sources), wider=bool(items))
    if facts.job_zone:
        extra.sources.append(desk.knowledge.source_of_skills())
    if items and career.depth == "profile":
        extra.blocks += [Heading(text=desk.say("By official figures, United States"), level=2), Facts(items=items)]
    elif items:
        extra.blocks.append(Facts(items=items))
    shares = [share for share in facts.shares if share.percent >= 1]
    if shares:
        top = max(share.percent for share in shares)
        extra.blocks.append(
            Table(
                columns=(desk.say("Education that people in the job say it requires"), desk.say("share")),
                rows=tuple((share.level, desk.say.percent(share.percent)) for share in shares),
                right=(1,),
                bars=tuple(share.percent / top for share in shares),
            )
        )
        extra.figures += [
            Figure(
                career=career.slug,
                place="United States",
                measure="share",
                amount=share.percent,
                source=share.source.id,
                as_of=share.source.as_of,
            )
            for share in shares
        ]
    if facts.typical_entry:
        extra.gist = desk.say("Typical at entry: {entry}.", entry=facts.typical_entry)
    return extra


def _zone(desk: Desk, zone: int | None) -> str:
    if not zone:
        return ""
    return desk.say("{amount} (job zone {zone} of 5)", amount=desk.say(_ZONES[zone]), zone=zone)


async def skill_table(career: Career, desk: Desk) -> Extra:
    """The most important skills with their weight, and the tools that vacancies name."""
    skills = await desk.knowledge.skills(career.slug)
    extra = Extra()
    shown = [skill for skill in skills if skill.kind != "technology"][:_MOST_SKILLS]
    if shown:
        extra.blocks.append(
            Table(
                columns=(desk.say("Skill"), desk.say("weight")),
                rows=tuple((skill.name, desk.say.number(skill.weight)) for skill in shown),
                right=(1,),
                bars=tuple(skill.weight / 100 for skill in shown),
            )
        )
        extra.gist = desk.say("Most important: {skills}.", skills=desk.say.join([skill.name for skill in shown[:5]]))
    tools = await desk.knowledge.technologies(career.slug, _MOST_TOOLS)
    if tools:
        text = desk.say("Tools that employers name most: {tools}.", tools=desk.say.join(tools))
        extra.blocks.append(Paragraph(text=text))
        extra.wider = True
        extra.sources.append(desk.knowledge.source_of_skills())
    elif career.depth == "occupation" and shown:
        extra.sources.append(desk.knowledge.source_of_skills())
    return extra


async def outlook_facts(career: Career, desk: Desk, places: Sequence[Place] = ()) -> Extra:
    """The official projection in words and numbers: for the countries of the places, else for the home country."""
    published = await desk.knowledge.outlook(career.slug)
    extra = Extra()
    for place in _one_a_country(places):
        row = next((row for row in published if row.place.country == place.country), None)
        if row is None:
            text = desk.say("I have no projection for {place}.", place=after_in(place.name))
            if published:
                text += " " + desk.say("What there is:")
            extra.blocks.append(Paragraph(text=text))
            extra.gist = extra.gist or text
        elif row.place.id != place.id:
            text = desk.say(
                "There is no projection for {place} alone; this one is for {country}.",
                place=after_in(place.name), country=after_in(row.place.name),
            )  # fmt: skip
            extra.blocks.append(Paragraph(text=text))
        for shown in [row] if row else published:
            _tell_outlook(extra, career, shown, desk)
    if not places and published:
        _tell_outlook(extra, career, at_home(published, desk), desk)
    return extra


def at_home(rows: Sequence[Outlook], desk: Desk) -> Outlook:
    """The home country's projection, else the first one published."""
    return next((row for place in desk.home_places for row in rows if row.place.id == place), rows[0])


def _one_a_country(places: Sequence[Place]) -> list[Place]:
    """The first place of each country, in order."""
    return list({place.country: place for place in reversed(places)}.values())[::-1]


def _tell_outlook(extra: Extra, career: Career, row: Outlook, desk: Desk) -> None:
    """Add a projection's facts, figures, source and sentence."""
    items: list[Fact] = []
    years = f"{row.first_year}–{row.last_year}"
    american = row.place.country == "US"
    if row.growth_percent is not None:
        # The words compare with the average of all American occupations.
        words = f": {desk.say(growth_words(row.growth_percent))}" if american else ""
        label = desk.say("Employment {years}, {place}", years=years, place=row.place.name)
        items.append(Fact(label=label, value=f"{_signed(desk, row.growth_percent)}{words}"))
    if row.openings_per_year:
        value = desk.say("about {number}", number=desk.say.number(row.openings_per_year))
        items.append(Fact(label=desk.say("Openings a year, {place}", place=row.place.name), value=value))
    if row.employment:
        value = desk.say("about {number}", number=desk.say.number(row.employment))
        items.append(Fact(label=desk.say("People in the job, {place}", place=row.place.name), value=value))
    if not items:
        return
    extra.blocks.append(Facts(items=tuple(items)))
    if row.note:
        extra.blocks.append(Note(text=f"{row.place.name}: {row.note}."))
    extra.figures += _outlook_figures(career, row)
    extra.sources.append(row.source)
    extra.wider = extra.wider or american
    if not extra.gist and row.growth_percent is not None:
        percent = _signed(desk, row.growth_percent)
        change = growth_words(row.growth_percent) if american else ""
        extra.gist = (
            desk.say(
                "Employment in {place} is projected to {change} ({percent}, {years}).",
                place=after_in(row.place.name), change=change, years=years, percent=percent,
            )
            if american
            else desk.say(
                "Employment in {place}, {years}: {percent}.",
                place=after_in(row.place.name), years=years, percent=percent,
            )
        )  # fmt: skip


def _outlook_figures(career: Career, row: Outlook) -> tuple[Figure, ...]:
    period = f"{row.first_year}-{row.last_year}"
    rows = (
        ("growth", row.growth_percent, period),
        ("openings", row.openings_per_year, "year"),
        ("employment", row.employment, str(row.first_year)),
    )
    return tuple(
        Figure(
            career=career.slug,
            place=row.place.name,
            measure=measure,
            amount=amount,
            period=when,
            source=row.source.id,
            as_of=row.source.as_of,
        )
        for measure, amount, when in rows
        if amount is not None
    )


async def trait_facts(career: Career, desk: Desk) -> Extra:
    """RIASEC interests as a table with bars, and the work styles that set the occupation apart."""
    traits = await desk.knowledge.traits(career.slug)
    interests = [trait for trait in traits if trait.kind == "interest"]
    extra = Extra()
    if interests:
        extra.blocks.append(
            Table(
                columns=(desk.say("Interests of people in the job (RIASEC)"), desk.say("1 to 7")),
                rows=tuple((desk.say(trait.name), desk.say.number(trait.value, 1)) for trait in interests),
                right=(1,),
                bars=tuple(max(trait.value - 1, 0) / 6 for trait in interests),
            )
        )
        extra.sources.append(desk.knowledge.source_of_skills())
        extra.wider = True
    styles = [trait.name for trait in traits if trait.kind == "work_style"][:_MOST_STYLES]
    if styles and career.depth == "profile":
        extra.blocks.append(
            Paragraph(text=desk.say("Traits that set it apart: {traits}.", traits=desk.say.join(styles)))
        )
    return extra


async def next_careers(career: Career, desk: Desk) -> Extra:
    """The careers that it leads to, each with its pay where one is known."""
    extra = Extra()
    following = [await desk.knowledge.career(slug) for slug in career.next]
    if not following:
        return extra
    bullets: list[Bullet] = []
    for other in following[:4]:
        pay = await home_pay(other, desk)
        text = ""
        if pay is not None:
            text = desk.say(
                "{amount} at the median in {place}", amount=amount_text(desk, pay), place=after_in(pay.place.name)
            )
            extra.figures += [figure for figure in figures_of(pay) if figure.measure == "median"]
            extra.sources.append(pay.source)
        bullets.append(Bullet(lead=other.title, text=text))
    extra.blocks += [Heading(text=desk.say("Often next"), level=2), Bullets(items=tuple(bullets))]
    extra.gist = desk.say("Often next: {careers}.", careers=desk.say.join([many(other) for other in following[:4]]))
    return extra


def _signed(desk: Desk, percent: float) -> str:
    sign = "+" if percent > 0 else ""
    return f"{sign}{desk.say.percent(percent, 1)}"
