"""Every record holds, and no number reaches a reader for whom nobody has seen it."""

import re
import tomllib
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import phonenumbers
import pytest
from email_validator import validate_email
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberType, shortnumberinfo

from scamcheck.errors import LanguageError
from scamcheck.guidance import organisations
from scamcheck.guidance.organisations import Role, contact, countries, load_organisations, serving
from scamcheck.guidance.reach import opening_hours, phone_number
from scamcheck.languages import LANGUAGES, Language
from tests.conftest import ROOT

GOLDEN = Path(__file__).parent / "golden" / "contacts.txt"
TRANSLATIONS = ("en", "nl", "fr", "de", "es", "it", "pt", "pl")
RECORDS = load_organisations()
EVERY = sorted(RECORDS)
SHARED = ("EU", "INT")
FIELDS = ("phone", "email", "url", "hours")
SHOWN = ("official", "third_party")
READERS = [*countries(), "CZ", "BR", "XX"]
KEYS = {
    *("name", "roles", "fallback", "purpose", "audience", "countries", "last", "languages", "phone", "email", "url"),
    *("valid_by", "remark", "hours", "cost", "anonymous", "evidence", "seen_at", "collected_on", "checked_on"),
    *("status", "country"),
}
VALID_BY_THE_PAGE = {"nz-police": "seen on the official page"}
"""Numbers that the phonenumbers library does not know, and why they are shown all the same."""


def words(code):
    folder = ROOT / "scamcheck" / "languages"
    return Language(code, tomllib.loads((folder / f"{code}.contacts.toml").read_text(encoding="utf-8")))


def values(field):
    return list(field.values()) if isinstance(field, dict) else [field]


def home(record):
    return record["countries"] if record["country"] == "EU" else [record["country"]]


# The records


@pytest.mark.parametrize("name", EVERY)
def test_a_record_has_what_it_needs_and_nothing_else(name):
    record, english = RECORDS[name], words("en").keys()
    assert record.keys() <= KEYS
    assert {"name", "languages", "evidence", "seen_at", "collected_on", "status"} <= record.keys()
    assert set(record.get("roles", [])) | set(record.get("fallback", [])) <= set(Role)
    assert record.get("roles") or record.get("fallback")
    assert record.get("audience", "adults") in ("adults", "minors")
    assert record["evidence"] in ("own page", "other page", "list", "named", "none")
    assert type(record["collected_on"]) is date
    assert type(record.get("checked_on", date.min)) is date
    assert record.get("checked_on", date.max) >= record["collected_on"]
    assert f"services.{record['purpose']}" in english if "purpose" in record else True
    assert f"notes.{record['remark']}" in english if "remark" in record else True
    assert f"costs.{record['cost']}" in english if "cost" in record else True
    assert {f"tongues.{code}" for code in record["languages"]} - {"tongues.mul"} <= english
    assert record["name"]["en"] if isinstance(record["name"], dict) else record["name"]
    assert ("countries" in record) <= (record["country"] in SHARED)
    assert record["seen_at"] or record["evidence"] == "none"
    prefix = {"GB": "uk", "EU": ("eu", "int")}.get(record["country"], record["country"].lower())
    assert name.split("-")[0] in ([prefix] if isinstance(prefix, str) else prefix)


@pytest.mark.parametrize("name", EVERY)
def test_every_value_has_a_status_and_one_that_nobody_saw_has_no_value(name):
    record = RECORDS[name]
    assert record["status"].keys() <= set(FIELDS)
    for field in FIELDS:
        value, status = record.get(field), record["status"].get(field)
        if isinstance(status, dict):
            assert isinstance(value, dict)
            assert {code for code, known in status.items() if known in SHOWN} == value.keys()
            assert set(status.values()) <= {*SHOWN, "none"}
        else:
            assert status in (SHOWN if value else (None, "none")), field


@pytest.mark.parametrize("name", EVERY)
def test_addresses_are_well_formed(name):
    record = RECORDS[name]
    for url in values(record.get("url", {})):
        parts = urlsplit(url)
        assert parts.scheme == "https"
        assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", parts.netloc)
        assert not re.search(r"\s", url)
    for address in values(record.get("email", {})):
        assert validate_email(address, check_deliverability=False).normalized == address


