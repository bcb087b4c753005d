# Varnish as a cache that is emptied by each change. docs/caches.md explains it, and has the options of varnishd.
vcl 4.1;

import std;

backend timeline {
    .host = "127.0.0.1";
    .port = "8000";
    # An import may last some minutes.
    .first_byte_timeout = 10m;
    # A stream of changes is silent for 15 seconds at most.
    .between_bytes_timeout = 60s;
}

sub vcl_recv {
    # `timeline webhooks` posts each change to this socket, which listens on this machine only.
    if (local.socket == "changes") {
        ban("obj.status != 0");
        return (synth(204));
    }

    # The server sets and reads no cookies; others of the same host would forbid caching.
    unset req.http.Cookie;

    # Requests with a key, or for a state that the client has seen, need the server. So does a further page of a list,
    # because a stored one may be older than the page before it. Parts of files, and streams of changes, are not stored.
    if (req.http.Authorization || req.http.Timeline-At-Least || req.url ~ "[?&]cursor=" || req.http.Range ||
        req.url ~ "^/v1/changes/stream") {
        return (pass);
    }

    # Browsers write one preference in many ways. The server prefers zstd to br to gzip.
    if (req.http.Accept-Encoding ~ "(?i)\bzstd\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))") {
        set req.http.Accept-Encoding = "zstd";
    } elsif (req.http.Accept-Encoding ~ "(?i)\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))") {
        set req.http.Accept-Encoding = "br";
    } elsif (req.http.Accept-Encoding ~ "(?i)\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))") {
        set req.http.Accept-Encoding = "gzip";
    } else {
        unset req.http.Accept-Encoding;
    }
}

sub vcl_backend_response {
    # Exports come in parts, without a length, and may be larger than the cache.
    if (!beresp.http.Content-Length || std.integer(beresp.http.Content-Length, 0) > 10000000) {
        set beresp.ttl = 120s;
        set beresp.uncacheable = true;
        return (deliver);
    }
    # max-age and stale-while-revalidate of the server are the ttl and the grace. Then the answer is kept for a
    # conditional request, which mostly needs no body.
    set beresp.keep = 1d;
}

sub vcl_deliver {
    if (obj.hits > 0) {
        set resp.http.X-Cache-Status = "HIT";
    } else {
        set resp.http.X-Cache-Status = "MISS";
    }
}
