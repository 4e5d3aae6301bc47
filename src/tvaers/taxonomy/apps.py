from django.apps import AppConfig


class TaxonomyConfig(AppConfig):
    name = "tvaers.taxonomy"

    def ready(self) -> None:
        """Imported words lie beside the search index, one file a database."""
        from tvaers.taxonomy.in_use import keep_in
        from tvaers.taxonomy.queries import words_file

        keep_in(words_file)
