"""`/settings`: everything that the admins of a server can set, on one screen of controls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.access import check_manages
from bot.discord.delivery import telling
from bot.discord.scope import place_of_interaction
from retrieval.errors import BadInput
from retrieval.schema.community import AbstentionTone, AnswerPlace, ServerSettings

if TYPE_CHECKING:
    from bot.discord.client import OnRecordBot

Change = Callable[[ServerSettings], ServerSettings]

_MOST = 25  # channels or roles, as many as Discord lets choose
_MODES = {
    "reply": ("Answer in a reply", "A mention is answered where it stands"),
    "thread": ("Answer in a thread", "Each mention gets a thread, in which the conversation goes on"),
}
_TONES = {
    "short": ("Without an answer: say only that", "One sentence"),
    "plain": ("Without an answer: name the nearest articles", "The reason, and where to look"),
    "friendly": ("Without an answer: be friendly", "The nearest articles, and what to try"),
}
_LONGEST_RETENTION = 3650  # days


class SettingsScreen(commands.Cog):
    """`/settings`, for who manages the server."""

    def __init__(self, bot: OnRecordBot) -> None:
        self._bot = bot

    @app_commands.command(description="See and change how I answer in this server")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.default_permissions(manage_guild=True)
    async def settings(self, interaction: discord.Interaction[OnRecordBot]) -> None:
        """Show the screen to whoever asked for it."""
        place = place_of_interaction(interaction)
        check_manages(place)
        settings = await self._bot.stored.settings(place.kept_under)
        await interaction.response.send_message(view=Screen(settings, self._bot), ephemeral=True)


class Screen(discord.ui.LayoutView):
    """The controls, showing what is set; each change is kept at once, and the screen drawn anew."""

    def __init__(self, settings: ServerSettings, bot: OnRecordBot) -> None:
        super().__init__(timeout=900)
        self._bot = bot
        self._heading("**Where I answer** (nothing chosen: everywhere)")
        self._channels(settings.channels, "Channels", lambda s, ids: replace(s, channels=ids))
        self._heading("**Who may ask** (nothing chosen: everybody)")
        self._roles(settings.asking_roles, "Roles that may ask", lambda s, ids: replace(s, asking_roles=ids))
        self._heading("**Who may add articles**, besides who manages the server. Allow them the commands too, in"
                      " Discord's own Server Settings › Integrations.")  # fmt: skip
        self._roles(settings.adding_roles, "Roles that may add", lambda s, ids: replace(s, adding_roles=ids))
        self._heading("**How I answer**")
        self._choice(settings.place, _MODES, lambda s, value: replace(s, place=AnswerPlace(value)))
        self._choice(settings.tone, _TONES, lambda s, value: replace(s, tone=AbstentionTone(value)))
        self._heading(_numbers(settings, bot.stored.time_zone))
        state = "on" if settings.language_model else "off"
        model = f"Language model: {state if bot.has_model else 'there is none here'}"
        self.add_item(
            discord.ui.ActionRow(
                _Press(
                    model,
                    self,
                    lambda s: replace(s, language_model=not s.language_model),
                    disabled=not bot.has_model,
                ),
                _OpenNumbers(self),
            )
        )

    async def change(self, interaction: discord.Interaction[Any], change: Change) -> None:
        """Keep a change, and draw the screen with it."""
        await telling(interaction, self._change(interaction, change))

    async def _change(self, interaction: discord.Interaction[OnRecordBot], change: Change) -> None:
        place = place_of_interaction(interaction)
        check_manages(place)
        stored = interaction.client.stored
        settings = change(await stored.settings(place.kept_under))
        await stored.change_settings(place.kept_under, settings)
        await interaction.response.edit_message(view=Screen(settings, self._bot))

    def _heading(self, text: str) -> None:
        self.add_item(discord.ui.TextDisplay(text))

    def _channels(
        self, chosen: Sequence[int], words: str, change: Callable[[ServerSettings, tuple[int, ...]], ServerSettings]
    ) -> None:
        self.add_item(discord.ui.ActionRow(_Channels(self, chosen, words, change)))

    def _roles(
        self, chosen: Sequence[int], words: str, change: Callable[[ServerSettings, tuple[int, ...]], ServerSettings]
    ) -> None:
        self.add_item(discord.ui.ActionRow(_Roles(self, chosen, words, change)))

    def _choice(
        self, chosen: str, words: dict[str, tuple[str, str]], change: Callable[[ServerSettings, str], ServerSettings]
    ) -> None:
        self.add_item(discord.ui.ActionRow(_Choice(self, chosen, words, change)))


class _Channels(discord.ui.ChannelSelect[Any]):
    def __init__(
        self,
        screen: Screen,
        chosen: Sequence[int],
        words: str,
        change: Callable[[ServerSettings, tuple[int, ...]], ServerSettings],
    ) -> None:
        super().__init__(
            channel_types=[discord.ChannelType.text, discord.ChannelType.forum, discord.ChannelType.news],
            placeholder=words,
            min_values=0,
            max_values=_MOST,
            default_values=[discord.Object(i, type=discord.abc.GuildChannel) for i in chosen[:_MOST]],
        )
        self._screen, self._change = screen, change

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        ids = tuple(channel.id for channel in self.values)
        await self._screen.change(interaction, lambda settings: self._change(settings, ids))


class _Roles(discord.ui.RoleSelect[Any]):
    def __init__(
        self,
        screen: Screen,
        chosen: Sequence[int],
        words: str,
        change: Callable[[ServerSettings, tuple[int, ...]], ServerSettings],
    ) -> None:
        super().__init__(
            placeholder=words,
            min_values=0,
            max_values=_MOST,
            default_values=[discord.Object(i, type=discord.Role) for i in chosen[:_MOST]],
        )
        self._screen, self._change = screen, change

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        ids = tuple(role.id for role in self.values)
        await self._screen.change(interaction, lambda settings: self._change(settings, ids))


class _Choice(discord.ui.Select[Any]):
    def __init__(
        self,
        screen: Screen,
        chosen: str,
        words: dict[str, tuple[str, str]],
        change: Callable[[ServerSettings, str], ServerSettings],
    ) -> None:
        super().__init__(
            options=[
                discord.SelectOption(label=label, description=description, value=value, default=value == chosen)
                for value, (label, description) in words.items()
            ]
        )
        self._screen, self._change = screen, change

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        value = self.values[0]
        await self._screen.change(interaction, lambda settings: self._change(settings, value))


class _Press(discord.ui.Button[Any]):
    def __init__(self, label: str, screen: Screen, change: Change, *, disabled: bool) -> None:
        super().__init__(label=label, disabled=disabled)
        self._screen, self._change = screen, change

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await self._screen.change(interaction, self._change)


class _OpenNumbers(discord.ui.Button[Any]):
    def __init__(self, screen: Screen) -> None:
        super().__init__(label="Change quotas, retention, time zone")
        self._screen = screen

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await telling(interaction, self._open(interaction))

    async def _open(self, interaction: discord.Interaction[OnRecordBot]) -> None:
        place = place_of_interaction(interaction)
        check_manages(place)
        settings = await interaction.client.stored.settings(place.kept_under)
        await interaction.response.send_modal(NumbersWindow(self._screen, settings))


class NumbersWindow(discord.ui.Modal, title="Quotas, retention, time zone"):
    """What is typed and not chosen."""

    def __init__(self, screen: Screen, settings: ServerSettings) -> None:
        super().__init__(timeout=900)
        self._screen = screen
        self._member = _field("Questions a day of one member", settings.member_quota, "Empty: as many as they like.")
        self._server = _field("Questions a day of this server", settings.server_quota, "Empty: as many as they like.")
        self._days = _field("Days that answers and feedback are kept", settings.retention_days, "1 to 3650.")
        self._zone = _field("Time zone", settings.time_zone, "Such as Europe/Berlin. Empty: that of whoever runs me.")
        for label in (self._member, self._server, self._days, self._zone):
            self.add_item(label)

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Keep what was typed; what cannot be is said, and nothing is changed."""
        try:
            change = self._read()
        except BadInput as error:
            await interaction.response.send_message(str(error), ephemeral=True)
            return
        await self._screen.change(interaction, change)

    def _read(self) -> Change:
        member = _number("The questions of one member", _typed(self._member), 1_000_000)
        server = _number("The questions of the server", _typed(self._server), 1_000_000)
        days = _number("The days", _typed(self._days), _LONGEST_RETENTION, or_empty="")
        if not days:
            raise BadInput(f"Answers are kept between 1 and {_LONGEST_RETENTION} days: give a number.")
        zone = _typed(self._zone) or None
        if zone is not None:
            try:
                ZoneInfo(zone)
            except (ValueError, OSError, KeyError) as error:
                raise BadInput("I do not know this time zone: write it as in Europe/Berlin.") from error
        return lambda settings: replace(
            settings, member_quota=member, server_quota=server, retention_days=days, time_zone=zone
        )


