import time
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcheck.limits import MAX_LAYERS
from scamcheck.text.forwarded import unwrap
from scamcheck.types import Wrapping

LETTER = "I recorded you.\n\nPay 900 dollars in bitcoin.\nYou have 48 hours."
QUOTED_LETTER = "\n".join(f"> {line}".rstrip() for line in LETTER.split("\n"))
BO = "Bo Dahl <bo@example.com>"

# Language: labels of From, Sent, To, Subject as Outlook prints them; labels of From, Date, Subject, To as Gmail, Apple
# Mail or Thunderbird print them; a marker line; attribution lines (Gmail first).
FORMS = {
    "en": (
        ("From", "Sent", "To", "Subject"),
        ("From", "Date", "Subject", "To"),
        "-------- Forwarded Message --------",
        [f"On Mon, May 3, 2021 at 10:11 AM {BO} wrote:", f"{BO} wrote on 03.05.2021 10:11:"],
    ),
    "nl": (
        ("Van", "Verzonden", "Aan", "Onderwerp"),
        ("Van", "Datum", "Onderwerp", "Aan"),
        "Begin doorgestuurd bericht:",
        [f"Op ma 3 mei 2021 om 10:11 schreef {BO}:", f"Op 3 mei 2021 10:11 heeft {BO} het volgende geschreven:"],
    ),
    "fr": (
        ("De ", "Envoyé ", "À ", "Objet "),
        ("De ", "Date ", "Objet ", "À "),
        "Début du message transféré :",
        [f"Le lun. 3 mai 2021 à 10:11, {BO} a écrit :"],
    ),
    "de": (
        ("Von", "Gesendet", "An", "Betreff"),
        ("Von", "Datum", "Betreff", "An"),
        "-------- Weitergeleitete Nachricht --------",
        [f"Am Mo., 3. Mai 2021 um 10:11 Uhr schrieb {BO}:"],
    ),
    "es": (
        ("De", "Enviado el", "Para", "Asunto"),
        ("De", "Fecha", "Asunto", "Para"),
        "-------- Mensaje reenviado --------",
        ["El lun, 3 may 2021 a las 10:11, Bo Dahl (<bo@example.com>) escribió:"],
    ),
    "it": (
        ("Da", "Inviato", "A", "Oggetto"),
        ("Da", "Data", "Oggetto", "A"),
        "Inizio messaggio inoltrato:",
        [f"Il giorno lun 3 mag 2021 alle ore 10:11 {BO} ha scritto:"],
    ),
    "pt": (
        ("De", "Enviada em", "Para", "Assunto"),
        ("De", "Data", "Assunto", "Para"),
        "----- Mensagem encaminhada -----",
        [
            f"Em seg., 3 de mai. de 2021 às 10:11, {BO} escreveu:",
            f"{BO} escreveu no dia segunda, 3/05/2021 à(s) 10:11:",
        ],
    ),
    "pl": (
        ("Od", "Wysłano", "Do", "Temat"),
        ("Od", "Data", "Temat", "Do"),
        "-------- Przekazana wiadomość --------",
        [f"pon., 3 maj 2021 o 10:11 {BO} napisał(a):", f"W dniu 3.05.2021 o 10:11, {BO} pisze:"],
    ),
    "cs": (
        ("Od", "Odesláno", "Komu", "Předmět"),
        ("Od", "Datum", "Předmět", "Komu"),
        "---------- Původní e-mail ----------",
        [f"po 3. 5. 2021 v 10:11 odesílatel {BO} napsal:", f"Dne 03.05.2021 v 10:11 {BO} napsal(a):"],
    ),
    "sk": (
        ("Od", "Odoslané", "Komu", "Predmet"),
        ("Od", "Dátum", "Predmet", "Pre"),
        "-------- Preposlaná správa --- Forwarded Message --------",
        [f"po 3. 5. 2021 o 10:11 {BO} napísal(a):"],
    ),
    "hu": (
        ("Feladó", "Elküldve", "Címzett", "Tárgy"),
        ("Feladó", "Dátum", "Tárgy", "Címzett"),
        "-------- Továbbított üzenet --------",
        [f"{BO} ezt írta (időpont: 2021. máj. 3., H, 10:11):", f"2021. 05. 03. 10:11 keltezéssel, {BO} írta:"],
    ),
    "ro": (
        ("De la", "Trimis", "Către", "Subiect"),
        ("De la", "Dată", "Subiectul", "Către"),
        "-------- Mesaj redirecționat --------",
        [f"În lun., 3 mai 2021 la 10:11, {BO} a scris:"],
    ),
    "sv": (
        ("Från", "Skickat", "Till", "Ämne"),
        ("Från", "Datum", "Ämne", "Till"),
        "Vidarebefordrat mejl:",
        [f"Den mån 3 maj 2021 kl 10:11 skrev {BO}:"],
    ),
    "da": (
        ("Fra", "Sendt", "Til", "Emne"),
        ("Fra", "Dato", "Emne", "Til"),
        "Start på videresendt besked:",
        [f"Den man. 3. maj 2021 kl. 10.11 skrev {BO}:"],
    ),
    "nb": (
        ("Fra", "Sendt", "Til", "Emne"),
        ("Fra", "Dato", "Emne", "Til"),
        "-------- Videresendt melding --------",
        [f"man. 3. mai 2021 kl. 10:11 skrev {BO}:"],
    ),
    "fi": (
        ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
        ("Lähettäjä", "Päivämäärä", "Aihe", "Vastaanottaja"),
        "-------- Välitetty viesti / Fwd.Msg --------",
        ["ma 3. toukok. 2021 klo 10.11 Bo Dahl (bo@example.com) kirjoitti:"],
    ),
    "el": (
        ("Από", "Στάλθηκε", "Προς", "Θέμα"),
        ("Από", "Ημερομηνία", "Θέμα", "Προς"),
        "-------- Προωθημένο μήνυμα --------",
        [f"Στις Δευ 3 Μαΐ 2021 στις 10:11 π.μ., ο/η {BO} έγραψε:"],
    ),
    "tr": (
        ("Kimden", "Gönderildi", "Kime", "Konu"),
        ("Kimden", "Tarih", "Konu", "Kime"),
        "-------- İletilen İleti --------",
        [f"{BO}, 3 May 2021 Pzt, 10:11 tarihinde şunu yazdı:", f"3.05.2021 10:11 tarihinde {BO} yazdı:"],
    ),
    "ru": (
        ("От", "Отправлено", "Кому", "Тема"),
        ("От кого", "Дата", "Тема", "Кому"),
        "-------- Пересылаемое сообщение --------",
        [f"пн, 3 мая 2021 г. в 10:11, {BO}:", f"Понедельник, 3 мая 2021, 10:11 +03:00 от {BO}:"],
    ),
    "uk": (
        ("Від", "Надіслано", "Кому", "Тема"),
        ("Від", "Дата", "Тема", "Кому"),
        "Початок листа, що пересилається:",
        [f"пн, 3 трав. 2021 р. о 10:11 {BO} пише:"],
    ),
    "ja": (
        ("差出人", "送信日時", "宛先", "件名"),
        ("差出人", "日付", "件名", "宛先"),
        "-------- 転送されたメッセージ --------",
        [f"2021年5月3日(月) 10:11 {BO}:", f"2021/05/03 10:11、{BO}のメール:"],
    ),
    "ko": (
        ("보낸 사람", "보낸 날짜", "받는 사람", "제목"),
        ("보낸사람", "날짜", "제목", "받는사람"),
        "-------- 전달된 메시지 --------",
        [f"2021년 5월 3일 (월) 오전 10:11, {BO}님이 작성:"],
    ),
    "zh": (
        ("发件人", "发送时间", "收件人", "主题"),
        ("寄件者", "日期", "主旨", "收件者"),
        "------------------ 原始邮件 ------------------",
        [f"{BO} 于2021年5月3日周一 10:11写道：", f"{BO} 於 2021年5月3日 週一 上午10:11寫道："],
    ),
    "ar": (
        ("من", "تاريخ الإرسال", "إلى", "الموضوع"),
        ("من", "التاريخ", "الموضوع", "إلى"),
        "-------- رسالة ممرّرة --------",
        [f"في الاثنين، ٣ مايو ٢٠٢١ في ١٠:١١ ص تمت كتابة ما يلي بواسطة {BO}:", f"في ٣ مايو ٢٠٢١، كتب {BO}:"],
    ),
}
DATE = "3 May 2021 10:11"


