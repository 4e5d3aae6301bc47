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
    Trigger(
        name="openings_hold_the_portions",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(new__openings__lt=pgtrigger.F("old__openings")),
        func="""
            IF (SELECT sum(number) FROM orders_orderportion WHERE order_id = NEW.id)
                > NEW.openings
            THEN
                RAISE EXCEPTION 'order %: the portions are more than its openings', NEW.id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'order_portions_fit';
            END IF;
            RETURN NEW;
        """,
    ),
    Protect(name="orders_are_kept", operation=pgtrigger.Delete),
    ReadOnly(
        name="promised_once_and_for_all",
        fields=[
            "public_id",
            "company",
            "alliance",
            "service_level",
            "area_municipalities",
            "received_at",
        ],
    ),
    Protect(
        name="a_kept_promise_stands",
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(
            old__first_dialogue_at__isnull=False,
            new__dialogue_due_at__df=pgtrigger.F("old__dialogue_due_at"),
        )
        | pgtrigger.Q(
            old__first_presented_at__isnull=False,
            new__presentation_due_at__df=pgtrigger.F("old__presentation_due_at"),
        ),
    ),
    Trigger(
        name="begins_as_received",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=~pgtrigger.Q(
            new__stage="RECEIVED",
            new__requirements_version=1,
            new__covered_from_version=1,
            new__settled_words_to=0,
        ),
        func="""
            RAISE EXCEPTION 'an order begins as received, with nothing decided'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'order_begins_as_received';
        """,
    ),
    Trigger(
        name="versions_and_steps_only_rise",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func="""
            IF NEW.requirements_version NOT IN (
                    OLD.requirements_version, OLD.requirements_version + 1)
                OR NEW.covered_from_version NOT IN (
                    OLD.covered_from_version, NEW.requirements_version)
                OR array_position(ARRAY['OWN', 'ALLIANCE', 'PART', 'NATION'], NEW.ladder_step::text)
                    >= array_position(ARRAY['OWN', 'ALLIANCE', 'PART', 'NATION'],
                        OLD.ladder_step::text) IS NOT TRUE
            THEN
                RAISE EXCEPTION 'order %: versions and steps of the ladder only rise', OLD.id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'order_only_rises';
            END IF;
            RETURN NEW;
        """,
    ),
    Trigger(
        name="who_may_be_new_opens_coverage",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func="""
            IF ((NEW.occupation IS NULL) <> (OLD.occupation IS NULL)
                    OR NOT array_remove(NEW.other_occupations || NEW.occupation, NULL)
                        <@ array_remove(OLD.other_occupations || OLD.occupation, NULL)
                    OR NEW.occupation_years < OLD.occupation_years
                    OR NEW.hours_min < OLD.hours_min
                    OR NEW.hours_max > OLD.hours_max
                    OR (OLD.starts_on < NEW.starts_on)
                    OR (OLD.starts_on IS NOT NULL AND NEW.starts_on IS NULL))
                AND NEW.covered_from_version <> OLD.requirements_version + 1
            THEN
                RAISE EXCEPTION 'order %: what may admit new people opens coverage', OLD.id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'order_opens_coverage';
            END IF;
            RETURN NEW;
        """,
    ),
    Trigger(
        name="reopening_spends_the_words",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func="""
            NEW.settled_words_to = OLD.settled_words_to;
            IF OLD.stage = 'CLOSED' AND NEW.stage <> 'CLOSED' THEN
                SELECT coalesce(max(id), 0) INTO NEW.settled_words_to
                FROM orders_companyword WHERE order_id = OLD.id;
            END IF;
            RETURN NEW;
        """,
    ),
]

PORTION = [
    Protect(name="portions_are_written_anew", operation=pgtrigger.Update),
    Trigger(
        name="portions_fit_the_openings",
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        func="""
            IF (SELECT sum(number) FROM orders_orderportion WHERE order_id = NEW.order_id)
                > (SELECT openings FROM orders_order WHERE id = NEW.order_id FOR NO KEY UPDATE)
            THEN
                RAISE EXCEPTION 'order %: the portions are more than its openings', NEW.order_id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'order_portions_fit';
            END IF;
            RETURN NULL;
        """,
    ),
]

REQUIREMENT = [
    Protect(name="requirements_are_kept", operation=pgtrigger.Delete),
    ReadOnly(name="requirements_only_end", exclude=["to_version"]),
    Trigger(
        name="requirements_follow_the_version",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
            IF (TG_OP = 'UPDATE' AND OLD.to_version IS NOT NULL)
                OR coalesce(NEW.to_version, NEW.from_version) <> (
                    SELECT requirements_version FROM orders_order WHERE id = NEW.order_id)
            THEN
                RAISE EXCEPTION 'order %: requirements begin and end with a version', NEW.order_id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'requirement_has_its_version';
            END IF;
            RETURN NEW;
        """,
    ),
]

COMPANY_WORD = [
    Protect(name="words_of_the_company_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
    Trigger(
        name="words_are_about_the_order",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func="""
            IF NOT EXISTS (
                SELECT FROM orders_order o, companies_conversation c
                WHERE o.id = NEW.order_id AND c.id = NEW.conversation_id AND o.stage <> 'CLOSED'
                    AND c.company_id = o.company_id AND NEW.openings <= o.openings
            ) THEN
                RAISE EXCEPTION 'order %: the word is not about it as it is', NEW.order_id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'company_word_fits_the_order';
            END IF;
            RETURN NEW;
        """,
    ),
]

EVIDENCE = [
    Protect(name="evidence_is_never_deleted", operation=pgtrigger.Delete),
    ReadOnly(name="evidence_is_only_revoked", exclude=["revoked_at", "revoked_because"]),
    Trigger(
        name="evidence_is_of_a_real_version",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func="""
            IF NEW.revoked_at IS NULL AND NEW.requirements_version BETWEEN 1 AND (
                SELECT requirements_version FROM orders_order WHERE id = NEW.order_id)
            THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION 'order % has no such requirements', NEW.order_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_is_of_a_real_version';
        """,
    ),
    # The lock makes whoever closes the order meanwhile see the evidence go, or be first.
    Trigger(
        name="evidence_is_revoked_for_good",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func="""
            PERFORM FROM orders_order WHERE id = NEW.order_id FOR NO KEY UPDATE;
            IF OLD.revoked_at IS NOT NULL THEN
                RAISE EXCEPTION 'evidence % is revoked for good', OLD.id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_is_revoked_for_good';
            END IF;
            RETURN NEW;
        """,
    ),
]

LOG = [
    Protect(name="the_log_is_kept", operation=pgtrigger.Update | pgtrigger.Delete),
    Trigger(
        name="what_happens_is_told",
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        func="""
            PERFORM pg_notify('tvaers_live', 'order:' || NEW.order_id);
            PERFORM pg_notify('tvaers_live', 'office:' || o.lead_office_id)
                FROM orders_order o WHERE o.id = NEW.order_id;
            PERFORM pg_notify('tvaers_live', 'office:' || c.office_id)
                FROM orders_colead c WHERE c.order_id = NEW.order_id;
            RETURN NULL;
        """,
    ),
]
"""Pages that show an order, and the tasks of those who lead it, hear of it (`database.live`)."""
