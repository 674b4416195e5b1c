"""Heading fields as a person corrects them; nothing that another person said meanwhile is overwritten."""

from __future__ import annotations

from collections.abc import Mapping

from septel.archive import Archive
from septel.errors import EditConflict


class HeadingOvertaken(EditConflict):
    """Another person corrected one of the fields after they were looked at."""


def correct_fields(
    archive: Archive, holding: str, changed: Mapping[str, str], *, seen: int, by: str, why: str = ""
) -> list[int]:
    """Correct heading fields, all or none; gives the acts' numbers. An empty value says that there is none.

    Args:
        archive: where.
        holding: the document.
        changed: the fields with what they should be.
        seen: how many acts the document had when the person looked.
        by: who says so.
        why: the reason.

    Raises:
        HeadingOvertaken: another person corrected one of them after that.
        UsageError: a value is none for its field.
    """
    since = archive.curation.acts(holding)[seen:]
    others = [act for act in since if act.what == "correct" and act.data.get("field") in changed]
    if others:
        last = others[-1]
        made = f"made {last.data.get('field')} {last.data.get('value')!r} since you looked"
        raise HeadingOvertaken(f"{last.by} {made}. Nothing was changed.")
    given = {one.field: one for one in archive.holding(holding).corrected}
    acts: list[int] = []
    with archive.together():
        for name, value in changed.items():
            if given.get(name) is None or (given[name].value or "") != value:
                acts.append(archive.curation.correct(holding, name, value or None, by=by, why=why))
    return acts
