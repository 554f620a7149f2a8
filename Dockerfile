# Listlens in a container: docker build -t listlens .
#
#   docker run --rm -v /srv/lists:/archives:ro listlens index --dry-run /archives

FROM maven:3.9.9-eclipse-temurin-21 AS build
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -Dlistlens.quick -Dassembly.skipAssembly=false -Dcyclonedx.skip=false \
       -pl embedded,mail,indexer package \
    && mkdir /listlens && tar -xzf indexer/target/listlens-*.tar.gz -C /listlens --strip-components 1

FROM eclipse-temurin:21.0.8_9-jre
# The data of an engine of its own, where it is asked to start one, and classes ready-made for a quick start.
RUN useradd --create-home --uid 10001 listlens
COPY --from=build /listlens /opt/listlens
USER listlens
RUN /opt/listlens/bin/listlens --version
ENTRYPOINT ["/opt/listlens/bin/listlens"]
CMD ["--help"]