def block(labels, values):
    return "\n".join(f"{label}: {value}" for label, value in zip(labels, values, strict=True))


def outlook(language):
    return block(FORMS[language][0], (BO, DATE, "ann@example.com", "Your account")) + f"\n\n{LETTER}\n"


def only(text):
    inners = unwrap(text)
    assert len(inners) == 1
    check_offsets(text, inners)
    return inners[0]


def check_offsets(text, inners):
    """Every character of a body stands in the visible text where the body says, and each body is in the one before."""
    around = set(range(len(text)))
    for inner in inners:
        body = inner.body
        assert [text[start:end] for start, end in zip(body.starts, body.ends, strict=True)] == list(body.text)
        assert list(body.starts) == sorted(set(body.starts))
        assert set(body.starts) <= around
        for span in inner.cover:
            assert span.end <= len(text)
            assert span.of(text).strip() == span.of(text) != ""
            assert not around.isdisjoint(range(span.start, span.end))
            assert set(range(span.start, span.end)).isdisjoint(body.starts)
        around = set(body.starts)


def covers(text, inner):
    return [span.of(text) for span in inner.cover]


@pytest.mark.parametrize("language", FORMS)
@pytest.mark.parametrize("rule", ["", "________________________________\n", "-----Original Message-----\n"])
def test_outlook_block(language, rule):
    text = f"Is this real?\n\n{rule}{outlook(language)}"
    inner = only(text)
    assert inner.wrapping is Wrapping.FORWARDED
    assert (inner.sender, inner.date, inner.recipients, inner.subject) == (BO, DATE, "ann@example.com", "Your account")
    assert inner.body.text == LETTER
    assert covers(text, inner) == ["Is this real?"]


