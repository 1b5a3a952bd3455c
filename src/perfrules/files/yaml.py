"""A YAML file of facts: one unit, or a list of units, every value as it was written."""

from perfrules.errors import UsageError
from perfrules.files.decode import decode
from perfrules.files.entry import Entries, Source, at_line
from perfrules.files.json import entries_of
from perfrules.lang.document import read_listed
from perfrules.messages import diagnose


def read_yaml(source: Source, encoding: str | None = None) -> Entries:
    """Return the units of a YAML file.

    Raises:
        RulesetError: The text is no YAML that perfrules reads.
        UsageError: The file is empty.
    """
    with source.open() as stream:
        data = stream.read()
    text = decode(data, source.name, encoding) if encoding is not None else data
    if not data.strip():
        raise UsageError((diagnose("PRF612", at_line(source.name, 1), file=source.name),))
    return entries_of(read_listed(text, source.name), source.name)
