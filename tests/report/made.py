"""Assessments made by hand, so that what is printed of them does not change with the model."""

from dataclasses import replace

from scamcheck.report.why import Reasons
from scamcheck.types import (
    LABELS,
    Assessment,
    Contribution,
    Counterfactual,
    Counterfactuals,
    Explanation,
    Finding,
    Link,
    Picture,
    Place,
    Reliability,
    Span,
    Verdict,
    Wrapping,
    Writing,
)

NOWHERE = Span(0, 0)
WALLET = "bc1q29646dk8mwu3r5wjvq5qru9jqfsgv3whzhgclh"
PASSWORD, ADDRESS, PHONE, NAME = "kestrel-77!", "anna.example@example.org", "+32 470 12 34 56", "Annabel"
"""What is the reader's own in the mails below."""

CONTACT, HANDLE, CALL = "pay.me@example.net", "@paymenow", "+44 20 7946 0958"
"""How the sender of the mails below wants to be reached."""

MASS = f"""Your account belongs to somebody else now

Dear {NAME},

I hacked your computer in January. I am writing to you from your own account, as you can see.
Your password is: {PASSWORD} I know your number as well: {PHONE}.
While you visited adult sites, I recorded a video of you. I will send the video to all your contacts.
A trojan on your device lets me switch on the camera whenever I like. No antivirus can see it.
Send 1,300 dollars in bitcoin to this wallet: {WALLET}
You have 48 hours. I will know when you have read this message.
Do not go to the police; they cannot find me. Your mail address is {ADDRESS}.
"""
PERSONAL = f"""Hey

You enjoyed our video call on Tuesday, do you remember? I still have the pictures that you sent me.
Pay me 0.05 bitcoin until Friday or I show them to your sister. Write to me on Telegram: {HANDLE}
"""
CONTACTS = f"""Last warning

We know where you live. Send 15,000 francs by bank transfer within 36 hours, or there will be a fire.
Write to {CONTACT} or call {CALL}, or find us on Signal: {HANDLE}
"""
BILL = "Your bill for March\n\nThe amount of 42.50 euros is due within 14 days. Thank you for shopping with us."
WARNING = """Watch out for blackmail mails

The police warn of mails that say your webcam was hacked. Is such a mail real? Do not pay, and report it.
"""


def span(text: str, quote: str) -> Span:
    """Return where a quotation stands in a text, which must have it."""
    return Span(text.index(quote), text.index(quote) + len(quote))


def finding(text: str, indicator: str, quote: str = "", secret: str = "", **facts) -> Finding:
    """Return a finding; without a quotation one of the headers."""
    if not quote:
        return Finding(indicator, NOWHERE, facts)
    at = span(text, quote)
    secrets = (span(text, secret),) if secret else ()
    return Finding(indicator, at, facts, secrets, Place(0, "", at))


def assessed(verdict: Verdict, text: str, findings=(), share: float = 0.993, **more) -> Assessment:
    """Return an assessment of a text, whose sentences weigh less and less."""
    rest = (1 - share) / (len(LABELS) - 1)
    label = Verdict.SEXTORTION_SCAM if verdict is Verdict.UNCERTAIN else verdict
    probabilities = {each: share if each is label else rest for each in LABELS}
    lines = [line for line in text.split("\n") if line]
    weights = tuple(
        Contribution(span(text, line), round((1 if number % 3 else -1) / (number + 1), 4))
        for number, line in enumerate(lines, 1)
    )
    explanation = Explanation(label, 0.5 + sum(each.amount for each in weights), 0.5, weights)
    given = Assessment(
        verdict=verdict,
        probabilities=probabilities,
        findings=tuple(sorted(findings, key=lambda each: (each.span, each.indicator))),
        text=text,
        hidden_text="",
        language="en",
        reason="",
        defects=(),
        model_version="000000000000",
        explanation=explanation,
    )
    return replace(given, **more)


def _mass() -> Assessment:
    def at(indicator: str, quote: str = "", secret: str = "", **facts) -> Finding:
        return finding(MASS, indicator, quote, secret, **facts)

    found = (
        at("sender_is_recipient", header="From", spoof_reported=True),
        at("sender_check", header="Authentication-Results", spf="fail", dmarc="fail", aligned=False),
        at("hacked_device", "I hacked your computer in January."),
        at("own_address", "I am writing to you from your own account, as you can see.", from_equals_to=True),
        at("leaked_password", f"Your password is: {PASSWORD}", PASSWORD, quoted=True),
        at("reader_data", f"I know your number as well: {PHONE}.", PHONE),
        at("adult_sites", "While you visited adult sites, I recorded a video of you."),
        at("recording", "While you visited adult sites, I recorded a video of you."),
        at("contacts_threat", "I will send the video to all your contacts."),
        at("malware", "A trojan on your device lets me switch on the camera whenever I like."),
        at("camera_access", "A trojan on your device lets me switch on the camera whenever I like."),
        at("antivirus_silent", "No antivirus can see it."),
        at(
            "payment_demand", "Send 1,300 dollars in bitcoin to this wallet:", amount=1300.0, currency="USD", coin="BTC"
        ),
        at("crypto_address", WALLET, address=WALLET, coin="BTC", coin_name="Bitcoin", checksum="valid", split=True),
        at("deadline", "You have 48 hours.", hours=48),
        at("tracking", "I will know when you have read this message."),
        at("no_police", "Do not go to the police;"),
        at("untraceable", "they cannot find me."),
        at("named_account", ADDRESS, ADDRESS, is_recipient=True),
    )
    return assessed(Verdict.SEXTORTION_SCAM, MASS, found, sender=ADDRESS, recipients=f"{NAME} Example <{ADDRESS}>")


