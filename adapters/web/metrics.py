"""`/metrics` for Prometheus: numbers of this process and of what waits; no person is in them."""

from collections.abc import Iterator
from itertools import accumulate
from math import inf

from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from adapters.web.condition import Condition
from bot.tally import LAGS, Tally

TOLD = {
    "deliveries": ("outcome", "Cards posted and redrawn, and how they failed"),
    "unsure": ("outcome", "Cards of which nobody knew whether they arrived: found, missing, asked about"),
    "inbound": ("kind", "What people asked of Herald"),
    "refusals": ("reason", "What was refused, and why"),
}
"""Counters by their name in the tally."""


class Metrics:
    """Tells the tally and the condition of this process."""

    def __init__(self, tally: Tally, condition: Condition) -> None:
        """Nothing is collected before somebody asks."""
        self._tally = tally
        self._condition = condition

    def routes(self) -> list[web.RouteDef]:
        """`/metrics`."""
        return [web.get("/metrics", self.tell)]

    async def tell(self, request: web.Request) -> web.Response:
        """Everything, in Prometheus' text format."""
        del request
        count, oldest = await self._condition.waiting()
        registry = CollectorRegistry()
        registry.register(_Told([*self._counters(), self._lag(), *self._gauges(count, oldest)]))
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    def _counters(self) -> Iterator[Metric]:
        for name, (label, words) in TOLD.items():
            family = CounterMetricFamily(f"herald_{name}", words, labels=[label])
            for value, count in sorted(self._tally.counts[name].items()):
                family.add_metric([value], count)
            yield family

    def _lag(self) -> Metric:
        bounds = [*LAGS, inf]
        totals = accumulate(self._tally.lags[bound] for bound in bounds)
        family = HistogramMetricFamily("herald_delivery_lag_seconds", "From due to posted")
        buckets = [
            ("+Inf" if bound == inf else str(bound), total)
            for bound, total in zip(bounds, totals, strict=True)
        ]
        family.add_metric([], buckets, self._tally.lagged)
        return family

    def _gauges(self, count: int, oldest: float) -> Iterator[Metric]:
        yield GaugeMetricFamily("herald_undelivered", "Cards that are due", value=count)
        yield GaugeMetricFamily("herald_oldest_undelivered_seconds", "The longest waiting", value=oldest)
        yield GaugeMetricFamily(
            "herald_silent_jobs", "Jobs that did not end well lately", value=len(self._condition.silent())
        )
        last = GaugeMetricFamily(
            "herald_last_success_seconds", "Since a platform answered", labels=["workspace"]
        )
        for workspace, seconds in self._condition.successes().items():
            last.add_metric([workspace], seconds)
        yield last


class _Told(Collector):
    def __init__(self, families: list[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterator[Metric]:
        """Give what was gathered."""
        yield from self._families
