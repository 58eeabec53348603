# The image: the static program and an empty folder for its data. Uses only syntax that every builder supports.
#
#     docker build --tag workmail-local .
#
# Independent of the processor: the same file builds images for amd64 and arm64.
FROM debian:bookworm-slim AS build
COPY docker/install-packages docker/packages docker/packages-tests /workmail-local/docker/
# Also the packages of the tests, unless the build omits the tests.
ARG TESTS=yes
RUN if [ "$TESTS" = yes ]; then set -- /workmail-local/docker/packages-tests; fi \
    && /workmail-local/docker/install-packages /workmail-local/docker/packages "$@"
# First the sources of the program, so that a changed page or test does not rebuild it.
COPY CMakeLists.txt CMakePresets.json /workmail-local/
COPY store /workmail-local/store
COPY api /workmail-local/api
COPY server /workmail-local/server
COPY THIRD_PARTY_LICENSES /workmail-local/
# The commit that the program prints, because the clone's history is not copied.
ARG REVISION=unknown
RUN /workmail-local/server/build release workmail-local
COPY . /workmail-local
RUN if [ "$TESTS" = yes ]; then /workmail-local/tests/run --core; fi \
    && mkdir -p /image/data /image/licenses \
    && mv /workmail-local/build/release/workmail-local /image/ \
    && cp /workmail-local/LICENSE /workmail-local/NOTICE /workmail-local/THIRD_PARTY_LICENSES /image/licenses/ \
    && rm -rf /workmail-local/build

FROM scratch
ARG VERSION=development
ARG REVISION=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="workmail-local" \
      org.opencontainers.image.description="A local emulator of the Amazon WorkMail API" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.source="$SOURCE"
# Any user id works. The folder belongs to the user below, because some volumes copy its owner.
COPY --from=build --chown=65532:65532 /image/ /
# Listens on all interfaces of the container; `docker run --publish` decides what is reachable.
ENV WORKMAIL_LISTEN=[::]:9675
USER 65532:65532
EXPOSE 9675
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=2s --timeout=2s --start-period=5s CMD ["/workmail-local", "healthcheck"]
ENTRYPOINT ["/workmail-local"]