def _forwarded() -> Assessment:
    return replace(
        _mass(),
        hidden_text=f"roses and tulips for {NAME}, {ADDRESS}",
        around=f"Hello helpdesk, please look at this. Call me at {PHONE}. {NAME}",
        other_alternative=f"Dear {NAME}, thank you for your order. We wrote to {ADDRESS} about it.",
        chain=(
            Link(Wrapping.NOT, f"Fwd: for {NAME}", f"{NAME} Example <{ADDRESS}>"),
            Link(Wrapping.FORWARDED, f"{PASSWORD} is yours", CONTACT, "Tue, 3 Mar 2026"),
        ),
        pictures=(Picture(f"{ADDRESS}.jpg", 2048, "ab" * 32, Writing.NOT_READ),),
        defects=(f"{ADDRESS}.bin was not opened",),
        sender="",
    )


def _personal() -> Assessment:
    def at(indicator: str, quote: str, **facts) -> Finding:
        return finding(PERSONAL, indicator, quote, **facts)

    found = (
        at("shared_past", "You enjoyed our video call on Tuesday, do you remember?"),
        at("image_held", "I still have the pictures that you sent me."),
        at("payment_demand", "Pay me 0.05 bitcoin until Friday", amount=0.05, currency="BTC", coin="BTC"),
        at("deadline", "until Friday", until="friday"),
        at("contact_handle", HANDLE, app="Telegram", handle=HANDLE),
    )
    return assessed(Verdict.PERSONAL_SEXTORTION, PERSONAL, found, 0.84)


def _contacts() -> Assessment:
    def at(indicator: str, quote: str = "", **facts) -> Finding:
        return finding(CONTACTS, indicator, quote, **facts)

    found = (
        at("display_name", header="From", trick="known_name", domain="example.com", shown_name="Europol"),
        at("reply_to_differs", header="Reply-To", from_domain="example.com", reply_domain="example.net"),
        at("payment_demand", "Send 15,000 francs by bank transfer", amount=15000.0, currency="CHF"),
        at("deadline", "within 36 hours", hours=36),
        at("contact_address", CONTACT, address=CONTACT),
        at("contact_phone", CALL, phone="+442079460958"),
        at("contact_handle", HANDLE, app="Signal", handle=HANDLE),
    )
    return assessed(Verdict.OTHER_EXTORTION, CONTACTS, found, 0.62)


def _bill() -> Assessment:
    found = (
        finding(BILL, "payment_demand", "The amount of 42.50 euros is due", amount=42.5, currency="EUR"),
        finding(BILL, "deadline", "within 14 days", hours=336),
        finding(BILL, "sender_check", header="Authentication-Results", spf="pass", dkim="pass", aligned=True),
    )
    return assessed(Verdict.UNRELATED, BILL, found, 0.95)


def _warning() -> Assessment:
    found = (
        finding(WARNING, "warning", "The police warn of mails that say your webcam was hacked."),
        finding(WARNING, "hacked_device", "your webcam was hacked."),
        finding(WARNING, "question", "Is such a mail real?"),
    )
    return assessed(Verdict.ABOUT_SEXTORTION, WARNING, found, 0.91)


def _short() -> Assessment:
    return assessed(Verdict.UNCERTAIN, "Pay me", (), 0.7, reason="too_short")


MAILS = {
    "mass": _mass(),
    "forwarded": _forwarded(),
    "personal": _personal(),
    "contacts": _contacts(),
    "bill": _bill(),
    "warning": _warning(),
    "short": _short(),
}
"""The mails by name."""


def reasons(given: Assessment) -> Reasons:
    """Return what the verdict on a mail hangs on: one of its claims, in a way that may never be shown as well."""
    if given.verdict is Verdict.UNCERTAIN or not given.explanation.contributions:
        return Reasons()
    names = [each.indicator for each in given.findings if len(each.span)][:2]
    spans = (given.explanation.contributions[0].span,)
    change = Counterfactual(tuple(names), spans, Verdict.UNCERTAIN, 0.6, "low_confidence")
    mass = Counterfactual((names[0],), spans, Verdict.SEXTORTION_SCAM, 0.99)
    found = Counterfactuals((mass, change), (change,) if names else ())
    return Reasons(found, Reliability(given.verdict, 0.9, 1.0, 214, 211, (0.96, 0.995)))
