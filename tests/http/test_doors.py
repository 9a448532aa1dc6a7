"""Who comes in at the desk: the password, the second factor, how often one may be wrong, and sessions that end."""

import logging
import re
from datetime import timedelta
from importlib import import_module
from time import time

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.contrib.sessions.models import Session as FormerSession
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from conflict_site.doors import attempts, checks, factor, networks, sessions, signing_in
from conflict_site.doors.models import Failure, KnownNetwork, Session
from tests.factories import a_user
from tests.http.desk import signed_in

pytestmark = pytest.mark.django_db

carry_over = import_module("conflict_site.doors.migrations.0002_who_is_signed_in_stays_so").carry_over
PASSWORD = "correct horse battery"
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"
DESK = "/admin/"


@pytest.fixture(autouse=True)
def shut(settings, caplog):
    settings.SECOND_FACTOR = True
    caplog.set_level(logging.WARNING)


@pytest.fixture
def ada():
    return User.objects.create_user("ada", password=PASSWORD, is_staff=True, is_superuser=True)


def enter(client, password=PASSWORD, name="ada", place=HERE, to=""):
    """Send the page that asks for name and password."""
    given = {"username": name, "password": password, "next": to}
    return client.post("/admin/login/", given, REMOTE_ADDR=place)


def shown(key, steps=0):
    """What a device with this key shows, now or some half minutes later."""
    clock = TOTP(bytes.fromhex(key))
    clock.time = time() + steps * 30
    return f"{clock.token():06}"


def with_device(person):
    """Give somebody a device that has shown no code yet; returns its key."""
    return TOTPDevice.objects.create(user=person, name="Authenticator").key


def is_in(client):
    return client.get(DESK).status_code == 200


def lines(caplog):
    """What was logged at all, of warnings and worse."""
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


# The second factor


def test_a_new_account_sets_up_its_device_before_it_is_in(client, ada):
    assert enter(client).url == "/admin/set-up/"
    assert not is_in(client)
    page = client.get("/admin/set-up/")
    assert 'src="data:image/svg+xml;charset=utf-8,%3Csvg' in page.text
    key = client.session[signing_in.KEY]
    assert client.post("/admin/set-up/", {"code": "000000"}).status_code == 200
    assert not is_in(client)
    page = client.post("/admin/set-up/", {"code": shown(key)})
    codes = re.findall(r"<li>(\w{5}-\w{5})</li>", page.text)
    assert (len(codes), page.headers["Cache-Control"].split(",")[0]) == (10, "max-age=0")
    assert is_in(client)
    assert StaticToken.objects.filter(token__in=codes).count() == 0  # only digests are kept
    assert [entry.change_message for entry in LogEntry.objects.all()] == ["Set up a second factor."]


def test_whoever_has_a_device_needs_its_code_which_works_once(client, ada):
    key = with_device(ada)
    assert enter(client, to="/admin/claims/claim/").url == "/admin/code/"
    assert not is_in(client)
    assert client.get("/admin/set-up/").url == "/admin/code/"  # a second device is not to be had for a password
    code = shown(key)
    assert client.post("/admin/code/", {"code": f"{code[:3]} {code[3:]}"}).url == "/admin/claims/claim/"
    assert is_in(client)
    other = Client()
    enter(other)
    assert "it has been used" in other.post("/admin/code/", {"code": code}).text
    assert not is_in(other)


def test_a_recovery_code_stands_in_once_however_it_is_typed(ada):
    with_device(ada)
    code = factor.new_codes(ada)[0]
    first, second = Client(), Client()
    enter(first)
    assert first.post("/admin/code/", {"code": code.upper().replace("-", " ")}).url == DESK
    enter(second)
    assert second.post("/admin/code/", {"code": code}).status_code == 200
    assert (is_in(first), is_in(second), factor.codes_left(ada)) == (True, False, 9)


def test_a_password_that_was_changed_or_given_too_long_ago_leads_nowhere(client, ada):
    key = with_device(ada)
    enter(client)
    ada.set_password("another horse battery")
    ada.save()
    assert client.post("/admin/code/", {"code": shown(key)}).url == "/admin/login/"
    enter(client, "another horse battery")
    session = client.session
    session[signing_in.PENDING] = {**session[signing_in.PENDING], "at": time() - 601}
    session.save()
    assert client.post("/admin/code/", {"code": shown(key)}).url == "/admin/login/"


