package dev.deprovisioner.scim;

/** The features that a provider says it supports (RFC 7643, section 5). */
public record ProviderFeatures(boolean filter, boolean patch, boolean etag) {

    static ProviderFeatures of(ScimObject config) {
        return new ProviderFeatures(supports(config, "filter"), supports(config, "patch"), supports(config, "etag"));
    }

    private static boolean supports(ScimObject config, String feature) {
        return config.object(feature).get("supported").asBoolean(false);
    }
}
