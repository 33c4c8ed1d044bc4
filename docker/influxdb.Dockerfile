# InfluxDB 1.6.7 from Debian's packages, for machines that cannot pull influxdb.
ARG BASE_IMAGE=debian:bookworm-slim
FROM ${BASE_IMAGE}
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends influxdb \
 && rm -rf /var/lib/apt/lists/*
USER influxdb
CMD ["influxd"]
