from django.urls import path

from claims import feeds
from claims.views import changes, charts, claim_formats, claims, compare, embed, events, issues, sources, suggest, timeline

app_name = "claims"

urlpatterns = [
    path("claims/", claims.browse, name="list"),
    path("claims.json", claims.browse_json, name="json"),
    path("claims/<slug:slug>/", claims.detail, name="detail"),
    path("claims/<slug:slug>.json", claims.detail_json, name="detail-json"),
    path("claims/<slug:slug>.jsonld", claim_formats.as_annotations, name="detail-jsonld"),
    path("claims/<slug:slug>.csl.json", claim_formats.as_csl, name="detail-csl"),
    path("claims/<slug:slug>.bib", claim_formats.as_bibtex, name="detail-bib"),
    path("claims/<slug:slug>/embed/", embed.embed, name="embed"),
    path("claims/<slug:slug>.svg", embed.picture, name="card"),
    path("issues/", issues.index, name="issue-list"),
    path("issues/<slug:slug>/", issues.detail, name="issue"),
    path("issues/<slug:slug>.json", issues.as_json, name="issue-json"),
    path("issues/<slug:slug>.csv", charts.issue_csv, name="issue-csv"),
    path("actors/<slug:slug>.csv", charts.actor_csv, name="actor-csv"),
    path("compare/", compare.picker, name="compare"),
    path("compare/<slug:first>/<slug:second>/", compare.pair, name="compare-pair"),
    path("compare/<slug:first>/<slug:second>.json", compare.pair_json, name="compare-pair-json"),
    path("compare/<slug:first>/<slug:second>.csv", compare.pair_csv, name="compare-pair-csv"),
    path("sources/", sources.index, name="source-list"),
    path("sources/<slug:slug>/", sources.detail, name="source"),
    path("sources/<slug:slug>.json", sources.as_json, name="source-json"),
    path("events/", events.index, name="event-list"),
    path("events/<slug:slug>/", events.detail, name="event"),
    path("events/<slug:slug>.json", events.as_json, name="event-json"),
    path("timeline/", timeline.timeline, name="timeline"),
    path("timeline.json", timeline.as_json, name="timeline-json"),
    path("timeline.csv", timeline.as_csv, name="timeline-csv"),
    path("suggest/", suggest.suggest, name="suggest"),
    path("opensearch.xml", suggest.opensearch, name="opensearch"),
    path("changes/", changes.index, name="changes"),
    path("changes.json", changes.as_json, name="changes-json"),
    path("changes.atom", feeds.changes, name="changes-feed"),
]
