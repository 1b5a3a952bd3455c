"""`perfrules schema`: the JSON Schema of a kind of document, for an editor or a validator."""

from argparse import Namespace

from perfrules.api import document_schema
from perfrules.commands.console import Console
from perfrules.commands.output import deliver
from perfrules.schema import as_text


def run(args: Namespace, console: Console) -> int:
    """Write the schema in the language of the command; its texts are what an editor shows."""
    text = as_text(document_schema(args.kind, lang=console.lang, style=args.style))
    deliver(args.output, text, console)
    return 0
