package dev.deprovisioner.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * Denies every existing route without a rule. If there is no such route, a caller with a valid token gets a 404, or a
 * 405 with the allowed methods.
 */
@Component
class UnmappedRoutes implements AuthorizationManager<RequestAuthorizationContext> {

    private final ObjectProvider<HandlerMapping> mappings;
    private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

    UnmappedRoutes(ObjectProvider<HandlerMapping> mappings) {
        this.mappings = mappings;
    }

    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> caller, RequestAuthorizationContext context) {
        var authentication = caller.get();
        return new AuthorizationDecision(authentication != null
                && trust.isAuthenticated(authentication)
                && mappings.stream().noneMatch(mapping -> leadsSomewhere(mapping, context.getRequest())));
    }

    private static boolean leadsSomewhere(HandlerMapping mapping, HttpServletRequest request) {
        try {
            var handler = mapping.getHandler(request);
            return handler != null && !(handler.getHandler() instanceof ResourceHttpRequestHandler);
        } catch (HttpRequestMethodNotSupportedException e) {
            return false;
        } catch (Exception e) {
            // A mapping that refuses the request for another reason knows the path.
            return true;
        }
    }
}
