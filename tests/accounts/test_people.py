"""People: administrators add, change and deactivate them; nobody loses what they wrote."""

import re

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts import people
from accounts.models import AuditEvent, Role, User
from tests.people import Cast, person, seat_in, submitted_card

pytestmark = pytest.mark.django_db

FIELDS = {
    "name": "Ada Newcomer",
    "email": "Ada@Lumenta.example",
    "roles": ["interviewer"],
    "time_zone": "Africa/Lagos",
}


@pytest.fixture
def administrator() -> User:
    return person("The Administrator", Role.ADMINISTRATOR)


@pytest.fixture
def admin_client(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


def link_in(text: str) -> str:
    return re.search(r"http://testserver(/password/set/[^\s<]+)", text)[1]


def test_a_new_person_sets_their_password_by_a_link_that_nobody_else_sees(
    admin_client: Client, settings
) -> None:
    settings.LOCAL_MAILBOX = False
    shown = admin_client.post(reverse("add_person"), FIELDS, follow=True).content.decode()
    assert "went to ada@lumenta.example" in shown
    assert "/password/set/" not in shown
    ada = User.objects.get(email="ada@lumenta.example")
    assert mail.outbox[0].to == [ada.email]
    newcomer = Client()
    form = newcomer.get(link_in(mail.outbox[0].body), follow=True)
    words = {"password1": "words of my own", "password2": "words of my own"}
    newcomer.post(form.request["PATH_INFO"], words)
    ada.refresh_from_db()
    assert ada.check_password("words of my own")


@pytest.mark.parametrize("stays_here", [True, False])
def test_a_link_is_shown_once_where_no_mail_leaves(
    admin_client: Client, settings, stays_here: bool
) -> None:
    settings.LOCAL_MAILBOX = stays_here
    if not stays_here:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_PORT = 1  # nobody listens there
    shown = admin_client.post(reverse("add_person"), FIELDS, follow=True).content.decode()
    assert "No mail left this machine" in shown
    assert link_in(shown)
    ada = User.objects.get(email="ada@lumenta.example")
    again = admin_client.get(reverse("person", args=[ada.pk])).content.decode()
    assert "/password/set/" not in again


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"email": "THE.Administrator@lumenta.example "}, "email", "Somebody else has this e-mail"),
        ({"email": "not an address"}, "email", "valid email"),
        ({"name": " "}, "name", "required"),
        ({"roles": ["king"]}, "roles", "not one of the available choices"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "not one of the available choices"),
    ],
)
def test_a_fault_stands_at_its_field_and_adds_nobody(
    admin_client: Client, wrong: dict, field: str, says: str
) -> None:
    response = admin_client.post(reverse("add_person"), {**FIELDS, **wrong})
    assert says in str(response.context["form"].errors[field])
    assert User.objects.count() == 1


def test_a_new_address_replaces_the_old_one(admin_client: Client, client: Client) -> None:
    ada = User.objects.create_user("ada@lumenta.example", "Ada", "her own words")
    people.set_password_path(ada, ada)  # allauth keeps a row of its own from here on
    page = reverse("person", args=[ada.pk])
    admin_client.post(page, {**FIELDS, "email": "ada.new@lumenta.example"})
    login = reverse("account_login")
    for email, status in (("ada@lumenta.example", 200), ("ada.new@lumenta.example", 302)):
        sent = client.post(login, {"login": email, "password": "her own words"})
        assert sent.status_code == status


def test_what_changed_is_recorded_and_no_change_is_no_line(admin_client: Client) -> None:
    ada = User.objects.create_user(
        "ada@lumenta.example", "Ada", roles=["interviewer"], time_zone="UTC"
    )
    page = reverse("person", args=[ada.pk])
    admin_client.post(page, {**FIELDS, "roles": ["recruiter", "interviewer"]})
    admin_client.post(page, {**FIELDS, "roles": ["recruiter", "interviewer"]})
    line = AuditEvent.objects.get(action="person.changed")
    assert line.detail["fields"] == ["name", "roles", "time_zone"]
    assert set(line.detail["roles"]) == {"recruiter", "interviewer"}


def test_the_last_administrator_stays_one(admin_client: Client, administrator: User) -> None:
    page = reverse("person", args=[administrator.pk])
    as_is = {"name": administrator.name, "email": administrator.email, "time_zone": "UTC"}
    refused = admin_client.post(page, {**as_is, "roles": ["recruiter"]})
    assert "Nobody else is an administrator" in refused.content.decode()
    admin_client.post(reverse("deactivate_person", args=[administrator.pk]))
    administrator.refresh_from_db()
    assert administrator.is_administrator
    person("Another Administrator", Role.ADMINISTRATOR)
    assert admin_client.post(page, {**as_is, "roles": ["recruiter"]}).status_code == 302


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_demo": True}])
def test_who_cannot_sign_in_is_no_other_administrator(administrator: User, fields: dict) -> None:
    """Deactivated, or of the demo, which ends: neither can look after people."""
    other = person("Another Administrator", Role.ADMINISTRATOR, **fields)
    with pytest.raises(people.LastAdministrator), transaction.atomic():
        people.deactivate(other, administrator)


def test_deactivating_ends_sessions_and_keeps_everything(
    cast: Cast, admin_client: Client, client: Client
) -> None:
    seat = seat_in(cast.loop, cast.stranger, "ml-coding")
    card = submitted_card(seat)
    client.force_login(cast.stranger)
    admin_client.post(reverse("deactivate_person", args=[cast.stranger.pk]))
    assert client.get(reverse("home")).status_code == 302
    card.refresh_from_db()
    assert (card.author, card.versions.count()) == (cast.stranger, 1)
    admin_client.post(reverse("reactivate_person", args=[cast.stranger.pk]))
    assert client.get(reverse("home")).status_code == 200


def test_everybody_changes_their_own_name_and_zone_and_nothing_else(client: Client) -> None:
    ada = person("Ada", Role.INTERVIEWER)
    client.force_login(ada)
    fields = {**FIELDS, "name": "Ada Lovelace", "roles": ["administrator"]}
    client.post(reverse("profile"), fields)
    ada.refresh_from_db()
    assert (ada.name, ada.time_zone) == ("Ada Lovelace", "Africa/Lagos")
    assert (ada.email, ada.roles) == ("ada@lumenta.example", ["interviewer"])


@pytest.mark.parametrize("many", [1, 60])
def test_the_list_asks_the_same_queries_for_one_and_many(
    admin_client: Client, django_assert_num_queries, many: int
) -> None:
    for n in range(many):
        person(f"Person {n:02}", Role.INTERVIEWER)
    with django_assert_num_queries(3):  # the reader, how many, one page
        body = admin_client.get(reverse("people"), {"q": "person"}).content.decode()
    assert body.count("Person ") >= min(many, 50)


def test_the_list_finds_names_and_addresses_and_pages_through_them(admin_client: Client) -> None:
    zoe = person("Zoë Ångström", Role.INTERVIEWER)
    found = admin_client.get(reverse("people"), {"q": "angstrom zoe"}).context["page"]
    assert list(found) == [zoe]
    for n in range(55):
        person(f"Person {n:02}", Role.INTERVIEWER)
    second = admin_client.get(reverse("people"), {"q": "person.", "page": 2}).content.decode()
    assert "Person 54" in second
    assert "Person 00" not in second
    assert "?q=person.&amp;page=1" in second or "?page=1&amp;q=person." in second
