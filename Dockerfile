# The site as an image; docs/deploying.md says under "In containers" how it is run. What stands in .dockerignore goes in.

FROM debian:13-slim AS base
# pg_dump is for backups, of the version of compose.yaml's PostgreSQL. Versions are Debian's, whose updates mend them.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates postgresql-client-17 python3 tzdata \
    && rm -rf /var/lib/apt/lists/*
ENV PATH=/srv/attributed/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /srv/attributed

FROM base AS build
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends python3-venv \
    && rm -rf /var/lib/apt/lists/*
COPY requirements.txt ./
RUN python3 -m venv /opt/pip \
    && python3 -m venv --without-pip .venv \
    && /opt/pip/bin/pip --python .venv/bin/python install \
        --no-cache-dir --only-binary :all: --require-hashes --requirement requirements.txt
COPY . ./
RUN SECRET_KEY=for-this-step-alone DATABASE_URL=sqlite:///:memory: \
        python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q actors audit claims conflict_site

FROM base
RUN useradd --no-log-init --uid 10001 --user-group --home-dir /srv/attributed --no-create-home \
        --shell /usr/sbin/nologin attributed \
    && install --directory --owner attributed --group attributed --mode 700 var var/backups
COPY --from=build /srv/attributed ./
USER 10001:10001
VOLUME /srv/attributed/var
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=8s --start-period=60s --retries=3 CMD ["python", "-c", "\
from http.client import HTTPConnection\n\
site = HTTPConnection('127.0.0.1', 8000, timeout=7)\n\
site.request('GET', '/readyz')\n\
raise SystemExit(site.getresponse().status != 200)"]
ENTRYPOINT ["sh", "-c", "umask 077 && exec \"$@\"", "-"]
CMD ["gunicorn", "conflict_site.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", \
    "--threads", "4", "--no-control-socket", "--graceful-timeout", "20"]
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Attributed" \
    org.opencontainers.image.description="Who said what, when, on which issue, according to which source." \
    org.opencontainers.image.licenses="MIT" \
    org.opencontainers.image.base.name="docker.io/library/debian:13-slim" \
    org.opencontainers.image.revision="$REVISION"
