package dev.deprovisioner.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.setting.InvalidSetting;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxy and its exceptions, as operators write them. */
class HttpPropertiesTest {

    @ParameterizedTest
    @ValueSource(strings = {"http://proxy.example.com:3128", "http://[::1]:8080/", "HTTP://10.0.0.1:1"})
    void takesAProxy(String address) {
        assertThat(new HttpProperties(URI.create(address), List.of()).proxy()).isEqualTo(URI.create(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy:3128",
                "http://proxy",
                "https://proxy:3128",
                "socks5://proxy:1080",
                "http://proxy:0",
                "http://proxy:70000",
                "http://proxy:3128/path",
                "http://proxy:3128?a=b"
            })
    void refusesWhatIsNoProxy(String address) {
        assertThatThrownBy(() -> new HttpProperties(URI.create(address), List.of()))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("deprovisioner.http.proxy must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://user:c4nary@proxy:3128", "http://c4nary@pro_xy:3128"})
    void refusesCredentialsThatItWouldNotSend(String address) {
        assertThatThrownBy(() -> new HttpProperties(URI.create(address), List.of()))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("deprovisioner.http.proxy has a user or a password")
                .hasMessageNotContaining("c4nary");
    }

    @ParameterizedTest
    @CsvSource({
        "issuer,                     true",
        "ISSUER,                     true",
        "issuer.example.com,         false",
        "login.idp.svc.cluster.local, true",
        "svc.cluster.local,          false",
        "evilsvc.cluster.local,      false"
    })
    void knowsWhichHostsAreAskedDirectly(String host, boolean direct) {
        var properties = new HttpProperties(null, List.of("Issuer", ".svc.cluster.local", " "));
        assertThat(properties.isDirect(host)).isEqualTo(direct);
    }

    @Test
    void isNotSetWhenItIsBlank() {
        assertThat(new HttpProperties(URI.create(""), List.of()).proxy()).isNull();
    }
}
