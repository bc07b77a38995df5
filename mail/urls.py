"""Texts of mails, and the local mailbox."""

from django.urls import path

from mail.views import mail_texts, mailbox

urlpatterns = [
    path("mail-texts/", mail_texts.mail_texts, name="mail_texts"),
    path("mail-texts/<slug:kind>/", mail_texts.edit_mail_text, name="edit_mail_text"),
    path("mail-texts/<slug:kind>/reset/", mail_texts.reset_mail_text, name="reset_mail_text"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<uuid:pk>/", mailbox.mail, name="mail"),
]
