"""A record as JSON, by the published schema (docs/schema/record.schema.json)."""

from __future__ import annotations

from collections.abc import Iterable

from septel.archive import Dossier, DossierDocument
from septel.export.record.schema import (
    AssessmentJson,
    CellJson,
    ClaimJson,
    DocumentJson,
    EventJson,
    ExcerptJson,
    GroupJson,
    IssueJson,
    LostJson,
    MeetingJson,
    OpenPointJson,
    OpinionJson,
    PersonJson,
    RecordJson,
    ReviewedJson,
    StandingJson,
    StatementJson,
    SuggestionJson,
    TextJson,
    UnreadJson,
)
from septel.record import BY_PERSON, Assessment, Claim, Excerpt, Meeting, Person, Statement, TextInPlay
from septel.record.review import (
    ObjectKind,
    Opinion,
    ReviewEntry,
    ReviewItem,
    ReviewStanding,
    Status,
)


def record_json(dossier: Dossier) -> RecordJson:
    """Documents and views for other programs."""
    made = _Maker(dossier)
    return RecordJson(
        documents=[made.document(document) for document in dossier.documents],
        meetings=[made.meeting(meeting) for meeting in dossier.meetings],
        positions=[
            CellJson(
                issue=cell.issue,
                label=dossier.label(cell.issue),
                side=cell.side,
                date=cell.date,
                date_doubtful=cell.date_doubtful,
                stance=cell.stance.value,
                statements=_ids(cell.statements),
            )
            for cell in dossier.positions
        ],
        open_points=[
            OpenPointJson(
                what=point.what,
                state=point.state.value,
                issues=list(point.issues),
                statements=_ids(point.statements),
            )
            for point in dossier.open_points
        ],
        suggestions=[
            SuggestionJson(
                kind=one.suggestion.kind.value,
                why=one.suggestion.why,
                rank=one.suggestion.rank,
                earlier=one.suggestion.earlier.id,
                later=one.suggestion.later.id,
                standing=standing_json(one.standing),
            )
            for one in dossier.queue
        ],
        groups=[
            GroupJson(words=list(group.words), statements=_ids(group.statements)) for group in dossier.groups
        ],
    )


def standing_json(standing: ReviewStanding) -> StandingJson:
    """What persons made of an object, for other programs."""
    return StandingJson(
        status=standing.status.value,
        by=standing.by,
        at=standing.at.isoformat() if standing.at else None,
        reason=standing.reason,
        disputed=standing.disputed,
        opinions=[_opinion(entry, opinion) for entry, opinion in standing.opinions],
    )


def _opinion(entry: ReviewEntry, opinion: Opinion) -> OpinionJson:
    return OpinionJson(
        entry=entry.number,
        at=entry.at.isoformat(),
        by=entry.by,
        verdict=opinion.verdict.value,
        said=dict(opinion.said),
        reason=opinion.reason,
    )


def _ids(statements: Iterable[Statement]) -> list[str]:
    return [statement.id for statement in statements]


def _person(person: Person) -> PersonJson:
    return PersonJson(
        key=person.key,
        name=person.name,
        surname=person.surname,
        side=person.side,
        role=person.role,
        origin=person.origin,
    )


