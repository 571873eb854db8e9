package dev.deprovisioner.security;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.problem.ProblemWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/** Gives the errors that Tomcat finds by itself, before any filter, our shape instead of its HTML page. */
@Component
class TomcatRefusals implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final ProblemWriter problems;

    TomcatRefusals(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers((TomcatContextCustomizer) this::replaceErrorReport);
    }

    private void replaceErrorReport(Context context) {
        var host = (StandardHost) context.getParent();
        // Tomcat adds its own valve only where none of the configured class stands in the pipeline yet.
        host.setErrorReportValveClass(ProblemReport.class.getName());
        host.getPipeline().addValve(new ProblemReport(problems));
    }

    static final class ProblemReport extends ErrorReportValve {

        private static final String GROUPS = "/deprovisions/";

        private final ProblemWriter problems;

        ProblemReport(ProblemWriter problems) {
            this.problems = problems;
        }

        @Override
        protected void report(Request request, Response response, @Nullable Throwable throwable) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            try {
                problems.write(request, response, problem(request, response.getStatus()));
                response.finishResponse();
            } catch (IOException e) {
                container.getLogger().debug("The caller has gone before it was told of an error", e);
            }
        }

        private static boolean endsWithGroupId(String path) {
            try {
                GroupId.of(UriUtils.decode(path.substring(GROUPS.length()), StandardCharsets.UTF_8));
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        private static Problem problem(Request request, int status) {
            // Null where not even the request line could be read.
            @Nullable String path = request.getRequestURI();
            if (status == 400 && path != null && path.startsWith(GROUPS) && !endsWithGroupId(path)) {
                return new Problem(
                        ProblemType.INVALID_GROUP_ID,
                        "The path has a character or a segment that no group id has.",
                        "Correct the group id and send it again.");
            }
            return status < 500
                    ? new Problem(ProblemType.INVALID_REQUEST, "The request cannot be understood.", "Correct it.")
                    : new Problem(ProblemType.UNAVAILABLE, "The request could not be served.", "Send it again later.");
        }
    }
}
