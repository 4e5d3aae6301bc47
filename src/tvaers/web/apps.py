from django.apps import AppConfig
from django.core.checks import register


class WebConfig(AppConfig):
    name = "tvaers.web"
    label = "web"

    def ready(self) -> None:
        from tvaers.web.checks import assets_are_built

        register(assets_are_built)
