# The API in a small image: no build tools, no root. To run it, see docs/operations.md.

# A build argument, so that you can pin it by a digest that your registry gives you
# (--build-arg BASE=python:3.13-slim@sha256:…). The checks of this repository ask no registry, so they could not
# keep a digest up to date; they build from a base of Debian packages (make image-check).
ARG BASE=python:3.13-slim
FROM ${BASE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /srv/timeline
RUN python -m venv /opt/venv
COPY requirements.txt ./
# Wheels only: the image has no compiler, so a package that needs one must fail here.
RUN /opt/venv/bin/pip install --only-binary :all: --require-hashes --requirement requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY app app
# Editable: the program finds migrations/ and seeds/ beside app/. The image needs no installers afterwards.
RUN /opt/venv/bin/pip install --no-deps --no-build-isolation --editable . \
    && /opt/venv/bin/pip uninstall --yes setuptools pip
COPY migrations migrations
COPY seeds seeds
COPY docs docs
COPY findings/README.md findings/
COPY CHANGELOG.md ./
RUN python -m compileall -q app migrations

FROM ${BASE}
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/timeline /srv/timeline
RUN install --directory --owner=10001 --group=10001 /data
ENV PATH=/opt/venv/bin:$PATH \
    TIMELINE_DATABASE_URL=sqlite:////data/timeline.db \
    TIMELINE_HOST=0.0.0.0 \
    TIMELINE_PAST_FOLDER=/data/past
# Numeric, so that a supervisor can verify that it is not root.
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
# Ignores a proxy in the environment: the request is local.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", "import os, urllib.request as r; r.build_opener(r.ProxyHandler({})).open(f'http://127.0.0.1:{os.environ.get(\"TIMELINE_PORT\", 8000)}/readyz', timeout=4)"]
CMD ["timeline", "serve"]
