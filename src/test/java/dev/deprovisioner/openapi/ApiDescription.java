package dev.deprovisioner.openapi;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.introspect.AnnotationIntrospectorPair;
import dev.deprovisioner.audit.AuditEntry;
import dev.deprovisioner.security.DescribedScopes;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Configures the generated description of the API. It has no stereotype, so the component scan of the service ignores
 * it.
 */
class ApiDescription {

    private static final String ABOUT = """
            Removes SCIM groups from an identity provider: no member orphaned, nothing half-done, everything proven.

            Unknown values are absent, never null. A refused request is answered with a problem (RFC 9457). \
            Later versions may add members to answers: ignore members that you do not know.""";

    @JsonNaming(SnakeCaseStrategy.class)
    interface SnakeCase {}

    @Bean
    OpenAPI described(
            @Value("${spring.application.name}") String name, @Value("${spring.application.version}") String version) {
        return new OpenAPI()
                .info(new Info()
                        .title(name)
                        .description(ABOUT)
                        .version(version)
                        .license(new License()
                                .name("Apache-2.0")
                                .url("https://www.apache.org/licenses/LICENSE-2.0.txt")))
                .servers(List.of(new Server().url("/").description("The address of the service.")));
    }

    /** Springdoc knows neither JSpecify nor the annotations of Jackson 3. */
    @Bean
    InitializingBean whatJsonLooksLike(ObjectMapperProvider mappers) {
        return () -> {
            Identifiers.describe();
            var mapper = mappers.jsonMapper();
            mapper.addMixIn(AuditEntry.class, SnakeCase.class);
            var known = mapper.getSerializationConfig().getAnnotationIntrospector();
            mapper.setAnnotationIntrospector(AnnotationIntrospectorPair.pair(new KnownPresence(), known));
        };
    }

    @Bean
    MarkdownJavadoc markdownJavadoc() {
        return new MarkdownJavadoc();
    }

    @Bean
    Recording recording() {
        return new Recording();
    }

    @Bean
    OpenApiCustomizer inOrder(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            MarkdownJavadoc javadoc,
            Recording recording) {
        return description -> {
            new DescribedTags(mapping, javadoc).customise(description);
            new DescribedAnswers().customise(description);
            new DescribedRefusals(mapping).customise(description);
            new DescribedScopes().customise(description);
            new DescribedExamples(recording).customise(description);
        };
    }
}
