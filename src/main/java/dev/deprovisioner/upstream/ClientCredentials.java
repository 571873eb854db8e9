package dev.deprovisioner.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.client.endpoint.DefaultOAuth2TokenRequestHeadersConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/** This service as the provider's OAuth2 client, and how it shows that to the token endpoint. */
record ClientCredentials(
        String tokenUri, String id, String secret, ClientAuthentication authentication, List<String> scopes) {

    ClientRegistration registration() {
        return ClientRegistration.withRegistrationId("upstream")
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .clientAuthenticationMethod(method())
                .tokenUri(tokenUri)
                .clientId(id)
                .clientSecret(secret)
                .scope(scopes)
                .build();
    }

    private ClientAuthenticationMethod method() {
        return switch (authentication) {
            case CLIENT_SECRET_BASIC, CLIENT_SECRET_BASIC_RAW -> ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
            case CLIENT_SECRET_POST -> ClientAuthenticationMethod.CLIENT_SECRET_POST;
        };
    }

    /** The headers of a token request. */
    HttpHeaders headers(OAuth2ClientCredentialsGrantRequest request) {
        var headers =
                new DefaultOAuth2TokenRequestHeadersConverter<OAuth2ClientCredentialsGrantRequest>().convert(request);
        if (authentication == ClientAuthentication.CLIENT_SECRET_BASIC_RAW) {
            headers.setBasicAuth(basic(id, secret));
        }
        return headers;
    }

    /** A text from the token endpoint without the secret, should it repeat that in one of the forms it was sent in. */
    String redacted(String text) {
        return Stream.of(secret, encoded(secret), basic(id, secret), basic(encoded(id), encoded(secret)))
                .flatMap(form -> Stream.of(form, form.replace("/", "\\/")))
                .reduce(text, (left, form) -> left.replace(form, "[secret]"));
    }

    private static String basic(String id, String secret) {
        return HttpHeaders.encodeBasicAuth(id, secret, UTF_8);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8);
    }

    @Override
    public String toString() {
        return "ClientCredentials[tokenUri=" + tokenUri + ", authentication=" + authentication + "]";
    }
}
