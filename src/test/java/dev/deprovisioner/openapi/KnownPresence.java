package dev.deprovisioner.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.io.Serial;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A member is there unless it may be null, or is left out while it is empty. */
class KnownPresence extends NopAnnotationIntrospector {

    @Serial
    private static final long serialVersionUID = 1;

    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
        var type = member.getDeclaringClass();
        if (!type.isRecord()) {
            return null;
        }
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getName().equals(member.getName()))
                .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                .filter(component -> !isLeftOutWhileEmpty(type, component))
                .findAny()
                .map(always -> true)
                .orElse(null);
    }

    private static boolean isLeftOutWhileEmpty(Class<?> type, RecordComponent component) {
        @Nullable JsonInclude include = type.getAnnotation(JsonInclude.class);
        return include != null
                && include.value() == Include.NON_EMPTY
                && Collection.class.isAssignableFrom(component.getType());
    }
}
