# A Java runtime on Debian, for machines that cannot pull eclipse-temurin. The folder runtime is made by jlink.
ARG BASE_IMAGE=debian:bookworm-slim
FROM ${BASE_IMAGE}
COPY runtime /opt/java
ENV PATH=/opt/java/bin:$PATH
