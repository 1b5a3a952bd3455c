"""How a plugin's code is called: whatever it does, one call of it fails, with the plugin's name.

Its arithmetic is ours while it runs (34 digits, half-even), whatever the host's decimal context is.
What a call gives back must be of the declared kind exactly: a subclass could behave otherwise each
time it is looked at. A call that never returns can't be stopped from here.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, localcontext
from typing import Final

from perfrules.decimals import CONTEXT, ONE, ZERO, fits, snap
from perfrules.errors import Text
from perfrules.lang.extension import NoValue
from perfrules.lang.frame import Fault, Rated
from perfrules.lang.operations import bounded

_SMALLEST: Final = -6000  # of an exponent: below it decimal128 loses digits
LONGEST: Final = 10_000  # characters of a text that comes back
_TYPES: Final[dict[str, type]] = {
    **dict.fromkeys(("number", "percent", "money", "days"), Decimal),
    "date": date,
    "flag": bool,
    "text": str,
}
_WORDS: Final = {
    Decimal: Text("有限的数（Decimal），不超过34位", "a finite Decimal of at most 34 digits"),
    date: Text("日期（date）", "a date"),
    bool: Text("是或否（bool）", "a bool"),
    str: Text("文本（str），不超过10000字", "a str of at most 10,000 characters"),
}


def run(call: Callable[..., object], *args: object, plugin: str, what: str) -> object:
    """Return what *call* gives; raise `Fault` PRF921 for a refusal, PRF920 for anything else.

    Ctrl-C is the user's and goes on.
    """
    try:
        with localcontext(CONTEXT):
            return call(*args)
    except KeyboardInterrupt:
        raise
    except NoValue as refusal:
        reason = refusal.reason if type(refusal.reason) is Text else described(refusal)
        raise Fault("PRF921", plugin=plugin, name=what, reason=reason) from None
    except BaseException as error:  # noqa: BLE001 - an exit or an abort of a plugin is its own
        raise Fault("PRF920", plugin=plugin, name=what, reason=described(error)) from None


def described(error: BaseException) -> Text:
    """Return an exception as a sentence names it; its own text may fail too.

    >>> described(ValueError("no rows")).en
    'ValueError: no rows'
    """
    name = type(error).__name__
    try:
        text = str(error)
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001 - the text of a plugin's exception is the plugin's code
        text = ""
    shown = f"{name}: {text}" if text else name
    return Text(shown, shown)


def checked(found: object, kind: str, *, plugin: str, what: str) -> object:
    """Return *found* where it is exactly of *kind*; raise `Fault` PRF922.

    >>> checked(Decimal(1), "number", plugin="demo", what="f")
    Decimal('1')
    """
    wanted = _TYPES[kind]
    good = type(found) is wanted
    if good and type(found) is Decimal:
        found = exact(found)
        good = fits(found)
    elif type(found) is str:
        good = good and len(found) <= LONGEST
    if not good:
        raise Fault(
            "PRF922", plugin=plugin, name=what, value=_shown(found), expected=_WORDS[wanted]
        )
    return found


def exact(value: Decimal) -> Decimal:
    """Return a number as arithmetic gives it: nothing where it is too small to be told from it.

    A finite one that is too large is the values' doing: `Fault` PRF531, as for our own arithmetic.

    >>> exact(Decimal("0E-6176")), exact(Decimal("0.10"))
    (Decimal('0'), Decimal('0.10'))
    """
    if not value.is_finite():
        return value
    if not value or value.adjusted() < _SMALLEST:
        return ZERO if value.as_tuple().exponent < _SMALLEST else value  # type: ignore[operator] # finite
    return bounded(value)


def kind_like(value: object) -> str:
    """Return the kind of value that *value* is an example of: for what gives the `same` back.

    >>> kind_like(Decimal(1)), kind_like(date(2022, 1, 1))
    ('number', 'date')
    """
    return next(kind for kind, wanted in _TYPES.items() if type(value) is wanted)


def rated(found: object, *, plugin: str, what: str) -> Rated:
    """Return a method's answer where it is a share from 0 to 1 with a reason; raise PRF922."""

    def refuse(value: object, zh: str, en: str) -> Fault:
        return Fault("PRF922", plugin=plugin, name=what, value=_shown(value), expected=Text(zh, en))

    if type(found) is not Rated:
        raise refuse(found, "一个 Rated", "a Rated")
    parts = []
    for part in (found.numerator, found.denominator):
        good = type(part) is Decimal
        number = exact(part) if good else part
        if not good or not fits(number):
            raise refuse(part, "Rated 中有限的数（Decimal）", "a finite Decimal in a Rated")
        parts.append(number)
    numerator, denominator = parts
    if denominator <= ZERO:
        raise refuse(denominator, "大于0的分母", "a denominator above 0")
    share = CONTEXT.divide(numerator, denominator)
    if not ZERO <= snap(share) <= ONE:
        raise refuse(share, "0 到 1 的得分率", "a share from 0 to 1")
    for text in (found.because, *_notes(found.notes)):
        if type(text) is not Text or not _readable(text):
            raise refuse(text, "中英文的理由（Text）", "a reason in Chinese and English (Text)")
    return Rated(
        numerator,
        found.because,
        denominator,
        product=found.product is True,
        unverified=found.unverified is True,
        notes=found.notes,
    )


def _notes(notes: object) -> tuple[object, ...]:
    return notes if type(notes) is tuple else (notes,)


def _readable(text: Text) -> bool:
    return all(type(part) is str and 0 < len(part) <= LONGEST for part in (text.zh, text.en))


def _shown(value: object) -> str:
    """Return what a sentence calls a value: plain ones by themselves, others by their type."""
    if value is None or type(value) in (bool, int, float, Decimal, str):
        return repr(value) if isinstance(value, str) else str(value)
    return type(value).__name__
