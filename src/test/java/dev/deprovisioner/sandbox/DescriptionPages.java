package dev.deprovisioner.sandbox;

import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The description of the API as pages to try it with, for everybody. It bears no stereotype, so the service's component
 * scan passes it by: only the sandbox has these pages.
 */
class DescriptionPages implements WebMvcConfigurer {

    static final String START = "/swagger-ui/index.html";
    private static final String DESCRIPTION = "/openapi.yaml";

    /** The pages show the description that is kept, with its examples, and not one that is made at each start. */
    static final Map<String, Object> SETTINGS = Map.of(
            "springdoc.api-docs.enabled", "true",
            "springdoc.swagger-ui.enabled", "true",
            "springdoc.swagger-ui.url", DESCRIPTION,
            "springdoc.swagger-ui.persist-authorization", "true");

    @Bean
    @Order(0)
    SecurityFilterChain pages(HttpSecurity http) {
        return http.securityMatcher("/swagger-ui/**", "/v3/api-docs/swagger-config", DESCRIPTION)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler(DESCRIPTION).addResourceLocations("file:docs/");
    }
}
