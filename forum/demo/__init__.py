"""The demo: the community of Relay, a mail and device cloud that does not exist, with a few days behind it."""
