"""Reads saved web pages: title, date and the running text; menus, teasers, share buttons and cookie notes are furniture.

Owns how the main part of a page is found: by the share of its paragraphs, never by the layout of one site. Scripts are never run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml import html as lxml_html

from litkg.errors import InputError
from litkg.model import RawDocument, SectionKind
from litkg.sources.blocks import BlockBuilder, flow
from litkg.sources.content import Notify, content_document_id, hash_of
from litkg.sources.encoding import decode_bytes
from litkg.sources.headings import kind_of_heading

_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "button", "input", "select", "textarea", "object", "embed", "canvas", "dialog"}
)
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
    }
    | {"h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "th", "tr", "ul"}
)
_FURNITURE_TAGS = frozenset({"nav", "footer", "aside", "form"})
_FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|share|sharing|social|related|recommend\w*|read-?(?:more|others?|next|also)|teasers?|promo\w*|newsletter|subscri\w*"
    r"|cookies?|consent|gdpr|comments?|sidebar|advert\w*|ads?|banner|popup|modal|widget|tags?|pagination|footer|toolbar|skip-?link|login|more-?(?:news|stories)|latest)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FURNITURE_HEADING = re.compile(
    r"(?:read|see) (?:more|others?|next|also)\b.*|related\b.*|you (?:may|might|could) (?:also )?(?:like|be interested)\b.*|share\b.*"
    r"|more (?:from|news|stories|articles)\b.*"
    r"|recommended\b.*|most (?:read|popular|viewed)\b.*|latest\b.*|(?:leave a )?(?:comments?|reply)|subscribe\b.*|newsletter\b.*|follow us\b.*"
    r"|tags|topics|about the authors?"
    r"|(?:we use |about )?cookies?\b.*|trending\b.*|other (?:news|articles|stories)\b.*|contact(?: us| information)?",
    re.IGNORECASE,
)
_TITLE_NAMES = ("citation_title", "dc.title", "og:title", "twitter:title")
_DATE_NAMES = ("citation_publication_date", "citation_date", "article:published_time", "datepublished", "dc.date", "date", "pubdate", "og:published_time")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_YEAR = re.compile(r"\b(19\d\d|20\d\d)\b")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What the HTML parser lets through, and lxml refuses to be given."""
_GOOD_LENGTH = 60
_MAX_CITATION = 40
"""Elements over which a raised piece of text is no mark of a citation."""
_MAIN_SHARE = 0.7
"""Share of the good paragraphs that an element must hold to be the main part; below it, its parent is taken."""


@dataclass(slots=True)
class _Walk:
    builder: BlockBuilder
    title: str
    kind: SectionKind = SectionKind.BODY
    furniture_level: int = 0


def parse_webpage(data: bytes, *, source: str, notify: Notify) -> RawDocument:
    """Return the document that a page shows.

    Raises: InputError for a page without text, which is what a page made by scripts leaves when it is saved.
    """
    root = _parse(data, source, notify)
    _drop_invisible(root)
    title = _title(root)
    main = _main_part(root)
    walk = _Walk(builder=BlockBuilder(), title=title)
    walk.builder.add(title, SectionKind.TITLE)
    _walk(main, walk, furniture=False)
    builder = walk.builder
    if not any(block.kind not in (SectionKind.TITLE, SectionKind.FURNITURE, SectionKind.HEADING) for block in builder.blocks):
        raise InputError(f"{source}: web page without running text (scripts make it, or it asks to log in): save it as PDF or text")
    sha256 = hash_of(data)
    date = next((value for name in _DATE_NAMES if (value := _meta(root, name))), "") or next((node.get("datetime") or "" for node in root.iter("time")), "")
    year = _YEAR.search(date)
    licence = next((node.get("href") for node in root.iter("a", "link") if "license" in (node.get("rel") or "").split()), None)
    return RawDocument(
        id=content_document_id(sha256),
        title=title,
        text=builder.text,
        format="webpage",
        blocks=builder.blocks,
        year=int(year[1]) if year else None,
        journal=_meta(root, "citation_journal_title") or _meta(root, "og:site_name") or None,
        licence=licence,
        source=source,
        sha256=sha256,
    )


