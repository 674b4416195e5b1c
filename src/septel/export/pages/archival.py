"""What makes a searchable PDF one for the archive: PDF/A-2b (ISO 19005-2), where all of it is known to be so.

What we write ourselves keeps to it: pictures in compressions and colours that it allows, one embedded font,
an output intent, metadata as XMP. Pages taken over from another PDF may hold anything. So each is looked
through, and the claim is made only where every page is nothing but pictures, in a few well-known forms, with
our text: no type of its own, no transparency, no annotation, no layers, no printer's colours. What this
module does not look into is not claimed; the tests hold what is claimed against Apache's Preflight.
"""

from __future__ import annotations

from importlib.resources import files

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from septel.export.xml import escaped, safe

_FILTERS = {"/CCITTFaxDecode", "/DCTDecode", "/FlateDecode", "/JBIG2Decode", "/RunLengthDecode"}
_COLOURS = {"/DeviceGray", "/DeviceRGB"}
_TYPE = {"Tj", "TJ", "'", '"'}
_REFUSED = {"sh", "BI", "INLINE IMAGE", "gs", "k", "K", "d0", "d1", "PS"}
"""Operators that are not looked into: shadings, inline images, graphics states, printer's colours."""
_PAGE = {
    *("/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"),
    *("/Contents", "/Rotate", "/Thumb"),
}
_IMAGE = {
    *("/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/ImageMask", "/Decode"),
    *("/Filter", "/DecodeParms", "/Length", "/Name", "/Interpolate"),
}
_FORM = {
    "/Type",
    "/Subtype",
    "/FormType",
    "/BBox",
    "/Matrix",
    "/Resources",
    "/Length",
    "/Filter",
    "/DecodeParms",
}
_RESOURCES = {"/ProcSet", "/XObject", "/Font", "/ColorSpace"}
_DEEP = 8
_SMALLEST, _LARGEST = 3.0, 14_400.0


_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <pdf:Producer>{producer}</pdf:Producer>{claim}
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""
_CLAIM = "\n   <pdfaid:part>2</pdfaid:part>\n   <pdfaid:conformance>B</pdfaid:conformance>"


def describe(out: Pdf, title: str, producer: str, font: str) -> str:
    """Give a PDF its metadata, and mark it as PDF/A-2b if all of it is; gives why it is not, or nothing.

    Some validators find a name space only where it is declared on the description, so the packet is our own.
    """
    title = safe(title)
    why = claim(out, font)
    packet = _PACKET.format(title=escaped(title), producer=escaped(producer), claim="" if why else _CLAIM)
    out.Root.Metadata = out.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)
    out.docinfo["/Title"], out.docinfo["/Producer"] = title, producer
    return why


def claim(out: Pdf, font: str) -> str:
    """Give a PDF what PDF/A-2b asks for besides its pages, if those are fit; gives why not, or nothing.

    Args:
        out: the document.
        font: the name of our own font in the pages' resources; fonts that no page uses any more are dropped.
    """
    found: list[Object] = []
    for number, page in enumerate(out.pages, 1):
        try:
            why = _page(page, font, found)
        except (pikepdf.PdfError, TypeError, ValueError, AttributeError, KeyError) as fault:
            why = f"can't be looked through ({fault})"
        if why:
            return f"page {number} {why}"
    # Fonts of an older engine's text, which was taken off, need not be embedded: they are no longer there.
    for fonts in found:
        for name in set(fonts.keys()) - {font}:
            del fonts[name]
    profile = out.make_stream(files("septel.export").joinpath("data/srgb.icc").read_bytes(), N=3)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name("/GTS_PDFA1"),
        OutputConditionIdentifier=pikepdf.String("sRGB"),
        Info=pikepdf.String("sRGB IEC61966-2.1"),
        DestOutputProfile=profile,
    )
    out.Root.OutputIntents = Array([out.make_indirect(intent)])
    return ""


def _page(page: Page, font: str, found: list[Object]) -> str:
    """Why a page keeps the document from being PDF/A; nothing where it does not."""
    other = set(page.obj.keys()) - _PAGE
    if other:
        return f"has {', '.join(sorted(other))}"
    box = [float(value) for value in page.mediabox]
    if not all(_SMALLEST <= abs(box[n + 2] - box[n]) <= _LARGEST for n in (0, 1)):
        return "is too large or too small"
    resources = page.obj.get("/Resources")
    return "has no resources" if resources is None else _content(page.obj, resources, font, found, _DEEP)


def _content(item: Object, resources: Object, font: str, found: list[Object], deep: int) -> str:
    """The same of a page's or a form's content and of what it draws; its tables of fonts are put by."""
    other = set(resources.keys()) - _RESOURCES
    if other or not deep:
        return f"uses {', '.join(sorted(other)) or 'forms within forms'}"
    for space in dict(resources.get("/ColorSpace", Dictionary()).items()).values():
        if not _known(space):
            return "uses a colour space that is not looked into"
    current = ""
    for instruction in pikepdf.parse_content_stream(item):
        operator = str(instruction.operator)
        if operator in _REFUSED:
            return f"draws by {operator}"
        if operator == "Tf":
            current = str(instruction.operands[0])
        elif operator in _TYPE and current != font:
            return "has printed text of its own"
        elif operator in ("cs", "CS") and str(instruction.operands[0]) in ("/DeviceCMYK", "/Pattern"):
            return "draws in printer's colours or patterns"
    if "/Font" in resources:
        found.append(resources["/Font"])
    for drawn in dict(resources.get("/XObject", Dictionary()).items()).values():
        why = _drawn(drawn, font, found, deep)
        if why:
            return why
    return ""


def _drawn(drawn: Object, font: str, found: list[Object], deep: int) -> str:
    if not isinstance(drawn, Stream):
        return "draws what is no stream"
    if drawn.get("/Subtype") == Name.Form:
        other = set(drawn.keys()) - _FORM
        inner = drawn.get("/Resources", Dictionary())
        return (
            f"draws a form with {', '.join(sorted(other))}"
            if other
            else _content(drawn, inner, font, found, deep - 1)
        )
    other = set(drawn.keys()) - _IMAGE
    if other or drawn.get("/Subtype") != Name.Image:
        return f"has a picture with {', '.join(sorted(other)) or 'no kind'}"
    filters = drawn.get("/Filter", Array())
    names = {str(one) for one in (filters if isinstance(filters, Array) else (filters,))}
    if not names <= _FILTERS:
        return f"has a picture in {', '.join(sorted(names - _FILTERS))}"
    if bool(drawn.get("/Interpolate", False)):
        return "has a picture that is to be smoothed"
    if not bool(drawn.get("/ImageMask", False)) and not _known(drawn.get("/ColorSpace")):
        return "has a picture in other colours than grey or sRGB"
    return ""


def _known(space: Object | None) -> bool:
    """Whether a colour space is grey or RGB of the device, or a table of such."""
    if isinstance(space, Array) and len(space) == 4 and space[0] == Name.Indexed:
        return _known(space[1])
    return isinstance(space, Name) and str(space) in _COLOURS
