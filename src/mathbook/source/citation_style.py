"""The author's own citation style: CSL, read strictly."""

from __future__ import annotations

from lxml import etree

from mathbook.diagnostics import Code, Collector, Span
from mathbook.document.book import Meta
from mathbook.project import Project
from mathbook.source.bibliography import named_file
from mathbook.source.text_file import read_text_file

_CSL = "{http://purl.org/net/xbiblio/csl}"


def read_citation_style(project: Project, meta: Meta, collector: Collector) -> str:
    """Return the style as XML; nothing if book.yaml names none, or after telling what is wrong with it."""
    path = named_file(project, meta.csl, "csl", collector) if meta.csl else None
    text = read_text_file(path, project, collector) if path else None
    if path is None or text is None:
        return ""
    file = project.name_of(path)
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        collector.error(Code.STYLE_SYNTAX, Span(file, line, max(column, 1)), f"the style is not XML: {error.msg}")
        return ""
    fault = _fault(root)
    if fault:
        collector.error(Code.STYLE_SYNTAX, Span(file), *fault)
        return ""
    return etree.tostring(root, encoding="unicode")


def _fault(root: etree._Element) -> tuple[str, str] | None:
    """Return what is wrong with the style, and what to do."""
    if root.getroottree().docinfo.doctype:
        return "the style has a document type", "take the line with <!DOCTYPE out"
    if root.tag != f"{_CSL}style":
        return "the file is no CSL style", "its first element must be <style>, of CSL's namespace"
    if root.find(f"{_CSL}citation/{_CSL}layout") is None or root.find(f"{_CSL}bibliography/{_CSL}layout") is None:
        parent = root.find(f"{_CSL}info/{_CSL}link[@rel='independent-parent']")
        hint = f"take the style that it depends on: {parent.get('href')}" if parent is not None else ""
        return "the style says nothing of citations or of a bibliography", hint
    macros = {macro.get("name", ""): macro for macro in root.iter(f"{_CSL}macro")}
    used = {str(element.get("macro")) for element in root.iter() if element.get("macro")}
    if missing := sorted(used - macros.keys()):
        return f"the style uses the macro {missing[0]!r}, which it doesn't have", ""
    if round_about := next((name for name in sorted(macros) if _calls(macros, name, name, set())), ""):
        return f"the macro {round_about!r} of the style uses itself", ""
    return _schema_fault(root)


def _schema_fault(root: etree._Element) -> tuple[str, str] | None:
    """Return where the style is not as CSL's schema has it."""
    from citeproc import SCHEMA_PATH  # most books are content with the style that is there

    schema = etree.RelaxNG(etree.parse(SCHEMA_PATH))
    if schema.validate(root.getroottree()):
        return None
    first = next(iter(schema.error_log), None)
    where = f" (line {first.line}: {first.message})" if first else ""
    return f"the style is not as CSL 1.0.2 has it{where}", "look for a newer version of it"


def _calls(macros: dict[str, etree._Element], name: str, wanted: str, seen: set[str]) -> bool:
    """Return whether the macro uses the one that is wanted, itself or by others."""
    called = {str(element.get("macro")) for element in macros[name].iter() if element.get("macro")}
    if wanted in called:
        return True
    seen |= {name}
    return any(_calls(macros, one, wanted, seen) for one in sorted(called - seen))
