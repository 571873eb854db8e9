package dev.deprovisioner.security;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.database.CallerBulkhead;
import dev.deprovisioner.policy.ActiveRunLimit;
import dev.deprovisioner.policy.CallerGroups;
import dev.deprovisioner.policy.Glob;
import dev.deprovisioner.problem.ProblemWriter;
import jakarta.servlet.DispatcherType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.web.OAuth2ProtectedResourceMetadataFilter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** Every route is denied that neither a line here nor {@link Route} allows. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CallerProperties.class)
class SecurityConfiguration {

    /** A large answer takes about 4 MiB while it is written, with the objects that it is made of. */
    private static final int LARGE_ANSWERS = 8;

    private static final int LARGE_ANSWERS_THAT_WAIT = 1;

    private static final String AUTHORITY_PREFIX = "spring.security.oauth2.resourceserver.jwt.authority-prefix";

    @Bean
    SecurityFilterChain apiSecurity(
            HttpSecurity http,
            ProblemAuthenticationHandlers refusals,
            UnmappedRoutes unmapped,
            CallerProperties properties,
            ProblemWriter problems,
            MonotonicClock time,
            RefusalLog refused,
            Environment environment) {
        // No bean of its own: Boot would make every filter bean one for all requests.
        var rateLimit =
                new CallerRateLimit(properties.callerRateLimit(), EndpointRequest.toAnyEndpoint(), problems, time);
        var chain = http.authorizeHttpRequests(
                        requests -> allow(requests, unmapped, environment.getProperty(AUTHORITY_PREFIX)))
                .oauth2ResourceServer(server -> server.withObjectPostProcessor(answersEveryFailure(refusals))
                        .jwt(jwt -> {})
                        .authenticationEntryPoint(refusals)
                        .accessDeniedHandler(refusals))
                .addFilterAfter(rateLimit, BearerTokenAuthenticationFilter.class)
                .addFilterAfter(largeAnswers(problems, time), CallerRateLimit.class)
                .addFilterAfter(new CallerThreadFilter(EndpointRequest.toAnyEndpoint()), LargeAnswers.class)
                .addFilterAfter(new RefusedGroups(refused), AuthorizationFilter.class)
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                // Callers carry a bearer token with each request: there is no session to ride on.
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // ResponseHeaders writes them, to what never comes here too.
                .headers(HeadersConfigurer::disable)
                .csrf(CsrfConfigurer::disable)
                .requestCache(RequestCacheConfigurer::disable)
                .logout(LogoutConfigurer::disable)
                .build();
        // It answers without a token, with an address from the Host header, and no setting disables it.
        chain.getFilters().removeIf(OAuth2ProtectedResourceMetadataFilter.class::isInstance);
        return chain;
    }

    private static LargeAnswers largeAnswers(ProblemWriter problems, MonotonicClock time) {
        var places = new CallerBulkhead(LARGE_ANSWERS, LARGE_ANSWERS_THAT_WAIT, Duration.ofSeconds(1));
        return new LargeAnswers(EndpointRequest.toAnyEndpoint(), places, problems, time);
    }

    private static void allow(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
            AuthorizationManager<RequestAuthorizationContext> unmapped,
            @Nullable String prefix) {
        requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                .permitAll()
                .requestMatchers(EndpointRequest.to("health", "prometheus"))
                .permitAll()
                .requestMatchers(EndpointRequest.toAnyEndpoint(), EndpointRequest.toLinks())
                .denyAll();
        for (var route : Route.ALL) {
            for (var method : route.methods()) {
                requests.requestMatchers(method, route.pattern()).hasAnyAuthority(route.authorities(prefix));
            }
        }
        requests.anyRequest().access(unmapped);
    }

    /** By default, a token that cannot be checked leaves the filters as an exception. */
    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> answersEveryFailure(
            ProblemAuthenticationHandlers refusals) {
        return new ObjectPostProcessor<>() {
            @Override
            public <T extends BearerTokenAuthenticationFilter> T postProcess(T filter) {
                filter.setAuthenticationFailureHandler(refusals::commence);
                return filter;
            }
        };
    }

    @Bean
    CallerGroups callerGroups(CallerProperties properties) {
        return new CallerGroups(properties.callers().stream()
                .map(caller -> new CallerGroups.Entry(
                        Glob.exact(caller.principal()),
                        caller.groups().stream().map(Glob::ignoringCase).toList()))
                .toList());
    }

    @Bean
    ActiveRunLimit activeRunLimit(CallerProperties properties) {
        return new ActiveRunLimit(properties.maxActiveRuns());
    }

    /** Not used by any alert or dashboard, and they wrap each filter of each request. */
    @Bean
    SecurityObservationSettings noSecurityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    RequestRejectedHandler firewallRefusals(ProblemAuthenticationHandlers refusals) {
        return refusals::rejected;
    }
}
