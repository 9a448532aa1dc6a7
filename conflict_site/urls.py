from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path

from claims.urls import actor_pages
from conflict_site import start, views
from conflict_site.sitemaps import SITEMAPS

urlpatterns = [
    path("", views.home, name="home"),
    path("start/", start.start, name="start"),
    path("about/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("site.webmanifest", views.manifest, name="manifest"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
    path(
        "sitemap.xml",
        sitemap_views.index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap-section"},
        name="sitemap",
    ),
    path("sitemap-<section>.xml", sitemap_views.sitemap, {"sitemaps": SITEMAPS}, name="sitemap-section"),
    path("actors/", include(actor_pages)),
    path("", include("claims.urls")),
    *([] if settings.PUBLIC_ONLY else [path("admin/", admin.site.urls)]),
]

handler400 = "conflict_site.errors.bad_request"
handler403 = "conflict_site.errors.forbidden"
handler404 = "conflict_site.errors.not_found"
handler500 = "conflict_site.limits.server_error"
