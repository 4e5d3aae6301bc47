"""The same people and questions in Tantivy and PostgreSQL, set up as their own users would.

Neither knows our rule, so the question is reduced to what both can say: for each requirement the
best of its substitutions, weight × level, musts as conditions, and every filter. Travel falloff,
recency, experience and the counts of who was kept out are left to us alone.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from psycopg import sql

from tvaers.database.server import Server
from tvaers.matching.engine import rule
from tvaers.matching.engine.columns import CAR, FINDABLE, Columns, day_number
from tvaers.matching.engine.lookups import HELD
from tvaers.matching.engine.rows import Query, Requirement, TravelTable, Weights

Hits = list[tuple[int, int]]
"""(id, points), best first."""


class Peer(Protocol):
    """A system that is asked the reduced questions."""

    def prepare(self, query: Query) -> Any:
        """The question in the system's own words, made before the clock starts."""

    def ask(self, prepared: Any, k: int = 100) -> Hits:
        """The best `k`."""


@dataclass(frozen=True)
class Clause:
    """One requirement: the points that each concept gives, most first; the best one counts."""

    must: bool
    points: tuple[tuple[int, int], ...]


def reduced(query: Query) -> Query:
    """The question without what the peers cannot say; the occupation is a ninth requirement."""
    occupation = Requirement(query.occupation[0][0], False, "occupation", query.occupation)
    return replace(
        query,
        occupation=(),
        requirements=(*query.requirements, occupation),
        weights=Weights(0, 600, 0, 0, 0, 400),
    )


def clauses(query: Query, travel: TravelTable) -> list[Clause]:
    """What a reduced question asks for and how much each gives; a must only by what is enough."""
    shares = rule.requirement_weights(query, rule.weights_in_use(query, travel))
    found = []
    for needed, weight in zip(query.requirements, shares, strict=True):
        least = 1 if needed.kind in rule.GRADED and not needed.must else rule.enough(needed)
        points: dict[int, int] = {}
        for concept, strength in needed.satisfied_by:
            if rule.level(strength) >= least:
                points[concept] = max(points.get(concept, 0), weight * rule.level(strength))
        ordered = sorted(points.items(), key=lambda pair: -pair[1])
        found.append(Clause(needed.must, tuple(ordered)))
    return found


def reach(query: Query, travel: TravelTable, *, most: int) -> Iterator[tuple[int, bool, int]]:
    """(home, by car, minutes to the nearest workplace) within `most` minutes."""
    for home in travel.places:
        for car in (False, True):
            minutes = travel.minutes(home=home, workplaces=query.workplaces, car=car)
            if minutes <= most:
                yield home, car, minutes


def concepts_of_each(columns: Columns) -> list[list[int]]:
    """Per person, what they have and the occupations they have held."""
    held = columns.work_code & HELD > 0
    person = np.concatenate([columns.has_person, columns.work_person[held]])
    concept = np.concatenate([columns.has_concept, columns.work_occupation[held]])
    order = np.lexsort((concept, person))
    ends = np.cumsum(np.bincount(person, minlength=len(columns.id)))[:-1]
    return [sorted(set(part.tolist())) for part in np.split(concept[order], ends)]


