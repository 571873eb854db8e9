package dev.deprovisioner.testbed;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/** Remembers and counts the tokens that a {@link TokenServer} issues to the upstream client, and those only. */
class UpstreamTokens implements OAuth2AuthorizationService {

    private final Map<String, OAuth2Authorization> byToken = new ConcurrentHashMap<>();
    private final AtomicInteger issued = new AtomicInteger();

    @Override
    public void save(OAuth2Authorization authorization) {
        var token = authorization.getAccessToken();
        if (token != null && authorization.getRegisteredClientId().equals(TokenServerSetup.UPSTREAM)) {
            byToken.put(token.getToken().getTokenValue(), authorization);
            issued.incrementAndGet();
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

    boolean accepts(String bearer) {
        var authorization = byToken.get(bearer);
        var token = authorization == null ? null : authorization.getAccessToken();
        return token != null && token.isActive();
    }

    void revokeAll() {
        byToken.clear();
    }

    int issued() {
        return issued.get();
    }
}
