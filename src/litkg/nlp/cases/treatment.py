"""How the event was treated, as a patient's story names it: drugs, procedures, or nothing.

Owns the wording of treating. Refuses the suspected drug, what was given before the event, and what only replaced the suspect.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from litkg.model import Answer, Criterion, Grounding
from litkg.nlp.cases.story import Story
from litkg.nlp.cases.view import SentenceView, pattern

_DRUGS = (
    r"(?P<drugs>[DB]\d+(?:(?:,? \(?\d[\d.,]* ?(?:mg|g|µg|mcg|ml|iu|units?)[^,;.()]{0,30}\)?)?"
    r"(?:, and |, | and | plus | with | followed by |/)(?:[a-z-]+ ){0,3}?[DB]\d+){0,7})"
)
_GIVEN = tuple(
    pattern(source.replace("<DRUGS>", _DRUGS))
    for source in (
        r"\b(?:treated|managed|controlled|treatment|therapy|responded|premedicated|resuscitated) (?:[a-z]+ ){0,2}?(?:with|to|by) <G8><DRUGS>",
        (
            r"\b(?:given|received|administered|started on|commenced on|begun on|required|requiring|needed|infused|injected|gave|prescribed|put on|"
            r"discharged on|initiated on) <G8><DRUGS>"
        ),
        (
            r"<DRUGS>,? <GC10>(?:was|were) <G3>(?:given|administered|infused|injected|started|instituted|needed|added|required|begun|commenced|initiated|"
            r"prescribed|tried|effective)\b"
        ),
        (
            r"<DRUGS> <GC6>(?:brought|led to|resulted in|abolished|cured|reversed|stopped|controlled|relieved|terminated|improved|cleared|suppressed|"
            r"eliminated|corrected|restored|produced|allowed)\b"
        ),
        r"\b(?:with|by|after|on|despite|using) <G8><DRUGS>",
    )
)
_LAST = len(_GIVEN) - 1
_HELPED = re.compile(
    r"\b(?:reversed|stopped|resolved|improved|cured|controlled|relieved|abolished|remitted|remission|recovered|subsided|responded|cleared|died|rose|fell)\b"
)
_NOT_FOR_IT = re.compile(
    r"\b(?:replaced|substituted|changed|switched|exchanged|covered|negative|positive|stopping|withdraw\w*|discontinu\w*|cessation|rechalleng\w*|instead|"
    r"re-?expos\w*|stopped|reduc\w+|restarted|reintroduc\w+|resum\w+|combination|continu\w+|after (?:starting|beginning)|not|never|without|no)\b"
)
_EARLIER = re.compile(r"\b(?:after|when|until|since|before|once|while|because)(?: the| his| her)? $")
_FOR = pattern(r"<GC6>for <G3>(?P<events>E\d+)")
_PROCEDURE = re.compile(
    r"\b(?:intravenous fluids|iv fluids|fluid resuscitation|fluid restriction|fluids|h(?:a)?emodialysis|h(?:a)?emofiltration|h(?:a)?emoperfusion|"
    r"dialysis|alkaline diuresis|(?:hypertonic |normal |intravenous )?saline|plasma exchange|plasmapheresis|"
    r"(?:platelet|blood|red cell) transfusions?|transfusions?|intubat(?:ed|ion)|mechanical ventilation|mechanically ventilated|oxygen|resuscitated|"
    r"transplantation|[a-z]{3,}(?:otomy|ectomy)|aspiration|psychotherapy|cognitive behaviou?ral therapy|electroconvulsive therapy|pacemaker|supportive "
    r"(?:care|treatment|measures|therapy)|"
    r"(?:cortico)?steroids?|antihistamines?|antibiotics|activated charcoal|sunscreen|cardioversion|prothrombin complex|immunoglobulins?|"
    r"surgery(?= was (?:performed|needed|required|carried))|(?<=underwent )surgery|(?<=required )surgery|"
    r"physiotherapy|debridement|anti-?epileptics?|antidepressants?|emollients|diuretics|vasopressors?)\b"
)
_DENIED = re.compile(r"\b(?:not|no|never|without|n't|nor|while|already|refused|declined|previous|prior)\b(?: [a-z]+){0,3} ?$")
_DENIED_AFTER = re.compile(r"^(?: [a-z]+){0,3} (?:was|were|is) (?:not|never|n't|refused|declined|postponed|cancelled|canceled|abandoned)\b")
_NONE = re.compile(
    r"\b(?:without|no) (?:[a-z]+ ){0,3}?(?:treatment|therapy|intervention)(?: (?:was|were) (?:given|needed|required|necessary))?\b(?! of| for| with)|"
    r"\b(?:resolved|subsided|remitted|disappeared|improved) spontaneously\b"
)


def treatment(story: Story) -> Criterion:
    """Answer how the event was treated: yes with the names as printed, parted by commas, from the sentence or run of sentences that names them;
    no with the value "none" where the text says that nothing was given."""
    begin = story.first_event()
    names: dict[str, str] = {}
    first: SentenceView | None = None
    last: SentenceView | None = None
    none: SentenceView | None = None
    for view in story.own():
        if begin >= 0 and view.index < begin:
            continue
        if _NONE.search(view.masked):
            none = none or view
        start = _event_end(story, view) if view.index == begin else 0
        spoken = sorted({**dict(_drugs(story, view, start)), **dict(_procedures(view, start))}.items())
        for _, name in spoken:
            names.setdefault(name.lower(), name)
        if spoken:
            first, last = first or view, view
    if first is not None and last is not None:
        near = last if last.index - first.index <= 3 else first
        return story.answer(Answer.YES, first, near, value=", ".join(names.values()))
    return story.answer(Answer.NO, none, value="none") if none else Criterion()


def _event_end(story: Story, view: SentenceView) -> int:
    """Return the place behind the first mention of the event."""
    places = [view.masked.find(f"E{number}") for number, g in enumerate(view.mentions) if g.concept and g.concept.id in story.events]
    return min((place for place in places if place >= 0), default=0)


def _drugs(story: Story, view: SentenceView, start: int) -> Iterator[tuple[int, str]]:
    for number, compiled in enumerate(_GIVEN):
        for match in compiled.finditer(view.masked, start):
            before = view.masked[max(0, match.start() - 30) : match.start("drugs")]
            if number in (2, 3) and _EARLIER.search(before):
                continue
            if number == _LAST and not _HELPED.search(view.masked, start):
                continue
            before = re.split(r"[,;]| and | but ", before)[-1]
            behind = view.masked[match.end("drugs") : match.end("drugs") + 22]
            if re.match(r" (?:[a-z]+ ){0,2}?(?:substituted|switched|exchanged)\b", behind):
                continue
            if _NOT_FOR_IT.search(before) or (number in (2, 3) and _NOT_FOR_IT.search(match[0])):
                continue
            if any(g.concept and g.concept.id in story.indications for g in _for(view, match)):
                continue
            for index in re.findall(r"[DB](\d+)", match["drugs"]):
                grounding = view.mentions[int(index)]
                if grounding.concept and grounding.concept.id != story.drug and grounding.concept.id not in _used_before(story):
                    yield grounding.mention.start, grounding.mention.text


def _for(view: SentenceView, match: re.Match[str]) -> tuple[Grounding, ...]:
    behind = _FOR.match(view.masked, match.end("drugs") + 1) if match.end("drugs") < len(view.masked) else None
    return view.named(behind["events"]) if behind else ()


def _used_before(story: Story) -> frozenset[str]:
    """Return the drugs that the story names before the event does."""
    begin = story.first_event()
    return frozenset(g.concept.id for view in story.own() if view.index < begin for g in view.kinds("DB") if g.concept)


def _procedures(view: SentenceView, start: int) -> Iterator[tuple[int, str]]:
    for match in _PROCEDURE.finditer(view.masked, start):
        lead = view.masked[max(0, match.start() - 30) : match.start()]
        if not _DENIED.search(lead) and not _DENIED_AFTER.match(view.masked[match.end() :]):
            yield (
                view.offset(match.start()),
                " ".join(view.text[view.offset(match.start()) - view.start : view.offset(match.end() - 1) + 1 - view.start].split()),
            )
