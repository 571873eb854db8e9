package dev.deprovisioner.upstream;

/**
 * The provider, and the client that this service is to it. The answers of a provider may depend on both.
 *
 * @param baseUrl where its API begins, without a slash at the end
 * @param clientId the id of this service as the provider's OAuth2 client
 */
public record ProviderIdentity(String baseUrl, String clientId) {}
