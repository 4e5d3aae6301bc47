"""Trigger functions look only where the house keeps its tables, whatever a session calls its own.

A temporary table of the same name would be found before the real one. The functions are sealed
after every migration, so that nobody has to remember it when a trigger is written.
"""

from django.db import connections

SEAL = """
do $$
declare
    the_function regprocedure;
begin
    for the_function in
        select p.oid from pg_proc p
        where p.pronamespace = 'public'::regnamespace and p.prorettype = 'trigger'::regtype
          and p.proconfig is null and p.proowner = current_user::regrole
          and p.proname not like 'procrastinate%'
    loop
        execute format('alter function %s set search_path = public, pg_temp', the_function);
    end loop;
end;
$$
"""


def seal() -> None:
    """Give every trigger function of ours its search path. Again changes nothing. One statement."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(SEAL)
