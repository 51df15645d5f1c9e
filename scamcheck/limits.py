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
"""One mail address before it is validated. RFC 5321 has 254 at most; some write a name and a comment into it."""

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

MAX_RESULTS = 20
"""Header fields in which one server says what it found out of a sender. Some write one for each check, up to six."""

MAX_MAILBOXES = 60
"""Addresses of one header field that are validated. Past that a mail goes to a list, and no address tells anything."""

MAX_REJUDGED_CHARS = 400_000
"""Text that is judged again to tell what a verdict hangs on, all shortened texts together. A letter with 15 indicators
has 90,000 at most; 100,000 take about a second."""

MAX_BARE_WALLETS = 100
"""Wallet-like words without a checksum whose sentence is looked at. A mail has one to three; each takes 0.2 ms."""

MAX_KECCAK_WALLETS = 1_000
"""Wallet-like words of Ethereum and Monero whose checksum is computed in Python: each takes half a millisecond."""

MAX_SPLIT_STEPS = 300_000
"""Pieces of text that are joined in search of a cut wallet. 3,000 characters need 500; these take 0.2 s."""

MAX_SPLIT_TESTS = 5_000
"""Checksums that are tried in search of a cut wallet. Each takes 20 microseconds, Monero's half a millisecond."""

MAX_PROBE_BYTES = 1_000
"""Bytes read of a page whose address is probed: that it answers is all that is asked."""

MAX_PROBE_SECONDS = 10.0
"""Waiting for one answer of a page whose address is probed. Slow public sites take three."""

MAX_PRINTED_QUOTE = 400
"""Characters of one sentence of a mail in a printed document. A sentence has 100; a longer one is told from those."""

MAX_PRINTED_MAIL = 40_000
"""Characters of a mail that a report attaches, all its parts together: 15 pages, ten times a long letter. Setting
Arabic takes 0.15 s for a thousand."""

MAX_PRINTED_ROWS = 60
"""Entries of one list of a report. Real mails have a dozen attachments at most."""

MAX_PRINTED_PAGES = 40
"""Pages of a printed document; 40,000 characters in lines of one word each would fill 500."""

MAX_PASSWORDS = 50
"""Passwords of one mail that are masked in everything that is told of it, beside those of findings. A mail quotes one
or two; each is looked for in every text."""
