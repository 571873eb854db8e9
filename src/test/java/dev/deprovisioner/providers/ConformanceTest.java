package dev.deprovisioner.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConformanceTest {

    private static final Map<String, String> HEADERS =
            Map.of("user-agent", "test/1", "accept", "application/scim+json, */*;q=0.1");

    private final Conformance conformance = new Conformance(new ScimSyntax());

    private static ProviderRequest users(String query) {
        return new ProviderRequest("GET", List.of("Users"), ProviderRequest.parameters(query), HEADERS, "");
    }

    private static ProviderRequest patch(String operation) {
        var headers = new HashMap<>(HEADERS);
        headers.put("content-type", "application/scim+json");
        return new ProviderRequest("PATCH", List.of("Groups", "g"), Map.of(), headers, """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[%s]}""".formatted(operation));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "count=1",
                "cursor=",
                "cursor=abc&count=100",
                "startIndex=101&count=100",
                "filter=groups.value+eq+%22a%22",
                "filter=groups.value+eq+%22a%5C%22b%22&cursor="
            })
    void acceptsReadsThatFollowTheStandards(String query) {
        assertThat(conformance.violation(users(query))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=1",
                "count=many",
                "startIndex=0",
                "startIndex=1&cursor=",
                "filter=",
                "filter=groups.value+eq+a",
                "filter=groups.value+eq+%22a%22b%22",
                "filter=groups.value+%3D+%22a%22",
                "filter=members.value+eq+%22a%22"
            })
    void namesReadsThatDoNot(String query) {
        assertThat(conformance.violation(users(query))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"remove\",\"path\":\"members\"}",
                "{\"op\":\"remove\",\"path\":\"members[value eq \\\"ann\\\"]\"}",
                "{\"op\":\"remove\",\"path\":\"members[value eq \\\"a\\\\\\\"b\\\"]\"}",
                "{\"op\":\"remove\",\"path\":\"members\",\"value\":[{\"value\":\"ann\"}]}"
            })
    void acceptsRemovalsInEachForm(String operation) {
        assertThat(conformance.violation(patch(operation))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"op\":\"delete\",\"path\":\"members\"}",
                "{\"op\":\"remove\",\"path\":\"member\"}",
                "{\"op\":\"remove\",\"path\":\"members[value eq ann]\"}",
                "{\"op\":\"remove\",\"path\":\"members[value eq \\\"a\\\"b\\\"]\"}",
                "{\"path\":\"members\"}"
            })
    void namesRemovalsThatCannotBeRead(String operation) {
        assertThat(conformance.violation(patch(operation))).isPresent();
    }

    @Test
    void namesRequestsWithoutTheHeadersOfScim() {
        assertThat(conformance.violation(new ProviderRequest("GET", List.of("Users"), Map.of(), Map.of(), "")))
                .isPresent();
    }

    @Test
    void readsStringsAsJsonDoes() {
        var removals = new ScimSyntax()
                .removals(patch("{\"op\":\"remove\",\"path\":\"members[value eq \\\"a\\\\\\\"b\\\"]\"}")
                        .body());

        assertThat(removals).containsExactly(new Removal(RemovalForm.FILTERED, List.of("a\"b")));
    }
}
