"""PDF, Word documents and feeds: what is read in them, and what becomes of hostile ones."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from retrieval.errors import Unreadable
from retrieval.reading.documents import read_docx, read_pdf
from retrieval.reading.feeds import read_feed
from retrieval.reading.given import NOTHING_GIVEN
from retrieval.reading.guarded import child, guard
from retrieval.reading.guarded.guard import Unparsed
from retrieval.schema import Article


def pdf(*pages: str | bytes, title: str = "Harbour report") -> bytes:
    """A PDF whose pages show lines of text; bytes are what draws a page."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for n, page in enumerate(pages):
        stream = page if isinstance(page, bytes) else drawn(page.split("\n"))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * n} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    objects.append(f"<< /Title ({title}) /Author (Lowmouth Port Authority) >>".encode())
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, len(objects), table,
    )  # fmt: skip
    return bytes(out)


def drawn(lines: list[str], left: int = 72, top: int = 720) -> bytes:
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    return f"BT /F1 12 Tf 14 TL {left} {top} Td {shown} ET ".encode("cp1252")


PAGES = (
    "The Lowmouth Port Authority\nThe harbour at Lowmouth closed on Monday after inspectors found\nforty cracks in"
    " the northern quay, the authority said in a re-\nport that was published on Wednesday.\n1",
    "The Lowmouth Port Authority\nThe mayor, Ines Calder, said that the repair would cost three\nmillion crowns, and"
    " that nobody may walk on the quay before the\n2",
    "The Lowmouth Port Authority\npiles are replaced. The union of ferrymen rejected the plan\non Thursday.\n3",
)


def test_a_pdf_is_running_text_and_every_page_knows_its_place() -> None:
    article = read_pdf(pdf(*PAGES), name="report.pdf", given=NOTHING_GIVEN)
    assert isinstance(article, Article)
    assert "in a report that was published on Wednesday." in article.text
    assert "quay before the\npiles are replaced" in article.text
    assert "Port Authority\n" not in article.text
    assert (article.title, article.authors) == ("Harbour report", ("Lowmouth Port Authority",))
    assert len(article.pages) == 3
    assert [article.text[p.start : p.end].split()[0] for p in article.pages] == ["The", "The", "piles"]


LEFT = (
    "The harbour at Lowmouth closed on\nMonday after inspectors found forty\ncracks in the northern quay. The\n"
    "port authority said that the repair\nwould cost three million crowns and\nwould take until the autumn. The\n"
    "mayor, Ines Calder, said nobody\nwould be let onto it."
)
RIGHT = (
    "Ferries to Ambry will leave from the\nsouthern pier until October. The\nfishermen said they had warned of\n"
    "loose planks for two years. Nobody\nhad answered their letters, they\nsaid, and the council declined to\n"
    "comment on that before the meeting\nthat is to be held on Friday."
)


@pytest.mark.parametrize("line_by_line", [True, False])
def test_columns_are_read_one_after_the_other_however_they_were_drawn(line_by_line: bool) -> None:
    left, right = LEFT.split("\n"), RIGHT.split("\n")
    head = drawn(["The port of Lowmouth is shut until the autumn, and nobody knows what it will cost"], top=760)
    rows = zip(left, right, range(720, 0, -14), strict=False)
    across = b"".join(drawn([one], 72, top) + drawn([other], 330, top) for one, other, top in rows)
    page = head + (across if line_by_line else drawn(left, 72) + drawn(right, 330))
    article = read_pdf(pdf(page), name="paper.pdf", given=NOTHING_GIVEN)
    assert isinstance(article, Article)
    text = " ".join(article.text.split())
    assert f"{' '.join(LEFT.split())} {' '.join(RIGHT.split())}" in text
    assert "nobody knows what it will cost" in text


def test_a_scan_is_said_to_be_one() -> None:
    found = read_pdf(pdf("", "", ""), name="scan.pdf", given=NOTHING_GIVEN)
    assert isinstance(found, Unreadable)
    assert "scan" in found.reason


