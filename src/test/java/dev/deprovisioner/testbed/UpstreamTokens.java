package dev.deprovisioner.testbed;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/** Remembers and counts the tokens that the server issues to the clients for the upstream, and those only. */
class UpstreamTokens implements OAuth2AuthorizationService {

    private final Map<String, OAuth2Authorization> byToken = new ConcurrentHashMap<>();
    private final Map<String, Integer> issued = new ConcurrentHashMap<>();

    @Override
    public void save(OAuth2Authorization authorization) {
        var token = authorization.getAccessToken();
        if (token != null && authorization.getRegisteredClientId().startsWith(TokenServerSetup.UPSTREAM)) {
            byToken.put(token.getToken().getTokenValue(), authorization);
            issued.merge(authorization.getRegisteredClientId(), 1, Integer::sum);
        }
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        byToken.values().remove(authorization);
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return byToken.values().stream()
                .filter(authorization -> authorization.getId().equals(id))
                .findAny()
                .orElse(null);
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        return byToken.get(token);
    }

    boolean accepts(String clientId, String bearer) {
        var authorization = byToken.get(bearer);
        if (authorization == null || !isOf(clientId, authorization)) {
            return false;
        }
        var token = authorization.getAccessToken();
        return token != null && token.isActive();
    }

    void revokeAll(String clientId) {
        byToken.values().removeIf(authorization -> isOf(clientId, authorization));
    }

    int issued(String clientId) {
        return issued.getOrDefault(clientId, 0);
    }

    private static boolean isOf(String clientId, OAuth2Authorization authorization) {
        return authorization.getRegisteredClientId().equals(clientId);
    }
}
