"""PDFs made for tests."""

import io

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)


def a_pdf(*pages: list[str], picture: bool = False) -> bytes:
    """A PDF with these lines of text on its pages; a page without lines may hold a picture."""
    writer = PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(600, 800)
        page[NameObject("/Resources")] = _resources(picture and not lines)
        shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
        page[NameObject("/Contents")] = writer._add_object(_stream(f"BT /F1 12 Tf 50 700 Td {shown} ET"))
    return _written(writer)


def encrypted(data: bytes, password: str, algorithm: str = "AES-256") -> bytes:
    """The same PDF, encrypted."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, "owner", algorithm=algorithm)
    return _written(writer)


def with_properties(data: bytes, language: str, **properties: str) -> bytes:
    """The same PDF, with these properties and a language."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.add_metadata({f"/{name}": value for name, value in properties.items()})
    if language:
        writer._root_object[NameObject("/Lang")] = TextStringObject(language)
    return _written(writer)


def many_pages(number: int, letters: int) -> bytes:
    """A small file of many pages that share one stream of this many letters."""
    writer = PdfWriter()
    first = writer.add_blank_page(600, 800)
    first[NameObject("/Resources")] = _resources(False)
    shared = _stream("BT /F1 12 Tf 50 700 Td " + "(a) Tj " * letters + "ET").flate_encode()
    first[NameObject("/Contents")] = writer._add_object(shared)
    root = writer._root_object["/Pages"].get_object()
    root[NameObject("/Kids")] = ArrayObject(list(root["/Kids"]) * number)
    root[NameObject("/Count")] = NumberObject(number)
    return _written(writer)


def _resources(picture: bool) -> DictionaryObject:
    font = {"Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica"}
    held = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): _names(font)})})
    if picture:
        image = StreamObject()
        image.update(_names({"Type": "XObject", "Subtype": "Image", "ColorSpace": "DeviceGray"}))
        image.update({NameObject(f"/{name}"): NumberObject(1) for name in ("Width", "Height", "BitsPerComponent")})
        held[NameObject("/XObject")] = DictionaryObject({NameObject("/I1"): image})
    return held


def _names(given: dict[str, str]) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): NameObject(f"/{value}") for key, value in given.items()})


def _stream(content: str) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(content.encode())
    return stream


def _written(writer: PdfWriter) -> bytes:
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()
