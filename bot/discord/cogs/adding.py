"""Changing the articles from Discord: `/add`, `/remove`, `/refresh`, and the menu "Add to articles"."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.discord.access import check_may_add
from bot.discord.answers.answer_view import text_view
from bot.discord.answers.surfaces import InteractionSurface
from bot.discord.delivery import acknowledge, follow_up, to_channel
from bot.discord.errors import sentence_for
from bot.discord.intake import check_files, links_in
from bot.discord.rendering.additions import PUT_OFF, receipt_of, render_progress, render_taken_in, render_waiting
from bot.discord.rendering.escaping import escape
from bot.discord.scope import Place, home_of, place_of_interaction
from bot.library.reports import TakenIn
from retrieval.errors import BadInput, NotFound
from retrieval.schema import collections_of_server
from retrieval.schema.community import Addition

if TYPE_CHECKING:
    from bot.discord.client import OnRecordBot

_log = logging.getLogger(__name__)

_Address = app_commands.Range[str, 8, 2000]
_Article = app_commands.Range[str, 1, 100]
_BETWEEN_EDITS = 2.0  # seconds
_GONE = "Removed “{}”. Answers that cite it go with it."
_SERVERS = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)


class Adding(commands.Cog):
    """What whoever may add can do with the articles."""

    def __init__(self, bot: OnRecordBot) -> None:
        self._bot = bot
        self._menu = app_commands.ContextMenu(name="Add to articles", callback=self.add_message)
        self._menu.allowed_installs = app_commands.AppInstallationType(guild=True, user=False)
        self._menu.allowed_contexts = _SERVERS
        self._menu.default_permissions = discord.Permissions(manage_guild=True)

    async def cog_load(self) -> None:
        """Add what a cog does not add by itself, and go on with what was left undone."""
        self._bot.tree.add_command(self._menu)
        await self._bot.intake.recall()
        self.resume.start()

    async def cog_unload(self) -> None:
        """Take it out again."""
        self.resume.cancel()
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(description="Add a page or a file to this server's articles")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.describe(url="The address of a page", file="A file: text, Markdown, HTML, PDF, DOCX, CSV, JSON Lines")
    async def add(
        self,
        interaction: discord.Interaction[OnRecordBot],
        url: _Address | None = None,
        file: discord.Attachment | None = None,
    ) -> None:
        """Add what is given, and tell what became of it."""
        place = await self._allowed(interaction)
        if url is None and file is None:
            raise BadInput("Give a `url` or a `file` to add.")
        if url is not None and not url.strip().lower().startswith(("http://", "https://")):
            raise BadInput("`url` takes a web address that begins with https:// or http://.")
        check_files([file] if file is not None else [])
        await acknowledge(interaction, private=False)
        sources = (url.strip(),) if url is not None else ()
        wanted = Addition(place.kept_under, home_of(place), sources, place.here)
        await self._take_in(interaction, wanted, [file] if file is not None else [])

    async def add_message(self, interaction: discord.Interaction[OnRecordBot], message: discord.Message) -> None:
        """Add the links and files of a message."""
        place = await self._allowed(interaction)
        if not message.attachments and not links_in(message.content):
            raise BadInput("There is neither a link nor a file in this message.")
        check_files(message.attachments)
        await acknowledge(interaction, private=False)
        wanted = Addition(place.kept_under, home_of(place), tuple(links_in(message.content)), place.here)
        await self._take_in(interaction, wanted, message.attachments)

    @app_commands.command(description="Take an article out of this server's articles")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.describe(article="Its title, chosen from the list, or its address")
    async def remove(self, interaction: discord.Interaction[OnRecordBot], article: _Article) -> None:
        """Take it out, with the answers that cite it."""
        place = await self._allowed(interaction)
        own = self._own(place)
        await acknowledge(interaction, private=True)
        head = await self._bot.titles.article(own, article)
        if head is None:
            raise NotFound("There is no such article among this server's own: choose one from the list.")
        await self._bot.questions.library.remove(head.id, head.collection)
        self._bot.titles.forget(own)
        await follow_up(interaction, [_GONE.format(escape(head.title))], private=True)
        await self._bot.taking_back.take_back()

    @app_commands.command(description="Fetch the pages of this server's articles again; what changed is read anew")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.describe(article="One article, chosen from the list; all without it")
    async def refresh(self, interaction: discord.Interaction[OnRecordBot], article: _Article | None = None) -> None:
        """Fetch one page again, or all."""
        place = await self._allowed(interaction)
        await acknowledge(interaction, private=False)
        home = home_of(place)
        ids: tuple[str, ...] = ()
        if article is not None:
            head = await self._bot.titles.article(self._own(place), article)
            if head is None:
                raise NotFound("There is no such article among this server's own: choose one from the list.")
            home, ids = head.collection, (head.id,)
        await self._take_in(interaction, Addition(place.kept_under, home, ids, place.here, again=True))

    @remove.autocomplete("article")
    @refresh.autocomplete("article")
    async def complete_article(
        self, interaction: discord.Interaction[OnRecordBot], current: str
    ) -> list[app_commands.Choice[str]]:
        """At most 25 of the server's own articles; nothing where anything is wrong, since nobody could be told."""
        try:
            return await self._bot.titles.choices(self._own(place_of_interaction(interaction)), current)
        except Exception as error:  # noqa: BLE001 - typing goes on whatever happens here
            _log.info("no completion: %s", error)
            return []

    def _own(self, place: Place) -> tuple[str, ...]:
        """The collections of the server that are read here; the operator's are not the server's to change."""
        return tuple(collections_of_server(place.kept_under, self._bot.questions.collections(place)))

    async def _allowed(self, interaction: discord.Interaction[OnRecordBot]) -> Place:
        place = place_of_interaction(interaction)
        check_may_add(place, await self._bot.stored.settings(place.kept_under))
        return place

    async def _take_in(
        self,
        interaction: discord.Interaction[OnRecordBot],
        addition: Addition,
        files: Sequence[discord.Attachment] = (),
    ) -> None:
        """Do it, show how far it is, and in the end what became of it."""
        surface, intake = InteractionSurface(interaction, private=False), self._bot.intake
        last, something_stands = asyncio.get_running_loop().time(), False
        edits: set[asyncio.Task[object]] = set()

        def told(done: int, total: int) -> None:
            nonlocal last, something_stands
            now = asyncio.get_running_loop().time()
            if now - last >= _BETWEEN_EDITS and not edits:
                last, something_stands = now, True
                task: asyncio.Task[object] = asyncio.create_task(surface.show(text_view(render_progress(done, total))))
                edits.add(task)
                task.add_done_callback(edits.discard)

        async def put_off() -> None:
            await surface.show(text_view(PUT_OFF))

        self._bot.questions.running(put_off)
        if ahead := intake.ahead_of(addition.server):
            something_stands = True
            await surface.show(text_view(render_waiting(ahead)))
        try:
            taken = await intake.take_in(addition, told, files=files, member=interaction.user.id)
        except Exception as error:
            await asyncio.gather(*edits, return_exceptions=True)
            if not something_stands:
                raise
            # else how far it came would stand there for ever
            await surface.show(text_view(PUT_OFF if intake.stopping else sentence_for(error)))
            return
        await asyncio.gather(*edits, return_exceptions=True)
        self._note(taken)
        await surface.show(text_view(render_taken_in(taken, again=addition.again)))

    @tasks.loop(count=1)
    async def resume(self) -> None:
        """Add what an earlier process left undone, and tell what became of it where it was asked for."""
        await self._bot.intake.resume(self._tell_later)

    @resume.before_loop
    async def _ready(self) -> None:
        await self._bot.wait_until_ready()

    async def _tell_later(self, addition: Addition, taken: TakenIn) -> None:
        self._note(taken)
        channel = self._bot.get_partial_messageable(addition.channel)
        if addition.message is None:
            await to_channel(channel, [render_taken_in(taken, again=addition.again)])
            return
        try:
            await channel.get_partial_message(addition.message).add_reaction(receipt_of(taken))
        except discord.HTTPException as error:
            _log.info("no receipt: %s", error)

    def _note(self, taken: TakenIn) -> None:
        """What is new can be completed from now on."""
        if taken.fresh:
            self._bot.titles.forget(tuple({head.collection for head in taken.fresh}))
