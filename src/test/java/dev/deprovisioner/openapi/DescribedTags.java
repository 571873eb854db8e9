package dev.deprovisioner.openapi;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.swagger.v3.oas.models.OpenAPI;
import java.util.Comparator;
import java.util.Objects;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.providers.JavadocProvider;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Says of each tag what the Javadoc of its controller says. */
record DescribedTags(RequestMappingHandlerMapping mapping, JavadocProvider javadoc) implements OpenApiCustomizer {

    @Override
    public void customise(OpenAPI description) {
        description.setTags(Handler.all(mapping).stream()
                .map(handler -> handler.method().getBeanType())
                .distinct()
                .map(this::tag)
                .sorted(Comparator.comparing(io.swagger.v3.oas.models.tags.Tag::getName))
                .toList());
    }

    private io.swagger.v3.oas.models.tags.Tag tag(Class<?> controller) {
        var tag = Objects.requireNonNull(controller.getAnnotation(Tag.class), controller.getName());
        return new io.swagger.v3.oas.models.tags.Tag()
                .name(tag.name())
                .description(javadoc.getClassJavadoc(controller));
    }
}
