"""What a button knows: the question that it asks, packed into its `custom_id`, so that it works for weeks.

A question that fits stands there as it is. A longer one is deflated (with the words of our questions as dictionary)
and written in Chinese characters, which hold 14 bits each: Discord counts characters. One that is longer still is
remembered by a digest, which picks it from what the conversation was offered.
"""

from __future__ import annotations

import re
import zlib
from hashlib import sha256

from adapters.discord.limits import LONGEST_CUSTOM_ID

_PLAIN, _PACKED, _DIGEST = "=", "~", "#"
_FIRST = 0x4E00
"""U+4E00 is the first of 20,992 CJK ideographs; the next 16,384 stand for 14 bits each. All are letters of the basic
plane that no normalisation changes."""
_BITS = 14
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
_DIGEST_LENGTH = 16
_DICTIONARY = (
    b"occupations, all other systems and related workers except supervisors of first-line technicians specialists "
    b"managers engineers teachers postsecondary operators assistants /transition /responsibilities /personality "
    b"/compare /courses /salary /career /path What careers match Show careers in See all salaries for , page "
    b"Careers similar to Changing career from  to Practice projects for Personality fit for Personal growth as "
    b"Challenges of Career growth of Job outlook for Skills needed for Education needed for What are the duties of "
    b"Books for Courses for Salary of  in United States United Kingdom metropolitan area California, CA New York "
    b"How do I become a How do I become an Compare  and What is a What is an What does a  earn in What does an "
)


def packed(text: str, room: int) -> str:
    """The text in at most `room` characters (17 at least), to be read again by `unpacked`; may be a digest."""
    if len(text) < room:
        return _PLAIN + text
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=_DICTIONARY)
    ideographs = _to_ideographs(squeezer.compress(text.encode("utf-8", "replace")) + squeezer.flush())
    if len(ideographs) < room:
        return _PACKED + ideographs
    return digest(text)


def digest(text: str) -> str:
    """What stands for a text that fits in no other way."""
    return _DIGEST + sha256(text.encode("utf-8", "replace")).hexdigest()[:_DIGEST_LENGTH]


def is_digest(packed_text: str) -> bool:
    """Whether only a digest was kept."""
    return packed_text.startswith(_DIGEST)


def unpacked(packed_text: str) -> str | None:
    """The text again; None for a digest and for anything that isn't ours."""
    kind, rest = packed_text[:1], packed_text[1:]
    if kind == _PLAIN:
        return rest
    if kind != _PACKED:
        return None
    try:
        opener = zlib.decompressobj(-15, zdict=_DICTIONARY)
        return opener.decompress(_from_ideographs(rest), 8_192).decode("utf-8")
    except (ValueError, zlib.error):
        return None


def custom_id(kind: str, text: str, owner: int | None = None) -> str:
    """A button's id: what it does, for whom, and its question.

    Args:
        kind: One of the kinds that `components` knows, with a page number where it has one ("p2").
        text: The question.
        owner: Whose answer it belongs to, where that matters.
    """
    head = f"1{kind}:" if owner is None else f"1{kind}:{base36(owner)}:"
    return head + packed(text, LONGEST_CUSTOM_ID - len(head))


def template(kind: str, *, owned: bool) -> re.Pattern[str]:
    """The pattern of such ids, with the groups `owner` and `packed`."""
    owner = r"(?P<owner>[0-9a-z]{1,13}):" if owned else ""
    return re.compile(rf"1{kind}:{owner}(?P<packed>[=~#].*)", re.DOTALL)


def base36(number: int) -> str:
    """A snowflake in 13 characters at most."""
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _BASE36[digit] + digits
        if not number:
            return digits


def _to_ideographs(data: bytes) -> str:
    """Bytes as ideographs; a first one holds how many bits of the last are padding."""
    padding = -len(data) * 8 % _BITS
    number = int.from_bytes(data, "big") << padding
    count = (len(data) * 8 + padding) // _BITS
    digits = [(number >> (_BITS * (count - 1 - at))) & (1 << _BITS) - 1 for at in range(count)]
    return "".join(chr(_FIRST + digit) for digit in [padding, *digits])


def _from_ideographs(text: str) -> bytes:
    digits = [ord(character) - _FIRST for character in text]
    if not digits or any(not 0 <= digit < 1 << _BITS for digit in digits) or digits[0] >= _BITS:
        raise ValueError("no packed text")
    number = 0
    for digit in digits[1:]:
        number = number << _BITS | digit
    bits = _BITS * (len(digits) - 1) - digits[0]
    return (number >> digits[0]).to_bytes(max(0, bits) // 8, "big")
