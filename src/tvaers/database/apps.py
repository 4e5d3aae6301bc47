from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "tvaers.database"
    label = "database"
