package dev.deprovisioner.upstream;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * One request to the provider.
 *
 * @param method what to do
 * @param path a URI template below the base URL, query included
 * @param variables fill the template, each encoded as one segment
 * @param body JSON, or null for none
 * @param mediaType what the body is sent as, null without one
 * @param ifMatch the ETag that must still be the resource's (RFC 9110, section 13.1.1), or null
 * @param maxResponseBytes an answer with a longer body is not used
 */
public record UpstreamRequest(
        HttpMethod method,
        String path,
        Map<String, String> variables,
        @Nullable String body,
        @Nullable MediaType mediaType,
        @Nullable String ifMatch,
        int maxResponseBytes) {

    public static UpstreamRequest get(String path, Map<String, String> variables, int maxResponseBytes) {
        return new UpstreamRequest(HttpMethod.GET, path, variables, null, null, null, maxResponseBytes);
    }
}
