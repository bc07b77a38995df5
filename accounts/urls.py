"""Signing in (allauth's views under our own addresses), people, and one's own profile."""

from allauth.account import views as allauth
from django.urls import path, re_path

from accounts import views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-out/", allauth.logout, name="account_logout"),
    # Closed, both of them: allauth asks for the names.
    path("sign-up/", allauth.signup, name="account_signup"),
    path("sign-in/inactive/", allauth.account_inactive, name="account_inactive"),
    path("password/", allauth.password_change, name="account_change_password"),
    path("password/first/", allauth.password_set, name="account_set_password"),
    path("password/reset/", allauth.password_reset, name="account_reset_password"),
    path("password/reset/sent/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/set/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/set/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("profile/", views.profile, name="profile"),
    path("people/", views.people_list, name="people"),
    path("people/add/", views.add_person, name="add_person"),
    path("people/<uuid:pk>/", views.person, name="person"),
    path("people/<uuid:pk>/deactivate/", views.deactivate_person, name="deactivate_person"),
    path("people/<uuid:pk>/reactivate/", views.reactivate_person, name="reactivate_person"),
    path("people/<uuid:pk>/password-link/", views.password_link, name="password_link"),
]
