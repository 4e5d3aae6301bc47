"""Ledige stillinger: what anyone may read, the feeds, and the ads of an order."""

from django.urls import path

from tvaers.web.pages.postings import feeds, office, public

urlpatterns = [
    path("ledige-stillinger/", public.vacancy_list, name="vacancies"),
    path("ledige-stillinger/<uuid:public_id>/", public.vacancy_page, name="vacancy"),
    path("ledige-stillinger/rss.xml", feeds.rss, name="vacancies_rss"),
    path("ledige-stillinger/atom.xml", feeds.atom, name="vacancies_atom"),
    path("opslag/<int:posting_id>/", office.posting, name="posting"),
    path(
        "opslag/<int:posting_id>/jobnet.xml",
        office.posting_jobnet_file,
        name="posting_jobnet_file",
    ),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
]
