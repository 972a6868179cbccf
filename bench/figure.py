"""One figure: the ratio of two programs run alternately in one run."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """A name, the ratio of every round, both medians, and what the issue asks for."""

    name: str
    ratio: float
    least: float
    most: float
    goal: str
    ours: float
    peer: float
    n: int
    note: str = ""

    @classmethod
    def of(
        cls, name: str, goal: str, ours: Sequence[float], peer: Sequence[float], note: str = ""
    ) -> "Figure":
        """Round by round: what was measured next to each other is compared."""
        ratios = [mine / theirs for mine, theirs in zip(ours, peer, strict=True)]
        return cls(
            name,
            median(ratios),
            min(ratios),
            max(ratios),
            goal,
            median(ours),
            median(peer),
            len(ratios),
            note,
        )

    def line(self) -> str:
        """As it is printed."""
        spread = f"(min {self.least:.3f} max {self.most:.3f})"
        found = f"ours={self.ours:.4g} peer={self.peer:.4g} n={self.n}"
        return f"{self.name} ratio={self.ratio:.3f} {spread} goal={self.goal} {found} {self.note}".rstrip()

    def json(self) -> dict[str, object]:
        """The same for a file."""
        return asdict(self)