def test_where_a_password_is_enough_whoever_has_a_device_still_needs_it(client, ada, settings):
    settings.SECOND_FACTOR = False
    assert enter(client).url == DESK
    client.post("/admin/logout/")
    with_device(ada)
    assert enter(client).url == "/admin/code/"


def test_codes_and_devices_are_renewed_for_a_code(client, ada):
    client.force_login(ada)
    assert "Set up a second factor" in client.get("/admin/second-factor/").text
    key = with_device(ada)
    assert client.get("/admin/set-up/").url == "/admin/second-factor/"
    assert client.post("/admin/second-factor/", {"code": "12", "_codes": "1"}).status_code == 200
    assert factor.codes_left(ada) == 0
    assert "0 recovery codes are left" in client.get("/admin/second-factor/").text
    assert client.post("/admin/second-factor/", {"code": shown(key), "_codes": "1"}).text.count("<li>") >= 10
    TOTPDevice.objects.update(last_t=-1)
    assert client.post("/admin/second-factor/", {"code": shown(key), "_device": "1"}).url == "/admin/set-up/"
    client.get("/admin/set-up/")
    new = client.session[signing_in.KEY]
    assert "shown only now" in client.post("/admin/set-up/", {"code": shown(new)}).text
    assert [device.key for device in TOTPDevice.objects.all()] == [new]


def test_nobody_reads_the_keys_of_others_in_the_admin(client, ada):
    client.force_login(ada)
    device = TOTPDevice.objects.create(user=ada)
    for address in (f"otp_totp/totpdevice/{device.pk}/change/", "otp_totp/totpdevice/", "otp_static/staticdevice/"):
        assert client.get(f"/admin/{address}").status_code == 404


@pytest.mark.parametrize(
    ("who", "allowed"),
    [(["Curator"], 0), (["Reviewer"], 0), (["Managing editor"], 0), (["Auditor"], 0), ([], 1)],
)
def test_an_administrator_resets_the_factor_of_somebody_which_is_noted_and_ends_their_sessions(client, who, allowed):
    lost = a_user(is_staff=True)
    with_device(lost)
    factor.new_codes(lost)
    theirs = Client()
    theirs.force_login(lost)
    by = signed_in(client, *who)
    answer = client.post(
        "/admin/auth/user/", {"action": "reset_second_factor", "_selected_action": [lost.pk], "index": "0"}
    )
    assert (answer.status_code, TOTPDevice.objects.count()) == ((302, 0) if allowed else (403, 1))
    assert (is_in(theirs), factor.codes_left(lost)) == ((False, 0) if allowed else (True, 10))
    noted = LogEntry.objects.filter(user=by, object_id=lost.pk).values_list("change_message", flat=True)
    assert list(noted) == ["Reset the second factor and ended all sessions."] * allowed


def test_only_an_administrator_resets_that_of_an_administrator(client, ada):
    keeper = signed_in(client, "Auditor")
    keeper.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user"]))
    with_device(ada)
    client.post("/admin/auth/user/", {"action": "reset_second_factor", "_selected_action": [ada.pk], "index": "0"})
    assert TOTPDevice.objects.count() == 1


# How often one may be wrong


def test_after_five_wrong_passwords_the_right_one_waits_too_each_in_one_line_of_the_log(client, ada, caplog):
    statuses = [enter(client, f"wrong password {number}").status_code for number in range(7)]
    assert statuses == [200, 200, 200, 200, 200, 429, 429]
    refused = enter(client)
    assert (refused.status_code, 890 <= int(refused.headers["Retry-After"]) <= 900) == (429, True)
    assert "Please try again in 15 minutes." in " ".join(refused.text.split())
    assert lines(caplog) == [
        *["Sign-in refused, wrong password: 'ada', from 192.0.2.1"] * 5,
        *["Sign-in refused, too many attempts: 'ada', from 192.0.2.1"] * 3,
    ]
    Failure.objects.update(at=timezone.now() - timedelta(minutes=15, seconds=1))
    assert enter(client).url == "/admin/set-up/"


