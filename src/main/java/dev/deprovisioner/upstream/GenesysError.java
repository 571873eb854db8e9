package dev.deprovisioner.upstream;

import tools.jackson.databind.JsonNode;

/** The form of the errors of Genesys Cloud's API. */
public final class GenesysError {

    private static final String CODE = "[A-Za-z]\\w{0,63}(\\.\\w{1,64}){1,8}";

    private GenesysError() {}

    /**
     * Whether the object has the status and a dotted code. Frameworks whose errors have a status too add the path or a
     * timestamp.
     *
     * @param status the HTTP status
     * @throws MalformedResponseException if the object has two spellings of one of these names
     */
    public static boolean isForm(JsonNode error, int status) {
        return text(error, "status").equals(String.valueOf(status))
                && text(error, "code").matches(CODE)
                && Attributes.of(error, "path").isMissingNode()
                && Attributes.of(error, "timestamp").isMissingNode();
    }

    private static String text(JsonNode error, String name) {
        var value = Attributes.of(error, name);
        return value.isString() || value.isIntegralNumber() ? value.asString() : "";
    }
}
