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
 * @param maxResponseBytes how many bytes of the body are read, unless it is an error
 * @param api which media types are asked for
 * @param excess what happens to an answer with a longer body, unless it is an error
 * @param guard checked at the last moment before each try
 */
public record UpstreamRequest(
        HttpMethod method,
        String path,
        Map<String, String> variables,
        @Nullable String body,
        @Nullable MediaType mediaType,
        @Nullable String ifMatch,
        int maxResponseBytes,
        Api api,
        Excess excess,
        SendGuard guard) {

    /** The API that a path belongs to. */
    enum Api {
        SCIM("application/scim+json, application/json;q=0.9, */*;q=0.1"),
        OTHER(MediaType.APPLICATION_JSON_VALUE);

        private final String accept;

        Api(String accept) {
            this.accept = accept;
        }

        String accept() {
            return accept;
        }
    }

    /** The treatment of an answer whose body is longer than the request allows. */
    enum Excess {
        /** The answer is not used. */
        REFUSED,
        /** Only the status and the headers of any answer are used. */
        DROPPED,
        /** The beginning of the body is used. */
        CUT
    }

    /** A change over the SCIM API. */
    public UpstreamRequest(
            HttpMethod method,
            String path,
            Map<String, String> variables,
            @Nullable String body,
            @Nullable MediaType mediaType,
            @Nullable String ifMatch,
            int maxResponseBytes,
            SendGuard guard) {
        this(method, path, variables, body, mediaType, ifMatch, maxResponseBytes, Api.SCIM, Excess.REFUSED, guard);
    }

    /** A read over the SCIM API. */
    public static UpstreamRequest get(String path, Map<String, String> variables, int maxResponseBytes) {
        return get(path, variables, maxResponseBytes, Api.SCIM, Excess.REFUSED);
    }

    /** The same; of a body that is too long, the answer has the beginning. */
    public static UpstreamRequest getBeginning(String path, Map<String, String> variables, int maxResponseBytes) {
        return get(path, variables, maxResponseBytes, Api.SCIM, Excess.CUT);
    }

    /** A read over an API that is not SCIM. */
    public static UpstreamRequest getOther(String path, Map<String, String> variables, int maxResponseBytes) {
        return get(path, variables, maxResponseBytes, Api.OTHER, Excess.REFUSED);
    }

    private static UpstreamRequest get(
            String path, Map<String, String> variables, int maxResponseBytes, Api api, Excess excess) {
        return new UpstreamRequest(
                HttpMethod.GET, path, variables, null, null, null, maxResponseBytes, api, excess, SendGuard.NONE);
    }

    /** A GET for the status and the headers only. */
    public static UpstreamRequest probe(String path, int maxResponseBytes) {
        return get(path, Map.of(), maxResponseBytes, Api.SCIM, Excess.DROPPED);
    }
}