@pytest.mark.parametrize("language", FORMS)
def test_outlook_block_of_a_pasted_window(language):
    inner = only(outlook(language))
    assert (inner.sender, inner.subject, inner.body.text, inner.cover) == (BO, "Your account", LETTER, ())


@pytest.mark.parametrize("language", FORMS)
@pytest.mark.parametrize("own", [False, True], ids=["gmail", "own marker"])
def test_marker_and_block(language, own):
    _, labels, marker, _ = FORMS[language]
    head = block(labels, (BO, DATE, "Your account", "<ann@example.com>"))
    text = f"{marker if own else '---------- Forwarded message ---------'}\n{head}\n\n\n{LETTER}"
    inner = only("See below.\n\n" + text)
    assert inner.wrapping is Wrapping.FORWARDED
    assert (inner.sender, inner.date, inner.subject, inner.recipients) == (
        BO,
        DATE,
        "Your account",
        "<ann@example.com>",
    )
    assert inner.body.text == LETTER
    assert covers("See below.\n\n" + text, inner) == ["See below."]


@pytest.mark.parametrize("language", FORMS)
def test_one_label_behind_a_marker_of_the_language_is_enough(language):
    inner = only(f"{FORMS[language][2]}\n{FORMS[language][1][0]}: {BO}\n\n{LETTER}")
    assert (inner.sender, inner.body.text) == (BO, LETTER)


LINES = [(language, line) for language, (*_, lines) in FORMS.items() for line in lines]


