"""Messages to a process that is too busy to read them."""

from __future__ import annotations

import multiprocessing
import threading

from bot.library.messages import Cancelled, Request
from bot.library.pipe import PipeWriter


def test_who_sends_a_large_file_does_not_wait_for_it_to_be_read() -> None:
    ours, theirs = multiprocessing.Pipe()
    writer = PipeWriter(ours)
    large = Request(1, "take_in", {"data": bytes(8 * 1024 * 1024)})
    sending = threading.Thread(target=lambda: (writer.send(large), writer.send(Cancelled(1))), daemon=True)
    sending.start()
    sending.join(10)
    assert not sending.is_alive()  # and nobody has read a byte
    assert theirs.recv() == large
    assert theirs.recv() == Cancelled(1)
    writer.leave()
    ours.close()
    theirs.close()


def test_what_is_sent_to_nobody_is_dropped() -> None:
    ours, theirs = multiprocessing.Pipe()
    theirs.close()
    writer = PipeWriter(ours)
    for number in range(3):
        writer.send(Cancelled(number))
    writer.leave()
    ours.close()