@pytest.mark.parametrize("name", [name for name in EVERY if "phone" in RECORDS[name]])
def test_numbers_are_valid_in_their_country(name):
    record = RECORDS[name]
    assert record.get("valid_by") == VALID_BY_THE_PAGE.get(name)
    assert not record["phone"].startswith(("+", "00")), "a number stands as it is dialled at home"
    for country in home(record):
        number = phonenumbers.parse(record["phone"], country)
        known = phonenumbers.is_valid_number_for_region(number, country)
        short = shortnumberinfo.is_valid_short_number_for_region(number, country)
        assert known or short or name in VALID_BY_THE_PAGE
        if known and record.get("cost") == "free":
            assert phonenumbers.number_type(number) is PhoneNumberType.TOLL_FREE, "the help is free, the call is not"


def test_a_number_that_the_library_does_not_know_was_seen_on_the_official_page():
    for name in VALID_BY_THE_PAGE:
        assert RECORDS[name]["status"]["phone"] == "official"


@pytest.mark.parametrize("code", TRANSLATIONS)
def test_opening_hours_can_be_said_in_every_language(code):
    for record in RECORDS.values():
        said = opening_hours(record.get("hours", ""), words(code))
        assert "{" not in said
        assert bool(said) == ("hours" in record)


def test_nobody_for_adults_only_is_named_to_a_child_and_the_other_way_round():
    for name, record in RECORDS.items():
        roles, audience = {*record.get("roles", []), *record.get("fallback", [])}, record.get("audience")
        assert audience != "adults" or not roles & {Role.CHILD, Role.YOUNG_TALK, Role.TAKEDOWN_MINOR}, name
        assert audience != "minors" or not roles & {Role.ADULT_IMAGES, Role.TAKEDOWN_ADULT}, name
    for country in countries():
        first = serving(Role.ONLINE_REMOVAL, country, "en")[0]
        assert RECORDS[first.id].get("audience") != "adults", "who is under 18 takes the first one"


# What a reader sees


