package dev.deprovisioner.testbed;

import static dev.deprovisioner.testbed.ContextStarts.kindOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.DeprovisionerApplication;
import dev.deprovisioner.buildreport.Start;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.mock.env.MockEnvironment;

class ContextStartsTest {

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void areAppliedToEachSpringApplication() {
        var arguments = ArgumentResolver.of(SpringApplication.class, new SpringApplication());

        assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(SpringApplicationRunListener.class, arguments.and(String[].class, new String[0])))
                .hasAtLeastOneElementOfType(ContextStarts.class);
    }

    @Test
    void countTheServiceAsAWholeApplication() {
        assertThat(kindOf(Set.of(DeprovisionerApplication.class, Object.class), environment))
                .isEqualTo(Start.APPLICATION);
    }

    @Test
    void countTheServiceWithoutAutoConfigurationAsASlice() {
        environment.setProperty("spring.boot.enableautoconfiguration", "false");

        assertThat(kindOf(Set.of(DeprovisionerApplication.class), environment)).isEqualTo(Start.SLICE);
    }

    @Test
    void countAnotherApplicationAsASlice() {
        assertThat(kindOf(Set.of(Object.class), environment)).isEqualTo(Start.SLICE);
    }

    @Test
    void countTheTokenServerApart() {
        assertThat(kindOf(Set.of(TokenServerSetup.class), environment)).isEqualTo(Start.TOKEN_SERVER);
    }
}
