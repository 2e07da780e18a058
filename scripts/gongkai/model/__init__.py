"""The field's own words as frozen objects. No I/O, no MkDocs."""

from typing import TYPE_CHECKING

from gongkai.late import late_names

if TYPE_CHECKING:
    from gongkai.model.calendar import FirstDay, UnknownYear, WorkCalendar, count_days, days_due
    from gongkai.model.catalogue import (
        Basis,
        Catalogue,
        Entry,
        Field,
        Level1,
        LimitKind,
        LimitRole,
        NotApplicable,
        Privacy,
        TimeLimit,
        looser,
    )
    from gongkai.model.finding import Finding, FindingType, Place, Severity
    from gongkai.model.history import CatalogueHistory
    from gongkai.model.item import (
        NO_DATE,
        ON_REQUEST,
        PROACTIVE,
        WEBSITE,
        WITHHELD,
        Attachment,
        Item,
        Link,
        NoticePeriod,
        Period,
        PrivacyAllowance,
        Reference,
        Review,
    )
    from gongkai.model.profile import Column, Contact, FooterMarks, Profile, Unit

_MODULES = {
    "calendar": (
        "FirstDay",
        "UnknownYear",
        "WorkCalendar",
        "count_days",
        "days_due",
    ),
    "catalogue": (
        "Basis",
        "Catalogue",
        "Entry",
        "Field",
        "Level1",
        "LimitKind",
        "LimitRole",
        "NotApplicable",
        "Privacy",
        "TimeLimit",
        "looser",
    ),
    "finding": (
        "Finding",
        "FindingType",
        "Place",
        "Severity",
    ),
    "history": ("CatalogueHistory",),
    "item": (
        "NO_DATE",
        "ON_REQUEST",
        "PROACTIVE",
        "WEBSITE",
        "WITHHELD",
        "Attachment",
        "Item",
        "Link",
        "NoticePeriod",
        "Period",
        "PrivacyAllowance",
        "Reference",
        "Review",
    ),
    "profile": (
        "Column",
        "Contact",
        "FooterMarks",
        "Profile",
        "Unit",
    ),
}
__getattr__ = late_names(__name__, _MODULES)

__all__ = [
    "NO_DATE",
    "ON_REQUEST",
    "PROACTIVE",
    "WEBSITE",
    "WITHHELD",
    "Attachment",
    "Basis",
    "Catalogue",
    "CatalogueHistory",
    "Column",
    "Contact",
    "Entry",
    "Field",
    "Finding",
    "FindingType",
    "FirstDay",
    "FooterMarks",
    "Item",
    "Level1",
    "LimitKind",
    "LimitRole",
    "Link",
    "NotApplicable",
    "NoticePeriod",
    "Period",
    "Place",
    "Privacy",
    "PrivacyAllowance",
    "Profile",
    "Reference",
    "Review",
    "Severity",
    "TimeLimit",
    "Unit",
    "UnknownYear",
    "WorkCalendar",
    "count_days",
    "days_due",
    "looser",
]
