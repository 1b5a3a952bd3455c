"""The grade of a total: the first that it reaches, then what the gates that fired make of it."""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil

import numpy as np
from numpy.typing import NDArray

from perfrules.engine.batch.kernel.chunk import BoolsOf, Chunk, IntsOf, Kept
from perfrules.engine.batch.kernel.numbers import Whole
from perfrules.engine.batch.vectors import Ints
from perfrules.lang.plan import Plan

_NONE = -1


class Grades:
    """A plan's grades by their place, -1 for none, and its gates' flags."""

    def __init__(self, plan: Plan, gates: Mapping[str, BoolsOf]) -> None:
        self.plan = plan
        self.gates = gates
        self.places = {grade.name: place for place, grade in enumerate(plan.grades)}
        self.order = [grade.name for grade in plan.grades if grade.at_least is not None]

    def of(self, total: Whole) -> IntsOf:
        """Return the grade of each unit, an int8."""
        first = self._reached(total)
        effects = [gate for gate in self.plan.gates if gate.effect in ("grade", "cap_grade")]
        if not effects:
            return Kept(first)
        ranks = {name: rank for rank, name in enumerate(self.order)}
        fixed = [gate for gate in effects if gate.effect == "grade"]
        ordered = [
            (self.gates[gate.id], ranks[str(gate.value)])
            for gate in fixed
            if str(gate.value) in ranks
        ]
        unordered = [
            (self.gates[gate.id], self.places[str(gate.value)])
            for gate in fixed
            if str(gate.value) not in ranks
        ]
        caps = [
            (self.gates[gate.id], ranks[str(gate.value)])
            for gate in effects
            if gate.effect == "cap_grade"
        ]
        to_rank = np.array([ranks.get(grade.name, _NONE) for grade in self.plan.grades], np.int8)
        to_place = np.array([self.places[name] for name in self.order], np.int8)

        straight = self.order == list(self.places)  # a rank is a place

        def grade(chunk: Chunk) -> Ints:
            rank = found = first(chunk)
            if not straight:
                rank = np.where(found < 0, np.int8(_NONE), to_rank.take(found, mode="clip"))
            worst = np.full(chunk.size, _NONE, np.int8)
            for fired, place in ordered:
                np.maximum(worst, np.where(fired(chunk), np.int8(place), np.int8(_NONE)), out=worst)
            rank = np.where(worst >= 0, worst, rank)
            for fired, place in caps:
                low = fired(chunk) & (rank >= 0) & (rank < place)
                rank = np.where(low, np.int8(place), rank)
            found = rank
            if not straight:
                found = np.where(rank < 0, np.int8(_NONE), to_place.take(rank, mode="clip"))
            for fired, place in reversed(unordered):
                found = np.where(fired(chunk), np.int8(place), found)
            return found

        return Kept(grade)

    def _reached(self, total: Whole) -> IntsOf:
        """Return the first grade whose threshold the total reaches, compared as it is."""
        steps = [
            (place, ceil(Fraction(grade.at_least) / total.factor))
            for place, grade in enumerate(self.plan.grades)
            if grade.at_least is not None
        ]
        units = total.units
        bounds = [bound for _, bound in steps]
        if bounds == sorted(bounds, reverse=True) and bounds and total.high < 2**62:
            # Who reaches one reaches all below: counted, then looked up.
            table = np.array([_NONE, *(place for place, _ in reversed(steps))], np.int8)
            places = np.uint8(len(steps))
            in_order = [place for place, _ in steps] == list(range(len(steps)))

            def counted(chunk: Chunk) -> Ints:
                found = units(chunk)
                count: NDArray[np.uint8] = np.zeros(chunk.size, np.uint8)
                for bound in bounds:
                    count += np.greater_equal(found, bound).view(np.uint8)
                if in_order:  # what the table says, without looking it up
                    return np.where(count, (places - count).view(np.int8), np.int8(_NONE))
                return table.take(count)  # type: ignore[return-value] # int8

            return counted

        def searched(chunk: Chunk) -> Ints:
            found = units(chunk)
            grade = np.full(chunk.size, _NONE, np.int8)
            for place, bound in reversed(steps):
                grade[found >= bound] = place
            return grade  # type: ignore[return-value] # int8

        return searched
