"""What came of loading plugins: which are there, what each brings, what is wrong with which."""

from dataclasses import dataclass
from enum import Enum

from perfrules.errors import Diagnostic


class PluginState(Enum):
    """What became of a plugin."""

    LOADED = "loaded"
    LEFT_OUT = "left_out"  # something is wrong with it
    NOT_ALLOWED = "not_allowed"  # it is not on the host's list


@dataclass(frozen=True, slots=True)
class PluginEntry:
    """One plugin: its distribution's name and version, and the names of what it brings."""

    name: str
    version: str
    state: PluginState
    rulesets: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    observes: bool = False
    problems: tuple[Diagnostic, ...] = ()

    @property
    def label(self) -> str:
        """Name and version, as a result's `engine` shows them."""
        return f"{self.name} {self.version}".rstrip()

    def json(self) -> dict[str, object]:
        """Return the entry as plain data, keys in a fixed order."""
        return {
            "name": self.name,
            "version": self.version,
            "state": self.state.value,
            "rulesets": list(self.rulesets),
            "libraries": list(self.libraries),
            "methods": list(self.methods),
            "functions": list(self.functions),
            "observes": self.observes,
            "problems": [item.json() for item in self.problems],
        }


@dataclass(frozen=True, slots=True)
class LoadReport:
    """Every plugin that was found or passed, by name."""

    plugins: tuple[PluginEntry, ...] = ()
    missing: tuple[Diagnostic, ...] = ()  # allowed by name, but not installed

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """Everything that is wrong, plugin by plugin."""
        return (*self.missing, *(item for entry in self.plugins for item in entry.problems))

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not any(item.severity == "error" for item in self.problems)

    def plugin(self, name: str) -> PluginEntry | None:
        """Return the plugin of this name, or None."""
        return next((item for item in self.plugins if item.name == name), None)