def test_nobody_else_behind_the_same_address_waits(client, ada):
    grace = User.objects.create_user("grace", password=PASSWORD, is_staff=True)
    for _ in range(6):
        enter(client, "wrong")
    assert enter(client, name=grace.username).url == "/admin/set-up/"
    assert enter(client, place=ELSEWHERE).url == "/admin/set-up/"


def test_a_network_that_tries_many_names_waits_and_others_do_not(client, ada):
    for number in range(attempts.OF_A_NETWORK):
        attempts.fail(f"name {number}", HERE, "wrong password")
    assert (enter(client).status_code, enter(client, place=ELSEWHERE).status_code) == (429, 302)
    Failure.objects.update(network="127.0.0.1")
    assert enter(client, place="127.0.0.1").status_code == 302  # where everybody comes from: a proxy that tells nothing


def test_a_name_that_is_tried_from_many_networks_waits_save_where_it_is_known(client, ada):
    for number in range(attempts.ELSEWHERE):
        attempts.fail("ada", f"203.0.113.{number}", "wrong password")
    assert enter(client, place=ELSEWHERE).status_code == 429
    KnownNetwork.objects.create(person=ada, network=HERE)
    assert enter(client).status_code == 302


def test_codes_are_guessed_five_times_and_no_more(client, ada):
    key = with_device(ada)
    enter(client)
    for _ in range(5):
        TOTPDevice.objects.update(throttling_failure_count=0)  # as if some time had passed between them
        assert client.post("/admin/code/", {"code": "abc"}, REMOTE_ADDR=HERE).status_code == 200
    assert client.post("/admin/code/", {"code": shown(key)}, REMOTE_ADDR=HERE).status_code == 429
    assert not is_in(client)


def test_after_a_wrong_code_the_next_one_waits(client, ada, caplog):
    key = with_device(ada)
    enter(client)
    client.post("/admin/code/", {"code": "000000"}, REMOTE_ADDR=HERE)
    TOTPDevice.objects.update(throttling_failure_count=4)
    assert "Wait 8 seconds" in client.post("/admin/code/", {"code": shown(key)}, REMOTE_ADDR=HERE).text
    assert lines(caplog) == [
        "Sign-in refused, wrong code: 'ada', from 192.0.2.1",
        "Sign-in refused, a code too early: 'ada', from 192.0.2.1",
    ]


def test_what_is_typed_as_a_name_is_neither_logged_nor_kept(client, ada, caplog):
    enter(client, "ada", name=PASSWORD)
    assert lines(caplog) == ["Sign-in refused, wrong password: a name that nobody has, from 192.0.2.1"]
    assert PASSWORD not in str(list(Failure.objects.values()))


def test_while_others_passwords_are_checked_one_waits_and_the_next_is_told_to(client, ada, monkeypatch):
    monkeypatch.setattr(signing_in, "SECONDS", 0.05)
    signing_in.hashing.enter()
    answer = enter(client)
    signing_in.hashing.leave()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert enter(client).status_code == 302


def test_who_tries_is_whom_our_proxies_name_and_of_ipv6_the_network(rf, settings):
    settings.PROXIES = 1
    told = ["6.6.6.6, 203.0.113.9", "2001:db8:1:2:3:4:5:6", "", "x' OR 1=1"]
    asked = [rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=one) for one in told]
    assert [*map(networks.network, asked)] == ["203.0.113.9", "2001:db8:1:2::/64", "unknown", "unknown"]


NOWHERE = [
    "//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil.example", "\\\\evil.example", "//[",
    "\0", "/admin/\r\nSet-Cookie: a=b", "http:///evil.example", " //evil.example", "x" * 5000, "/\ud800",
]  # fmt: skip


@pytest.mark.parametrize("to", NOWHERE, ids=range(len(NOWHERE)))
def test_signing_in_leads_to_no_other_site(client, ada, settings, to):
    settings.SECOND_FACTOR = False
    given = to.encode("utf-8", "surrogatepass").decode("latin-1")
    answer = enter(client, to=given)
    assert answer.status_code == 302
    assert not re.match(r"//|[a-z]+:|/\\", answer.url)
    assert client.get("/admin/login/", {"next": given}).status_code == 302


