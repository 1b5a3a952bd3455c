"""What two texts have in common that differ in width and spaces only."""

_WIDE = {code + 0xFEE0: code for code in range(0x21, 0x7F)} | {0x3000: 0x20, 0xFEFF: None}


def fold(text: str) -> str:
    r"""Return *text* trimmed, full-width letters, digits and signs as plain ones.

    >>> fold("\ufeff 预算数（万元）　"), fold("Ｐ００１")
    ('预算数(万元)', 'P001')
    """
    return " ".join(text.translate(_WIDE).split())


def same(text: str) -> str:
    """Return what ids are compared by: width, spaces and letter case aside.

    >>> same("Ｐ００１ ") == same("p001")
    True
    """
    return fold(text).casefold()
