"""A mail server that does what it is told: it takes letters, refuses them, asks to try later, hangs, or dies."""

import socketserver
from email import message_from_string
from email.message import Message
from threading import Thread
from typing import Any

TAKEN = "250 Fine."


class MailServer(socketserver.ThreadingTCPServer):
    """`at` has the answer of each step that is not fine: HELLO, RCPT, the END of a letter; None: the line breaks."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.at: dict[str, str | None] = {}
        self.tried = 0
        self.arrived: list[Message] = []
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def mailer(self, patience: float = 20) -> dict[str, Any]:
        """Settings; `patience` in seconds."""
        options = {"host": "127.0.0.1", "port": self.server_address[1], "timeout": patience}
        return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}

    @property
    def names(self) -> list[str]:
        return [letter["Message-ID"] for letter in self.arrived]


class Talk(socketserver.StreamRequestHandler):
    def say(self, step: str, fine: str = TAKEN) -> bool:
        answer = self.server.at.get(step, fine)
        if answer is not None:
            self.wfile.write(f"{answer}\r\n".encode())
        return answer == fine

    def handle(self) -> None:
        self.server.tried += 1
        if not self.say("HELLO", "220 Here."):
            # Who hangs keeps the line.
            self.rfile.readline()
            return
        while line := self.rfile.readline():
            step = line.decode().split()[0].upper().partition(":")[0]
            if step == "QUIT":
                self.say(step, "221 Bye.")
                return
            if step != "DATA":
                self.say(step)
            elif self.say(step, "354 Go on.") and not self.take():
                return

    def take(self) -> bool:
        lines = []
        while (line := self.rfile.readline()).rstrip() != b".":
            lines.append(line.decode())
        if self.server.at.get("END", TAKEN) in (TAKEN, None):
            self.server.arrived.append(message_from_string("".join(lines)))
        return self.say("END") or self.server.at["END"] is not None