class _Maker:
    """Makes the parts; knows the pages of the documents."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier

    def excerpt(self, excerpt: Excerpt) -> ExcerptJson:
        return ExcerptJson(
            words=excerpt.words,
            marked=self.dossier.marked(excerpt),
            locus=str(excerpt.locus),
            paragraph=excerpt.paragraph,
            page=self.dossier.page(excerpt.locus),
            line=excerpt.line,
        )

    def excerpts(self, excerpts: Iterable[Excerpt]) -> list[ExcerptJson]:
        return [self.excerpt(excerpt) for excerpt in excerpts]

    def statement(self, statement: Statement) -> StatementJson:
        speaker, confidence = statement.speaker, statement.confidence
        by_person = statement.rule.startswith(BY_PERSON)
        return StatementJson(
            id=statement.id,
            excerpt=self.excerpt(statement.excerpt),
            content=self.excerpt(statement.content),
            speaker=_person(speaker.person) if speaker.person else None,
            side=speaker.side,
            resolution=speaker.resolution.value,
            mention=self.excerpt(speaker.mention),
            addressee=_person(statement.addressee) if statement.addressee else None,
            chain=list(statement.chain),
            mode=statement.mode.value,
            fidelity=statement.fidelity.value,
            act=statement.act.value,
            stance=statement.stance.value,
            act_confidence=statement.act_confidence.probability if statement.act_confidence else None,
            verb=self.excerpt(statement.verb) if statement.verb else None,
            polarity=statement.polarity.value,
            modality=statement.modality.value,
            conditions=self.excerpts(statement.conditions),
            hedges=self.excerpts(statement.hedges),
            reporter_hedges=self.excerpts(statement.reporter_hedges),
            issues=[
                IssueJson(
                    issue=tag.issue,
                    label=self.dossier.label(tag.issue),
                    shown_by=self.excerpt(tag.shown_by),
                )
                for tag in statement.issues
            ],
            numbers=self.excerpts(statement.numbers),
            meeting=statement.meeting,
            answers=statement.answers,
            repeats=list(statement.repeats),
            summarises=list(statement.summarises),
            in_summary=statement.in_summary,
            principal=statement.principal,
            origin="person" if by_person else "rule",
            rule=statement.rule,
            confidence=confidence.probability if confidence else None,
            calibration=confidence.calibration if confidence else None,
            standing=standing_json(self.dossier.standing(statement)),
        )

    def meeting(self, meeting: Meeting) -> MeetingJson:
        return MeetingJson(
            id=meeting.id,
            kind=meeting.kind.value,
            status=meeting.status,
            date=meeting.date,
            date_of_report=meeting.date_of_report,
            date_doubtful=meeting.date_doubtful,
            weekday=meeting.weekday,
            time=meeting.time,
            place=meeting.place,
            host=meeting.host,
            participants=[_person(part.person) for part in meeting.participants],
            events=[
                EventJson(
                    kind=event.kind.value,
                    actor=event.actor.name,
                    to=event.to.surname if event.to else None,
                    excerpt=self.excerpt(event.excerpt),
                )
                for event in meeting.events
            ],
            shown_by=self.excerpt(meeting.shown_by),
            reported_by=list(meeting.reported_by),
        )

    def text(self, text: TextInPlay) -> TextJson:
        return TextJson(
            id=text.id,
            kind=text.kind.value,
            side=text.side,
            state=text.state.value,
            carried_by=text.carried_by,
            shown_by=self.excerpt(text.shown_by),
        )

    def claim(self, claim: Claim) -> ClaimJson:
        return ClaimJson(
            text=claim.text,
            other=claim.other,
            same=claim.same,
            exceptions=self.excerpts(claim.exceptions),
            check=claim.check.value,
            excerpt=self.excerpt(claim.excerpt),
        )

    def assessment(self, assessment: Assessment) -> AssessmentJson:
        confidence = assessment.confidence
        return AssessmentJson(
            author=assessment.author,
            about=assessment.about.name if assessment.about else None,
            issues=[tag.issue for tag in assessment.issues],
            hedges=self.excerpts(assessment.hedges),
            confidence=confidence.probability if confidence else None,
            excerpt=self.excerpt(assessment.excerpt),
        )

    def item(self, item: ReviewItem) -> ReviewedJson:
        return ReviewedJson(
            object=item.kind.value,
            excerpt=self.excerpt(item.excerpt),
            standing=standing_json(item.standing),
        )

    def document(self, document: DossierDocument) -> DocumentJson:
        record, items = document.reviewed.record, document.reviewed.items
        return DocumentJson(
            source=document.id,
            name=document.source.name,
            sha256=document.source.digest,
            title=document.title,
            kind=record.kind,
            date=record.date,
            date_doubtful=record.date_doubtful,
            author=record.author,
            author_marked=self.dossier.author(record) or None,
            participants=[_person(part.person) for part in record.participants],
            statements=[self.statement(statement) for statement in record.statements],
            meetings=[self.meeting(meeting) for meeting in record.meetings],
            assessments=[self.assessment(assessment) for assessment in record.assessments],
            texts=[self.text(text) for text in record.texts],
            claims=[self.claim(claim) for claim in record.claims],
            unread=[UnreadJson(why=one.why, excerpt=self.excerpt(one.excerpt)) for one in record.unread],
            rejected=[self.item(item) for item in items if item.standing.status is Status.REJECTED],
            reviewed=[
                self.item(item)
                for item in items
                if item.standing.opinions
                and item.kind is not ObjectKind.STATEMENT
                and item.standing.status is not Status.REJECTED
            ],
            lost=[
                LostJson(
                    object=opinion.kind.value,
                    why=opinion.lost,
                    origin=opinion.origin,
                    opinion=_opinion(entry, opinion),
                )
                for entry, opinion in document.reviewed.lost
            ],
        )