@pytest.mark.parametrize(("language", "line"), LINES)
@pytest.mark.parametrize("quoted", [True, False], ids=["quoted", "html"])
def test_attribution_line(language, line, quoted):
    text = f"What now?\n\n{line}\n\n{QUOTED_LETTER if quoted else LETTER}\n"
    inner = only(text)
    assert inner.wrapping is Wrapping.QUOTED
    assert inner.sender in (BO, "Bo Dahl (<bo@example.com>)", "Bo Dahl (bo@example.com)")
    assert "2021" in inner.date or "٢٠٢١" in inner.date
    assert not inner.date.startswith(("On ", "Am ", "Op ", "Le ", "El ", "于", "於"))
    assert inner.body.text == LETTER
    assert covers(text, inner) == ["What now?"]


@pytest.mark.parametrize(("language", "line"), LINES)
def test_broken_attribution_line(language, line):
    """A mail program breaks the line before the address, or once more before the author."""
    for broken in (line.replace(" <bo@", "\n<bo@", 1), line.replace(" Bo ", "\nBo ", 1).replace(" <bo@", "\n<bo@", 1)):
        text = f"What now?\n\n{broken}\n\n{QUOTED_LETTER}"
        inner = only(text)
        assert "bo@example.com" in inner.sender
        assert inner.body.text == LETTER
        assert covers(text, inner) == ["What now?"]


@pytest.mark.parametrize(
    ("head", "sender", "subject"),
    [
        (f"*From:* {BO}\n*Sent:* {DATE}\n*To:* ann@example.com\n*Subject:* Your account", BO, "Your account"),
        (f"**Von:** {BO}\n**Gesendet:** {DATE}\n**An:** ann@example.com\n**Betreff:** Ihr Konto", BO, "Ihr Konto"),
        (f"FROM:\t{BO}\nSENT:\t{DATE}\nTO:\tann@example.com\nSUBJECT:\tHi", BO, "Hi"),
        (f"KİMDEN: {BO}\nTARİH: {DATE}\nKİME: ann@example.com\nKONU: Hesap", BO, "Hesap"),
        (f"ΑΠΟ: {BO}\nΣΤΑΛΘΗΚΕ: {DATE}\nΠΡΟΣ: ann@example.com\nΘΕΜΑ: Α", BO, "Α"),
        (f"De\u00a0: {BO}\nEnvoyé\u00a0: {DATE}\nÀ\u00a0: ann@example.com\nObjet\u00a0: Compte", BO, "Compte"),
        (f"发件人：{BO}\n发送时间：{DATE}\n收件人：ann@example.com\n主题：你好", BO, "你好"),
        (f"\u200f\u202bمن:\u202c {BO}\n\u200fإلى: ann@example.com\n\u200fالموضوع: حسابك", BO, "حسابك"),
        (f"\u00a0\u00a0Subject: Hi\n\u00a0\u00a0To: ann@example.com\n\u00a0\u00a0From: {BO}", BO, "Hi"),
        (f"From: {BO}\n\nSent: {DATE}\n\nTo: ann@example.com\n\nSubject: Hi", BO, "Hi"),
        (f"From:\n{BO}\nSent:\n{DATE}\nSubject:\nHi\nTo: ann@example.com", BO, "Hi"),
        (f"From: {BO}\nSent: {DATE}\nTo: ann@example.com\nImportance: High\nAttachments: a.pdf\nSubject: Hi", BO, "Hi"),
        ("From: Bo\nTo: me\nSubject: I hacked you", "Bo", "I hacked you"),
        (f"Gesendet: {DATE}\nVon: {BO}\nAn: ann@example.com\nBetreff: Ihr Konto", BO, "Ihr Konto"),
    ],
)
def test_disguised_labels(head, sender, subject):
    inner = only(f"{head}\n\n{LETTER}")
    assert (inner.sender, inner.subject, inner.body.text) == (sender, subject, LETTER)


