import contextlib
import io
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamcheck import limits
from scamcheck.errors import UnreadableInputError
from scamcheck.readers import archive, docx
from scamcheck.types import Message

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def package(body: str, *, head: str = "", packed: int = zipfile.ZIP_DEFLATED, **others: bytes | str) -> bytes:
    """Make a document; the others are files by their names, with __ for / and dots kept by _dot_."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("word/document.xml", f"<w:document {W} {MC}>{head}<w:body>{body}</w:body></w:document>")
        for name, content in others.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def p(*runs: str, look: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{''.join(runs)}</w:p>"


def r(text: str, look: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def read(body: str, **others: bytes | str) -> Message:
    return docx.read(package(body, **others), "letter.docx")


def shown(body: str, **others: bytes | str) -> str:
    return read(body, **others).parts[0].source


def hidden(body: str, **others: bytes | str) -> str:
    return read(body, **others).parts[0].hidden


def test_paragraphs_tabs_breaks_and_symbols():
    body = p(r("One"), "<w:r><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r>") + p() + p(r("four"))
    body += p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', r(" done"), '<w:r><w:sym w:char="20AC"/></w:r>')
    assert shown(body) == "One\ttwo\nthree\n\nfour\n• done€"


def test_the_part_has_the_type_and_the_name_of_the_file():
    part = read(p(r("x"))).parts[0]
    assert (part.media_type, part.name) == (docx.MEDIA_TYPE, "letter.docx")


def test_tab_stops_are_no_tabs():
    assert shown(p(r("x"), look='<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>')) == "x"


def test_tables_are_rows_of_cells():
    row = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    body = (
        "<w:tbl>"
        + row.format(p(r("Amount")), p(r("1200")))
        + row.format(p(r("Days")) + p(r("and")), p(r("2")))
        + "</w:tbl>"
    )
    assert shown(body + p(r("end"))) == "Amount\t1200\nDays\nand\t2\nend"


HIDING = [
    "<w:vanish/>",
    '<w:vanish w:val="true"/>',
    '<w:color w:val="FFFFFF"/>',
    '<w:color w:val="FEFEFE"/>',
    '<w:sz w:val="2"/>',
    '<w:color w:val="000000"/><w:highlight w:val="black"/>',
]


@pytest.mark.parametrize("look", HIDING)
def test_what_word_does_not_show_is_hidden(look):
    body = p(r("Seen "), r("unseen", look), r("again"))
    assert shown(body) == "Seen again"
    assert hidden(body) == "unseen"


@pytest.mark.parametrize(
    "look",
    [
        '<w:vanish w:val="0"/>',
        '<w:vanish w:val="false"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>',
        '<w:color w:val="FFFFFF"/><w:highlight w:val="blue"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="pct50" w:fill="FFFFFF"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="solid" w:color="000000"/>',
        '<w:color w:val="auto"/>',
        '<w:color w:val="C00000"/>',
        '<w:sz w:val="16"/>',
        '<w:sz w:val="junk"/>',
        "<w:webHidden/>",
        "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>",
    ],
)
def test_what_word_shows_is_shown(look):
    assert shown(p(r("Seen", look))) == "Seen"


def test_white_text_on_a_dark_cell_paragraph_or_page_is_shown():
    white = r("Seen", '<w:color w:val="FFFFFF"/>')
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="000000"/>'
    inner = f"<w:tbl><w:tr><w:tc>{p(white)}</w:tc></w:tr></w:tbl>"
    cell = f"<w:tbl><w:tr><w:tc><w:tcPr>{shade}</w:tcPr>{inner}</w:tc></w:tr></w:tbl>"
    assert shown(cell) == "Seen"
    assert shown(p(white, look=shade)) == "Seen"
    assert docx.read(package(p(white), head='<w:background w:color="101010"/>'), None).parts[0].source == "Seen"
    assert hidden(inner) == "Seen"


STYLES = f"""<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:styleId="Child"><w:basedOn w:val="Base"/></w:style>
<w:style w:styleId="Loop"><w:basedOn w:val="Loop2"/></w:style>
<w:style w:styleId="Loop2"><w:basedOn w:val="Loop"/></w:style>
<w:style w:styleId="Dark"><w:tblStylePr><w:rPr><w:vanish/></w:rPr>
<w:tcPr><w:shd w:val="clear" w:fill="4472C4"/></w:tcPr></w:tblStylePr></w:style></w:styles>"""


def test_styles_hide_as_well():
    styles = {"word__styles_dot_xml": STYLES}
    body = p(r("a", '<w:rStyle w:val="Child"/>'), r("b"), r("c", '<w:rStyle w:val="Base"/><w:vanish w:val="0"/>'))
    assert (shown(body, **styles), hidden(body, **styles)) == ("bc", "a")
    assert hidden(p(r("x"), look='<w:pStyle w:val="Base"/>'), **styles) == "x"
    assert shown(p(r("x"), look='<w:pStyle w:val="Loop"/>'), **styles) == "x"
    assert shown(p(r("x"), look="<w:rPr><w:vanish/></w:rPr>"), **styles) == "x"  # that is the paragraph mark


def test_white_text_in_a_table_whose_style_shades_is_shown():
    body = f"""<w:tbl><w:tblPr><w:tblStyle w:val="Dark"/></w:tblPr>
    <w:tr><w:tc>{p(r("Head", '<w:color w:val="FFFFFF"/>'))}</w:tc></w:tr></w:tbl>"""
    assert shown(body, word__styles_dot_xml=STYLES) == "Head"


def test_changes_are_read_as_they_are_now():
    gone = "<w:del><w:r><w:delText>old </w:delText></w:r></w:del>"
    body = p(r("A "), gone, f"<w:ins>{r('new ')}</w:ins>", f"<w:moveFrom>{r('moved ')}</w:moveFrom>", r("B"))
    assert (shown(body), hidden(body)) == ("A new B", "old moved")
    deleted_mark = "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>" + r("kept") + "</w:p>"
    assert shown(deleted_mark + p(r("too"))) == "kept\ntoo"


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_fields_show_their_result():
    link = field("begin") + "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>" + field("separate") + r("here")
    assert shown(p(r("Click "), link, field("end"), r("."))) == "Click here."
    assert shown(p(f'<w:fldSimple w:instr="PAGE">{r("7")}</w:fldSimple>')) == "7"
    inner = field("begin") + field("begin") + field("separate") + r("inner") + field("end") + field("separate")
    body = p(inner, r("outer"), field("end"))
    assert (shown(body), hidden(body)) == ("outer", "inner")


def test_a_field_that_is_never_ended_hides_one_paragraph_at_most():
    assert shown(p(field("begin")) + p(r("Pay now"))) == "\nPay now".strip()
    assert shown(p(field("end"), field("separate"), r("Pay now"))) == "Pay now"


def test_fields_that_fetch_or_start_are_named():
    message = read(p(r("x"), '<w:r><w:instrText>DDEAUTO c:\\\\x "y"</w:instrText></w:r>'))
    assert message.defects == ("a field of the document fetches or starts something; it was left alone",)


def test_text_boxes_follow_their_paragraph_and_are_read_once():
    box = "<w:drawing><w:txbxContent>{}</w:txbxContent></w:drawing>"
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{box.format(p(r('Box')))}</mc:Choice>"
        f"<mc:Fallback>{box.format(p(r('Box')))}</mc:Fallback></mc:AlternateContent>"
    )
    assert shown(p(r("Before"), f"<w:r>{both}</w:r>", r(" after")) + p(r("Next"))) == "Before after\nBox\nNext"
    only = f"<mc:AlternateContent><mc:Fallback>{box.format(p(r('Old')))}</mc:Fallback></mc:AlternateContent>"
    assert shown(p(f"<w:r>{only}</w:r>")) == "Old"
    white = p(r("On a dark box", '<w:color w:val="FFFFFF"/>'))
    assert shown(p(f"<w:r>{box.format(white)}</w:r>")) == "On a dark box"


def test_hidden_rows_are_hidden():
    row = "<w:tr>{}<w:tc>{}</w:tc></w:tr>"
    body = "<w:tbl>" + row.format("<w:trPr><w:hidden/></w:trPr>", p(r("a"))) + row.format("", p(r("b"))) + "</w:tbl>"
    assert (shown(body), hidden(body)) == ("b", "a")


def part(name: str, text: str) -> str:
    return f"<w:{name} {W}>{p(r(text))}</w:{name}>"


def test_headers_notes_comments_and_footers_are_read():
    others = {
        "word__header1_dot_xml": part("hdr", "Police"),
        "word__header2_dot_xml": part("hdr", "Police"),
        "word__footer1_dot_xml": part("ftr", "Page"),
        "word__footnotes_dot_xml": part("footnotes", "Note"),
        "word__comments_dot_xml": part("comments", "Comment"),
    }
    assert shown(p(r("Body")), **others) == "Police\nBody\nNote\nComment\nPage"


def test_the_main_part_may_have_another_name():
    out = io.BytesIO()
    rels = '<Relationships><Relationship Type="http://x/officeDocument" Target="/word/document2.xml"/></Relationships>'
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("_rels/.rels", rels)
        file.writestr("word/document2.xml", f"<w:document {W}>{p(r('Hi'))}</w:document>")
    assert docx.read(out.getvalue(), None).parts[0].source == "Hi"


def test_pictures_are_handed_on():
    message = read(p(), word__media__image1_dot_png=b"\x89PNG", word__media__image2_dot_emf=b"emf")
    assert [(each.name, each.media_type, each.data) for each in message.attachments] == [
        ("image1.png", "image/png", b"\x89PNG"),
        ("image2.emf", "image/emf", b"emf"),
    ]


def test_too_many_pictures_are_counted():
    pictures = {f"word__media__i{number}_dot_png": b"x" for number in range(limits.MAX_ATTACHMENTS + 3)}
    message = read(p(r("x")), **pictures)
    assert len(message.attachments) == limits.MAX_ATTACHMENTS
    assert message.defects == ("the document has 3 more pictures, which were not read",)


def test_pages_kept_within_the_document_are_handed_on():
    message = read(p(r("x")), word__afchunk_dot_mht=b"MIME-Version: 1.0\n\nhi")
    assert message.attachments[0].media_type == "message/rfc822"


def test_what_acts_is_named_and_not_opened():
    rels = (
        '<Relationships><Relationship Type="t/attachedTemplate" Target="https://x.example/a" TargetMode="External"/>'
        '<Relationship Type="t/hyperlink" Target="https://y.example" TargetMode="External"/></Relationships>'
    )
    message = read(
        p(r("x")),
        word__vbaProject_dot_bin=b"m",
        word__embeddings__oleObject1_dot_bin=b"o",
        word___rels__settings_dot_xml_dot_rels=rels,
    )
    assert message.defects == (
        "a program or file in the document was not opened: word/vbaProject.bin",
        "a program or file in the document was not opened: word/embeddings/oleObject1.bin",
        "the document points to an outside attachedTemplate, which was not fetched",
    )
    assert message.attachments == ()


def test_it_is_told_from_archives_and_other_documents():
    data = package(p(r("x")))
    assert docx.matches(data, None)
    assert not archive.matches(data, None)
    assert not docx.matches(b"PK\x03\x04", "a.zip")
    assert docx.matches(data[:300], "letter.DOCX")
    assert not docx.matches(b"no zip", "letter.docx")


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://x.invalid/">%x;]>',
    ],
)
def test_entities_are_refused(prolog):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("word/document.xml", f"{prolog}<w:document {W}>{p(r('x'))}</w:document>")
    with pytest.raises(UnreadableInputError) as caught:
        docx.read(out.getvalue(), None)
    assert caught.value.code == "damaged"


def test_broken_xml_keeps_what_stands_before_the_break():
    message = read(p(r("Pay now")) + "<w:p><w:r><")
    assert message.parts[0].source == "Pay now"
    assert message.defects == ("a part of the document is damaged or too large: word/document.xml",)


@pytest.mark.parametrize(("body", "code"), [("", "empty"), ("<w:p><w:r><w:t></w:p>", "damaged")])
def test_nothing_to_read(body, code):
    with pytest.raises(UnreadableInputError) as caught:
        read(body)
    assert caught.value.code == code


def test_hidden_text_does_not_push_out_the_shown():
    flood = r("x" * (limits.MAX_PART_CHARS + 5), "<w:vanish/>")
    message = read(p(flood, r("Pay now")))
    assert message.parts[0].source == "Pay now"
    assert message.defects == (
        f"the document hides more than {limits.MAX_PART_CHARS} characters; the rest was not read",
    )
    message = read(p(r("Pay now")) + p(r("x" * limits.MAX_PART_CHARS)))
    assert message.parts[0].source == "Pay now"
    assert "characters; the rest was not read" in message.defects[0]


HOSTILE = {
    "elements": "<w:p/>" * 2_000_000,
    "deep": "<w:r>" * 300_000 + "</w:r>" * 300_000,
    "tables": "<w:tbl><w:tr><w:tc>" * 40_000 + p(r("x")) * 20_000,
    "fields": field("begin") * 30_000 + p(r("x")) * 30_000,
    "boxes": "<w:txbxContent>" * 50_000 + p(r("x")) * 20_000,
    "attributes": "<w:p " + " ".join(f'a{number}="1"' for number in range(200_000)) + "/>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_take_bounded_time(name):
    data = package(p(r("Pay now")) + HOSTILE[name], packed=zipfile.ZIP_STORED)
    started = time.perf_counter()
    message = docx.read(data, None)
    assert time.perf_counter() - started < 60
    assert message.parts[0].source.startswith("Pay now")


def test_a_flood_of_attributes_is_not_parsed():
    flood = " ".join(f'a{number}="1"' for number in range(2 * limits.MAX_DOCUMENT_ELEMENTS + 1))
    data = package(f"<w:p {flood}/>", packed=zipfile.ZIP_STORED, word__footer1_dot_xml=part("ftr", "Pay now"))
    message = docx.read(data, None)
    assert message.parts[0].source == "Pay now"
    assert message.defects == ("a part of the document has too many attributes and was not read: word/document.xml",)


def test_a_document_larger_than_the_cap_is_not_unpacked():
    with pytest.raises(UnreadableInputError) as caught:
        read(p(r(" " * limits.MAX_DOCUMENT_BYTES)))
    assert caught.value.code == "damaged"


VALID = package(p(r("Pay now")), word__media__image1_dot_png=b"\x89PNG", word__styles_dot_xml=STYLES)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(VALID) - 1), st.integers(0, 255)), min_size=1, max_size=6), st.integers(0, 60)
)
def test_mutations_give_a_message_or_the_one_error(changes, cut):
    data = bytearray(VALID)
    for place, byte in changes:
        data[place] = byte
    with contextlib.suppress(UnreadableInputError):
        assert docx.read(bytes(data[: len(data) - cut]), None).parts[0].media_type == docx.MEDIA_TYPE


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(st.characters(categories=("L", "N", "P", "Zs"), exclude_characters="<&>"), min_size=1, max_size=20)
    )
)
def test_every_run_ends_up_shown_or_hidden(words):
    body = p(*(r(word, HIDING[0] if number % 2 else "") for number, word in enumerate(words)), r("end"))
    message = read(body).parts[0]
    assert message.source == "".join(words[::2]) + "end"
    assert message.hidden == " ".join("".join(words[1::2]).split())
