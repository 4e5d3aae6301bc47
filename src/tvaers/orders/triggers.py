"""What must hold for orders in the database too, so that no script goes round it (R6, R7, R16)."""

import pgtrigger

from tvaers.database.triggers import FSM, Protect, ReadOnly, Trigger

CLOSING = Trigger(
    name="closed_only_when_everyone_was_searched",
    level=pgtrigger.Row,
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    timing=pgtrigger.Deferred,
    condition=pgtrigger.Q(new__stage="CLOSED"),
    func="PERFORM tvaers_check_closing(NEW.id); RETURN NULL;",
)

ORDER = [
    CLOSING,
    FSM(
        name="stage_moves_as_drawn",
        field="stage",
        transitions=[
            ("RECEIVED", "IN_DIALOGUE"),
            ("RECEIVED", "CLOSED"),
            ("IN_DIALOGUE", "RECRUITING"),
            ("IN_DIALOGUE", "CLOSED"),
            ("RECRUITING", "CLOSED"),
            ("CLOSED", "RECRUITING"),
        ],
    ),
    Trigger(
        name="openings_do_not_shrink",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(new__openings__lt=pgtrigger.F("old__openings"))
        & ~pgtrigger.Q(old__stage="RECEIVED"),
        func="""
            RAISE EXCEPTION 'order %: openings may not be lowered after the first dialogue', OLD.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'order_openings_do_not_shrink';
        """,
    ),
    Protect(name="orders_are_kept", operation=pgtrigger.Delete),
]

COMPANY_WORD = [
    Protect(name="words_of_the_company_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)
]

EVIDENCE = [
    Protect(name="evidence_is_never_deleted", operation=pgtrigger.Delete),
    ReadOnly(name="evidence_is_only_revoked", exclude=["revoked_at", "revoked_because"]),
]

LOG = [Protect(name="the_log_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)]