def test_values_go_on_in_further_lines():
    many = [f"friend{number}@example.com;" for number in range(30)]
    inner = only("\n".join([f"From: {BO}", f"Sent: {DATE}", "To: ann@example.com;", *many, "Subject: Hi", "", LETTER]))
    assert inner.recipients.count("@") == 31
    long = "Your account was opened and everything in it was read by a stranger who"
    inner = only(f"From: {BO}\nTo: ann@example.com\nSubject: {long}\nwants money\n\n{LETTER}")
    assert inner.subject == f"{long} wants money"
    assert inner.body.text == LETTER


def test_outlook_on_a_phone_leaves_no_blank_line():
    head = block(FORMS["en"][0], (BO, DATE, "ann@example.com", "Your account"))
    text = f"Help\n\nGet Outlook for iOS\n________________________________\n{head}\n{LETTER}"
    inner = only(text)
    assert inner.body.text == LETTER
    assert covers(text, inner) == ["Help\n\nGet Outlook for iOS"]


PROGRAMS = {
    "orange": f"> Message du 03/05/21 10:11\n> De : {BO}\n> A : ann@example.com\n> Objet : Compte\n>\n{QUOTED_LETTER}",
    "proton": f"------- Forwarded Message -------\nFrom: {BO}\nDate: On Monday, May 3rd, 2021\n\n{QUOTED_LETTER}",
    "proton, answered": "------- Original Message -------\n"
    f"On Monday, May 3rd, 2021 at 10:11 AM, {BO} wrote:\n\n{QUOTED_LETTER}",
    "yandex": "-------- Пересылаемое сообщение --------\n"
    f'03.05.2021, 10:11, "Bo" <bo@example.com>:\n\n{LETTER}\n\n-------- Завершение пересылаемого сообщения --------',
    "qq": "------------------ Original ------------------\n"
    f'From:  "Bo"<bo@example.com>;\nDate:  {DATE}\nTo: a@example.com\n\n{LETTER}',
    "netease": "---- Replied Message ----\n"
    f"| From | Bo<bo@example.com> |\n| Date | 5/3/2021 10:11 |\n| Subject | Hi |\n{LETTER}",
    "mutt": f"----- Forwarded message from {BO} -----\n\nDate: {DATE}\nFrom: {BO}\nSubject: Hi\n\n"
    f"{LETTER}\n\n----- End forwarded message -----",
    "yahoo": f"   ----- Forwarded Message ----- From: {BO}To: ann@example.com"
    f"Sent: Monday, May 3, 2021, 10:11:00 AM GMT+1Subject: Hi\n{LETTER}",
    "apple": f"Begin forwarded message:\n\n> From: {BO}\n> Subject: Hi\n> Date: {DATE}\n> \n{QUOTED_LETTER}",
    "apple, no marks in front": f"Begin forwarded message:\n\nFrom: {BO}\nSubject: Hi\n\n{QUOTED_LETTER}",
    "outlook": "-----Original Message-----\nFrom: Bo [mailto:bo@example.com]\n"
    f"Sent: {DATE}\nTo: ann@example.com\nSubject: Hi\n\n{LETTER}",
}


@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS)
def test_further_programs(text):
    inner = only(text)
    assert inner.wrapping is Wrapping.FORWARDED
    assert "bo@example.com" in inner.sender
    assert inner.body.text == LETTER


def test_what_stands_behind_the_quotation_is_cover():
    text = f"Look:\n\nBegin forwarded message:\n\n> From: {BO}\n> Subject: Hi\n>\n{QUOTED_LETTER}\n\n-- \nAnn, Anytown"
    inner = only(text)
    assert inner.body.text == LETTER
    assert covers(text, inner) == ["Look:", "-- \nAnn, Anytown"]
    text = f"On {DATE}, {BO} wrote:\n{QUOTED_LETTER}\n\nShall I pay?"
    assert covers(text, only(text)) == ["Shall I pay?"]


