"""What candidates and companies do by the links in their mails, without signing in."""

from django.urls import path

from tvaers.web.pages.by_link import company, job, letters, mine

urlpatterns = [
    path("jeres-stilling/link/<str:token>/", company.company_link, name="company_link"),
    path("job/link/<str:token>/", job.candidate_link, name="candidate_link"),
    path("besked/link/<str:token>/", letters.letter_link, name="letter_link"),
    path("mine-oplysninger/link/<str:token>/", mine.mine_link, name="mine_link"),
]
