"""Money in a text: wallet addresses with their checksums, amounts with their currency, the time left to pay."""
