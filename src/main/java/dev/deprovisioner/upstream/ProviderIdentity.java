package dev.deprovisioner.upstream;

import java.util.List;

/**
 * The provider, and the client that this service is to it. The answers of a provider may depend on both.
 *
 * @param baseUrl where its API begins, without a slash at the end
 * @param clientId the id of this service as the provider's OAuth2 client, or {@link #STATIC_TOKEN}
 * @param scopes those that its tokens are requested with; empty for none, and for a static token
 */
public record ProviderIdentity(String baseUrl, String clientId, List<String> scopes) {

    /** Stands for the client of a static token, whose id is unknown. */
    static final String STATIC_TOKEN = "bearer-token-file";

    public ProviderIdentity {
        scopes = List.copyOf(scopes);
    }

    /** Whether a person puts the token into a file; else it is fetched. */
    public boolean hasStaticToken() {
        return clientId.equals(STATIC_TOKEN);
    }
}
