package dev.deprovisioner.scim;

import dev.deprovisioner.upstream.GenesysError;
import dev.deprovisioner.upstream.MalformedResponseException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The closed list of bodies with which a 404 or 410 proves that there is no such group. Each is a form that only the
 * provider's own API writes. All others may be a gateway's, or a route that is not there.
 */
final class AbsenceForms {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int MAX_LENGTH = 64 * 1024;
    private static final String SCIM_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";

    private AbsenceForms() {}

    /**
     * @param status the HTTP status, 404 or 410
     * @param body the whole body
     */
    static boolean prove(int status, String body) {
        try {
            return parsed(body)
                    .filter(error -> isScim(new ScimObject(error), status)
                            || GenesysError.isForm(error, status)
                            || isGoogle(new ScimObject(error), status))
                    .isPresent();
        } catch (MalformedResponseException e) {
            return false;
        }
    }

    /** RFC 7644, section 3.12. */
    private static boolean isScim(ScimObject error, int status) {
        var schemas = error.get("schemas");
        boolean named = schemas.isArray()
                ? schemas.valueStream().anyMatch(schema -> isText(schema, SCIM_ERROR))
                : isText(schemas, SCIM_ERROR);
        return named && isStatus(error.get("status"), status);
    }

    /** google.rpc.Status over HTTP. */
    private static boolean isGoogle(ScimObject body, int status) {
        var error = body.object("error");
        return isStatus(error.get("code"), status) && isText(error.get("status"), "NOT_FOUND");
    }

    private static boolean isStatus(JsonNode value, int status) {
        return isText(value, String.valueOf(status)) || (value.isInt() && value.intValue() == status);
    }

    private static boolean isText(JsonNode value, String text) {
        return value.isString() && value.asString().equals(text);
    }

    private static Optional<JsonNode> parsed(String body) {
        if (body.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(body.startsWith("\uFEFF") ? body.substring(1) : body))
                    .filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
