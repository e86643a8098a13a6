# The service, and the commands that go with it. Steps: build the wheel, whose checks are compiled; install it beside
# what is pinned; leave all that builds.

FROM python:3.13 AS wheel
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PELICAN_COMPILE=1
WORKDIR /build
COPY requirements.txt requirements-dev.txt ./
RUN ["python", "-m", "venv", "/opt/build"]
RUN ["/opt/build/bin/pip", "install", "--only-binary", ":all:", "--require-hashes", "-r", "requirements.txt", "-r", "requirements-dev.txt"]
COPY pyproject.toml setup.py README.md LICENSE schema.sql ./
COPY checks checks
COPY pelican_async pelican_async
RUN ["/opt/build/bin/pip", "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", "/dist", "."]

FROM python:3.13-slim AS install
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements-service.txt ./
RUN ["python", "-m", "venv", "/opt/pelican-async"]
RUN ["/opt/pelican-async/bin/pip", "install", "--only-binary", ":all:", "--require-hashes", "-r", "requirements-service.txt"]
COPY --from=wheel /dist /dist
RUN ["/opt/pelican-async/bin/pip", "install", "--no-deps", "--no-index", "--find-links", "/dist", "pelican-async"]
RUN ["/opt/pelican-async/bin/python", "-m", "compileall", "-q", "/opt/pelican-async/lib"]

FROM python:3.13-slim
LABEL org.opencontainers.image.title="pelican-async" \
      org.opencontainers.image.description="Checks the quality of open contracting data (OCDS)" \
      org.opencontainers.image.licenses="BSD-3-Clause"
COPY --from=install /opt/pelican-async /opt/pelican-async
ENV PATH=/opt/pelican-async/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HTTP_ADDRESS=0.0.0.0 \
    HTTP_PORT=8000
# No account of the image has this number. Nothing is written but to /tmp, so the file system may be read-only.
USER 10001:10001
WORKDIR /tmp
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 CMD ["pelican-async", "healthy"]
ENTRYPOINT ["pelican-async"]
CMD ["serve", "--upgrade"]
