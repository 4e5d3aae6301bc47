"""What must hold for what the lead shares in the database too (R9, R16)."""

import pgtrigger

from tvaers.database.triggers import Protect, ReadOnly, Trigger

STATUS_NOTE = [Protect(name="status_notes_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

PLANNED_DELIVERY = [
    ReadOnly(name="a_planned_delivery_stays_the_offices", fields=["order", "office", "due_on"]),
    Trigger(
        name="the_plan_of_a_closed_order_stands",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("planned", "leading_planneddelivery")],
        func="""
            planned = CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
            IF (SELECT stage FROM orders_order WHERE id = planned.order_id) = 'CLOSED' THEN
                RAISE EXCEPTION 'order % is closed: its plan stands', planned.order_id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_of_an_open_order';
            END IF;
            RETURN planned;
        """,
    ),
]

NEXT_STEP = [
    ReadOnly(name="a_step_is_only_done", exclude=["done_at", "done_by"]),
    Protect(
        name="a_step_that_is_done_stays",
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(old__done_at__isnull=False),
    ),
]

EVALUATION = [
    Protect(name="evaluations_are_kept", operation=pgtrigger.Delete),
    ReadOnly(name="an_evaluation_stays_the_orders", fields=["order"]),
    Trigger(
        name="evaluated_when_it_is_over",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
            IF (SELECT stage FROM orders_order WHERE id = NEW.order_id) <> 'CLOSED' THEN
                RAISE EXCEPTION 'order %: it is evaluated when it is closed', NEW.order_id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'evaluation_of_a_closed_order';
            END IF;
            RETURN NEW;
        """,
    ),
]