def test_tails_of_broken_quoted_lines_stay_in_the_quotation():
    quoted = (
        "> I have access to all your devices and I have recorded you for many\nweeks\n"
        "> and all your friends will see it unless you pay me today in bitcoin to\nthe address below"
    )
    inner = only(f"On {DATE}, {BO} wrote:\n{quoted}\n\nAnn")
    assert "many\nweeks\nand all" in inner.body.text
    assert inner.body.text.endswith("to\nthe address below")


@pytest.mark.parametrize("mark", ["> ", ">", ">> ", "> > ", ">> > ", ">| ", "＞ "])
def test_a_text_quoted_as_a_whole(mark):
    text = "\n".join(mark + line for line in LETTER.split("\n"))
    inner = only(text)
    assert (inner.wrapping, inner.sender, inner.body.text, inner.cover) == (Wrapping.QUOTED, "", LETTER, ())
    text = "Is this real?\n" + text + "\n" + "\n".join([f"{mark}and more"] * 3)
    assert covers(text, only(text)) == ["Is this real?"]


def test_quotations_in_quotations():
    text = f"Ann\n\nOn {DATE}, Al <al@example.com> wrote:\n> See:\n> On 1 May 2021, {BO} wrote:\n>\n" + "\n".join(
        f">> {line}" for line in LETTER.split("\n")
    )
    outer, inner = unwrap(text)
    check_offsets(text, [outer, inner])
    assert (outer.sender, inner.sender) == ("Al <al@example.com>", BO)
    assert outer.body.text.startswith("See:\nOn 1 May")
    assert inner.body.text == LETTER
    assert [covers(text, each) for each in (outer, inner)] == [["Ann"], ["See:"]]


def test_a_quotation_in_a_forward_needs_no_attribution_line():
    text = f"---------- Forwarded message ---------\nFrom: {BO}\n\nThey wrote to me\n{QUOTED_LETTER}"
    outer, inner = unwrap(text)
    assert (outer.wrapping, inner.wrapping) == (Wrapping.FORWARDED, Wrapping.QUOTED)
    assert inner.body.text == LETTER


def test_three_forwards_of_different_programs():
    apple = (
        f"Anfang der weitergeleiteten Nachricht:\n\n> Von: {BO}\n> Betreff: Konto\n> Datum: {DATE}\n>\n{QUOTED_LETTER}"
    )
    gmail = (
        f"Bitte prüfen\n\n---------- Forwarded message ---------\nVon: Al <al@example.com>\nDate: {DATE}\n\n\n{apple}\n"
    )
    text = f"Help!\n\n_____________\nFrom: Cy\nSent: {DATE}\nTo: Desk\nSubject: FW: Konto\n\n{gmail}"
    inners = unwrap(text)
    check_offsets(text, inners)
    assert [inner.sender for inner in inners] == ["Cy", "Al <al@example.com>", BO]
    assert [inner.wrapping for inner in inners] == [Wrapping.FORWARDED] * 3
    assert [covers(text, inner) for inner in inners] == [["Help!"], ["Bitte prüfen"], []]
    assert inners[-1].body.text == LETTER


RAW = (
    "Return-path: <ann@example.com>\nReceived: from [192.0.2.1] (helo=example.com)\n\tby mx.example.org with esmtp\n"
    f"From: {BO}\nTo: ann@example.com\nSubject: Your\n account\nDate: Mon, 3 May 2021 10:11:00 +0200\n"
)


