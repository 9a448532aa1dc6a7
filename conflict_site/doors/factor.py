"""The second factor: six digits from a device, or a recovery code that works once."""

from secrets import choice
from time import time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

CODES, LENGTH = 10, 10  # recovery codes, and characters of each: fifty bits
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
STORED = 16  # characters that StaticToken has room for: sixty-four bits of a digest
TOLERANCE = 1  # steps of half a minute that a clock may go wrong


def device_of(person: Any) -> TOTPDevice | None:
    """The device of somebody; None where there is none yet."""
    found: TOTPDevice | None = TOTPDevice.objects.filter(user=person, confirmed=True).first()
    return found


def codes_left(person: Any) -> int:
    """How many recovery codes somebody still has."""
    return int(StaticToken.objects.filter(device__user=person).count())


def address(person: Any, key: str) -> str:
    """What the picture for a device says: the key and whose it is."""
    return str(TOTPDevice(user=person, key=key).config_url)


@transaction.atomic
def set_up(person: Any, key: str, code: str) -> bool:
    """Take the device that has this key in place of the one before, where it shows the right code."""
    clock = TOTP(bytes.fromhex(key))
    clock.time = time()
    if not (_is_six_digits(code) and clock.verify(int(code), TOLERANCE)):
        return False
    TOTPDevice.objects.filter(user=person).delete()
    TOTPDevice.objects.create(user=person, name="Authenticator", key=key, last_t=clock.t())
    return True


@transaction.atomic
def verify(person: Any, code: str) -> bool:
    """Whether this is a code of theirs, which then has been used. After each wrong one in a row, twice the wait."""
    kind, given = (TOTPDevice, code) if _is_six_digits(code) else (StaticDevice, _digest(code))
    device = kind.objects.select_for_update().filter(user=person, confirmed=True).first()
    return bool(device and device.verify_token(given))


def wait(person: Any, code: str) -> int:
    """The seconds until a code of this kind is looked at again."""
    kind = TOTPDevice if _is_six_digits(code) else StaticDevice
    device = kind.objects.filter(user=person, confirmed=True).first()
    allowed, why = device.verify_is_allowed() if device else (True, None)
    return 0 if allowed or not why else max(1, round((why["locked_until"] - timezone.now()).total_seconds() + 0.5))


@transaction.atomic
def new_codes(person: Any) -> list[str]:
    """New recovery codes in place of all others. They are kept as digests: nobody can read them again."""
    StaticDevice.objects.filter(user=person).delete()
    device = StaticDevice.objects.create(user=person, name="Recovery codes")
    codes = ["".join(choice(LETTERS) for _ in range(LENGTH)) for _ in range(CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_digest(code)) for code in codes)
    return [f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}" for code in codes]


@transaction.atomic
def reset(person: Any) -> bool:
    """Forget the device and the codes of somebody; False where there were none."""
    return sum(kind.objects.filter(user=person).delete()[0] for kind in (TOTPDevice, StaticDevice)) > 0


def _is_six_digits(code: str) -> bool:
    return len(code) == 6 and code.isascii() and code.isdecimal()


def _digest(code: str) -> str:
    plain = "".join(filter(str.isalnum, code.casefold()))
    return salted_hmac("conflict_site.doors.factor", plain, algorithm="sha256").hexdigest()[:STORED]
