package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three forms prove that a group is gone; what gateways, frameworks and missing routes answer does not. */
class AbsenceFormsTest {

    private static final String SCIM = "\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"]";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{" + SCIM + ",\"status\":\"404\",\"detail\":\"Group g1 not found\"}",
                "{" + SCIM + ",\"status\":404}",
                "\uFEFF{" + SCIM + ",\"status\":\"404\"}",
                "{\"Schemas\":[\"urn:x\",\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"Status\":\"404\"}",
                "{\"schemas\":\"urn:ietf:params:scim:api:messages:2.0:Error\",\"status\":\"404\"}",
                "{\"message\":\"Unable to find group\",\"code\":\"not.found\",\"status\":404,\"contextId\":\"c\",\"errors\":[]}",
                "{\"code\":\"general.not.found\",\"status\":\"404\"}",
                "{\"error\":{\"code\":404,\"message\":\"Resource Not Found\",\"status\":\"NOT_FOUND\"}}",
                "{\"Error\":{\"Code\":404,\"Status\":\"NOT_FOUND\"}}"
            })
    void provesThatTheGroupIsGone(String body) {
        assertThat(AbsenceForms.prove(404, body)).isTrue();
        assertThat(AbsenceForms.prove(410, body)).isFalse();
        assertThat(AbsenceForms.prove(410, body.replace("404", "410"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "404 page not found\n", // Traefik, and Go's own router
                "default backend - 404", // ingress-nginx
                "<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center><hr>"
                        + "<center>nginx</center></body></html>",
                "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\"><html><body><h1>Not Found</h1><p>The requested URL"
                        + " was not found on this server.</p><address>Apache/2.4</address></body></html>",
                "<!DOCTYPE html><html><head><title>Not Found | Cloudflare</title></head></html>",
                "error code: 1001", // Cloudflare
                "{\"timestamp\":\"2026-03-01T00:00:00.000+00:00\",\"status\":404,\"error\":\"Not Found\","
                        + "\"path\":\"/Groups/g1\"}", // Spring Boot
                "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":\"No static resource\","
                        + "\"instance\":\"/Groups/g1\"}", // Spring's problem details
                "{\"message\":\"no Route matched with those values\",\"request_id\":\"7f\"}", // Kong
                "{\"message\":\"Not Found\"}", // Amazon API Gateway
                "{\"message\":\"Missing Authentication Token\"}", // Amazon API Gateway
                "{ \"statusCode\": 404, \"message\": \"Resource not found\" }", // Azure API Management
                "{\"code\":404,\"message\":\"The current request is not defined by this API.\"}", // Google's API
                // Gateway
                "{\"fault\":{\"faultstring\":\"Unable to identify proxy\",\"detail\":{\"errorcode\":"
                        + "\"messaging.adaptors.http.flow.ApplicationNotFound\"}}}", // Apigee
                "{\"error_msg\":\"404 Route Not Found\"}", // APISIX
                "{\"schema\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"status\":\"404\",\"detail\":\"Not found\","
                        + "\"exceptionRequestId\":\"88d9c6f3\",\"timeStamp\":\"2022-01-26 16:50:48.135\"}", // AWS
                "{\"__type\":\"com.amazonaws.identitystore#ResourceNotFoundException\",\"Message\":\"GROUP not found.\"}",
                "{\"error\":{\"code\":\"Request_ResourceNotFound\",\"message\":\"Resource does not exist.\","
                        + "\"innerError\":{\"request-id\":\"88d9c6f3\"}}}", // Microsoft Graph
                "no healthy upstream", // Envoy
                "{\"error\":\"not_found\"}",
                "{}",
                "null"
            })
    void provesNothing(String body) {
        assertThat(AbsenceForms.prove(404, body)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{" + SCIM + ",\"status\":\"400\"}",
                "{" + SCIM + ",\"status\":\"0404\"}",
                "{" + SCIM + ",\"status\":404.5}",
                "{" + SCIM + ",\"status\":[404]}",
                "{" + SCIM + "}",
                "{" + SCIM + ",\"status\":\"404\",\"Status\":\"404\"}",
                "{" + SCIM + ",\"status\":\"404\",\"status\":\"404\"}",
                "{" + SCIM + ",\"status\":\"404\"} trailing",
                "{" + SCIM + ",\"status\":\"404\"",
                "[{" + SCIM + ",\"status\":\"404\"}]",
                "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],\"status\":\"404\"}",
                "{\"schemas\":[\"urn:scim:schemas:core:1.0\"],\"status\":\"404\"}",
                "{\"schemas\":[],\"status\":\"404\"}"
            })
    void isNoScimError(String body) {
        assertThat(AbsenceForms.prove(404, body)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":\"not.found\",\"status\":400}",
                "{\"code\":\"not.found\"}",
                "{\"code\":\"not_found\",\"status\":404}",
                "{\"code\":\"not found.\",\"status\":404}",
                "{\"code\":\".found\",\"status\":404}",
                "{\"code\":4.04,\"status\":404}",
                "{\"code\":\"not.found\",\"status\":404,\"path\":\"/Groups/g1\"}",
                "{\"code\":\"not.found\",\"status\":404,\"Path\":null}",
                "{\"code\":\"not.found\",\"status\":404,\"timestamp\":1}"
            })
    void isNoGenesysError(String body) {
        assertThat(AbsenceForms.prove(404, body)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"code\":403,\"status\":\"NOT_FOUND\"}}",
                "{\"error\":{\"code\":404,\"status\":\"not_found\"}}",
                "{\"error\":{\"code\":404,\"message\":\"NOT_FOUND\"}}",
                "{\"error\":{\"status\":\"NOT_FOUND\"}}",
                "{\"error\":[{\"code\":404,\"status\":\"NOT_FOUND\"}]}",
                "{\"code\":404,\"status\":\"NOT_FOUND\"}"
            })
    void isNoGoogleError(String body) {
        assertThat(AbsenceForms.prove(404, body)).isFalse();
    }

    @Test
    void readsNoEndlessBody() {
        var words = "x".repeat(64 * 1024);

        assertThat(AbsenceForms.prove(404, "{" + SCIM + ",\"status\":\"404\",\"detail\":\"" + words + "\"}"))
                .isFalse();
    }
}