def _numbers(settings: ServerSettings, operators_zone: str) -> str:
    member = f"{settings.member_quota} a day" if settings.member_quota is not None else "without limit"
    server = f"{settings.server_quota} a day" if settings.server_quota is not None else "without limit"
    return (
        f"Questions of a member: {member} · of the server: {server}\n"
        f"Answers and feedback are kept {settings.retention_days} days ·"
        f" time zone {settings.time_zone or f'{operators_zone} (of whoever runs me)'}"
    )


def _field(text: str, value: object, description: str) -> discord.ui.Label[NumbersWindow]:
    component: discord.ui.TextInput[NumbersWindow] = discord.ui.TextInput(
        default=str(value) if value is not None else None, required=False, max_length=60
    )
    return discord.ui.Label(text=text, description=description, component=component)


def _typed(label: discord.ui.Label[NumbersWindow]) -> str:
    assert isinstance(label.component, discord.ui.TextInput)
    return label.component.value.strip()


def _number(what: str, text: str, most: int, or_empty: str = ", or leave it empty") -> int | None:
    if not text:
        return None
    if not text.isdecimal() or not text.isascii() or not 1 <= int(text) <= most:
        raise BadInput(f"{what}: give a whole number from 1 to {most:,}{or_empty}.")
    return int(text)
