"""What must hold for postings in the database too (R14, R15, R16)."""

import pgtrigger

from tvaers.database.triggers import Protect, ReadOnly, Trigger

POSTING = [
    Protect(name="postings_are_kept", operation=pgtrigger.Delete),
    ReadOnly(
        name="a_posting_stays_the_orders",
        fields=["public_id", "order", "whose", "published_at", "post_key"],
    ),
    Trigger(
        name="no_posting_for_a_company_in_conflict",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Q(
            new__whose="OURS", new__withdrawn_at__isnull=True, new__replaced_at__isnull=True
        ),
        func="""
            IF EXISTS (
                SELECT FROM orders_order o JOIN companies_company c ON c.id = o.company_id
                WHERE o.id = NEW.order_id AND c.in_conflict
            ) THEN
                RAISE EXCEPTION 'order %: the company is in conflict', NEW.order_id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'posting_not_in_conflict';
            END IF;
            RETURN NEW;
        """,
    ),
    Protect(
        name="what_is_taken_down_stays_down",
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__withdrawn_at__isnull=False)
        | pgtrigger.Q(old__replaced_at__isnull=False),
    ),
]

CALL = [Protect(name="calls_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]
