"""What a database holds, in figures that two equal databases have in common.

Rows are counted and hashed where they lie, in any order; the shape (rules, rights, triggers) is
listed by name. Definitions are left out: PostgreSQL writes them differently after a restore.
"""

import hashlib
from collections.abc import Callable

import psycopg
from psycopg import sql

Progress = Callable[[str, int, int], None]
"""Called with the step's name, how much is done, and how much there is."""

ROWS = """
select count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text from {} t
"""

TABLES = """
select relname from pg_class
where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname
"""

SHAPE = {
    "columns": """
        select format('%s.%s %s %s', c.relname, attname, format_type(atttypid, atttypmod),
            attnotnull)
        from pg_attribute join pg_class c on c.oid = attrelid
        where c.relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')
            and attnum > 0 and not attisdropped
    """,
    "constraints": """
        select format('%s %s %s %s', conrelid::regclass, conname, contype, convalidated)
        from pg_constraint where connamespace = 'public'::regnamespace
    """,
    "indexes": """
        select format('%s %s %s %s', indrelid::regclass, indexrelid::regclass, indisunique,
            indisvalid)
        from pg_index join pg_class c on c.oid = indexrelid
        where c.relnamespace = 'public'::regnamespace
    """,
    "triggers": """
        select format('%s %s %s %s %s', tgrelid::regclass, tgname, tgtype, tgenabled,
            tgfoid::regproc)
        from pg_trigger join pg_class c on c.oid = tgrelid
        where not tgisinternal and c.relnamespace = 'public'::regnamespace
    """,
    "functions": """
        select format('%s %s %s %s %s', oid::regprocedure, proowner::regrole, prosecdef, proconfig,
            md5(prosrc))
        from pg_proc where pronamespace = 'public'::regnamespace
    """,
    "policies": """
        select format('%s %s %s %s', tablename, policyname, cmd, roles)
        from pg_policies where schemaname = 'public'
        union all
        select format('%s %s', relname, relforcerowsecurity) from pg_class
        where relrowsecurity and relnamespace = 'public'::regnamespace
    """,
    "owners": """
        select format('%s %s', relname, relowner::regrole) from pg_class
        where relnamespace = 'public'::regnamespace
    """,
    "grants": """
        select format('%s %s %s %s', thing, grantee::regrole, privilege_type, is_grantable) from (
            select relname::text, coalesce(relacl,
                    acldefault(case relkind when 'S' then 's'::"char" else 'r' end, relowner))
                from pg_class
                where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'S')
            union all
            select oid::regprocedure::text, coalesce(proacl, acldefault('f', proowner))
                from pg_proc
                where pronamespace = 'public'::regnamespace
            union all
            select 'schema public', coalesce(nspacl, acldefault('n', nspowner))
                from pg_namespace where nspname = 'public'
            union all select format('default %s', defaclobjtype), defaclacl from pg_default_acl
        ) all_of_it (thing, acl), aclexplode(acl)
    """,
}


def tables(connection: psycopg.Connection) -> list[str]:
    """The names of all tables of the house, in order."""
    return [name for (name,) in connection.execute(TABLES)]


def rows(connection: psycopg.Connection, *, step: str, progress: Progress) -> dict[str, list[str]]:
    """Per table the number of its rows and the sum of their hashes. One query a table."""
    names = tables(connection)
    found = {}
    for done, name in enumerate(names):
        progress(step, done, len(names))
        query = sql.SQL(ROWS).format(sql.Identifier("public", name))
        found[name] = [str(value) for value in connection.execute(query).fetchone() or ()]
    progress(step, len(names), len(names))
    return found


def shape(connection: psycopg.Connection) -> dict[str, list[str]]:
    """Per kind of thing how many there are, and a hash of their names. One query a kind."""
    found = {}
    for kind, query in SHAPE.items():
        lines = sorted(line for (line,) in connection.execute(query))
        found[kind] = [str(len(lines)), hashlib.sha256("\n".join(lines).encode()).hexdigest()]
    return found


def differing(wanted: dict[str, list[str]], found: dict[str, list[str]]) -> list[str]:
    """The names whose figures are not the same in both, in order."""
    return sorted(
        name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)
    )