class Tantivy:
    """One segment; concepts as a field without frequencies, ranges on fast fields.

    Home, car and travel limit are one term, so that the travel filter is one set of terms.
    """

    def __init__(self, columns: Columns, travel: TravelTable) -> None:
        import tantivy

        self.of, self.travel = tantivy, travel
        schema = tantivy.SchemaBuilder()
        schema.add_unsigned_field("id", fast=True)
        for name in ("concepts", "kinds"):
            schema.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
        schema.add_text_field("way", tokenizer_name="raw", index_option="basic")
        schema.add_boolean_field("findable", indexed=True)
        for name in ("hours_min", "hours_max", "available"):
            schema.add_unsigned_field(name, indexed=True, fast=True)
        self.schema = schema.build()
        index = tantivy.Index(self.schema)
        self._fill(index, columns)
        index.reload()
        self.searcher = index.searcher()
        self.limits = sorted(set(columns.max_travel.tolist()))

    def _fill(self, index: Any, columns: Columns) -> None:
        writer = index.writer(heap_size=1_000_000_000, num_threads=1)
        rows = zip(
            columns.id.tolist(),
            columns.municipality.tolist(),
            columns.flags.tolist(),
            columns.kinds.tolist(),
            columns.hours_min.tolist(),
            columns.hours_max.tolist(),
            columns.max_travel.tolist(),
            columns.available_from.tolist(),
            concepts_of_each(columns),
            strict=True,
        )
        for id_, home, flags, kinds, low, high, limit, available, concepts in rows:
            document = self.of.Document(
                concepts=" ".join(map(str, concepts)),
                kinds=" ".join(str(bit) for bit in range(8) if kinds >> bit & 1),
                way=f"{home} {bool(flags & CAR)} {limit}",
                findable=bool(flags & FINDABLE),
            )
            numbers = {"id": id_, "hours_min": low, "hours_max": high, "available": available}
            for name, number in numbers.items():
                document.add_unsigned(name, number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def prepare(self, query: Query) -> Any:
        """Musts and filters as conditions, the rest as wishes; a constant score for each term."""
        of, schema, make = self.of, self.schema, self.of.Query
        parts = []
        for clause in clauses(query, self.travel):
            terms = [
                make.const_score_query(
                    make.term_query(schema, "concepts", str(concept), "basic"), float(points)
                )
                for concept, points in clause.points
            ]
            occur = of.Occur.Must if clause.must else of.Occur.Should
            parts.append((occur, make.disjunction_max_query(terms)))
        low, high = query.hours or (0, 255)
        ready, number = day_number(rule.last_start(query)), of.FieldType.Unsigned
        ways = [
            f"{home} {car} {limit}"
            for home, car, minutes in reach(query, self.travel, most=max(self.limits))
            for limit in self.limits
            if limit >= minutes
        ]
        kind = str(int(query.kind).bit_length() - 1)
        filters = [
            make.term_set_query(schema, "way", ways),
            make.term_query(schema, "kinds", kind, "basic"),
            make.term_query(schema, "findable", True),
            make.range_query(schema, "hours_min", number, None, high),
            make.range_query(schema, "hours_max", number, low, None),
            make.range_query(schema, "available", number, None, ready),
        ]
        parts += [(of.Occur.Must, make.const_score_query(one, 0.0)) for one in filters]
        return make.boolean_query(parts)

    def ask(self, prepared: Any, k: int = 100) -> Hits:
        """The best `k`, without counting the others."""
        found = self.searcher.search(prepared, k, count=False).hits
        ids = self.searcher.fast_field_values("id", [address for _, address in found])
        return [(int(id_), round(score)) for id_, (score, _) in zip(ids, found, strict=True)]


TABLE = """
    create table person (
        id bigint primary key, municipality int, car boolean, findable boolean, kinds int,
        hours_min int, hours_max int, max_travel int, available int, concepts int[]
    )
"""
READY = """
    create index on person using gin (concepts) with (fastupdate = off);
    create index on person (municipality, car, max_travel);
    vacuum analyze person
"""


class Postgres:
    """One table; a GIN index on the array of concepts, a btree on the way to work."""

    def __init__(
        self, server: Server, columns: Columns, travel: TravelTable, *, workers: int
    ) -> None:
        self.travel = travel
        self.connection = server.connect()
        self.connection.execute("set work_mem = '256MB'")
        self.connection.execute(f"set max_parallel_workers_per_gather = {workers}")
        if self.connection.execute("select to_regclass('person') is null").fetchone() == (True,):
            self._fill(columns)

    def _fill(self, columns: Columns) -> None:
        self.connection.execute(TABLE)
        self.connection.execute("set maintenance_work_mem = '1GB'")
        with self.connection.cursor().copy("copy person from stdin") as copy:
            plain = [
                getattr(columns, name).tolist()
                for name in ("kinds", "hours_min", "hours_max", "max_travel", "available_from")
            ]
            rows = zip(
                columns.id.tolist(),
                columns.municipality.tolist(),
                (columns.flags & CAR > 0).tolist(),
                (columns.flags & FINDABLE > 0).tolist(),
                *plain,
                concepts_of_each(columns),
                strict=True,
            )
            for *row, concepts in rows:
                copy.write_row([*row, "{" + ",".join(map(str, concepts)) + "}"])
        for statement in READY.split(";"):
            self.connection.execute(statement)

    def prepare(self, query: Query) -> Any:
        """One statement: the arrays for the index, then the best of each requirement as a case."""
        asked = clauses(query, self.travel)
        conditions = [
            f"concepts && '{{{','.join(str(concept) for concept, _ in clause.points)}}}'"
            for clause in asked
            if clause.must
        ]
        low, high = query.hours or (0, 255)
        conditions += [
            "findable",
            f"kinds & {int(query.kind)} > 0",
            f"hours_min <= {high} and hours_max >= {low}",
            f"available <= {day_number(rule.last_start(query))}",
        ]
        ways = list(reach(query, self.travel, most=10_000))
        way = ",".join(f"({home},{car},{minutes})" for home, car, minutes in ways)
        score = " + ".join(
            f"case {' '.join(f'when {c} = any(concepts) then {p}' for c, p in clause.points)}"
            " else 0 end"
            for clause in asked
            if clause.points
        )
        return sql.SQL(
            f"select id, {score} as points from person"  # numbers only
            f" join (values {way}) as way (home, by_car, minutes)"
            " on municipality = home and car = by_car and max_travel >= minutes"
            f" where {' and '.join(conditions)} order by points desc, id limit 100"
        )

    def ask(self, prepared: Any, k: int = 100) -> Hits:
        """The best hundred."""
        return self.connection.execute(prepared).fetchall()[:k]


@contextmanager
def postgres_server() -> Iterator[Server]:
    """A server of its own, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # the server may run as another account
        server = Server(folder=Path(folder) / "data", durable=False)
        server.ensure()
        try:
            yield server
        finally:
            server.stop()


def agreement(ours: Sequence[tuple[int, int]], theirs: Hits) -> float:
    """Share of the same people; at the last place, equal fits may be drawn differently."""
    if not ours:
        return 1.0 if not theirs else 0.0
    last, people = ours[-1][1], {id_ for id_, _ in ours}
    same = sum(id_ in people or points // rule.FULL == last for id_, points in theirs)
    return same / max(len(ours), len(theirs))
