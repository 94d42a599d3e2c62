"""An answer to "may I?" that carries its reason, so that a page can say why an act is missing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Truthy when allowed. ``reason`` is a sentence for the person who was refused; empty when allowed."""

    allowed: bool
    reason: str = ""

    @classmethod
    def when(cls, condition: object, reason: str) -> "Verdict":
        """Allowed when the condition holds, else refused for this reason."""
        return cls(True) if condition else cls(False, reason)

    def __bool__(self) -> bool:
        return self.allowed

    def __and__(self, other: "Verdict") -> "Verdict":
        """Both; the first refusal tells its reason."""
        return other if self.allowed else self

    def __or__(self, other: "Verdict") -> "Verdict":
        """Either; when both refuse, the first tells its reason."""
        return self if self.allowed or not other.allowed else other
