# Varnish before the site. Pages are kept for SHARED_CACHE_SECONDS and let go of all at once when anything changes:
# PURGE=http://127.0.0.1:6081/ and `manage.py purge_caches`.
vcl 4.1;

backend site {
    .host = "127.0.0.1";
    .port = "8000";
}

acl keepers {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        if (client.ip !~ keepers) {
            return (synth(405, "Not from there."));
        }
        ban("obj.http.Surrogate-Key ~ (^|\s)" + req.http.Surrogate-Key + "($|\s)");
        return (synth(200, "Let go."));
    }
    if (req.url ~ "^/admin/") {
        return (pass);
    }
    unset req.http.Cookie;  # no public page reads one
}

sub vcl_backend_response {
    # What is to be asked for each time is not kept; Varnish would otherwise keep it for two minutes.
    if (beresp.http.Cache-Control !~ "s-maxage") {
        set beresp.uncacheable = true;
    }
    set beresp.grace = 0s;
}

sub vcl_deliver {
    unset resp.http.Surrogate-Key;
}