# Sessions


@pytest.mark.parametrize(
    ("field", "age", "stays"),
    [
        ("seen_at", timedelta(minutes=29), True),
        ("seen_at", timedelta(minutes=30), False),
        ("opened_at", timedelta(hours=11, minutes=59), True),
        ("opened_at", timedelta(hours=12), False),
    ],
)
def test_a_session_ends_half_an_hour_after_its_last_request_and_after_half_a_day(client, ada, field, age, stays):
    client.force_login(ada)
    Session.objects.update(**{field: timezone.now() - age})
    answer = client.get("/admin/claims/claim/")
    assert answer.status_code == (200 if stays else 302)
    if stays:
        assert timezone.now() - Session.objects.get().seen_at < timedelta(minutes=1)
    else:
        assert answer.url == "/admin/login/?next=/admin/claims/claim/"


def test_one_sees_ones_sessions_and_ends_one_or_all_others(client, ada):
    def another(name, person=ada):
        made = Client(REMOTE_ADDR=HERE, HTTP_USER_AGENT=name)
        made.force_login(person)
        return made

    settings_of = {"REMOTE_ADDR": ELSEWHERE, "HTTP_USER_AGENT": "Reader/1 <b>"}
    with_password = Client(**settings_of)
    key = with_device(ada)
    with_password.post("/admin/login/", {"username": "ada", "password": PASSWORD})
    with_password.post("/admin/code/", {"code": shown(key)})
    stranger, second, third = another("s", a_user(is_staff=True)), another("second"), another("third")
    page = with_password.get("/admin/sessions/")
    assert ("Reader/1 &lt;b&gt;" in page.text, page.text.count("End it"), ELSEWHERE in page.text) == (True, 2, True)
    assert with_password.session.session_key not in page.text
    one = re.search(r'name="end" value="(\w{20})"', page.text)[1]
    assert stranger.post("/admin/sessions/", {"end": one}).status_code == 302
    assert (is_in(second), is_in(third)) == (True, True)
    with_password.post("/admin/sessions/", {"end": one})
    assert sorted([is_in(second), is_in(third)]) == [False, True]
    with_password.post("/admin/sessions/", {"end": "others"})
    assert (is_in(with_password), is_in(second), is_in(third), is_in(stranger)) == (True, False, False, True)


def test_who_is_signed_in_as_sessions_get_a_table_of_their_own_stays_so_until_half_a_day_is_over(client, ada):
    client.force_login(ada)
    kept, opened = client.session, timezone.now() - timedelta(hours=11, minutes=59)
    former = FormerSession(session_key=kept.session_key, expire_date=opened + timedelta(hours=12))
    of_nobody = FormerSession(session_key="nobody", expire_date=former.expire_date, session_data=kept.encode({}))
    former.session_data = kept.encode({name: value for name, value in kept.items() if name != sessions.OPENED})
    ended = FormerSession(session_key="ended", expire_date=timezone.now(), session_data=former.session_data)
    FormerSession.objects.bulk_create([former, of_nobody, ended])
    seen = Session.objects.get().seen_at
    carry_over(apps, connection.schema_editor())
    assert Session.objects.get().seen_at == seen  # there was one: the former are long over
    Session.objects.all().delete()
    carry_over(apps, connection.schema_editor())
    assert is_in(client)
    assert [(one.pk, one.person, one.opened_at) for one in Session.objects.all()] == [(former.pk, ada, opened)]
    assert client.session[sessions.OPENED]["opened_at"] == opened.isoformat()


def test_the_pages_of_the_doors_ask_who_one_is(client):
    for name in ("second-factor", "sessions"):
        assert client.get(f"/admin/{name}/").url == f"/admin/login/?next=/admin/{name}/"
    for name in ("code", "set-up"):
        assert client.get(f"/admin/{name}/").url == "/admin/login/"


def test_a_public_site_is_warned_of_doors_that_are_not_shut(settings):
    settings.SECOND_FACTOR, settings.HTTPS = False, True
    assert [found.id for found in checks.shut()] == ["doors.W002", "doors.W003"]
    settings.SECOND_FACTOR, settings.PROXIES = True, 1
    assert checks.shut() == []
