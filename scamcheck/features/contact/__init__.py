"""Ways to reach somebody that stand in a text: mail addresses, numbers, user names in apps, and whose they are."""
