# One of Linli's programs on a Java 25 runtime. docker/prepare builds the jars first.
ARG JAVA_IMAGE=eclipse-temurin:25-jre
FROM ${JAVA_IMAGE}
ARG PROGRAM
RUN groupadd --system --gid 1500 linli \
 && useradd --system --uid 1500 --gid linli --no-create-home --shell /usr/sbin/nologin linli \
 && mkdir /data && chown linli:linli /data
COPY ${PROGRAM}/target/${PROGRAM}.jar /opt/linli/program.jar
USER linli
ENV LINLI_DATA=/data
VOLUME /data
WORKDIR /opt/linli
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-jar", "/opt/linli/program.jar"]
