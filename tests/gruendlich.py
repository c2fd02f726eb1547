"""Many inputs instead of few: what a usual run generates a hundred times, `make gruendlich` generates thousands of
times, at random; the hostile concept is made of other texts each round. Nothing else is run then."""

import pytest
from hypothesis import settings

TEXTRUNDEN = 4

settings.register_profile("gruendlich", deadline=None, max_examples=3_000, print_blob=True)


class Gruendlich:
    """The plugin for a thorough run."""

    def __init__(self):
        settings.load_profile("gruendlich")

    @pytest.hookimpl(trylast=True)  # after Hypothesis has marked its tests
    def pytest_collection_modifyitems(self, items, config):
        bleiben = [i for i in items if i.get_closest_marker("hypothesis") or "textrunde" in i.fixturenames]
        config.hook.pytest_deselected(items=[i for i in items if i not in set(bleiben)])
        items[:] = bleiben
