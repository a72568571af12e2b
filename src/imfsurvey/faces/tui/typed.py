"""What is typed reaches the screens key by key, each after the work of the one before it.

Textual hands a key to what has the focus at that moment, and the work of a key goes on in further
messages: Enter in a field is a message to its page, a new focus one to the application. Keys that
come in one burst (somebody types fast, a line is slow, a machine is busy) would all be handed out
before the first has done its work, and end in the field of the page that Enter has left.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable
from contextvars import Context
from typing import TYPE_CHECKING

from textual import events
from textual.message_pump import MessagePump

from imfsurvey.faces.tui.forgetting import not_too_much

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen
    from textual.worker import Worker

Typed = events.Key | events.Paste

_DEAF_FOR = 10.0
"""Seconds after which keys are let in, whatever keeps a screen busy."""


class TypedInOrder:
    """The line in which keys wait; `hand_out` gives one to what has the focus."""

    def __init__(self, app: App[int], hand_out: Callable[[Typed], Awaitable[None]]) -> None:
        self._app, self._hand_out = app, hand_out
        self._waiting: deque[Typed] = deque()
        self._worker: Worker[None] | None = None

    def add(self, event: Typed) -> None:
        """Hand a key out as soon as the work of those before it is done."""
        self._waiting.append(event)
        if self._worker is None or self._worker.is_finished:  # it may have been broken off
            self._worker = self._app.run_worker(self._hand_out_all, group="typed")

    async def _hand_out_all(self) -> None:
        now = asyncio.get_running_loop().time
        while self._waiting:
            self._app.call_later(self._hand_out, self._waiting.popleft())
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(None) as limit:
                    # In an empty context: in this one the screens of now would be kept till then.
                    Context().run(limit.reschedule, now() + _DEAF_FOR)
                    await self._done()
            if self._waiting:  # nobody sees a picture before the key that is there already
                not_too_much()
        self._worker = None  # its context, too, keeps screens: perhaps those of the person before

    async def _done(self) -> None:
        """Until no widget of the screen, whichever it is by then, has a message left.

        Empty queues are not enough: the application and a screen may still be within a message,
        as while a window opens. So both are passed through, and nothing may have come of it.
        """
        while self._app.is_running and self._app.screen_stack:
            screen = self._app.screen
            if _busy(self._app, screen):
                await asyncio.sleep(0)
                continue
            await _passed_through(self._app)
            await _passed_through(screen)
            still = self._app.screen_stack[-1:] == [screen]
            if still and not _busy(self._app, screen):
                return


def _busy(app: App[int], screen: Screen[object]) -> bool:
    """Whether messages wait for the application or for a widget of a screen.

    Those that mostly have some come first: to walk through all widgets is dear.
    """
    likely = (app, screen, screen.focused)
    if any(pump is not None and pump.message_queue_size for pump in likely):
        return True
    return any(pump.message_queue_size for pump in screen.walk_children())


async def _passed_through(pump: MessagePump) -> None:
    """Until it has dealt with the messages that it has now."""
    passed = asyncio.Event()
    if pump.post_message(events.Callback(callback=passed.set)):
        await passed.wait()
