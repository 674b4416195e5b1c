"""States what a telegram refers to and which meeting comes next, each tied to its place."""

from septel.record.findings import VALIDATORS, Validator, findings
from septel.record.meetings import Finding, NextMeeting, next_meeting
from septel.record.references import Reference, ReferenceKind, references

__all__ = [
    "VALIDATORS",
    "Finding",
    "NextMeeting",
    "Reference",
    "ReferenceKind",
    "Validator",
    "findings",
    "next_meeting",
    "references",
]
