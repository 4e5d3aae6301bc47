from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Django has an app called "messages" already, so the tables are those of "outbox"."""

    name = "tvaers.messages"
    label = "outbox"
