package dev.deprovisioner.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Headers that leave the frame of a request alone, and ask for what it may not do. */
final class OddHeaders {

    private static final Map<String, List<String>> MEANT_FOR = Map.ofEntries(
            Map.entry(
                    "Prefer",
                    List.of("wait=0", "wait=-1", "wait=99999999999999999999", "wait=\u0661", ", ,;=", "wait=\"")),
            Map.entry(
                    "Accept",
                    List.of(
                            "*/*",
                            "text/html",
                            "/",
                            "application/json;q=2",
                            "a/b;q=\u00e9",
                            "application/problem+xml")),
            Map.entry("Accept-Language", List.of("*", "x".repeat(2000), "de;q=9", "\u00e9")),
            Map.entry("Accept-Charset", List.of("utf-32", "none", "*;q=0")),
            Map.entry("Accept-Encoding", List.of("gzip;q=0, *;q=0", "identity;q=0")),
            Map.entry("Content-Encoding", List.of("gzip", "br", "deflate, gzip")),
            Map.entry("Range", List.of("bytes=0-0", "bytes=-1", "bytes=9-1,0-", "x")),
            Map.entry("If-Match", List.of("*", "\"x\"", "W/\"", "x".repeat(1000))),
            Map.entry("If-None-Match", List.of("*", "\"x\"", "\"\u00e9\"")),
            Map.entry("If-Modified-Since", List.of("x", "Fri, 31 Dec 9999 23:59:59 GMT", "0")),
            Map.entry("X-HTTP-Method-Override", List.of("POST", "DELETE", "PATCH", "TRACE")),
            Map.entry("X-Method-Override", List.of("POST")),
            Map.entry("DPoP", List.of("x", "a.b.c", "")),
            Map.entry("X-Forwarded-For", List.of("127.0.0.1", "::1", "x", "1.1.1.1,".repeat(200))),
            Map.entry("X-Forwarded-Host", List.of("evil.example.com", "evil.example.com:99999", "[::1")),
            Map.entry("X-Forwarded-Port", List.of("-1", "99999", "x")),
            Map.entry("X-Forwarded-Proto", List.of("https", "javascript", "gopher")),
            Map.entry("X-Forwarded-Prefix", List.of("/actuator", "//evil.example.com", "/../..")),
            Map.entry("Forwarded", List.of("for=127.0.0.1;proto=https;host=evil.example.com", "for=\"[::1", "=;=")),
            Map.entry("X-Original-URL", List.of("/actuator/env")),
            Map.entry("X-Rewrite-URL", List.of("/actuator/env")),
            Map.entry("Origin", List.of("null", "https://evil.example.com", "\u00e9")),
            Map.entry("Access-Control-Request-Method", List.of("DELETE", "x y")),
            Map.entry("Cookie", List.of("JSESSIONID=x", "=;=;$Version=9", "a=\"\u00e9", "a=b;".repeat(300))),
            Map.entry("Upgrade", List.of("h2c", "websocket", "TLS/1.0")),
            Map.entry("Connection", List.of("keep-alive", "Upgrade, HTTP2-Settings", "Authorization", "close, x")),
            Map.entry("Expect", List.of("100-continue", "200-ok", "x")),
            Map.entry("Traceparent", List.of("00-0-0-0", "00-ffffffffffffffffffffffffffffffff-ffffffffffffffff-ff")),
            Map.entry("TE", List.of("trailers", "x;q=1")),
            Map.entry("Content-Length-X", List.of("5")),
            Map.entry("X-Request-Id", List.of("x")));

    private static final List<String> NAMES =
            MEANT_FOR.keySet().stream().sorted().toList();

    private OddHeaders() {}

    static List<Header> some(Dice dice) {
        var headers = new ArrayList<Header>();
        for (int more = dice.below(4); more > 0; more--) {
            var name = dice.oneOf(NAMES);
            headers.add(new Header(
                    name,
                    dice.onceIn(4) ? Forgery.inHeader(dice) : dice.oneOf(MEANT_FOR.getOrDefault(name, List.of()))));
        }
        if (dice.onceIn(40)) {
            headers.add(new Header("X-" + dice.word(), "x".repeat(dice.below(16_000))));
        }
        return headers;
    }
}
