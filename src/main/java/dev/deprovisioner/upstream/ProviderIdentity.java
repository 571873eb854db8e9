package dev.deprovisioner.upstream;

/**
 * Which provider this service speaks to, and as which client: what a provider shows may depend on both.
 *
 * @param baseUrl where its API begins, without a slash at the end
 * @param clientId the id of this service as the provider's OAuth2 client
 */
public record ProviderIdentity(String baseUrl, String clientId) {}
