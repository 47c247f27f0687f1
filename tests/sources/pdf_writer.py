"""Writes small PDFs for tests: lines of text at given places, in Helvetica, on as many pages as asked for."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842


@dataclass(frozen=True, slots=True)
class Print:
    """A line of print: place in points from the lower left corner, type size, bold or not."""

    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False


def column(x: float, top: float, lines: list[str], *, size: float = 10, bold: bool = False, leading: float = 12) -> list[Print]:
    """Return lines set below each other."""
    return [Print(x, top - index * leading, text, size, bold) for index, text in enumerate(lines)]


def write_pdf(pages: list[list[Print]], *, encrypted: bool = False, title: str = "") -> bytes:
    """Return the bytes of a PDF; an encrypted one opens with no password that a test knows."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects += [f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode() for name in ("Helvetica", "Helvetica-Bold")]
    kids = []
    for page in pages:
        content = "".join(f"BT /F{2 if line.bold else 1} {line.size} Tf {line.x} {line.y} Td ({_escape(line.text)}) Tj ET\n" for line in page).encode("cp1252")
        kids.append(f"{len(objects) + 1} 0 R")
        resources = "<< /Font << /F1 3 0 R /F2 4 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources {resources} /Contents {len(objects) + 2} 0 R >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    trailer = f"/Size {len(objects) + 1} /Root 1 0 R"
    if title:
        objects.append(f"<< /Title ({_escape(title)}) >>".encode("cp1252"))
        trailer = f"/Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R"
    if encrypted:
        trailer += f" /ID [<{'00' * 16}> <{'00' * 16}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'11' * 32}> /U <{'22' * 32}> >>"
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + table + b"trailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n" % (trailer.encode(), len(data))


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
