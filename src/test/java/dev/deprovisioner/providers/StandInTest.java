package dev.deprovisioner.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The stand-ins enforce what the providers document. */
class StandInTest {

    private Instant now = Instant.EPOCH;

    private static Answer send(StandIn provider, String method, String path, String query, String body) {
        var headers = new HashMap<String, String>();
        headers.put("user-agent", "test/1");
        headers.put("authorization", "Bearer " + Access.TOKEN);
        return provider.answer(new ProviderRequest(
                method, List.of(path.substring(1).split("/")), ProviderRequest.parameters(query), headers, body));
    }

    private static Answer patch(StandIn provider, String base, String... operations) {
        return send(provider, "PATCH", base + "/Groups/g", "", """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[%s]}""".formatted(String.join(",", operations)));
    }

    private static String all() {
        return "{\"op\":\"remove\",\"path\":\"members\"}";
    }

    private static String filtered(String member) {
        return "{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + member + "\\\"]\"}";
    }

    private static String values(Stream<String> members) {
        return members.map(member -> "{\"value\":\"" + member + "\"}")
                .collect(Collectors.joining(",", "{\"op\":\"remove\",\"path\":\"members\",\"value\":[", "]}"));
    }

    private static StandIn with(StandIn provider, int members) {
        provider.directory()
                .create(
                        "g",
                        IntStream.rangeClosed(1, members).mapToObj(i -> "u" + i).toList());
        return provider;
    }

    private static List<String> membersOf(StandIn provider) {
        return provider.directory().find("g").orElseThrow().members();
    }

    @Test
    void awsTakesValuesOfAHundredMembersAndNothingElse() {
        var aws = with(Providers.aws(ErrorForm.aws(), () -> now), 150);

        assertThat(patch(aws, Providers.AWS_BASE, all()).status()).isEqualTo(400);
        assertThat(patch(aws, Providers.AWS_BASE, filtered("u1")).status()).isEqualTo(400);
        assertThat(patch(aws, Providers.AWS_BASE, values(membersOf(aws).stream()))
                        .status())
                .isEqualTo(400);
        assertThat(patch(aws, Providers.AWS_BASE, values(membersOf(aws).stream().limit(100)))
                        .status())
                .isEqualTo(200);
        assertThat(membersOf(aws)).hasSize(50);
    }

    @Test
    void awsShowsAllMembersByCursorOnly() {
        var aws = with(Providers.aws(ErrorForm.aws(), () -> now), 150);
        var path = Providers.AWS_BASE + "/Users";
        var filter = "filter=groups.value+eq+%22g%22";

        assertThat(send(aws, "GET", Providers.AWS_BASE + "/Groups/g", "", "").body())
                .contains("\"members\":[]");
        assertThat(send(aws, "GET", path, filter, "").body())
                .contains("\"totalResults\":150", "\"u100\"")
                .doesNotContain("nextCursor", "\"u101\"");
        assertThat(send(aws, "GET", path, filter + "&startIndex=101", "").status())
                .isEqualTo(400);
        assertThat(send(aws, "GET", path, filter + "&cursor=", "").body())
                .contains("\"nextCursor\":\"Y+/=100\"", "\"itemsPerPage\":100")
                .doesNotContain("totalResults");
        assertThat(send(aws, "GET", path, filter + "&cursor=Y%2B/%3D100", "").body())
                .contains("\"u101\"", "\"u150\"", "\"itemsPerPage\":50")
                .doesNotContain("nextCursor");
    }

    @Test
    void entraAndGoogleTakeOneMember() {
        var entra = with(Providers.entra(() -> now), 3);
        var google = with(Providers.google(() -> now), 3);

        assertThat(patch(entra, Providers.ENTRA_BASE, filtered("u1"), filtered("u2"))
                        .status())
                .isEqualTo(400);
        assertThat(patch(google, Providers.GOOGLE_BASE, filtered("u1"), filtered("u2"))
                        .status())
                .isEqualTo(400);
        assertThat(patch(entra, Providers.ENTRA_BASE, values(Stream.of("u1"))).status())
                .isEqualTo(400);
        assertThat(patch(google, Providers.GOOGLE_BASE, all()).status()).isEqualTo(400);
        assertThat(patch(google, Providers.GOOGLE_BASE, filtered("u1")).body()).isEqualTo("{}");
        assertThat(membersOf(entra)).hasSize(3);
        assertThat(membersOf(google)).hasSize(2);
    }

    @Test
    void keycloakAndAuthentikAcceptRemovalsThatTheyIgnore() {
        var keycloak = with(Providers.keycloak(user -> true, () -> now), 3);
        var authentik = with(Providers.authentik(() -> now), 3);

        assertThat(patch(keycloak, Providers.SCIM_BASE, all()).status()).isEqualTo(200);
        assertThat(patch(authentik, Providers.SCIM_BASE, filtered("u1")).status())
                .isEqualTo(200);

        assertThat(membersOf(keycloak)).hasSize(3);
        assertThat(membersOf(authentik)).hasSize(3);
    }

    @Test
    void gitLabShowsARemovalLate() {
        var gitLab = with(Providers.gitLab(Duration.ofSeconds(10), () -> now), 3);

        patch(gitLab, Providers.SCIM_BASE, filtered("u1"));

        assertThat(membersOf(gitLab)).hasSize(3);
        now = now.plusSeconds(10);
        assertThat(membersOf(gitLab)).containsExactly("u2", "u3");
    }

    @Test
    void aServerThatFollowsTheRfcRemovesAllAndIgnoresTheValues() {
        var strict = with(Providers.strict(() -> now), 3);

        patch(strict, Providers.SCIM_BASE, values(Stream.of("u1")));

        assertThat(membersOf(strict)).isEmpty();
    }

    @Test
    void refusesRequestsWithoutAUserAgentOrTheToken() {
        var provider = Providers.strict(() -> now);
        var path = List.of("scim", "v2", "Groups", "g");
        var agent = Map.of("user-agent", "test/1");

        assertThat(provider.answer(new ProviderRequest("GET", path, Map.of(), Map.of(), ""))
                        .status())
                .isEqualTo(403);
        assertThat(provider.answer(new ProviderRequest("GET", path, Map.of(), agent, ""))
                        .status())
                .isEqualTo(401);
    }
}
