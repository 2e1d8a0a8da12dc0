"""`careerbot db`, `careerbot misses` and `careerbot insights`: the community database from the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from adapters.cli import ProgressBar, failed, run, say, settings_for_command
from adapters.errors import CommandError

if TYPE_CHECKING:
    from adapters.settings import Settings
    from adapters.store.community import SqlCommunity
    from bot.community_curating import Curator
    from bot.community_curation import Curating, Curation, NewCuration
    from bot.community_insight import Insights

DB_HELP = """The community database: bring it up to date, purge it, and a person's data.

\b
  careerbot db upgrade
  careerbot db export discord:user:123 > theirs.json
  careerbot db delete discord:user:123
"""
MISSES_HELP = """What wasn't understood, and what to make of it. Decisions hold on all replicas within 5 seconds.

\b
  careerbot misses list
  careerbot misses alias "code monkey" software-developer --miss 17
  careerbot misses means "how rich do pilots get" salary airline-pilot --miss 18
  careerbot misses dismiss 19
  careerbot misses undo 3
  careerbot misses case 3 tests/evaluation/curated.jsonl
  careerbot misses export --write
"""
INSIGHTS_HELP = "What was asked, week by week: careers, places, share answered, misses, feedback. Nobody's name."
_OPERATOR = "operator"
_Result = TypeVar("_Result")

Community = Annotated[
    str | None, typer.Option("--community", metavar="ID", help="One community, e.g. discord:guild:123; none = all.")
]
Miss = Annotated[int | None, typer.Option("--miss", metavar="NUMBER", help="Close the misses of this group.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Ident = Annotated[int, typer.Argument(metavar="DECISION", help="The decision's number.")]


def db_app() -> typer.Typer:
    """The commands under `careerbot db`."""
    app = typer.Typer(help=DB_HELP, no_args_is_help=True, rich_markup_mode=None)
    app.command()(upgrade)
    app.command()(purge)
    app.command()(export)
    app.command()(delete)
    return app


def misses_app() -> typer.Typer:
    """The commands under `careerbot misses`."""
    app = typer.Typer(help=MISSES_HELP, no_args_is_help=True, rich_markup_mode=None)
    app.command("list")(list_misses)
    for command in (alias, means, dismiss, undo, decisions, case):
        app.command()(command)
    app.command("export")(export_aliases)
    return app


# careerbot db


def upgrade() -> None:
    """Bring the community database to this program's version."""

    async def work(_store: SqlCommunity) -> None:
        from adapters.store.opening import VERSIONS  # noqa: PLC0415

        _tell(f"The community database is of version {VERSIONS[-1]}.")

    _with_store(work)


def purge() -> None:
    """Forget now what has been kept long enough."""

    async def work(store: SqlCommunity) -> None:
        counts = await store.housekeeping.purge()
        _tell("Forgotten: " + ", ".join(f"{count:,} {table}" for table, count in counts.items()))

    _with_store(work)


def export(person: Annotated[str, typer.Argument(metavar="PERSON", help="E.g. discord:user:123.")]) -> None:
    """Print everything that is kept about a person, as JSON."""

    async def work(store: SqlCommunity) -> None:
        sys.stdout.write(json.dumps(await store.export(person), indent=2) + "\n")

    _with_store(work)


def delete(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="E.g. discord:user:123.")],
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Delete everything that is kept about a person."""
    if not yes and not (sys.stdin.isatty() and typer.confirm(f"Delete everything about {person}?", err=True)):
        raise CommandError("nothing was deleted; say --yes to delete without being asked")

    async def work(store: SqlCommunity) -> None:
        if (count := await store.delete(person)) < 0:
            raise failed("the community database can't be used just now; nothing was deleted")
        _tell(f"Deleted records: {count:,}.")

    _with_store(work)


# careerbot misses


def list_misses(
    community: Community = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="So many groups.")] = 20,
    as_json: AsJson = False,
) -> None:
    """What wasn't understood, in groups: frequent and new ones first."""

    async def work(store: SqlCommunity) -> None:
        groups = await store.misses(community, limit=limit)
        if as_json:
            sys.stdout.write(json.dumps([group.model_dump(mode="json") for group in groups]) + "\n")
            return
        if not groups:
            _tell("Nothing is waiting.")
        for group in groups:
            head = f"{group.ident:>6}  {group.count:>4} ×  {group.newest:%Y-%m-%d}  {', '.join(group.kinds)}"
            _tell(f"{head}: {_seen(group.text)}")
            for wording in group.wordings:
                if wording != group.text:
                    _tell(f"{'':>27}also: {_seen(wording)}")
            for comment in group.comments:
                _tell(f"{'':>27}said: {_seen(comment)}")
            if group.suggested:
                intent, careers = group.suggested
                _tell(f"{'':>27}picked: {intent} {' '.join(careers)}")

    _with_store(work)


