"""Rules on the review before publishing (R1.5) and on the time in which a document is in force (R3.5, R4.9)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.model import NO_DATE, Finding, Item, Profile
from gongkai.rules.numbers import codes


def reviewer(profile: Profile) -> str:
    """Who reviews by habit: the unit that is the disclosure office, else the first of the list."""
    office = profile.contact.office or ""
    return next((unit.name for unit in profile.units if unit.name in office), profile.units[0].name)


def no_review(dataset: Dataset) -> Iterator[Finding]:
    """R1.5: nothing is published without a review; a draft is reviewed when it is finished."""
    by = reviewer(dataset.profile)
    for item in dataset.items:
        if item.review is None and "review" not in item.lines and not item.draft:
            day = item.published_on if item.published_on != NO_DATE else dataset.today
            yield codes.NO_REVIEW.at(item.place("review"), field="review", by=by, day=day)


def reviews(dataset: Dataset) -> Iterator[Finding]:
    """R1.5: the review lies between the finished text and its publication, and is somebody else's."""
    office = reviewer(dataset.profile)
    for item in dataset.items:
        review = item.review
        if review is None:
            continue
        place, published = item.place("review"), item.published_on
        if review.on is None:
            yield codes.REVIEW_WITHOUT_DATE.at(
                place, field="review", by=review.by, day=published if published != NO_DATE else dataset.today
            )
        elif NO_DATE < published < review.on:
            yield codes.REVIEW_AFTER_PUBLISHING.at(
                place, field="review", by=review.by, on=review.on, published=published
            )
        elif item.formed_on and review.on < item.formed_on <= published:
            yield codes.REVIEW_BEFORE_FORMED.at(
                place, field="review", by=review.by, on=review.on, formed=item.formed_on, published=published
            )
        if review.by == item.responsible_unit and review.by != office:
            yield codes.SELF_REVIEW.at(place, field="review", value=review.by, day=review.on or published)


def in_force(dataset: Dataset) -> Iterator[Finding]:
    """R4.9: formed, in force, repealed, in this order; R3.5: marked as what it is."""
    for item in dataset.items:
        if item.effective_on or item.repealed_on:
            yield from _order(item)
            if item.repealed_on and item.repealed and item.repealed_on > dataset.today:
                yield codes.REPEALED_IN_FUTURE.at(
                    item.place("repealed_on"),
                    field="repealed_on",
                    repealed=item.repealed_on,
                    today=dataset.today,
                    validity=item.validity,
                )
            elif item.repealed_on and not item.repealed and item.repealed_on <= dataset.today:
                yield codes.VALID_BUT_REPEALED.at(item.place("validity"), field="validity", repealed=item.repealed_on)


def _order(item: Item) -> Iterator[Finding]:
    effective, repealed, formed = item.effective_on, item.repealed_on, item.formed_on
    if repealed:
        for what, day in (("生效日期", effective), ("成文日期", formed)):
            if day and repealed < day:
                yield codes.REPEALED_BEFORE_EFFECTIVE.at(
                    item.place("repealed_on"), field="repealed_on", repealed=repealed, what=what, day=day
                )
                break
    if effective and formed and effective < formed:
        yield codes.EFFECTIVE_BEFORE_FORMED.at(
            item.place("effective_on"), field="effective_on", effective=effective, formed=formed
        )


RULES = (no_review, reviews, in_force)
