"""Signing in: by e-mail however it is typed, and nothing given away to those who may not."""

import re
from collections.abc import Callable
from datetime import timedelta
from secrets import randbelow, token_hex

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Role, User
from accounts.tasks import clear_sessions
from tests.accounts.conftest import SignIn
from tests.people import PASSWORD, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def zoe() -> User:
    """With an address of her own in each test: attempts are counted by address, for minutes."""
    email = f"zoe.{token_hex(4)}@lumenta.example"
    return User.objects.create_user(email, "Zoë", PASSWORD, roles=["interviewer"])


def answer(response) -> str:
    """The page without its token and without what was typed into it."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return re.sub(r'name="login" value="[^"]*"', "", body)


@pytest.mark.parametrize("typed", [str, str.upper, " {} ".format])
def test_one_mailbox_signs_in_however_it_is_typed(
    zoe: User, sign_in: SignIn, typed: Callable[[str], str]
) -> None:
    response = sign_in(typed(zoe.email), PASSWORD)
    assert (response.status_code, response.url) == (302, reverse("home"))


def test_signing_in_is_recorded(zoe: User, sign_in: SignIn) -> None:
    sign_in(zoe.email, PASSWORD)
    assert AuditEvent.objects.get(action="person.signed-in").actor == zoe


def test_wrong_password_and_unknown_mail_get_the_same_answer(zoe: User, sign_in: SignIn) -> None:
    wrong, unknown = sign_in(zoe.email, "not it"), sign_in("nobody@lumenta.example", PASSWORD)
    assert wrong.status_code == unknown.status_code == 200
    assert answer(wrong) == answer(unknown)


def test_the_deactivated_get_the_answer_of_a_wrong_password(zoe: User, sign_in: SignIn) -> None:
    wrong = sign_in(zoe.email, "not it")
    User.objects.filter(pk=zoe.pk).update(is_active=False)
    right = sign_in(zoe.email, PASSWORD)
    assert right.status_code == 200
    assert answer(right) == answer(wrong)


def test_a_sixth_attempt_is_refused_even_with_the_right_password(
    zoe: User, sign_in: SignIn
) -> None:
    for _ in range(5):
        sign_in(zoe.email, "not it")
    response = sign_in(zoe.email, PASSWORD)
    assert response.status_code == 200
    assert "Too many failed login attempts" in response.content.decode()


def test_behind_a_proxy_attempts_are_counted_by_the_address_that_it_saw(
    client: Client, settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    page, block = reverse("account_login"), randbelow(256)

    def attempt(n: int, seen: str) -> str:
        fields = {"login": f"somebody.{token_hex(4)}@lumenta.example", "password": "not it"}
        claimed = f"10.9.8.{n}, {seen}"  # what stands before it anybody can write
        answer = client.post(page, fields, headers={"x-forwarded-for": claimed})
        return answer.content.decode()

    tries = [attempt(n, f"10.7.{block}.1") for n in range(11)]
    refused = ["Too many failed login attempts" in words for words in tries]
    assert refused == [False] * 10 + [True]
    assert "Too many failed login attempts" not in attempt(0, f"10.7.{block}.2")


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", r"\\evil.example", "javascript:alert(1)"],
)
def test_next_leads_nowhere_else(zoe: User, sign_in: SignIn, elsewhere: str) -> None:
    assert sign_in(zoe.email, PASSWORD, next=elsewhere).url == reverse("home")


def test_next_leads_back_to_the_page_that_asked(zoe: User, sign_in: SignIn, client: Client) -> None:
    asked = client.get(reverse("loops"))
    assert asked.url == f"{reverse('account_login')}?next={reverse('loops')}"
    assert sign_in(zoe.email, PASSWORD, next=reverse("loops")).url == reverse("loops")


def test_nobody_signs_up(client: Client) -> None:
    fields = {"email": "new@lumenta.example", "password1": PASSWORD, "password2": PASSWORD}
    response = client.post(reverse("account_signup"), fields)
    assert "No sign-up here" in response.content.decode()
    assert not User.objects.exists()


def test_signing_out_is_a_post_and_ends_the_session(zoe: User, client: Client) -> None:
    client.force_login(zoe)
    client.get(reverse("account_logout"))
    assert client.get(reverse("home")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(reverse("home")).status_code == 302


# --- Demo people --------------------------------------------------------------------------------


@pytest.fixture
def demo_person() -> User:
    return User.objects.create_user(
        "demo@scorecard.example", "Demo Somebody", "demo-password", is_demo=True
    )


def test_demo_people_sign_in_while_it_is_a_demo(demo_person, sign_in: SignIn, settings) -> None:
    settings.DEMO = True
    assert sign_in(demo_person.email, "demo-password").status_code == 302


def test_demo_people_are_refused_elsewhere_as_if_unknown(
    demo_person, sign_in: SignIn, settings
) -> None:
    settings.DEMO = False
    refused, unknown = sign_in(demo_person.email, "demo-password"), sign_in("a@b.example", "x")
    assert refused.status_code == 200
    assert answer(refused) == answer(unknown)


def test_their_open_sessions_end_with_the_demo(demo_person, client: Client, settings) -> None:
    settings.DEMO = True
    client.force_login(demo_person)
    assert client.get(reverse("home")).status_code == 200
    settings.DEMO = False
    assert client.get(reverse("home")).status_code == 302


def test_the_page_names_demo_people_and_their_password_in_a_demo_only(
    demo_person, client: Client, settings
) -> None:
    for settings.DEMO in (True, False):
        body = client.get(reverse("account_login")).content.decode()
        for words in ("This is a demo", demo_person.email, settings.DEMO_PASSWORD):
            assert (words in body) is settings.DEMO


def test_sessions_that_ran_out_are_deleted_at_night() -> None:
    ages = {"old": -1, "new": 1}
    for key, days in ages.items():
        expires = timezone.now() + timedelta(days=days)
        Session.objects.create(session_key=key, session_data="", expire_date=expires)
    clear_sessions()
    assert [session.session_key for session in Session.objects.filter(pk__in=ages)] == ["new"]


# --- Passwords ----------------------------------------------------------------------------------


def test_a_forgotten_password_answers_alike_and_mails_only_those_it_knows(
    zoe: User, client: Client
) -> None:
    page = reverse("account_reset_password")
    known = client.post(page, {"email": zoe.email}, follow=True)
    unknown = client.post(page, {"email": "nobody@lumenta.example"}, follow=True)
    assert answer(known) == answer(unknown)
    assert [message.to for message in mail.outbox] == [[zoe.email]]


def test_a_mail_server_that_is_down_does_not_tell_who_has_an_account(
    zoe: User, client: Client, settings
) -> None:
    settings.LOCAL_MAILBOX = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1  # nobody listens there
    page = reverse("account_reset_password")
    known = client.post(page, {"email": zoe.email}, follow=True)
    unknown = client.post(page, {"email": "nobody@lumenta.example"}, follow=True)
    assert answer(known) == answer(unknown)


def test_the_mailed_link_sets_a_password_once(zoe: User, client: Client, sign_in: SignIn) -> None:
    client.post(reverse("account_reset_password"), {"email": zoe.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    chosen = {"password1": "four words of mine", "password2": "four words of mine"}
    client.post(form.request["PATH_INFO"], chosen)
    assert sign_in(zoe.email, "four words of mine").status_code == 302
    assert "does not work" in Client().get(link, follow=True).content.decode()


def test_a_generated_password_is_changed_before_anything_else(zoe: User, client: Client) -> None:
    User.objects.filter(pk=zoe.pk).update(must_change_password=True)
    client.force_login(zoe)
    change = reverse("account_change_password")
    assert client.get(reverse("home")).url == change
    assert client.post(reverse("profile"), {"name": "Z", "time_zone": "UTC"}).url == change
    fields = {"oldpassword": PASSWORD, "password1": "my own words", "password2": "my own words"}
    assert client.post(change, fields).status_code == 302
    assert client.get(reverse("home")).status_code == 200
    assert AuditEvent.objects.filter(action="person.password-changed", actor=zoe).exists()


def test_a_weak_password_is_refused_with_the_reason(client: Client) -> None:
    ada = person("Ada", Role.INTERVIEWER)
    ada.set_password(PASSWORD)
    ada.save()
    client.force_login(ada)
    fields = {"oldpassword": PASSWORD, "password1": "12345678", "password2": "12345678"}
    body = client.post(reverse("account_change_password"), fields).content.decode()
    assert "too common" in body