def alias(
    name: Annotated[str, typer.Argument(metavar="NAME", help='The name, e.g. "code monkey".')],
    career: Annotated[str, typer.Argument(metavar="CAREER", help="The career's slug.")],
    miss: Miss = None,
    community: Community = None,
) -> None:
    """Give a career one more name, everywhere or in one community."""
    _decide(lambda curator: curator.alias(name, career, community=community or "", by=_OPERATOR), miss)


def means(
    text: Annotated[str, typer.Argument(metavar="QUESTION", help="The question as people ask it.")],
    intent: Annotated[str, typer.Argument(metavar="INTENT", help="E.g. salary; see careerbot chat, help.")],
    careers: Annotated[list[str] | None, typer.Argument(metavar="CAREER…", help="Slugs of its careers.")] = None,
    miss: Miss = None,
    community: Community = None,
) -> None:
    """Say what a question means: the right intent and careers."""
    found = tuple(careers or ())
    _decide(lambda curator: curator.meaning(text, intent, found, community=community or "", by=_OPERATOR), miss)


def dismiss(miss: Annotated[int, typer.Argument(metavar="NUMBER", help="The group's number.")]) -> None:
    """Close a group of misses: nothing is to be done."""
    from bot.community_curation import NewCuration  # noqa: PLC0415

    async def work(store: SqlCommunity) -> None:
        kept = await store.curate(NewCuration(action="dismissal", by=_OPERATOR), await _group(store, miss))
        _tell(f"Dismissed (decision {kept.ident}).")

    _with_store(work)


def undo(decision: Ident) -> None:
    """Take a decision back; its misses wait again."""

    async def work(store: SqlCommunity) -> None:
        undone = await store.undo(decision, by=_OPERATOR)
        _tell(f"Undone: {undone.action} {undone.text}".rstrip())

    _with_store(work)


def decisions(community: Community = None) -> None:
    """The decisions in force."""

    async def work(store: SqlCommunity) -> None:
        for one in await store.curations(community):
            what = f"{_seen(one.text)} → {one.target or one.says}" if one.text else "nothing to be done"
            _tell(f"{one.ident:>6}  {one.at:%Y-%m-%d}  {one.action:<9}  {one.community or 'everywhere'}  {what}")

    _with_store(work)


def case(
    decision: Ident,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Labelled questions, one conversation a line.")],
) -> None:
    """Add a decision to a file of labelled questions, so that it is tested from now on."""
    from adapters.store.exporting import case_of  # noqa: PLC0415

    async def work(store: SqlCommunity) -> None:
        line = case_of(_in_force(await store.curations(), decision))
        try:
            before = file.read_text("utf-8") if file.exists() else ""
            if line in before.splitlines(keepends=True):
                raise CommandError(f"{file}: holds this case already")
            file.write_text(before + ("" if before.endswith("\n") or not before else "\n") + line, "utf-8")
        except OSError as error:
            raise failed(f"{file}: {error.strerror}") from error
        _tell(f"Added to {file}: {line.strip()}")

    _with_store(work)


def export_aliases(
    community: Community = None,
    into: Annotated[Path | None, typer.Option("--into", metavar="FOLDER", help="Content folder for new rows.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Change the files; else the change is printed.")] = False,
) -> None:
    """The aliases in force as a change to the content files."""
    from adapters.compose import content_folders, open_knowledge  # noqa: PLC0415
    from adapters.store.exporting import ExportError, as_diff, changed_files  # noqa: PLC0415

    settings = settings_for_command()

    async def work(store: SqlCommunity) -> None:
        found = [one for one in await store.curations(community) if one.action == "alias"]
        async with open_knowledge(settings) as knowledge:
            careers = {one.target: await knowledge.career(one.target) for one in found}
        folders = content_folders(settings)
        try:
            texts = changed_files(found, careers, folders, into or folders[-1])
            sys.stdout.write(as_diff(texts))
            for path, text in texts.items() if write else ():
                path.write_text(text, "utf-8")
        except ExportError as error:
            raise failed(str(error)) from error
        except OSError as error:
            raise failed(f"{error.filename}: {error.strerror}") from error
        if not texts:
            say("Nothing to export: the content files hold all aliases.")
        elif write:
            say(f"Changed {len(texts)} files. Now run: careerbot knowledge check, careerbot knowledge build")

    _with_store(work)


