"""Every cap on hostile input, in one place, each with its reason.

Past a cap the rest is judged on what was read, and the Assessment names the cap among its defects.
"""

MAX_INPUT_BYTES = 25_000_000
"""One message file. Larger than any mail provider accepts (20 to 25 MB); refused, not cut, because half a MIME
structure cannot be read."""

MAX_PART_CHARS = 400_000
"""Source text of one part. The longest real scam mails seen are near 180,000 characters of padded HTML."""

MAX_TEXT_CHARS = 100_000
"""Visible text that is judged. A letter has 500 to 5,000 characters; the rest of a longer text adds time, not proof."""

MAX_PARTS = 200
"""MIME parts read. Real mail has fewer than 20; list digests reach about 100."""

MAX_NESTING = 200
"""Open HTML elements. A deeper element hides nothing of its own; mail templates nest about 25 tables."""

MAX_NAME_CHARS = 200
"""The name of an attachment, as it is shown."""

MAX_ADDRESS_CHARS = 500
"""A header value in which addresses are looked for; the standard parser recurses on nested comments."""

MAX_MATCHES = 500
"""Matches of one indicator that are looked at before the best are kept."""

MAX_STYLE_RULES = 2_000
"""Rules of a style sheet that hide or colour. Beyond that a sheet is junk put there to slow down filters."""

MAX_HEADER_CHARS = 2_000
"""One decoded header value. RFC 5322 lines have 998 characters at most."""

MAX_FINDINGS_PER_INDICATOR = 20
"""Findings kept of one indicator in one message. A person reads the first three."""

MAX_UPLOAD_MEGABYTES = 20
"""Uploads in the front end; also in .streamlit/config.toml, compared by a test."""
