# The image of the project with the client of Redis, which counts requests for several servers, and
# with the client of Prometheus.
FROM timeline
USER root
COPY deploy/compose/requirements.txt /tmp/requirements.txt
# The image has no installer; the base has one, which installs into the environment of the program.
RUN /usr/local/bin/pip --python /opt/venv/bin/python install --no-cache-dir --only-binary :all: --require-hashes \
    --requirement /tmp/requirements.txt && rm /tmp/requirements.txt
USER 10001:10001
