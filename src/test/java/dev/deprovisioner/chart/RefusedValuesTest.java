package dev.deprovisioner.chart;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong in the values ends the rendering with the place and the reason. */
@NeedsHelm
class RefusedValuesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {replicas: 1}                                        | additional properties 'replicas' not allowed
            {image: {tagg: x}}                                   | at '/image': additional properties 'tagg' not allowed
            {image: {tag: 'a b'}}                                | at '/image/tag': 'a b' does not match pattern
            {image: {digest: 'sha256:12'}}                       | at '/image/digest': 'sha256:12' does not match pattern
            {image: {pullPolicy: always}}                        | at '/image/pullPolicy': value must be one of 'Always'
            {replicaCount: -1}                                   | at '/replicaCount': minimum: got -1, want 0
            {replicaCount: two}                                  | at '/replicaCount': got string, want integer
            {deprovisioner: {upstream: {baseUrl: x}}}            | does not match pattern '^[a-z][a-z0-9-]*$'
            {deprovisioner: {'upstream.base-url': x}}            | does not match pattern '^[a-z][a-z0-9-]*$'
            {spring: {'datasource.url': x}}                      | does not match pattern '^[A-Za-z0-9_-]+$'
            {spring: {datasource: {url: 'jdbc:mysql://db/x'}}}   | at '/spring/datasource/url'
            {spring: {datasource: {url: 'jdbc:h2:./data/x'}}}    | at '/spring/datasource/url'
            {spring: {datasource: {url: 'jdbc:h2:retry:/data/x;DB_CLOSE_ON_EXIT=FALSE'}}} | at '/spring/datasource/url'
            {server: {port: 80}}                                 | at '/server': 'not' failed
            {management: {server: {port: 80}}}                   | at '/management': 'not' failed
            {secrets: {values: {CLIENT_SECRET: x}}}              | invalid propertyName 'CLIENT_SECRET'
            {secrets: {values: {deprovisioner.upstream.client-secret: ''}}} | minLength: got 0, want 1
            {secrets: {existing: [scim]}}                        | at '/secrets/existing/0': got string, want object
            {secrets: {existing: [{name: a, keys: {b: C}}]}}     | at '/secrets/existing/0/keys/b'
            {autoscaling: {minReplicas: 0}}                      | at '/autoscaling/minReplicas': minimum: got 0, want 1
            {persistence: {accessMode: ReadWriteMany}}           | at '/persistence/accessMode': value must be one of
            {persistence: {size: 2 GB}}                          | at '/persistence/size'
            {service: {port: 70000}}                             | at '/service/port': maximum: got 70,000, want 65,535
            {service: {type: ExternalName}}                      | at '/service/type': value must be one of 'ClusterIP'
            {ingress: {enabled: yes, host: 'https://x'}}         | at '/ingress/host'
            {httpRoute: {requestTimeout: 75}}                    | at '/httpRoute/requestTimeout': got number, want null or string
            {httpRoute: {enabled: true}}                         | at '/httpRoute/parentRefs': minItems: got 0, want 1
            {networkPolicy: {callers: [{}]}}                     | at '/networkPolicy/callers/0': minProperties
            {networkPolicy: {callers: [{podselector: {}}]}}      | additional properties 'podselector' not allowed
            {networkPolicy: {database: {ports: []}}}             | at '/networkPolicy/database/ports': minItems
            {serviceMonitor: {interval: 30}}                     | at '/serviceMonitor/interval': got number, want string
            {prometheusRule: {runbookPrefix: docs}}              | at '/prometheusRule/runbookPrefix'
            {podLabels: {app.kubernetes.io/name: x}}             | invalid propertyName 'app.kubernetes.io/name'
            {runAsUser: 0}                                       | at '/runAsUser': minimum: got 0, want 1
            {resources: {limits: {memory: 1 GB}}}                | at '/resources/limits/memory'
            {resources: {limits: {cores: 1}}}                    | invalid propertyName 'cores'
            {probes: {startup: {path: /}}}                       | at '/probes/startup': additional properties 'path'
            {preStopSeconds: 0}                                  | at '/preStopSeconds': minimum: got 0, want 1
            {topologySpread: {whenUnsatisfiable: Never}}         | at '/topologySpread/whenUnsatisfiable'
            {extraEnv: [{name: A}]}                              | at '/extraEnv/0': 'oneOf' failed
            {extraVolumes: [{name: a, hostPath: {path: /}}]}     | at '/extraVolumes/0': 'not' failed
            {extraVolumeMounts: [{name: a, mountPath: b}]}       | at '/extraVolumeMounts/0/mountPath'
            """)
    void byTheSchema(String values, String reason) {
        assertThatThrownBy(() -> Chart.render(values))
                .hasMessageContaining("values don't meet the specifications of the schema")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {terminationGracePeriodSeconds: 69} | must be at least preStopSeconds and 60 more (70)
            {preStopSeconds: 40}                | must be at least preStopSeconds and 60 more (100)
            {autoscaling: {enabled: true, minReplicas: 6}, spring: {datasource: {url: 'jdbc:postgresql://d/x'}}} | autoscaling.minReplicas must be at most autoscaling.maxReplicas
            {extraEnv: [{name: SPRING_CONFIG_IMPORT, value: x}]} | SPRING_CONFIG_IMPORT in extraEnv is what the chart itself sets
            """)
    void byTheChart(String values, String reason) {
        assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {spring: {datasource: {password: c4nary}}}                                | spring.datasource.password
            {spring: {datasource: {hikari: {Pass_Word: c4nary}}}}                     | spring.datasource.hikari.Pass_Word
            {spring: {flyway: {password: c4nary}}}                                    | spring.flyway.password
            {spring: {datasource: {url: 'jdbc:postgresql://d/x?user=a&password=c4nary'}}} | spring.datasource.url
            {deprovisioner: {webhook: {url: 'https://user:c4nary@example.com/'}}}     | deprovisioner.webhook.url
            {deprovisioner: {webhook: {url: 'https://example.com/hook?a=b&Token=c4nary'}}} | deprovisioner.webhook.url
            {deprovisioner: {webhook: {url: 'https://example.com/hook?sig=c4nary'}}}       | deprovisioner.webhook.url
            {deprovisioner: {webhook: {url: 'https://example.com/hook?access_key=c4nary'}}} | deprovisioner.webhook.url
            {extraEnv: [{name: DEPROVISIONER_WEBHOOK_URL, value: 'https://x/?code=c4nary'}]} | DEPROVISIONER_WEBHOOK_URL
            {deprovisioner: {webhook: {timeout: whsec_c4nary}}}                       | deprovisioner.webhook.timeout
            {deprovisioner: {webhook: {secrets: [a, c4nary]}}}                        | deprovisioner.webhook.secrets[0]
            {spring: {ssl: {bundle: {pem: {a: {keystore: {private-key: '-----BEGIN PRIVATE KEY-----c4nary'}}}}}}} | spring.ssl.bundle.pem.a.keystore.private-key
            {server: {ssl: {key-store-password: c4nary}}}                             | server.ssl.key-store-password
            {extraEnv: [{name: DEPROVISIONER_UPSTREAM_CLIENT_SECRET, value: c4nary}]} | DEPROVISIONER_UPSTREAM_CLIENT_SECRET
            {extraEnv: [{name: DEPROVISIONER_WEBHOOK_SECRETS_0, value: c4nary}]}      | DEPROVISIONER_WEBHOOK_SECRETS_0
            """)
    void forASecretInPlainSight(String values, String name) {
        assertThatThrownBy(() -> Chart.render(values))
                .hasMessageContaining(name)
                .hasMessageContaining(" is a secret")
                .hasMessageNotContaining("c4nary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{spring: {datasource: {password: '${DATABASE_PASSWORD}'}}}",
                "{spring: {ssl: {bundle: {pem: {a: {keystore: {private-key: 'file:/etc/tls/tls.key'}}}}}}}",
                "{deprovisioner: {webhook: {url: 'https://example.com:8443/hooks/a@b?c=d'}}}",
                "{extraEnv: [{name: TRUST_PASSWORD, valueFrom: {secretKeyRef: {name: a, key: b}}}]}"
            })
    void notForWhatOnlyLeadsToASecret(String values) {
        assertThatCode(() -> Chart.render(values)).doesNotThrowAnyException();
    }
}
