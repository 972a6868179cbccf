"""The right to send in a workspace: one process has it, renews it, and knows without asking when it ends."""

from bot.patience import Patience, elapsed
from storage import leases
from storage.work import Storage, new_id


class Lease:
    """One workspace's lease as this process holds it, or does not. `epoch` is 0 before the first time."""

    def __init__(self, storage: Storage, workspace: str, patience: Patience) -> None:
        """Not held yet."""
        self.workspace = workspace
        self.holder = new_id()
        self.epoch = 0
        self.storage = storage
        self._patience = patience
        self._ends = self._asked = float("-inf")

    @property
    def held(self) -> bool:
        """Whether nobody else can be sending now. It ends here no later than in the database."""
        return elapsed() < self._ends

    async def take(self) -> bool:
        """Take it if it is free, and keep it; asks the database as often as a renewal is due."""
        if elapsed() - self._asked >= self._patience.renewal:
            await self.renew()
        return self.held

    async def renew(self) -> None:
        """Ask the database, now; raises `Busy`."""
        asked = self._asked = elapsed()
        epoch = await leases.take(self.storage, self.workspace, self.holder, self._patience.lease)
        self._ends = asked + self._patience.lease if epoch else float("-inf")
        self.epoch = epoch or self.epoch

    async def give_back(self) -> None:
        """Let another process go on at once."""
        self._ends = float("-inf")
        await leases.give_back(self.storage, self.workspace, self.holder)
