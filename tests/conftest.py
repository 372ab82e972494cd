"""Settings and fixtures for all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from onrecord.intake.fetching import Fetcher
from websites import Hours, Site, serving

# How long an example takes depends on the machine and what else it does; speed is measured in bench/, not here.
settings.register_profile("onrecord", deadline=None)
settings.load_profile("onrecord")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site()) as running:
        yield running


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def fetcher(hours: Hours) -> Fetcher:
    return Fetcher(private=True, pace=hours.pace())
