package dev.deprovisioner.interop;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keycloak's admin REST API, which is not SCIM: it sets up what a run finds, and shows what a run has left. */
record AdminApi(Keycloak keycloak) {

    private static final String REALMS = "/admin/realms";

    /** @param path below the realms, such as {@code /interop/groups} */
    JsonNode get(String path) {
        return Http.json(Http.sendSuccessfully(request(path)));
    }

    int statusOf(String path) {
        return Http.send(request(path)).statusCode();
    }

    /** Creates a resource and returns its answer. */
    HttpResponse<String> post(String path, String json) {
        return Http.sendSuccessfully(request(path).POST(BodyPublishers.ofString(json)));
    }

    /** Creates a resource and returns its id. */
    String create(String path, Map<String, ?> body) {
        var location = post(path, JsonMapper.shared().writeValueAsString(body))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    void put(String path) {
        Http.sendSuccessfully(request(path).PUT(BodyPublishers.noBody()));
    }

    /** With a token of its own: Keycloak's last a minute. */
    private HttpRequest.Builder request(String path) {
        var token = Http.postForm(
                        keycloak.uri().resolve("/realms/master/protocol/openid-connect/token"),
                        "grant_type=client_credentials&client_id=" + Keycloak.ADMIN + "&client_secret="
                                + keycloak.adminSecret())
                .get("access_token")
                .asString();
        return Http.request(URI.create(keycloak.uri() + REALMS + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }
}
