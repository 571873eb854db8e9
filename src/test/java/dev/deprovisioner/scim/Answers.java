package dev.deprovisioner.scim;

import dev.deprovisioner.upstream.UpstreamResponse;
import org.springframework.http.HttpHeaders;

/** Makes answers of the provider, as the upstream hands them on. */
final class Answers {

    private static final String SCIM = "application/scim+json";

    private Answers() {}

    /** @param mediaType empty for none */
    static UpstreamResponse of(int status, String mediaType, String body) {
        var headers = new HttpHeaders();
        if (!mediaType.isEmpty()) {
            headers.set(HttpHeaders.CONTENT_TYPE, mediaType);
        }
        return new UpstreamResponse(status, headers, body, status);
    }

    static UpstreamResponse json(int status, String body) {
        return of(status, SCIM, body);
    }

    /** An absence in the form of RFC 7644, section 3.12. */
    static UpstreamResponse gone() {
        return json(404, """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"404","detail":"no such group"}""");
    }
}
