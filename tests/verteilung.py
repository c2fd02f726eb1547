"""Which process of a run gets which tests: those of a group one after the other, as xdist's `--dist loadgroup` has it.

xdist goes through all that a process ever got after each message of it, and looks for each test in the list of all:
with ten thousand tests this takes as long as hundreds of them, on a processor that they need.
"""

from functools import cached_property

from xdist.scheduler import LoadGroupScheduling
from xdist.workermanage import WorkerController


class Verteilung(LoadGroupScheduling):
    """The same order; what is done is forgotten."""

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        test = self.registered_collections[node][item_index]
        gruppe = self._split_scope(test)
        auftrag = self.assigned_work[node][gruppe]
        auftrag[test] = True
        if all(auftrag.values()):
            del self.assigned_work[node][gruppe]
        self._reschedule(node)

    def _assign_work_unit(self, node: WorkerController) -> None:
        gruppe, auftrag = self.workqueue.popitem(last=False)
        self.assigned_work[node][gruppe] = auftrag
        node.send_runtest_some([self._plaetze[test] for test, fertig in auftrag.items() if not fertig])

    @cached_property
    def _plaetze(self) -> dict[str, int]:
        """The place of each test in the list that all processes have alike."""
        return {test: platz for platz, test in enumerate(self.collection)}
