from django.urls import path

from actors import views

app_name = "actors"

urlpatterns = [
    path("", views.directory, name="list"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>.json", views.as_json, name="json"),
]
