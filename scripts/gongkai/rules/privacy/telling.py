"""From hits to findings: which kind, in which words, and what has been allowed."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from gongkai.model import Finding, Item, Place, PrivacyAllowance
from gongkai.privacy.detectors import Hit, Kind, masked, plain
from gongkai.rules.privacy import codes

TYPES = {
    Kind.ID: codes.ID_NUMBER,
    Kind.ID_MISTYPED: codes.ID_MISTYPED,
    Kind.ID_OLD: codes.ID_OLD,
    Kind.CARD: codes.BANK_CARD,
    Kind.PARTIAL: codes.PARTIAL_MASK,
    Kind.MAILBOX: codes.PERSONAL_MAILBOX,
}


class Allowances(Struct):
    """What an item allows to be shown; remembers which of it was met."""

    item: Item
    used: set[str] = field(default_factory=set)

    @staticmethod
    def _key(value: str) -> str:
        return value.strip().casefold() if "@" in value else plain(value)

    def find(self, hit: Hit) -> PrivacyAllowance | None:
        """The allowance for ``hit``, if there is one."""
        for allowed in self.item.privacy_allow:
            if self._key(allowed.value) == self._key(hit.value):
                self.used.add(allowed.value)
                return allowed
        return None

    def in_vain(self) -> Iterator[Finding]:
        """Findings about allowances that nothing has used."""
        for allowed in self.item.privacy_allow:
            if allowed.value not in self.used:
                place = self.item.place("privacy_allow")
                yield codes.ALLOWED_IN_VAIN.at(place, field="privacy_allow", shown=short(allowed.value))


def short(value: str) -> str:
    """A value that a clerk wrote as allowed, masked whatever it is."""
    name, at, host = value.partition("@")
    return f"{name[:2]}***@{host}" if at else masked(plain(value) or value)


def tell(
    hit: Hit, place: Place, where: str, *, listed: bool, allowances: Allowances | None, key: str | None = None
) -> Finding:
    """The finding for ``hit``. ``listed``: a mobile number in a list or table, which is no public contact."""
    allowed = allowances.find(hit) if allowances else None
    if allowed is not None:
        return codes.ALLOWED.at(
            place,
            field=key,
            where=where,
            kind=hit.kind.value,
            shown=hit.shown,
            by=allowed.by,
            reason=allowed.reason.rstrip("。"),
        )
    if hit.kind is Kind.MOBILE and listed:
        return codes.MOBILE_IN_LIST.at(place, field=key, where=where, shown=hit.shown, example="138****1234")
    if hit.kind is Kind.MOBILE:
        return codes.MOBILE_AS_CONTACT.at(place, field=key, where=where, shown=hit.shown)
    return TYPES[hit.kind].at(place, field=key, where=where, shown=hit.shown)
