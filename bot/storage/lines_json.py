"""Messages as compact JSON, and back.

Decides how messages are written while they wait in the outbox, and, with another way to name a sentence, in the log. It
neither encrypts nor renders. What is no parameter is refused: a string above all.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dialogs.engine.lines import Button, Code, CodeKind, Kept, Line, Message, Param


class LinesJson:
    """Writes and reads messages; a line by its context and English text."""

    def message_out(self, message: Message) -> dict[str, Any]:
        """The message as values that JSON can hold, short names, empty parts left out.

        Raises TypeError for what is no parameter.
        """
        out: dict[str, Any] = {
            "k": message.key,
            "l": [self.line_out(line) for line in message.lines],
        }
        if message.rows:
            out["r"] = [[self._button_out(button) for button in row] for row in message.rows]
        if message.edit:
            out["e"] = 1
        return out

    def message_in(self, stored: dict[str, Any]) -> Message:
        """The message that `message_out` wrote."""
        return Message(
            key=stored["k"],
            lines=tuple(self.line_in(line) for line in stored["l"]),
            rows=tuple(tuple(self._button_in(b) for b in row) for row in stored.get("r", ())),
            edit="e" in stored,
        )

    def line_out(self, line: Line) -> list[Any]:
        """A line as a list: context, msgid, then parameters, plural and count where there are any."""
        out: list[Any] = [line.context, line.msgid]
        if line.plural is not None or line.count is not None:
            return [*out, self.params_out(line), line.plural, line.count]
        if line.params:
            out.append(self.params_out(line))
        return out

    def line_in(self, stored: list[Any]) -> Line:
        """The line that `line_out` wrote."""
        context, msgid, *rest = stored
        if not rest:
            return Line(context, msgid)
        return Line(context, msgid, self.params_in(rest[0]), *rest[1:])

    def params_out(self, line: Line) -> dict[str, Any]:
        """The parameters of a line."""
        return {name: self._param_out(value) for name, value in line.params.items()}

    def params_in(self, stored: dict[str, Any]) -> dict[str, Param]:
        """The parameters that `params_out` wrote."""
        return {name: self._param_in(value) for name, value in stored.items()}

    def _param_out(self, param: Param) -> Any:  # noqa: ANN401 - whatever JSON can hold
        match param:
            case int():
                return param
            case Line():
                return {"l": self.line_out(param)}
            case Code(kind, value):
                return {"c": [kind.value, value]}
            case Kept(text):
                return {"k": text}
            case Decimal():
                return {"n": str(param)}
            case datetime():
                raise TypeError("a moment is only told while sending; it is never kept")
            case date():
                return {"d": param.isoformat()}
            case tuple():
                return [self._param_out(part) for part in param]
            case _:
                raise TypeError(
                    f"a line cannot be kept with a parameter of type {type(param).__name__}"
                )

    def _param_in(self, stored: Any) -> Param:  # noqa: ANN401 - whatever JSON can hold
        if isinstance(stored, int):
            return stored
        if isinstance(stored, list):
            return tuple(self._param_in(part) for part in stored)
        ((tag, value),) = stored.items()
        match tag:
            case "l":
                return self.line_in(value)
            case "c":
                return Code(CodeKind(value[0]), value[1])
            case "k":
                return Kept(value)
            case "n":
                return Decimal(value)
            case "d":
                return date.fromisoformat(value)
            case _:
                raise ValueError(f"a line parameter is tagged {tag!r}; run the newer program")

    def _button_out(self, button: Button) -> list[Any]:
        out: list[Any] = [self.line_out(button.label), button.press]
        if button.url is not None or button.ticked or button.copy is not None:
            copied = [] if button.copy is None else [button.copy]
            out += [button.url, int(button.ticked), *copied]
        return out

    def _button_in(self, stored: list[Any]) -> Button:
        label, press, *rest = stored
        if not rest:
            return Button(self.line_in(label), press)
        url, ticked, *copied = rest
        return Button(self.line_in(label), press, url, bool(ticked), copied[0] if copied else None)


_PLAIN = LinesJson()
message_out, message_in = _PLAIN.message_out, _PLAIN.message_in
line_out, line_in = _PLAIN.line_out, _PLAIN.line_in