@pytest.mark.parametrize(
    "marker",
    [
        "------ This is a copy of the message, including all the headers. ------",
        "------ This is a copy of your message, including all the headers. ------\n"
        "------ The body of the message is 33212 characters long; only the first\n------ 30720 are included here.",
        "--- Below this line is a copy of the message.",
        "----- Original message -----",
        "Original message headers:",
        "   ----- Original message follows -----",
    ],
)
def test_returned_mail(marker):
    text = f"The following address failed:\n  ann@example.com\n\n{marker}\n\n{RAW}\n{LETTER}\n"
    inner = only(text)
    assert inner.wrapping is Wrapping.RETURNED
    assert (inner.sender, inner.recipients, inner.subject) == (BO, "ann@example.com", "Your account")
    assert inner.date.startswith("Mon, 3 May 2021")
    assert inner.body.text == LETTER
    assert covers(text, inner) == ["The following address failed:\n  ann@example.com"]


def test_returned_headers_alone_are_kept_for_their_subject():
    inner = only(f"It failed.\n\nOriginal message headers:\n\n{RAW}")
    assert (inner.wrapping, inner.subject, inner.body.text) == (Wrapping.RETURNED, "Your account", "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n  \n",
        LETTER,
        f"From: the hacker\n\n{LETTER}",
        "Dear all,\nFrom: what we know now, nobody was hurt.\nTo: be sure, ask again.\nAnn",
        f"From: {BO}\nTo: ann@example.com\n\n{LETTER}",  # two labels
        "Your ticket\n\nFrom: Vienna\nTo: Graz\nDate: 3 May 2021\n\nHave a good journey.",
        "About headers:\nFrom: says who claims it.\nTo: says who got it.\nSubject: is free text.\nAll lie.",
        "The mail said\nFrom: you@example.com\nTo: you@example.com\nSubject: Hacked\nbut its Return-Path did not.",
        "To: Ann\nAnn Example\nSt. 1\nTo: Bo\nBo Example\nSt. 2\nTo: Cy\nCy Example\nSt. 3",
        "ann@example.com,\nbo@example.com,\ncy@example.com\ndi@example.com",
        "- - -\nThe sea -\n-----\nthe sea -- and then\n-------------\nnothing:\n----",
        "Original message\n\nThis is all I wanted to say.",
        "---------- Forwarded message ---------\n\nThere was nothing in it.",
        "-----Original Message-----\nIt said\nFrom: Bo\n\nand no more.",
        "On Monday I wrote:\nnothing.",
        "In 2019 the paper wrote:\nScams rise.",
        "Al wrote:\n> Are you coming?\n> At eight?\n\nYes, gladly. I bring Bo.",
        f"On {DATE}, {BO} wrote:\n> Are you coming?\nYes.\n> And when?\nAt eight, with Al.",
        f"On {DATE}, {BO} wrote:\n> Are you coming?\nYes, I will be there.\n> When?\nAt eight, with Al and Di.\n"
        "> Is it far?\nNo, a mile at most, down the river.\n> Rain?\nThey say that it will be dry all day.",
        "I quote:\n\n> one\n> two\n> three\n\n" + "This is what I think of it.\n" * 3,
        "> one\n> two",
        "Dear Ann,\nthe price is > 5 and < 9.\n> 5 is bad.\nBest, Bo",
        f"From: {BO}\nSent: {DATE}\nTo: ann@example.com\nSubject: Nothing behind it\n",
    ],
)  # fmt: skip
def test_near_misses(text):
    assert unwrap(text) == []


@pytest.mark.parametrize("status", ["550 5.1.1 user unknown", "Reporting-MTA: dns; mx.example.org"])
def test_a_failure_notice_may_show_the_returned_mail_like_a_forward(status):
    text = f"It could not be delivered.\n{status}\n\n--- Original message ---\nFrom: {BO}\nSubject: Hi\n\n{LETTER}"
    inner = only(text)
    assert (inner.wrapping, inner.subject, inner.body.text) == (Wrapping.RETURNED, "Hi", LETTER)


