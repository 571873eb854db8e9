package dev.deprovisioner.deprovision.web;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;

import dev.deprovisioner.deprovision.DeprovisionHistory;
import dev.deprovisioner.deprovision.DeprovisionService;
import dev.deprovisioner.deprovision.RequestAccess;
import dev.deprovisioner.deprovision.Run;
import dev.deprovisioner.deprovision.RunAbandonment;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.CallerProblems;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.testbed.SteppedTime;
import java.util.Arrays;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;

/** The HTTP face, with everything behind it stubbed. "admin" may name every group, other callers some or none. */
@WebMvcTest(
        controllers = {
            DeprovisionController.class,
            DeprovisionListController.class,
            BlockerController.class,
            AbandonmentController.class
        },
        properties = {
            "deprovisioner.security.callers[0].principal=by-id",
            "deprovisioner.security.callers[0].groups=g*",
            "deprovisioner.security.callers[1].principal=by-name",
            "deprovisioner.security.callers[1].groups=sales *",
            "deprovisioner.security.callers[2].principal=*other",
            "deprovisioner.security.callers[2].groups=support-*",
            "deprovisioner.security.callers[3].principal=portal",
            "deprovisioner.security.callers[3].groups=support-*",
            "deprovisioner.security.callers[4].principal=" + WebFace.ADMIN,
            "deprovisioner.security.callers[4].groups=*"
        })
@Import({GroupAccess.class, RunPages.class, SteppedTime.class})
@ImportAutoConfiguration(SslAutoConfiguration.class)
@ComponentScan(basePackages = {"dev.deprovisioner.security", "dev.deprovisioner.http", "dev.deprovisioner.problem"})
@ResourceLock("the web face")
abstract class WebFace {

    static final String ADMIN = "admin";
    static final GroupId GROUP = new GroupId("g1");

    @Autowired
    private MockMvcTester mvc;

    @MockitoBean
    DeprovisionService deprovisioning;

    @MockitoBean
    DeprovisionHistory history;

    @MockitoBean
    RunAbandonment abandonment;

    @MockitoBean
    private JwtDecoder decoder;

    /** Has requests find this run, as one that was there before. */
    final void finds(Run run) {
        given(deprovisioning.request(any(), any(), any())).willAnswer(request -> {
            RequestAccess access = request.getArgument(2);
            if (!access.sees().test(run)) {
                throw new ProblemException(CallerProblems.groupNotAllowed());
            }
            return run;
        });
    }

    /** A request by a caller who has these scopes. */
    final MockMvcRequestBuilder request(HttpMethod method, String path, String caller, String... scopes) {
        var authorities = AuthorityUtils.createAuthorityList(
                Arrays.stream(scopes).map("SCOPE_"::concat).toList());
        return mvc.method(method)
                .uri(path)
                .with(jwt().jwt(token -> token.subject(caller)).authorities(authorities));
    }
}
