package dev.deprovisioner.upstream;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.upstream.Upstream.WriteResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A static bearer token in a file: sent as it is at the moment, and waited for while there is none. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("Reads the log of this JVM")
class StaticTokenTest extends StubbedUpstream {

    private static final ResponseDefinitionBuilder REFUSAL = okJson("""
            {"detail":"c4nary-1 is revoked","scimType":"tokenRevoked"}""").withStatus(401);

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void putAToken() {
        file = directory.resolve("provider-token");
        put("c4nary-1");
        answers(ok("fine"));
    }

    private void put(String token) {
        try {
            Files.writeString(file, token);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void putJwt(Duration life) {
        put(TokenFileTest.jwt("{\"exp\":" + time.instant().plus(life).getEpochSecond() + ",\"sub\":\"c4nary\"}"));
    }

    private Upstream withFile() {
        return upstream(Map.of("bearer-token-file", file.toString()));
    }

    private static void sent(int times, String token) {
        provider.verify(
                times, getRequestedFor(urlEqualTo(THING)).withHeader("Authorization", equalTo("Bearer " + token)));
    }

    private Fault waitsForTheFile(Runnable request) {
        var fault = faultOf(request);
        assertThat(fault.recovery()).isEqualTo(Recovery.RETRY_UNCOUNTED);
        assertThat(fault.notBefore()).hasMinutes(1);
        assertThat(fault.askedPause()).isZero();
        assertThat(fault.problem().type()).isEqualTo(ProblemType.UPSTREAM_UNAUTHORIZED);
        assertThat(fault.problem().remedy()).contains(file.toString(), "bearer-token-file");
        assertThat(fault.problem().toString()).doesNotContain("c4nary");
        return fault;
    }

    @Test
    void isSentWithoutAskingATokenEndpoint() {
        assertThat(read(withFile())).isEqualTo("fine");

        sent(1, "c4nary-1");
        nothingElseAsked(1);
    }

    @Test
    void isReadAgainForTheNextRequestWhenItChanges() {
        var upstream = withFile();
        read(upstream);

        put("c4nary-2\n");
        read(upstream);

        sent(1, "c4nary-1");
        sent(1, "c4nary-2");
    }

    @Test
    void winsOverClientSettingsWithOneLine(CapturedOutput output) {
        var upstream = upstream(
                Map.of("bearer-token-file", file.toString(), "client-id", "client", "client-secret", "c4nary-secret"));
        read(upstream);
        read(upstream);

        nothingElseAsked(2);
        assertThat(output.getAll().lines().filter(line -> line.contains("Bearer token file wins")))
                .hasSize(1);
        assertThat(output.getAll()).doesNotContain("c4nary");
    }

    @Test
    void isNotSentAgainWhenItIsRefused() {
        answers(REFUSAL);
        var upstream = withFile();

        var problem = waitsForTheFile(() -> read(upstream)).problem();
        waitsForTheFile(() -> read(upstream));
        waitsForTheFile(() -> write(upstream));

        assertThat(problem.detail()).contains("refuses the bearer token", file.toString(), "HTTP 401 tokenRevoked");
        assertThat(problem.quote()).isEqualTo("[token] is revoked");
        nothingElseAsked(1);
    }

    @Test
    void isSentAgainAsSoonAsTheFileChanges() {
        answers(REFUSAL, ok("fine"));
        var upstream = withFile();
        waitsForTheFile(() -> read(upstream));

        put("c4nary-2");

        assertThat(read(upstream)).isEqualTo("fine");
        sent(1, "c4nary-2");
        assertThat(time.waits()).isEmpty();
    }

    @Test
    void isTriedAgainAtOnceIfTheFileChangedDuringTheRequest() {
        provider.stubFor(any(urlEqualTo(THING))
                .withHeader("Authorization", equalTo("Bearer c4nary-1"))
                .willReturn(status(401)));

        assertThat(write(withFile(), longest -> put("c4nary-2"))).isInstanceOf(WriteResult.Answered.class);

        assertThat(time.waits()).isEmpty();
        thingsAsked(2);
    }

    @Test
    void isTriedAgainAfterFiveMinutesIfTheProviderWasWrong() {
        answers(status(401), ok("fine"));
        var upstream = withFile();
        waitsForTheFile(() -> read(upstream));

        time.step(Duration.ofMinutes(5).minusMillis(1));
        waitsForTheFile(() -> read(upstream));
        time.step(Duration.ofMillis(1));

        assertThat(read(upstream)).isEqualTo("fine");
    }

    @Test
    void isWaitedForWhileTheFileIsUnusable(CapturedOutput output) {
        var upstream = withFile();
        put("");
        assertThat(waitsForTheFile(() -> read(upstream)).problem().detail()).endsWith("provider-token is empty.");
        put("c4nary 2");
        assertThat(waitsForTheFile(() -> write(upstream)).problem().detail()).contains("has a character that");
        nothingElseAsked(0);

        put("c4nary-2");

        assertThat(read(upstream)).isEqualTo("fine");
        assertThat(output.getAll())
                .contains("Bearer token file unusable: " + file + " is empty")
                .doesNotContain("c4nary");
    }

    @Test
    void isNotSentAfterItsExpiry(CapturedOutput output) {
        putJwt(Duration.ofHours(1));
        var upstream = withFile();
        assertThat(read(upstream)).isEqualTo("fine");
        time.step(Duration.ofHours(2));

        var problem = waitsForTheFile(() -> read(upstream)).problem();

        assertThat(problem.detail()).endsWith(file + " expired at 2026-03-01T01:00:00Z.");
        assertThat(output.getAll()).contains("Bearer token read: file " + file + ", expires at 2026-03-01T01:00:00Z");
        putJwt(Duration.ofHours(1));
        assertThat(read(upstream)).isEqualTo("fine");
        assertThat(output.getAll()).contains("expires at 2026-03-01T03:00:00Z");
    }

    @Test
    void mayHaveExpiredAtTheStart(CapturedOutput output) {
        putJwt(Duration.ofHours(-1));
        var upstream = withFile();

        waitsForTheFile(() -> read(upstream));

        assertThat(output.getAll())
                .contains("Bearer token expired: file " + file + ", expired at 2026-02-28T23:00:00Z");
    }

    @Test
    void hasItsExpiryInAGauge() {
        meters.clear(); // The gauge of the client that every test has.
        withFile();
        assertThat(secondsToExpiry()).isNaN();

        putJwt(Duration.ofHours(1));
        assertThat(secondsToExpiry()).isEqualTo(3600);
        time.step(Duration.ofHours(2));
        assertThat(secondsToExpiry()).isEqualTo(-3600);

        put("");
        assertThat(secondsToExpiry()).isNaN();
    }

    private double secondsToExpiry() {
        return meters.get("upstream.token.expiry").gauge().value();
    }
}
