"""How laws are tried: the same examples in every `make test`, new ones in every `make laws`."""

from hypothesis import HealthCheck, settings

FEW = 100
"""Examples of a law in `make test`, unless it says how many."""
SLOW = (HealthCheck.too_slow,)
"""Not asked on a machine that does other things at the same time."""


def always() -> None:
    """Whether a change passes is decided by the change: everybody meets the same examples, however slow."""
    settings.register_profile(
        "always", derandomize=True, database=None, deadline=None, suppress_health_check=SLOW
    )
    settings.load_profile("always")


def looking_further(times: int) -> None:
    """Examples nobody has met, `times` as many; what is found becomes an `@example` beside its law."""
    settings.register_profile(
        "further", max_examples=FEW * times, deadline=None, suppress_health_check=SLOW, print_blob=True
    )
    settings.load_profile("further")


def tries(examples: int, *besides: HealthCheck) -> settings:
    """For a law whose examples are dear: fewer in `make test`, as many times more in `make laws`."""
    times = settings.default.max_examples // FEW if settings.default else 1
    return settings(max_examples=examples * times, suppress_health_check=(*SLOW, *besides))