def _parse(data: bytes, source: str, notify: Notify) -> etree._Element:
    named = _CHARSET.search(data[:8192])
    text = None
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            text = data.decode("cp1252" if named[1].lower() in (b"iso-8859-1", b"latin-1", b"ascii", b"us-ascii") else named[1].decode("ascii"))
        except (UnicodeDecodeError, LookupError):
            notify(f"says that it is {named[1].decode('ascii')}, and is not")
    if text is None:
        decoded = decode_bytes(data, source=source)
        text = decoded.text
        if decoded.warning:
            notify(decoded.warning)
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = lxml_html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise InputError(f"{source}: web page that cannot be parsed ({' '.join(str(error).split())}): save it again, as PDF or text") from error
    body = root.find("body")
    if body is None:
        raise InputError(f"{source}: web page without a body: save it again, as PDF or text")
    return root


def _drop_invisible(root: etree._Element) -> None:
    hidden = (node for node in root.iter() if isinstance(node.tag, str) and node.tag not in ("html", "body") and _is_hidden(node))
    for node in list(hidden):
        _remove(node)


def _is_hidden(node: etree._Element) -> bool:
    style = (node.get("style") or "").replace(" ", "").casefold()
    return node.tag in _DROPPED or "hidden" in node.attrib or node.get("aria-hidden") == "true" or "display:none" in style


def _remove(node: etree._Element) -> None:
    """Take an element out of its tree, and leave the text after it."""
    parent = node.getparent()
    if parent is None:
        return
    before = node.getprevious()
    if before is not None:
        before.tail = _NOT_XML.sub("", (before.tail or "") + (node.tail or ""))
    else:
        parent.text = _NOT_XML.sub("", (parent.text or "") + (node.tail or ""))
    parent.remove(node)


def _meta(root: etree._Element, name: str) -> str:
    for node in root.iter("meta"):
        if (node.get("name") or node.get("property") or node.get("itemprop") or "").lower() == name:
            return flow(node.get("content") or "")
    return ""


def _title(root: etree._Element) -> str:
    """Return the title: as the page declares it, else its only first-level heading, else the title of the window without the name of the site."""
    headings = [text for node in root.iter("h1") if (text := _inline(node)) and not _in_furniture(node)]
    declared = next((value for name in _TITLE_NAMES if (value := _meta(root, name))), "")
    window = flow(root.findtext("head/title") or "")
    for heading in headings:
        if (declared or window).casefold().startswith(heading.casefold()):
            return heading
    if declared:
        return declared
    if len(headings) == 1:
        return headings[0]
    return re.split(r"\s+[|–—-]\s+", window)[0] if window else (headings[0] if headings else "")


def _main_part(root: etree._Element) -> etree._Element:
    """Return the smallest element that holds most of the good paragraphs."""
    body = root.find("body")
    good: dict[etree._Element, int] = {}
    for node in root.iter("p", "li", "div", "td", "section", "article", "blockquote"):
        if node.tag != "p" and any(child.tag in _BLOCKS for child in node):
            continue
        text = _inline(node)
        if len(text) < _GOOD_LENGTH or _link_share(node, text) > 0.5 or _in_furniture(node):
            continue
        for holder in node.iterancestors():
            good[holder] = good.get(holder, 0) + len(text)
    current = root if body is None else body
    while True:
        total = good.get(current, 0)
        inner = max(current, key=lambda child: good.get(child, 0), default=None)
        if inner is None or not total or good.get(inner, 0) < _MAIN_SHARE * total:
            return current
        current = inner


def _in_furniture(node: etree._Element) -> bool:
    return any(_is_furniture(holder) for holder in (node, *node.iterancestors()) if holder.tag not in ("body", "html"))


def _is_furniture(node: etree._Element) -> bool:
    if node.tag in _FURNITURE_TAGS or (node.get("role") or "") in ("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert"):
        return True
    return node.tag not in ("article", "main") and _FURNITURE_NAMES.search(f"{node.get('class') or ''} {node.get('id') or ''}") is not None


def _walk(element: etree._Element, walk: _Walk, *, furniture: bool) -> None:
    """Add the blocks below `element` in order; loose text between blocks is a paragraph of its own."""
    loose = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str):
            loose.append(child.tail or "")
        elif child.tag in _BLOCKS:
            _add_text(" ".join(loose), walk, furniture=furniture, link_share=0.0)
            loose = [child.tail or ""]
            _walk_block(child, walk, furniture=furniture or _is_furniture(child))
        elif any(node.tag in _BLOCKS for node in child.iter()):
            _add_text(" ".join(loose), walk, furniture=furniture, link_share=0.0)
            loose = [child.tail or ""]
            _walk(child, walk, furniture=furniture or _is_furniture(child))
        else:
            mark = " " if child.tag == "br" else "^" if _is_power(child) else ""
            loose += ["" if _is_citation(child) else mark + _inline(child, strip=False), child.tail or ""]
    text = "".join(loose)
    _add_text(text, walk, furniture=furniture, link_share=_link_share(element, flow(text)))


