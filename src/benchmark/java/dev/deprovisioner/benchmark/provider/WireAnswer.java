package dev.deprovisioner.benchmark.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

/** @param headers further ones, each with its line end */
record WireAnswer(int status, String headers, String body) {

    static WireAnswer ok(String body) {
        return new WireAnswer(200, "", body);
    }

    static WireAnswer noContent() {
        return new WireAnswer(204, "", "");
    }

    /** In the form of SCIM (RFC 7644, section 3.12). */
    static WireAnswer error(int status) {
        return new WireAnswer(status, "", """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"%d"}""".formatted(status));
    }

    /** @param seconds after which the client may send it again */
    static WireAnswer tooMany(int seconds) {
        return new WireAnswer(429, "Retry-After: " + seconds + "\r\n", error(429).body);
    }

    byte[] bytes() {
        var content = status == 204
                ? ""
                : "Content-Type: application/json\r\nContent-Length: " + body.getBytes(UTF_8).length + "\r\n";
        return ("HTTP/1.1 " + status + " -\r\n" + headers + content + "\r\n" + body).getBytes(UTF_8);
    }
}
