"""Settings for all tests."""

from hypothesis import settings

# How long an example takes depends on the machine and what else it does; speed is measured in bench/, not here.
settings.register_profile("onrecord", deadline=None)
settings.load_profile("onrecord")