def test_an_encrypted_pdf_is_said_to_be_one() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf(*PAGES)))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    found = read_pdf(out.getvalue(), name="closed.pdf", given=NOTHING_GIVEN)
    assert isinstance(found, Unreadable)
    assert "encrypted" in found.reason


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    document.add_heading("Harbour closes", 0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Piles", "40"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_document_is_its_paragraphs_and_rows() -> None:
    article = read_docx(
        word("The quay was shut.", "“Stay away,” said Ines Calder."), name="a.docx", given=NOTHING_GIVEN
    )
    assert isinstance(article, Article)
    assert article.title == "Harbour closes"
    assert article.text == "Harbour closes\n\nThe quay was shut.\n\n“Stay away,” said Ines Calder.\n\nPiles | 40"


def rewritten(document: bytes, change: dict[str, tuple[bytes, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename in change:
                data = data.replace(*change[part.filename])
            new.writestr(part.filename, data)
    return out.getvalue()


def test_what_was_struck_out_of_a_word_document_is_left_out_and_what_was_put_in_is_read() -> None:
    changed = (
        b"<w:p><w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        b'<w:r><w:t xml:space="preserve">The quay was </w:t></w:r>'
        b"<w:ins><w:r><w:t>shut.</w:t></w:r></w:ins></w:p><w:p><w:r><w:t>HERE"
    )
    data = rewritten(word("HERE"), {"word/document.xml": (b"<w:p><w:r><w:t>HERE", changed)})
    article = read_docx(data, name="a.docx", given=NOTHING_GIVEN)
    assert isinstance(article, Article)
    assert "The quay was shut." in article.text
    assert "never" not in article.text


def test_a_word_document_that_states_no_title_is_not_called_word_document() -> None:
    document = docx.Document()
    document.add_paragraph("The quay was shut.")
    out, bare = io.BytesIO(), io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            if name != "docProps/core.xml":
                new.writestr(name, re.sub(rb"<[^<>]*core-?properties[^<>]*>", b"", old.read(name)))
    article = read_docx(bare.getvalue(), name="a.docx", given=NOTHING_GIVEN)
    assert isinstance(article, Article)
    assert article.title == "The quay was shut."


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)  # fmt: skip


def hostile_word(kind: str) -> bytes:
    whole = word("Words.")
    if kind == "bomb":
        out = io.BytesIO(whole)
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/big.xml", b" " * (80 * 1024 * 1024))
        return out.getvalue()
    if kind == "no document":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("../../etc/passwd", "x")
        return out.getvalue()
    declared = ENTITIES + (b'<!ENTITY z SYSTEM "file:///etc/passwd">]>' if kind == "external entity" else b"]>")
    use = b"&z;" if kind == "external entity" else b"&j;"
    changed = rewritten(whole, {"word/document.xml": (b"Words.", use)})
    return rewritten(changed, {"word/document.xml": (b"<w:document", declared + b"<w:document")})


@pytest.mark.parametrize("kind", ["bomb", "no document", "entity bomb", "external entity"])
def test_a_hostile_word_document_is_one_sentence_or_harmless(kind: str) -> None:
    found = read_docx(hostile_word(kind), name="a.docx", given=NOTHING_GIVEN)
    if isinstance(found, Article):
        assert len(found.text) < 1000
        assert "root:" not in found.text
    else:
        assert "\n" not in str(found)


def test_a_stream_that_unpacks_without_end_does_not_fill_the_memory() -> None:
    bomb = zlib.compress(b" " * 400_000_000, 9)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(bomb), bomb)
    start = pdf("x").index(b"<< /Length")
    found = read_pdf(pdf("x")[:start] + stream + b"\nendobj\n%%EOF", name="bomb.pdf", given=NOTHING_GIVEN)
    assert isinstance(found, Unreadable)


def test_a_parser_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(guard.SECONDS, "feed", 0)
    with pytest.raises(Unparsed, match="too long"):
        guard.parse("feed", b"<rss>" * 100)


def test_a_feed_with_entities_and_markup_is_read_as_text() -> None:
    for bomb in (ENTITIES + b"]>", ENTITIES + b'<!ENTITY z SYSTEM "file:///etc/passwd">]>'):
        data = b'<?xml version="1.0"?>' + bomb + (
            b"<rss version='2.0'><channel><title>A &amp; B &j; &z;</title><item><title>&lt;b&gt;Cats &amp;amp; dogs"
            b"&lt;/b&gt;</title><link>javascript:alert(1)</link></item></channel></rss>"
        )  # fmt: skip
        try:
            found = read_feed(data, "https://post.example/feed")
        except Unparsed:
            continue
        assert "root:" not in str(found)
        assert len(str(found)) < 10_000
        assert [e.link for e in found.entries] == [None]


PIECES = st.lists(
    st.sampled_from([b"<<", b">>", b"[", b"]", b"1 0 obj", b"endobj", b"stream\n", b"endstream", b"xref\n", b"trailer",
                     b"/Kids", b"/Pages 1 0 R", b"/Count 99999999", b"%PDF-1.4\n", b"<rss>", b"<item>", b"</item>",
                     b"<![CDATA[", b"&#0;", b"<!DOCTYPE a [", b"]>", b"PK\x03\x04", b"\xff\xfe", b"(", b"\\"])
    | st.binary(max_size=20), max_size=40,
).map(b"".join)  # fmt: skip


@pytest.mark.parametrize("kind", ["pdf", "docx", "feed"])
@settings(max_examples=60, deadline=None)
@given(data=PIECES)
def test_whatever_is_handed_to_a_parser_it_answers(kind: str, data: bytes) -> None:
    assert child.answer(kind, data)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
@settings(max_examples=40, deadline=None)
@given(place=st.floats(0, 0.999), new=st.binary(min_size=1, max_size=12), shorter=st.booleans())
def test_a_damaged_document_is_read_or_said_to_be_damaged(kind: str, place: float, new: bytes, shorter: bool) -> None:
    whole = pdf(*PAGES) if kind == "pdf" else WORD
    at = int(place * len(whole))
    found = child.answer(kind, whole[:at] + new + (b"" if shorter else whole[at + len(new) :]))
    assert "pages" in found or "paragraphs" in found or str(found["unreadable"]).startswith("it ")


WORD = word("The quay was shut.", "“Stay away,” said Ines Calder.")