# careerbot insights


def insights(
    community: Community = None,
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=520, help="So many weeks back.")] = 12,
    as_json: AsJson = False,
) -> None:
    """See INSIGHTS_HELP."""

    async def work(store: SqlCommunity) -> None:
        found = await store.insights(community, weeks=weeks)
        if as_json:
            sys.stdout.write(found.model_dump_json() + "\n")
        else:
            _tell(insights_text(found))

    _with_store(work)


def insights_text(found: Insights) -> str:
    """The insights as lines of text."""
    if not found.weeks:
        return "Nothing was asked."
    head = "week of     questions  answered  asked back  not understood  failed   up  down  median ms  95 % ms"
    lines = [head] + [
        f"{w.week}  {w.questions:>9,}  {w.answered_share:>8.1%}  {w.asked_back:>10,}  {w.not_understood:>14,}"
        f"  {w.failed:>6,}  {w.up:>3,}  {w.down:>4,}  {f'≤ {w.median_ms:,}':>9}  {f'≤ {w.most_ms:,}':>7}"
        for w in found.weeks
    ]
    for title, ranked in (("Careers", found.careers), ("Places", found.places), ("Intents", found.intents)):
        if ranked:
            lines.append(f"{title}: " + ", ".join(f"{_seen(one.name)} ({one.count:,})" for one in ranked))
    return "\n".join(lines)


# what the commands share


def _with_store(work: Callable[[SqlCommunity], Awaitable[_Result]]) -> _Result:
    """Run work on the community database; CommandError where it can't be used or a decision can't stand."""
    settings = settings_for_command()

    async def whole() -> _Result:
        async with _store(settings) as store:
            return await work(store)

    return run(whole())


@asynccontextmanager
async def _store(settings: Settings) -> AsyncIterator[SqlCommunity]:
    try:
        from adapters.store.community import open_community  # noqa: PLC0415
        from adapters.store.opening import StoreError  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise failed(f"{error.name} is not installed; run: pip install 'careerbot[community]'") from error
    from bot.community_curation import CurationError  # noqa: PLC0415

    url = settings.database_url.get_secret_value() if settings.database_url else None
    try:
        async with open_community(url, settings.data) as store:
            if await store.revision() < 0:
                raise failed("the community database can't be used; check that it runs, isn't locked, and has room")
            yield store
    except StoreError as error:
        raise failed(str(error)) from error
    except CurationError as error:
        raise CommandError(str(error)) from error


def _decide(make: Callable[[Curator], NewCuration], miss: int | None) -> None:
    """Check a decision against the knowledge and keep it."""
    settings = settings_for_command()

    async def work(store: SqlCommunity) -> None:
        from adapters.compose import open_bot  # noqa: PLC0415
        from bot.community_curating import Curator  # noqa: PLC0415

        misses = await _group(store, miss) if miss is not None else ()
        with ProgressBar() as bar:
            async with open_bot(settings, bar) as bot:
                new = make(Curator(bot.understanding))
        kept = await store.curate(new, misses)
        _tell(f"Decision {kept.ident}: {kept.text!r} means {kept.target or kept.says}.")
        if misses:
            _tell(f"Misses closed: {len(misses)}.")

    _with_store(work)


async def _group(store: Curating, miss: int) -> tuple[int, ...]:
    for group in await store.misses(limit=1_000_000):
        if miss in group.misses:
            return group.misses
    raise CommandError(f"no open miss has the number {miss}; see careerbot misses list")


def _in_force(found: list[Curation], ident: int) -> Curation:
    for one in found:
        if one.ident == ident:
            return one
    raise CommandError(f"no decision {ident} is in force; see careerbot misses decisions")


def _seen(text: str) -> str:
    """What somebody else wrote, without what could steer the terminal."""
    from adapters.text import visible  # noqa: PLC0415

    return visible(text)


def _tell(text: str) -> None:
    """Lines on standard output."""
    from adapters.text import for_encoding  # noqa: PLC0415

    sys.stdout.write(for_encoding(text, sys.stdout.encoding or "utf-8") + "\n")
