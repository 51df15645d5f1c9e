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

MAX_MESSAGE_DEPTH = 8
"""Messages inside messages. Forwards of forwards have three or four; a recursive one would never end."""

MAX_LAYERS = 12
"""Messages of one mail that are judged, forwards and quotations in its text included."""

MAX_HEADERS = 2_000
"""Header fields of one message that are looked at. Long relay chains and list mail have fewer than 300."""

MAX_ATTACHMENTS = 20
"""Attachments of one mail that are opened."""

MAX_ARCHIVE_ENTRIES = 5_000
"""Files in one archive. A helpdesk's export of a month has some thousands."""

MAX_ARCHIVE_BYTES = 250_000_000
"""Bytes that one archive unpacks to, all its files together."""

MAX_ARCHIVE_RATIO = 200
"""Bytes unpacked for one packed. Text packs to a tenth, padded HTML to a fiftieth; bombs reach 1,000 and more."""

MAX_ARCHIVE_DEPTH = 2
"""Archives inside archives, the outer one counted: people zip what was zipped already, no more."""

MAX_DOCUMENT_BYTES = 20_000_000
"""Unpacked XML of a word-processor document. A letter has 100 kB."""

MAX_PDF_PAGES = 20
"""Pages of a PDF that are read. Scam letters have one to three."""

MAX_PICTURES = 8
"""Pictures of one mail in which writing is looked for; each takes seconds."""

MAX_PIXELS = 40_000_000
"""Pixels of a picture, checked before it is unpacked. Phone cameras make 12 to 50 million, screenshots 4."""

MIN_PICTURE_SIDE = 60
"""Pixels of the shorter side. Below it a picture is a tracking pixel, a rule or an icon: no letter fits in."""

MAX_PICTURE_SECONDS = 25.0
"""Reading one picture or document in the child process, its start included. Usual: 3 s, on two busy cores 10."""

MAX_MAIL_SECONDS = 60.0
"""Reading all attachments of one mail. What is left then is named as not read."""

MAX_CHILD_BYTES = 3_000_000_000
"""Address space of the child process that reads pictures and documents."""

MAX_RTF_BYTES = 2_000_000
"""Rich text unpacked from one Outlook file. A letter has 20 kB, 400,000 Cyrillic letters have 1.6 MB; each megabyte of
the most hostile kind takes a second."""

MAX_ARCHIVE_LISTED = 50_000
"""Files in the directory of an archive, counted before it is read: each takes memory even where it is never opened."""

MAX_ARCHIVE_LOCKED_BYTES = 10_000_000
"""Bytes of one archive that are decrypted. It is done in Python and takes about a second for a million."""

MAX_ARCHIVE_TRIES = 2_000
"""Passwords that are tried on one archive, all its files together. Each takes less than a tenth of a millisecond."""

MIN_BOMB_BYTES = 1_000_000
"""What unpacks to less is no bomb, however well it packs: a page of blanks packs to a thousandth."""

MAX_DOCUMENT_ELEMENTS = 300_000
"""XML elements of a word-processor document. A letter of two pages has 3,000; each takes microseconds."""

MAX_ANSWER_BYTES = 20_000_000
"""One answer of the child process: the text of a part, hidden text and boxes, escaped, have 5 million at most."""

MAX_JPEG_PIXELS = 200_000_000
"""Pixels of a JPEG, which is unpacked at a half or a quarter of its size: large phone cameras make 200 million."""

MAX_CALENDAR_LINES = 50_000
"""Lines of a calendar file. An invitation has 40, the calendar of a busy year 20,000."""
