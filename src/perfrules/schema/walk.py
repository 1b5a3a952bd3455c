"""From a model of `lang.spec` to JSON Schema: its keys, their types, what has to be there.

Nothing is kept by hand about which keys there are: a model's fields are walked. What a type can't
say stands in its marks (`lang.spec.forms`), what two keys say about each other in `relations`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, TypeAlias, TypeGuard, Union, get_args, get_origin

from perfrules.errors import Lang, Text
from perfrules.lang.document import Scalar
from perfrules.lang.spec import fields
from perfrules.lang.spec.fields import SpecModel
from perfrules.lang.spec.forms import Form, Whole
from perfrules.lang.spec.inputs import ColumnSpec, InputSpec
from perfrules.lang.spec.portfolio import FoldSpec
from perfrules.lang.spec.values import ChooseSpec, ElseRow, WhenRow
from perfrules.lang.vocabulary import Vocabulary
from perfrules.schema.patterns import FORMS
from perfrules.schema.relations import RELATIONS
from perfrules.schema.texts import FORM_TEXTS, key_text, word_texts

Schema: TypeAlias = dict[str, Any]
Style: TypeAlias = Literal["editor", "strict"]
Special: TypeAlias = "Callable[[Walk], Schema]"

_SOME: Final[frozenset[object]] = frozenset({fields.some_items, fields.some_mapping})
# Keys that aren't told are refused, but for the author's own notes.
CLOSED: Final[Schema] = {"patternProperties": {"^x-": {}}, "additionalProperties": False}
_SHAPES: Final = ("object", "array")


def ref(name: str) -> Schema:
    """Return a reference to a definition.

    >>> ref("Gate")
    {'$ref': '#/definitions/Gate'}
    """
    return {"$ref": f"#/definitions/{name}"}


def name_of(model: type) -> str:
    """Return what a model is called among the definitions.

    >>> from perfrules.lang.spec.outcome import GateSpec
    >>> name_of(GateSpec)
    'Gate'
    """
    return model.__name__.removesuffix("Spec")


@dataclass(slots=True)
class Walk:
    """One schema on its way: the definitions that were needed so far.

    `special` makes what isn't walked alone, by the name of its definition.
    """

    lang: Lang
    style: Style
    vocabulary: Vocabulary
    special: Mapping[str, Special]
    definitions: dict[str, Schema] = field(default_factory=dict)

    def say(self, text: Text) -> Schema:
        """Return the hover text of a schema, where there is one."""
        words = text.get(self.lang)
        return {"description": words, "markdownDescription": words} if words else {}

    def defined(self, name: str) -> Schema:
        """Return the reference to a special definition, made when first needed."""
        if name not in self.definitions:
            self.definitions[name] = {}  # it may hold itself
            self.definitions[name] = self.special[name](self)
        return ref(name)

    def model(self, model: type[SpecModel]) -> Schema:
        """Return the reference to a model's definition."""
        name = name_of(model)
        if name in self.special:
            return self.defined(name)
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = self.mapping(model)
        return ref(name)

    def mapping(
        self,
        model: type[SpecModel],
        more: Mapping[str, Schema] | None = None,
        *,
        needed: Iterable[str] | None = None,
    ) -> Schema:
        """Return a model's own schema.

        Args:
            model: The model.
            more: Keys that the document may have here beyond the model's.
            needed: The keys that must be there, if others than the model's.
        """
        properties = dict(more or {})
        for name, item in model.model_fields.items():
            key = item.alias or name
            if key not in properties:
                about = self.say(key_text(model, key))
                properties[key] = {**self.of(item.annotation, tuple(item.metadata)), **about}
        found: Schema = {
            "type": "object",
            "properties": properties,
            **CLOSED,
        }
        if required := list(model.needed_keys() if needed is None else needed):
            found["required"] = required
        relations = RELATIONS.get(model, ())
        if rules := [rule for relation in relations for rule in relation.rules(self.lang)]:
            found["allOf"] = rules
        return found

    def of(self, kind: object, marks: tuple[object, ...] = ()) -> Schema:
        """Return the schema of a type with its marks."""
        while get_origin(kind) is Annotated:
            kind, *inner = get_args(kind)
            marks = (*inner, *marks)
        form = next((item.word for item in marks if isinstance(item, Form)), None)
        if form in FORMS:
            return self.text(form)
        if form is not None and form in self.special:
            return self.defined(form)
        options = [item for item in _options(kind) if item is not NoneType]
        if options != [kind] and len(options) == 1:
            return self.of(options[0], marks)
        models = frozenset(item for item in options if _is_model(item))
        named = _UNIONS.get(models)
        if named is not None:
            rest = [self.of(item) for item in options if item not in models]
            return self.alternatives(*rest, self.defined(named)) if rest else self.defined(named)
        if len(options) > 1:
            return self.alternatives(*(self.of(item) for item in options))
        return self._plain(options[0], marks, form)

    def text(self, form: str) -> Schema:
        """Return the reference to a text of a certain form."""
        name = f"{form}_form"
        if name not in self.definitions:
            told = FORM_TEXTS[form].get(self.lang)
            self.definitions[name] = {**FORMS[form], "errorMessage": told}
        return ref(name)

    def _plain(self, kind: object, marks: tuple[object, ...], form: str | None) -> Schema:
        readers = {getattr(item, "func", None) for item in marks}
        origin, args = get_origin(kind), get_args(kind)
        if origin is Literal:
            return self.words(args)
        if origin is tuple:
            return self._listed(args, form, readers)
        if origin is dict:
            return self._named(args[0], args[1], form, some=bool(readers & _SOME))
        if _is_model(kind):
            return self.model(kind)
        if kind is int:
            bounds = next(item for item in marks if isinstance(item, Whole))
            return {"type": "integer", "minimum": bounds.low, "maximum": bounds.high}
        return self._scalar(kind)

    def _scalar(self, kind: object) -> Schema:
        if kind is Scalar:
            return self.defined("value")
        if kind is Text:
            return self.defined("text")
        if kind is date:
            return self.text("date")
        return {"type": "boolean" if kind is bool else "number"}  # a decimal's digits are exact

    def _listed(self, args: tuple[object, ...], form: str | None, readers: set[object]) -> Schema:
        """Return a list, or one item that stands for a list of one."""
        each = self.of(args[0])
        if args[-1] is not ...:
            return {"type": "array", "items": each, "minItems": len(args), "maxItems": len(args)}
        found: Schema = {"type": "array", "items": each}
        single = form == "one_or_list" or fields.one_or_more in readers
        if single or readers & _SOME:
            found["minItems"] = 1
        return self.alternatives(each, found) if single else found

    def _named(self, names: object, kind: object, form: str | None, *, some: bool) -> Schema:
        """Return a mapping whose keys are names or labels."""
        if kind is Any:
            return {"type": "object"}
        each = self.of(kind)
        if form == "anchors":
            each = self.alternatives(self.defined("text"), each)
        found: Schema = {"type": "object", "additionalProperties": each}
        if names is not str:
            found["propertyNames"] = self.of(names)
        if some:
            found["minProperties"] = 1
        return self.alternatives(each, found) if form == "by_source" else found

    def alternatives(self, *schemas: Schema) -> Schema:
        """Return one of *schemas*; `strict` tells a mapping, a list and a scalar apart first."""
        if self.style == "editor":
            return {"anyOf": list(schemas)}
        shapes: dict[str, Schema] = {}
        for item in schemas:
            shape = self._shape(item)
            if shape in shapes:
                return {"anyOf": list(schemas)}
            shapes[shape] = item
        *first, last = sorted(shapes.items(), key=lambda item: item[0] not in _SHAPES)
        found = last[1]
        for shape, item in reversed(first):
            found = {"if": {"type": shape}, "then": item, "else": found}
        return found

    def _shape(self, schema: Schema) -> str:
        """Return whether a schema is of mappings, of lists or of scalars."""
        while "$ref" in schema:
            schema = self.definitions[schema["$ref"].rpartition("/")[2]]
        if "anyOf" in schema or ("if" in schema and "type" not in schema):
            return "several"
        found = schema.get("type", "scalar" if "enum" in schema else "object")
        return str(found) if found in _SHAPES else "scalar"  # an unfinished one is a mapping

    def words(self, words: Iterable[str], texts: Mapping[str, Text] | None = None) -> Schema:
        """Return the schema of one of a few words, with what each means."""
        listed = list(words)
        told = [text.get(self.lang) for text in (texts or word_texts(listed)).values()]
        return {"enum": listed, "enumDescriptions": told, "markdownEnumDescriptions": told}


def _options(kind: object) -> list[object]:
    """Return the members of a union, those of unions within it too."""
    if get_origin(kind) in (Union, UnionType):
        return [option for item in get_args(kind) for option in _options(item)]
    return [kind]


def _is_model(kind: object) -> TypeGuard[type[SpecModel]]:
    return isinstance(kind, type) and issubclass(kind, SpecModel)


# Unions of models that a key tells apart: each has a definition of its own.
_UNIONS: Final[Mapping[frozenset[object], str]] = {
    frozenset(_options(ColumnSpec)): "column",
    frozenset(_options(InputSpec)): "input",
    frozenset({WhenRow, ElseRow}): "row",
    frozenset({ChooseSpec, FoldSpec}): "computed",
    frozenset({FoldSpec}): "reported",
}