def all_contacts(language):
    for country in READERS:
        for role in Role:
            yield from ((country, role, each) for each in serving(role, country, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shown_is_what_the_record_says_and_was_seen(language):
    for country, _, each in all_contacts(language):
        record = RECORDS[each.id]
        assert each.country in (country, *SHARED)
        assert country in record.get("countries", [country])
        assert each.name
        assert each.purpose
        for field in FIELDS:
            shown, status = (
                getattr(each, {"phone": "phone_text"}.get(field, field)),
                record["status"].get(field, "none"),
            )
            known = set(values(status)) if field in record else {"none"}
            assert not shown or known & set(SHOWN)
            assert (field in each.third_party) <= (bool(shown) and "third_party" in known)
            if shown and known == {"third_party"}:
                assert field in each.third_party
        assert bool(each.phone_text) == bool(each.phone_link)
        assert each.collected_on == record["collected_on"].isoformat()
        assert each.checked_on == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("country", READERS)
@pytest.mark.parametrize("role", [Role.CRISIS, Role.EMERGENCY])
def test_somebody_is_named_for_an_emergency_and_a_crisis_in_every_country(role, country, language):
    first = serving(role, country, language)[0]
    assert first.phone_link or "number" in contact(first.id, "en").purpose


def test_no_number_is_invented():
    assert [each.id for each in serving(Role.EMERGENCY, "US", "en")] == ["int-emergency"]
    assert [each.id for each in serving(Role.EMERGENCY, "BR", "en")] == ["int-emergency"]
    assert [each.id for each in serving(Role.CRISIS, "BR", "en")] == ["int-crisis"]
    assert not any(each.phone_text for country, _, each in all_contacts("en") if country in ("BR", "XX"))
    assert all(each.country == "INT" for country, _, each in all_contacts("en") if country in ("BR", "XX"))
    assert [each.phone_text for each in serving(Role.EMERGENCY, "CZ", "en")] == ["112"]


@pytest.mark.parametrize(
    ("language", "line"), [("nl", "be-1813"), ("fr", "be-cps"), ("de", "be-108"), ("en", "be-chs")]
)
def test_the_crisis_line_that_speaks_the_language_comes_first(language, line):
    first, *others = serving(Role.CRISIS, "BE", language)
    assert first.id == line
    assert first.spoken == ""
    assert len(others) == 5
    speaking = [language in each.languages for each in (first, *others)]
    assert speaking == sorted(speaking, reverse=True)


def test_one_number_is_named_once():
    assert [each.id for each in serving(Role.YOUNG_TALK, "DE", "de")] == ["de-nummergegenkummer"]
    assert [each.id for each in serving(Role.YOUNG_TALK, "DK", "en")] == ["int-116111"]
    assert [each.id for each in serving(Role.VICTIM_SUPPORT, "DE", "de")] == ["de-weisserring"]


@pytest.mark.parametrize(
    ("number", "at_home", "reader", "text", "link"),
    [
        ("102", "BE", "BE", "102", "tel:102"),
        ("102", "BE", "FR", "", ""),
        ("116 000", "BE", "BE", "116 000", "tel:116000"),
        ("116 000", "BE", "NL", "", ""),
        ("0800 12 800", "BE", "BE", "0800 12 800", "tel:+3280012800"),
        ("0800 12 800", "BE", "NL", "+32 800 12 800", "tel:+3280012800"),
        ("1-800-843-5678", "US", "US", "1-800-843-5678", "tel:+18008435678"),
        ("0800 12", "BE", "BE", "", ""),
        ("99999", "BE", "BE", "", ""),
        ("verdacht", "BE", "BE", "", ""),
        ("", "BE", "BE", "", ""),
        ("112", "EU", "EU", "", ""),
    ],
)
def test_numbers_at_home_and_from_abroad(number, at_home, reader, text, link):
    assert phone_number(number, at_home, reader) == (text, link)


@given(st.text(max_size=40), st.sampled_from([*countries(), "EU", "XX", ""]), st.booleans())
def test_what_is_no_number_is_never_dialled(text, country, known_short):
    shown, link = phone_number(text, country, country, known_short=known_short)
    assert not link or re.fullmatch(r"tel:\+?[0-9]+", link)
    assert bool(shown) == bool(link)


def test_a_short_number_is_vouched_for_at_home_only():
    assert phone_number("105", "NZ", "NZ") == ("", "")
    assert phone_number("105", "NZ", "NZ", known_short=True) == ("105", "tel:105")
    assert phone_number("105", "NZ", "AU", known_short=True) == ("", "")


def test_a_short_number_is_not_shown_abroad_and_its_note_neither():
    assert contact("be-1813", "nl").third_party == ("phone", "url", "hours")
    abroad = contact("be-1813", "nl", "FR")
    assert (abroad.phone_text, abroad.phone_link) == ("", "")
    assert abroad.third_party == ("url", "hours")


@pytest.mark.parametrize(
    ("source", "code", "said"),
    [
        ("always", "nl", "dag en nacht"),
        ("mon,tue,thu,fri 9:00-12:00; wed 13:00-16:00", "nl", "ma, di, do, vr 9.00-12.00 uur; wo 13.00-16.00 uur"),
        ("mon,tue,thu,fri 9:00-12:00; wed 13:00-16:00", "fr", "lu, ma, je, ve 9h00-12h00; me 13h00-16h00"),
        ("mon-fri 10:00-16:00 no_holidays", "en", "Mon to Fri 10:00-16:00, not on public holidays"),
        ("daily 11:00-21:00", "de", "jeden Tag 11:00-21:00 Uhr"),
        ("9:00-21:00", "pt", "9h00-21h00"),
        ("mon-sat 14:00-20:00", "pl", "pon.-sob. godz. 14:00-20:00"),
        ("mon-fri", "es", "lun a vie"),
        ("daily 7:00-22:00", "it", "tutti i giorni ore 7:00-22:00"),
        ("", "en", ""),
    ],
)
def test_opening_hours(source, code, said):
    assert opening_hours(source, words(code)) == said


def test_a_field_with_the_status_none_never_leaves(monkeypatch):
    hidden = {
        "name": "Somebody",
        "country": "BE",
        "roles": ["police"],
        "languages": ["nl"],
        "phone": "0800 12 800",
        "email": {"nl": "hidden@example.com", "en": "hidden@example.com"},
        "url": {"nl": "https://hidden.example.com"},
        "hours": "always",
        "collected_on": date(2026, 11, 23),
    }
    record = {**hidden, "status": {"phone": "none", "email": {"nl": "none"}, "hours": "none"}}
    monkeypatch.setattr(organisations, "load_organisations", lambda: {"somebody": record})
    for language in LANGUAGES:
        shown = contact("somebody", language)
        assert (shown.phone_text, shown.phone_link, shown.email, shown.url, shown.hours) == ("", "", "", "", "")
        assert shown.third_party == ()
    seen = {"phone": "official", "email": {"nl": "official", "en": "none"}, "url": "third_party", "hours": "official"}
    record["status"] = seen
    dutch, english, german = (contact("somebody", language) for language in ("nl", "en", "de"))
    assert (dutch.phone_link, dutch.email, dutch.third_party) == ("tel:+3280012800", "hidden@example.com", ("url",))
    assert (english.email, english.url) == ("", "https://hidden.example.com")
    assert german.email == "hidden@example.com", "the Dutch one, which was seen, and not the English one"


def test_what_must_not_be_forgotten():
    assert contact("be-igvm", "nl").remark == "Kies 1 in het menu."
    assert "persoonlijk antwoord" in contact("be-safeonweb", "nl").purpose
    assert contact("be-safeonweb", "fr").third_party == ("email",)
    assert "Do not send the image" in contact("fr-pointdecontact", "en").purpose
    assert contact("be-police-local", "de").url == ""
    assert "070" not in contact("be-cardstop", "en").phone_text
    assert contact("int-stopncii", "en").email == ""
    assert contact("be-cps", "nl").spoken == "Talen: Frans."


def test_a_language_that_is_not_there_is_refused():
    with pytest.raises(LanguageError):
        contact("be-awel", "xx")
    with pytest.raises(LanguageError):
        serving(Role.POLICE, "BE", "xx")


# The words


@pytest.mark.parametrize("code", TRANSLATIONS)
def test_the_words_are_complete_in_eight_languages(code):
    table, english = words(code), words("en")
    keys = table.keys()
    assert keys == english.keys()
    assert {f"roles.{role}" for role in Role} == {key for key in keys if key.startswith("roles.")}
    for key in keys:
        assert table.text(key).strip() == table.text(key) != "", key
        assert re.findall(r"\{\w+\}", table.text(key)) == re.findall(r"\{\w+\}", english.text(key)), key
        assert (
            code == "en" or key.split(".")[0] in ("hours", "costs", "tongues") or table.text(key) != english.text(key)
        )


def test_every_word_is_used():
    used = {f"services.{record['purpose']}" for record in RECORDS.values() if "purpose" in record}
    used |= {f"notes.{record['remark']}" for record in RECORDS.values() if "remark" in record} | {"notes.speaks"}
    written = words("en").keys()
    assert used == {key for key in written if key.startswith(("services.", "notes."))}


def test_no_table_of_words_stands_in_two_files():
    for code in LANGUAGES:
        folder, seen = ROOT / "scamcheck" / "languages", set()
        for kind in ("", ".indicators", ".guidance", ".contacts"):
            tables = tomllib.loads((folder / f"{code}{kind}.toml").read_text(encoding="utf-8")).keys()
            assert not seen & tables
            seen |= tables


# Who is named to whom


def who_is_named():
    """Return the tables of golden/contacts.txt as the records make them."""
    lines = []
    for country in ("BE", "NL", "FR", "DE", "GB", "US", "XX"):
        lines += ["", f"== {country} =="]
        for role in Role:
            lists = {code: [each.id for each in serving(role, country, code)] for code in ("nl", "fr", "de", "en")}
            groups = {}
            for code, ids in lists.items():
                groups.setdefault(" ".join(ids) or "(nobody)", []).append(code)
            label = str(role)
            for ids, codes in groups.items():
                who = "all" if len(codes) == 4 else " ".join(codes)
                lines.append(f"{label:16} {who:12} {ids}")
                label = ""
    lines += ["", "== numbers: at home, and as a reader in another country sees them =="]
    for name, record in RECORDS.items():
        if "phone" in record:
            near, far = contact(name, "en", home(record)[0]), contact(name, "en", "XX")
            lines.append(f"{name:24} {near.phone_text:16} {far.phone_text or '(not shown)'}")
    return [line.rstrip() for line in lines]


def test_who_is_named_to_whom_is_what_golden_contacts_says():
    lines = [line.rstrip() for line in GOLDEN.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert who_is_named() == lines, "correct the records, or the list"
