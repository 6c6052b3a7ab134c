"""Animations: what appears click by click, as PowerPoint writes it (ECMA-376 part 1, 19.5; the effect is "Appear")."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from mathbook.deck.slides import Reveal
from mathbook.frozen import frozen


@frozen
class Effect:
    """A shape, or one paragraph of it (from 0), that appears; whether it holds text, and has a ground of its own."""

    shape: int
    reveal: Reveal
    paragraph: int | None = None
    is_text: bool = True
    has_ground: bool = False


def timing_xml(effects: list[Effect]) -> str:
    """Return p:timing, or nothing if nothing is animated."""
    if not effects:
        return ""
    ids = count(3)
    clicks = "".join(_click(group, ids) for group in _by_click(effects))
    sequence = (
        '<p:seq concurrent="1" nextAc="seek"><p:cTn id="2" dur="indefinite" nodeType="mainSeq"><p:childTnLst>'
        f"{clicks}</p:childTnLst></p:cTn>{_condition('prev', 'onPrev')}{_condition('next', 'onNext')}</p:seq>"
    )
    root = f'<p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>{sequence}'
    return f"<p:timing><p:tnLst>{root}</p:childTnLst></p:cTn></p:par></p:tnLst>{_builds(effects)}</p:timing>"


def _by_click(effects: list[Effect]) -> list[list[Effect]]:
    groups: list[list[Effect]] = []
    for effect in effects:
        if effect.reveal == "click" or not groups:
            groups.append([])
        groups[-1].append(effect)
    return groups


def _click(group: list[Effect], ids: Iterator[int]) -> str:
    """Return what one click does: its first effect waits for it, the others come with that one."""
    outer, inner = next(ids), next(ids)
    effects = "".join(
        _effect(effect, "clickEffect" if at == 0 else "withEffect", ids) for at, effect in enumerate(group)
    )
    return (
        f'<p:par><p:cTn id="{outer}" fill="hold"><p:stCondLst><p:cond delay="indefinite"/></p:stCondLst><p:childTnLst>'
        f'<p:par><p:cTn id="{inner}" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>'
        f"{effects}</p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par>"
    )


def _effect(effect: Effect, node: str, ids: Iterator[int]) -> str:
    at = effect.paragraph
    inside = "" if at is None else f'<p:txEl><p:pRg st="{at}" end="{at}"/></p:txEl>'
    target = f'<p:spTgt spid="{effect.shape}">{inside}</p:spTgt>' if inside else f'<p:spTgt spid="{effect.shape}"/>'
    group = ' grpId="0"' if effect.is_text else ""
    start = '<p:stCondLst><p:cond delay="0"/></p:stCondLst>'
    return (
        f'<p:par><p:cTn id="{next(ids)}" presetID="1" presetClass="entr" presetSubtype="0" fill="hold"{group} '
        f'nodeType="{node}">{start}<p:childTnLst><p:set><p:cBhvr><p:cTn id="{next(ids)}" dur="1" fill="hold">{start}'
        f"</p:cTn><p:tgtEl>{target}</p:tgtEl><p:attrNameLst><p:attrName>style.visibility</p:attrName></p:attrNameLst>"
        '</p:cBhvr><p:to><p:strVal val="visible"/></p:to></p:set></p:childTnLst></p:cTn></p:par>'
    )


def _condition(name: str, event: str) -> str:
    return f'<p:{name}CondLst><p:cond evt="{event}" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:{name}CondLst>'


def _builds(effects: list[Effect]) -> str:
    """Return which shapes with text are built, and whether by paragraphs; pictures and tables aren't listed."""
    shapes = {effect.shape: effect for effect in effects if effect.is_text}
    built = "".join(f'<p:bldP spid="{shape}" grpId="0"{_build(effect)}/>' for shape, effect in shapes.items())
    return f"<p:bldLst>{built}</p:bldLst>" if built else ""


def _build(effect: Effect) -> str:
    return ' build="p"' if effect.paragraph is not None else ' animBg="1"' if effect.has_ground else ""
