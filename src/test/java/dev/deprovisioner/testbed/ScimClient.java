package dev.deprovisioner.testbed;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** Sends a {@link ScimServer} what the product would send. */
record ScimClient(URI baseUri, String token) {

    static final String REMOVE_ALL = removal("members");

    /** The PATCH body that removes what the path names. */
    static String removal(String path) {
        return """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"remove","path":"%s"}]}""".formatted(path.replace("\"", "\\\""));
    }

    static String etag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    HttpResponse<String> read(String groupId) {
        return get(pathOf(groupId));
    }

    HttpResponse<String> delete(String groupId) {
        return send(request(pathOf(groupId)).DELETE());
    }

    HttpResponse<String> patch(String groupId, String body) {
        return send(patching(groupId, body));
    }

    HttpResponse<String> patch(String groupId, String body, String ifMatch) {
        return send(patching(groupId, body).header("If-Match", ifMatch));
    }

    private HttpRequest.Builder patching(String groupId, String body) {
        return request(pathOf(groupId))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .method("PATCH", BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(baseUri.resolve(path)).header("User-Agent", "testbed");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return Loopback.send(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
    }

    private static String pathOf(String groupId) {
        return ScimServer.GROUPS + "/" + groupId;
    }
}
