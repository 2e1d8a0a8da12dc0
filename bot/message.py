"""What a platform hands to the bot."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class ConversationKey(BaseModel):
    """Whose conversation it is: the same person in the same thread of the same place."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    platform: str
    place: str = ""
    thread: str = ""
    person: str = ""


class StructuredRequest(BaseModel):
    """A command whose options arrived as slots: they are resolved, not turned into prose and parsed again.

    Attributes:
        intent: Name of the intent that the command declares.
        options: Option name → the text given for it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    intent: str
    options: dict[str, str] = Field(default_factory=dict)


class IncomingMessage(BaseModel):
    """One message from one person.

    Attributes:
        text: As typed (untrusted). Empty where `request` is given.
        locale: BCP 47 tag of the person, e.g. "en-GB".
        country: ISO 3166-1 alpha-2 of the community, "" = the operator's default.
        community: Whose curators' decisions hold ("discord:guild:123"), "" = those of all.
        addressed: False for a message merely overheard in a channel: then only sure answers are given.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = ""
    conversation: ConversationKey = ConversationKey(platform="none")
    locale: str = "en-US"
    country: str = ""
    community: str = ""
    addressed: bool = True
    request: StructuredRequest | None = None
