"""Pages written for the tests of the record, with their analyses built by hand from marked words."""

from __future__ import annotations

import hashlib
from typing import Any

from onrecord.analysis import (
    Actor,
    Agreement,
    Analysis,
    Interval,
    Published,
    Segment,
    Span,
    Statement,
)


class PageMaker:
    """Builds one analysis: words are given as they stand in the text, and found there."""

    def __init__(self, path: str, title: str, body: str, published: str | None = None, basis: str = "stated") -> None:
        self.text = f"{title}\n{body}"
        self.data = self.text.encode("utf-8", "surrogatepass")
        self.analysis = Analysis(
            path=path,
            media_type="text/plain",
            sha256=hashlib.sha256(self.data).hexdigest(),
            text=self.text,
            title=title,
            segments=[Segment("title", (0, len(title))), Segment("body", (len(title) + 1, len(self.text)))],
            published=Published(published, published, basis=basis if published else "unknown"),  # type: ignore[arg-type]
        )

    def span(self, words: str) -> Span:
        start = self.text.index(words)
        return start, start + len(words)

    def statement(
        self, source: str, cue: str, content: str, speaker: str | None = None, *carried: str, **fields: Any
    ) -> PageMaker:
        chain = [self._actor(name) for name in (speaker, *carried) if name]
        self.analysis.statements.append(
            Statement(
                id=f"s{len(self.analysis.statements) + 1}",
                source=[self.span(source)] if source else [],
                cue=[self.span(cue)] if cue else [],
                content=[self.span(content)] if content else [],
                speaker=self._actor(speaker) if speaker else None,
                chain=chain,
                **fields,
            )
        )
        return self

    def agreement(self, sentence: str, stage: str, parties: str = "IRN RUS", **fields: Any) -> PageMaker:
        values: dict[str, Any] = {
            "instrument": "treaty", "name": None, "condition": None, "polarity": "positive", "expected": Interval(),
            "when": Interval(), "background": False, "statement": None,
        }  # fmt: skip
        if isinstance(fields.get("when"), str):
            fields["when"] = Interval(fields["when"], fields["when"])
        values |= fields
        self.analysis.agreements.append(
            Agreement(stage=stage, parties=parties.split(), span=self.span(sentence), **values)  # type: ignore[arg-type]
        )
        return self

    def _actor(self, name: str) -> str:
        for actor in self.analysis.actors:
            if actor.name == name:
                return actor.id
        identity = f"a{len(self.analysis.actors) + 1}"
        self.analysis.actors.append(Actor(identity, name, "person"))
        return identity

    def done(self) -> tuple[Analysis, bytes]:
        return self.analysis, self.data


def text_of(page: Any) -> str:
    """The text of these pages from their bytes."""
    text: str = page.data.decode()
    return text
