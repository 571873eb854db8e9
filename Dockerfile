# Builds everything from the sources: docker build -t scim-deprovisioner .
FROM eclipse-temurin:25-jdk AS build
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends maven \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY .mvn .mvn
COPY pom.xml .
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -Pprepared -Dmaven.test.skip=true package \
    && mv target/scim-deprovisioner-*.jar app.jar \
    && java -Djarmode=tools -jar app.jar extract --layers --destination layers

FROM eclipse-temurin:25-jre
LABEL org.opencontainers.image.title="scim-deprovisioner" \
      org.opencontainers.image.description="Removes a SCIM group from an identity provider, safely" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --gid 10001 deprovisioner \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin deprovisioner \
    && install -d -o 10001 -g 10001 -m 0750 /data
# What changes least comes first, so that an update transfers little.
COPY --from=build /build/layers/dependencies/ /app/
COPY --from=build /build/layers/spring-boot-loader/ /app/
COPY --from=build /build/layers/snapshot-dependencies/ /app/
COPY --from=build /build/layers/application/ /app/
# Starts once, up to where it would begin to work, and keeps what the JVM has loaded and linked. The cache is good only for
# this very JVM and these very files, so it is made in this stage; with any other the JVM starts without it. The settings are those
# that have no default; no host is called. The beans are those that the build has prepared, as in most starts. The training has
# only the first compiler: a start from its cache compiles less, and takes a quarter less time.
RUN --mount=type=tmpfs,target=/tmp \
    java -XX:AOTCacheOutput=/app/app.aot -XX:TieredStopAtLevel=1 -Dspring.aot.enabled=true -Dspring.context.exit=onRefresh -Xlog:aot=error -jar /app/app.jar \
        --deprovisioner.upstream.base-url=https://provider.invalid \
        --deprovisioner.upstream.client-id=none \
        --deprovisioner.upstream.client-secret=none \
        --spring.security.oauth2.resourceserver.jwt.issuer-uri=https://issuer.invalid \
        --spring.datasource.url=jdbc:h2:/tmp/training \
    && test -s /app/app.aot

# The default database is ./data/deprovisioner, and ./config/ is where a file of settings is looked for. No variable says
# so: it would win over that file.
WORKDIR /
VOLUME /data
USER 10001:10001
EXPOSE 8080 8081
# The base image has no curl, and a JVM would take longer to start than to ask.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["bash", "-c", "\
    exec 3<>/dev/tcp/127.0.0.1/${MANAGEMENT_SERVER_PORT:-8081} \
    && printf 'GET /actuator/health/readiness HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 \
    && read -r status <&3 && [[ $status == *' 200 '* ]]"]
# An eighth of the memory for the heap at first: the young generation keeps its first size until a full collection, and with
# the cache nothing causes one soon. From a 64th, the JVM's default, it would be 4 MB, and garbage would fill the heap.
ENTRYPOINT ["java", "-XX:AOTCache=/app/app.aot", "-Dspring.aot.enabled=true", "-XX:InitialRAMPercentage=12.5", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-jar", "/app/app.jar"]
