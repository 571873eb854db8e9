package dev.deprovisioner.security;

import static jakarta.servlet.http.HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED;
import static jakarta.servlet.http.HttpServletResponse.SC_NOT_IMPLEMENTED;

import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemWriter;
import dev.deprovisioner.problem.RequestProblems;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Gives the errors that Tomcat finds by itself, before any filter, our shape instead of its HTML page, and every answer
 * its headers. It is for the Tomcats of both ports.
 */
@ManagementContextConfiguration(proxyBeanMethods = false)
class TomcatRefusals implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final ResponseHeaders headers;
    private final ProblemWriter problems;

    TomcatRefusals(ResponseHeaders headers, ProblemWriter problems) {
        this.headers = headers;
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
        host.getPipeline().addValve(new ProblemReport(headers, problems));
    }

    static final class ProblemReport extends ErrorReportValve {

        private final ResponseHeaders headers;
        private final ProblemWriter problems;

        ProblemReport(ResponseHeaders headers, ProblemWriter problems) {
            this.headers = headers;
            this.problems = problems;
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            headers.writeHeaders(request, response);
            super.invoke(request, response);
        }

        @Override
        protected void report(Request request, Response response, @Nullable Throwable throwable) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            // Tomcat has thrown away those of an answer that failed.
            headers.writeHeaders(request, response);
            try {
                problems.write(request, response, problem(request, response.getStatus()));
                response.finishResponse();
            } catch (IOException e) {
                container.getLogger().debug("The caller has closed the connection before the answer with an error", e);
            }
        }

        /** A coding or a version of HTTP that Tomcat does not know is the caller's fault, although its status is a 5xx. */
        private static Problem problem(Request request, int status) {
            return status < 500 || status == SC_NOT_IMPLEMENTED || status == SC_HTTP_VERSION_NOT_SUPPORTED
                    ? RefusedPath.problem(request.getRequestURI())
                    : RequestProblems.unavailable();
        }
    }
}
