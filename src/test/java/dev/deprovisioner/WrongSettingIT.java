package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The whole service ends its start as {@link WrongSettingTest} says, late in the start and early. */
@Isolated("Reads the log of this JVM")
@ExtendWith(OutputCaptureExtension.class)
class WrongSettingIT {

    private final GivenSettings settings = new GivenSettings()
            .with("spring.datasource.url", "jdbc:h2:mem:wrong-setting")
            .with("management.server.port", "0");

    @Test
    void isNamedWhenAClientCannotBeBuiltWithIt(CapturedOutput output) {
        var name = "deprovisioner.upstream.ssl-bundle";
        settings.with(name, "nowhere");

        assertThatThrownBy(this::start).hasStackTraceContaining(name);
        assertThat(output.getOut())
                .contains("APPLICATION FAILED TO START", name)
                .doesNotContain("\tat ", "a-secret-value");
    }

    @Test
    void isNamedWhenItsValueCannotBeRead(CapturedOutput output) {
        settings.with("deprovisioner.upstream.base-url", "http://c4nary:x y[");

        assertThatThrownBy(this::start).isNotNull();
        assertThat(output.getOut())
                .contains("deprovisioner.upstream.base-url must be a URL", "Set it to, for example, ")
                .doesNotContain("\tat ", "c4nary");
    }

    @Test
    void isNamedWhenOnlyTheIssuerOfCallersTokensIsMissing(CapturedOutput output) {
        settings.without("spring.security.oauth2.resourceserver.jwt.jwk-set-uri");

        assertThatThrownBy(this::start).isNotNull();
        assertThat(output.getOut())
                .contains("spring.security.oauth2.resourceserver.jwt.issuer-uri", "mvn spring-boot:test-run")
                .doesNotContain("\tat ", "a-secret-value");
    }

    private void start() {
        settings.start(DeprovisionerApplication.class);
    }
}
