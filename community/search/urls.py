from django.urls import path

from .views import offering, results

app_name = "search"

urlpatterns = [
    path("search/", results.results, name="results"),
    path("ask/similar/", offering.similar, name="similar"),
    path("threads/<int:pk>/similar/", offering.similar_to_thread, name="similar_to_thread"),
    path("ask/read/threads/<int:pk>/", offering.read_thread, name="read_thread"),
    path("ask/read/articles/<int:pk>/", offering.read_article, name="read_article"),
]
