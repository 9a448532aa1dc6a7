from django.urls import path

from claims.views import claims, events, issues, sources

app_name = "claims"

urlpatterns = [
    path("claims/", claims.browse, name="list"),
    path("claims.json", claims.browse_json, name="json"),
    path("claims/<slug:slug>/", claims.detail, name="detail"),
    path("claims/<slug:slug>.json", claims.detail_json, name="detail-json"),
    path("issues/", issues.index, name="issue-list"),
    path("issues/<slug:slug>/", issues.detail, name="issue"),
    path("sources/", sources.index, name="source-list"),
    path("sources/<slug:slug>/", sources.detail, name="source"),
    path("events/", events.index, name="event-list"),
    path("events/<slug:slug>/", events.detail, name="event"),
]
