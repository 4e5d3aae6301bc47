"""What must hold for referrals in the database too (R10, R11, R15)."""

import pgtrigger

from tvaers.database.triggers import FSM, Protect, ReadOnly, Trigger

REFERRAL = [
    Protect(name="referrals_are_kept", operation=pgtrigger.Delete),
    ReadOnly(
        name="referrals_stay_of_one_person",
        fields=["order", "person", "proposed_by", "home_office", "proposed_at"],
    ),
    Trigger(
        name="begins_as_proposed_or_invited",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=~pgtrigger.Q(new__state__in=["PROPOSED", "INVITED"]),
        func="""
            RAISE EXCEPTION 'order %: a referral begins as proposed or invited', NEW.order_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'referral_begins_at_the_beginning';
        """,
    ),
    Trigger(
        name="no_referral_to_a_company_in_conflict",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=~pgtrigger.Q(new__state__in=["REJECTED", "WITHDRAWN"]),
        func="""
            IF EXISTS (
                SELECT 1 FROM orders_order o JOIN companies_company c ON c.id = o.company_id
                WHERE o.id = NEW.order_id AND c.in_conflict
            ) THEN
                RAISE EXCEPTION 'order %: the company is in conflict', NEW.order_id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'referral_not_in_conflict';
            END IF;
            RETURN NEW;
        """,
    ),
    FSM(
        name="state_moves_as_drawn",
        field="state",
        transitions=[
            ("PROPOSED", "ASKED"),
            ("PROPOSED", "PRESENTED"),
            ("ASKED", "PRESENTED"),
            ("PRESENTED", "INTERVIEW"),
            ("PRESENTED", "HIRED"),
            ("INTERVIEW", "HIRED"),
            ("INVITED", "APPLIED"),
            ("APPLIED", "INTERVIEW"),
            ("APPLIED", "HIRED"),
            *(
                (state, end)
                for state in ("PROPOSED", "ASKED", "PRESENTED", "INTERVIEW", "INVITED", "APPLIED")
                for end in ("REJECTED", "WITHDRAWN")
            ),
        ],
    ),
    Trigger(
        name="hires_are_counted_on_the_order",
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Q(new__state="HIRED"),
        func="PERFORM tvaers_check_hired(NEW.order_id); RETURN NULL;",
    ),
]
