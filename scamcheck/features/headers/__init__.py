"""Facts from the headers of a mail: addresses, what servers report of the sender, platforms that send for others."""