@pytest.mark.parametrize(
    ("line", "sender", "date"),
    [
        ("On Fri 7 Oct, Bo wrote:", "Bo", "Fri 7 Oct"),
        ("Bo Dahl wrote:", "Bo Dahl", ""),
        ("On Thu, Aug 22, 2002 at 08:42:12AM +0200, Bo Dahl wrote:", "Bo Dahl", "Thu, Aug 22, 2002 at 08:42:12AM"),
        ("At 09:13 PM 7/24/02 -0800, Bo Dahl wrote:", "Bo Dahl", "09:13 PM 7/24/02"),
        ("On Thursday, 18 April 2024 at 14:02 BST, Bo wrote:", "Bo", "Thursday, 18 April 2024 at 14:02"),
        ("Zitat von Bo <bo@example.com>:", "Bo <bo@example.com>", ""),
        ("-----Bo <bo@example.com> wrote: -----", "Bo <bo@example.com>", ""),
        ("On 2021-05-03, Le Bo wrote:", "Le Bo", "2021-05-03"),
    ],
)
def test_author_and_date_of_an_attribution_line(line, sender, date):
    inner = only(f"Help!\n\nBest regards, Ann\n{line}\n{QUOTED_LETTER}")
    assert (inner.sender, inner.date, inner.body.text) == (sender, date, LETTER)


def test_no_label_has_two_meanings():
    """A word that means the sender in one language and the date in another would mix up header blocks."""
    roles = {}
    for language, table in tomllib.loads(
        files("scamcheck.text").joinpath("forward_words.toml").read_text("utf-8")
    ).items():
        for role in ("from", "to", "cc", "subject", "date", "reply_to", "other"):
            assert table[role], language
            for label in table[role]:
                assert roles.setdefault(label.casefold(), role) == role, (language, label)


def test_layers_are_capped():
    text = "".join(f"From: {BO}\nDate: {DATE}\nSubject: Digest {number}\n\nText {number}\n\n" for number in range(40))
    inners = unwrap(text)
    check_offsets(text, inners)
    assert [inner.subject for inner in inners] == [f"Digest {number}" for number in range(MAX_LAYERS)]


PIECES = [
    *("> ", ">> ", "\n", "\n\n", "\r\n", "\u2028", "\u2003", ",", "-- ", "________", "letter ", "x" * 70, "："),
    *("From: a@example.com\n", "To: b\n", "Subject: c\n", "Date: 2021\n", "发件人", "Received: from x\n", "wrote:\n"),
    *("-----Original Message-----\n", "Begin forwarded message:\n", f"On {DATE}, {BO} wrote:\n"),
    *("--- Below this line is a copy of the message.\n", "----- End forwarded message -----\n"),
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=60))
def test_offsets_are_exact_whatever_comes(pieces):
    text = "".join(pieces)
    check_offsets(text, unwrap(text))


@given(st.sampled_from(sorted(FORMS)), st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=40))
def test_any_cover_is_kept_apart(language, cover):
    text = f"{cover}\n\n-----Original Message-----\n{outlook(language)}"
    inners = unwrap(text)
    check_offsets(text, inners)
    assert inners[-1].body.text == LETTER


@pytest.mark.parametrize(
    "unit",
    [
        "> ", "> \n", "> hello\n", "From: x\n", "-", "-----\n", "On ", "On On On\n", "\n", ":", "a@", "wrote:\n", " ",
        f"On {DATE}, {BO} wrote:\n", "-----Original Message-----\n", "-----Original Message-----\nFrom: x\n",
        "From: a@b\nTo: a@b\nDate: 3\nSubject: x\n", "To: a\n" + "a@b,\n" * 60, "From: a\n" + "Attachments: x\n" * 30,
        "Bob wrote:\n> hi\nanswer of some length\n", "> a\nb\n", "--- Below this line is a copy of the message.\na:\n",
    ],
)  # fmt: skip
def test_time_grows_with_the_length_only(unit):
    took = []
    for size in (25_000, 100_000):
        text = unit * (size // len(unit))
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            unwrap(text)
            best = min(best, time.process_time() - start)
        took.append(best)
    assert took[1] < max(0.5, 12 * took[0])  # quadratic would be 16
