"""What holds for all tests: none of them is a matter of time, for machines are shared."""

from hypothesis import settings

settings.register_profile("timeless", settings(), deadline=None)
settings.load_profile("timeless")
