"""The figures in the form that Prometheus reads, put together from all processes."""

import os
from collections.abc import Iterator

from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from tvaers.reporting.pulse import Pulse


def exposition(pulse: Pulse) -> bytes:
    """The house's pulse, and the times of the pages in every process that shares the folder
    `PROMETHEUS_MULTIPROC_DIR`, or in this process alone.
    """
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        pages = CollectorRegistry()
        MultiProcessCollector(pages)
    else:
        pages = REGISTRY
    own = CollectorRegistry()
    own.register(_House(pulse))
    return generate_latest(own) + generate_latest(pages)


class _House(Collector):
    def __init__(self, pulse: Pulse) -> None:
        self.pulse = pulse

    def collect(self) -> Iterator[Gauge]:
        now = self.pulse
        yield _by(
            "tvaers_answers",
            "Valid answers of the last 28 days.",
            "state",
            {"in_time": now.answers_in_time, "late": now.answers_late},
        )
        yield _by(
            "tvaers_requests",
            "Requests that wait for an answer.",
            "state",
            {"in_time": now.requests_waiting, "late": now.requests_overdue},
        )
        yield Gauge("tvaers_outbox_waiting", "Messages to send.", now.outbox_waiting)
        yield Gauge(
            "tvaers_outbox_age_seconds",
            "Age of the oldest message that is due.",
            now.outbox_age_seconds,
        )
        yield Gauge("tvaers_outbox_given_up", "Messages that were given up.", now.outbox_given_up)
        yield _by("tvaers_jobs", "Jobs in the queue.", "state", now.jobs)


def _by(name: str, words: str, label: str, values: dict[str, int]) -> Gauge:
    family = Gauge(name, words, labels=[label])
    for value, count in values.items():
        family.add_metric([value], count)
    return family
