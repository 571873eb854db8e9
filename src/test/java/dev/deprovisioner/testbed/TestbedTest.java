package dev.deprovisioner.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestbedTest {

    private static TokenServer tokens;
    private static ScimServer scim;

    @BeforeAll
    static void start() {
        tokens = TokenServer.withNewClient();
        scim = ScimServer.start(tokens::accepts);
    }

    @AfterAll
    static void stop() {
        scim.close();
    }

    @BeforeEach
    void resetTokenLifetime() {
        tokens.upstreamTokenLifetime(Duration.ofMinutes(30));
    }

    @Test
    void theScimServerTakesTheTokenServersTokens() {
        String id = scim.createGroup("Sales", List.of("ann"));

        assertThat(new ScimClient(scim.baseUri(), upstreamToken()).read(id).statusCode())
                .isEqualTo(200);
        assertThat(new ScimClient(scim.baseUri(), tokens.callerToken("audit:read"))
                        .read(id)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void refusesRevokedUpstreamTokens() {
        String revoked = upstreamToken();

        tokens.revokeUpstreamTokens();

        assertThat(tokens.accepts(revoked)).isFalse();
        assertThat(tokens.accepts(upstreamToken())).isTrue();
    }

    @Test
    void knowsTheTokensOfItsOwnUpstreamClientOnly() {
        var another = TokenServer.withNewClient();
        String token = upstreamToken();

        another.revokeUpstreamTokens();

        assertThat(another.accepts(token)).isFalse();
        assertThat(another.upstreamTokensIssued()).isZero();
        assertThat(tokens.accepts(token)).isTrue();
    }

    @Test
    void refusesExpiredUpstreamTokens() {
        tokens.upstreamTokenLifetime(Duration.ofSeconds(1));
        String brief = upstreamToken();

        await().until(() -> !tokens.accepts(brief));
    }

    @Test
    void countsUpstreamTokensOnly() {
        int before = tokens.upstreamTokensIssued();

        upstreamToken();
        tokens.callerToken("audit:read");

        assertThat(tokens.upstreamTokensIssued()).isEqualTo(before + 1);
    }

    @Test
    void issuesCallerTokensForTheProduct() throws ParseException {
        var caller = SignedJWT.parse(tokens.callerToken("deprovision:read", "audit:read"));

        var claims = caller.getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo("portal");
        assertThat(claims.getAudience()).containsExactly("deprovisioner");
        assertThat(claims.getIssuer()).isEqualTo(tokens.issuer().toString());
        assertThat(claims.getStringListClaim("scope")).containsExactlyInAnyOrder("deprovision:read", "audit:read");
        assertThat(Loopback.send(HttpRequest.newBuilder(tokens.jwkSetUri())).body())
                .contains(caller.getHeader().getKeyID());
    }

    @Test
    void issuesTokensToASecondCaller() throws ParseException {
        var approver = SignedJWT.parse(tokens.approverToken("deprovision:approve"));

        assertThat(approver.getJWTClaimsSet().getSubject()).isEqualTo("approver");
    }

    @Test
    void refusesUnknownScopes() {
        assertThatThrownBy(() -> tokens.callerToken("scim:group:delete")).hasMessageContaining("invalid_scope");
    }

    private static String upstreamToken() {
        return tokens.fetchToken(tokens.clientId(), "scim:group:read", "scim:group:write", "scim:group:delete");
    }
}
