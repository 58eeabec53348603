# The image: the one static program and an empty folder for its data. In the syntax that every builder understands.
#
#     docker build --tag workmail-local .
#
# Nothing in it names a processor: the same file makes an image for amd64 and for arm64.
FROM debian:bookworm-slim AS build
COPY docker/install-packages docker/packages docker/packages-tests /workmail-local/docker/
# The tests' packages too, unless the build leaves the tests out.
ARG TESTS=yes
RUN if [ "$TESTS" = yes ]; then set -- /workmail-local/docker/packages-tests; fi \
    && /workmail-local/docker/install-packages /workmail-local/docker/packages "$@"
# First what the program is built from, so that a changed page or test does not build it again.
COPY CMakeLists.txt CMakePresets.json /workmail-local/
COPY store /workmail-local/store
COPY api /workmail-local/api
COPY server /workmail-local/server
COPY THIRD_PARTY_LICENSES /workmail-local/
# What the program prints as its commit: the clone is not copied.
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
# Any user id works; the folder belongs to the one below, for volumes that take over its owner.
COPY --from=build --chown=65532:65532 /image/ /
# Every interface of the container; `docker run --publish` decides what of it is reachable.
ENV WORKMAIL_LISTEN=[::]:9675
USER 65532:65532
EXPOSE 9675
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=2s --timeout=2s --start-period=5s CMD ["/workmail-local", "healthcheck"]
ENTRYPOINT ["/workmail-local"]