def _walk_block(element: etree._Element, walk: _Walk, *, furniture: bool) -> None:
    tag = str(element.tag)
    if re.fullmatch(r"h[1-6]", tag):
        _add_heading(element, walk, furniture=furniture)
    elif tag == "table" and not _is_layout_table(element):
        rows = ("\t".join(_inline(cell) for cell in row if cell.tag in ("td", "th")) for row in element.iter("tr"))
        walk.builder.add("\n".join(row for row in rows if row.strip()), SectionKind.FURNITURE if furniture else SectionKind.TABLE)
    elif tag in ("figcaption", "caption"):
        walk.builder.add(_inline(element), SectionKind.FURNITURE if furniture else SectionKind.CAPTION)
    else:
        _walk(element, walk, furniture=furniture)


def _is_layout_table(table: etree._Element) -> bool:
    """Tell whether a table holds running text and not data: old pages are laid out so."""
    cells = [_inline(cell) for cell in table.iter("td", "th")]
    return len(cells) < 2 or any(len(cell) > 300 for cell in cells)


def _add_heading(element: etree._Element, walk: _Walk, *, furniture: bool) -> None:
    text, level = _inline(element), int(str(element.tag)[1])
    if not text:
        return
    if text.casefold() == walk.title.casefold():
        return
    if walk.furniture_level and level <= walk.furniture_level:
        walk.furniture_level = 0
    if _FURNITURE_HEADING.fullmatch(text) and not walk.furniture_level:
        walk.furniture_level = level
    if furniture or walk.furniture_level:
        walk.builder.add(text, SectionKind.FURNITURE)
        return
    walk.kind = kind_of_heading(text) or (walk.kind if level > 2 else SectionKind.BODY)
    walk.builder.add(text, SectionKind.HEADING)


def _add_text(raw: str, walk: _Walk, *, furniture: bool, link_share: float) -> None:
    text = flow(raw)
    if not text or text.casefold() == walk.title.casefold():
        return
    is_label = len(text.split()) <= 8 and not re.search(r"[.!?;,:]$", text)
    if furniture or walk.furniture_level or link_share > 0.6 or is_label or _FURNITURE_HEADING.fullmatch(text.rstrip(":")):
        walk.builder.add(text, SectionKind.FURNITURE)
    else:
        walk.builder.add(text, walk.kind)


def _inline(element: etree._Element, *, strip: bool = True) -> str:
    parts: list[str] = []
    _collect(element, parts)
    text = "".join(parts)
    return flow(text) if strip else text


def _collect(element: etree._Element, parts: list[str]) -> None:
    parts.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str) and not _is_citation(child):
            parts.append(" " if child.tag == "br" or child.tag in _BLOCKS else "^" if _is_power(child) else "")
            _collect(child, parts)
        parts.append(child.tail or "")


def _is_citation(element: etree._Element) -> bool:
    """Tell whether an element is the mark of a citation: a raised link to a place on the same page."""
    if element.tag != "sup":
        return False
    inner = list(islice(element.iter(), _MAX_CITATION + 1))
    links = [node for node in inner if node.tag == "a"]
    if not links or len(inner) > _MAX_CITATION:
        return False
    rest = re.sub(r"[\d\s,;–\-\[\]a-z*†]", "", "".join(str(text) for text in element.itertext()))
    return not rest and all("#" in (link.get("href") or "#") for link in links)


def _is_power(element: etree._Element) -> bool:
    """Tell whether an element is the power of a ten before it."""
    if element.tag != "sup" or not re.fullmatch(r"\s*[-−–+]?\d+\s*", element.text or "") or len(element):
        return False
    before = element.getprevious()
    parent = element.getparent()
    text = (before.tail if before is not None else parent.text if parent is not None else "") or ""
    return re.search(r"(?:^|[\s(×·*=<>~])10$", text) is not None


def _link_share(element: etree._Element, text: str) -> float:
    """Return how much of the text is in links; of links inside links, which only a broken page has, the outer ones count."""
    if not text:
        return 0.0
    links: list[etree._Element] = []
    inside: set[etree._Element] = set()
    for link in element.iter("a"):
        if link not in inside:
            links.append(link)
            inside.update(link.iter("a"))
    return sum(len(_inline(link)) for link in links) / len(text)
