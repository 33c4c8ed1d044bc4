# Mosquitto from Debian's packages, for machines that cannot pull eclipse-mosquitto.
ARG BASE_IMAGE=debian:bookworm-slim
FROM ${BASE_IMAGE}
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends mosquitto \
 && rm -rf /var/lib/apt/lists/*
USER mosquitto
CMD ["mosquitto", "-c", "/mosquitto/config/mosquitto.conf"]
