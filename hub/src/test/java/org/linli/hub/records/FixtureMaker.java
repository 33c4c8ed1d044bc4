package org.linli.hub.records;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.DeviceId;
import org.linli.event.EquipmentReport;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.SampleValue;
import org.linli.event.UnregisteredEquipment;
import org.linli.event.UnregisteredEquipment.KindFrom;
import org.linli.event.Value;
import org.linli.hub.ReportingGateway;
import org.linli.hub.RunningHub;
import org.linli.hub.adoption.GatewayRegistries;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.gateway.IdentityShared;
import org.linli.hub.intake.BatchIntake;
import tools.jackson.databind.JsonNode;

/**
 * Makes the records that every later version has to open, small and with something of everything.
 * Run by name when a step of the migration was added, never by itself:
 *
 * <pre>
 *   ./mvnw -Pquick -pl hub -am test -Dtest=FixtureMaker -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dfixture=hub-2026-11-29.db
 * </pre>
 */
class FixtureMaker {

  private static final Path FIXTURES = Path.of("src/test/resources/org/linli/hub/records");

  @TempDir Path data;

  @Test
  void makesTheRecordsOfThisVersion() throws IOException, SQLException {
    Path fixture = FIXTURES.resolve(System.getProperty("fixture", "hub-of-today.db"));
    try (RunningHub hub = RunningHub.start(data)) {
      fill(hub);
    }
    Files.deleteIfExists(fixture);
    try (Connection records = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("hub.db"));
        Statement statement = records.createStatement()) {
      statement.executeUpdate("VACUUM INTO '" + fixture.toAbsolutePath() + "'");
    }
  }

  private static void fill(RunningHub hub) {
    ReportingGateway gateway = hub.gateway();
    gateway.reports("door-1", Kind.ACCESS, "door.forced");
    gateway.reports("kitchen:smoke", Kind.ENVIRONMENT, "smoke.detected");
    gateway.reports("door-1", Kind.ACCESS, "measurement", Map.of("battery", new Value.Whole(97)));
    gateway.reports("fire-lane-2", Kind.PARKING, "fire-lane.occupied");
    gateway.reports("elevator-1-1", Kind.ELEVATOR, "passenger.trapped");
    gateway.reports("elevator-1-1", Kind.ELEVATOR, "passenger.released");
    gateway.reports("door-2", Kind.ACCESS, "device.offline");
    gateway.gaveUp("camera-1-lobby");
    hub.bean(BatchIntake.class)
        .apply(
            List.of(
                new ArrivedBatch(
                    ReportingGateway.ID,
                    Lane.BULK,
                    new byte[] {1, 2, 3},
                    hub.clock().instant(),
                    unused -> {})));
    hub.publish(new IdentityShared(ReportingGateway.ID, "one", "other", hub.clock().instant()));
    await().until(() -> hub.json("/api/v1/alerts").toString().contains("gateway.identity-shared"));
    adopt(hub);
    handle(hub);
  }

  private static void adopt(RunningHub hub) {
    hub.bean(GatewayRegistries.class)
        .reported(
            ReportingGateway.ID,
            new EquipmentReport(
                ReportingGateway.ID,
                null,
                null,
                List.of(heard(hub, "cellar/leak"), heard(hub, "attic/leak"))));
    post(
        hub,
        "/api/v1/devices/cellar:leak/adopt",
        "{\"by\":\"zhou\",\"building\":\"b1\",\"name\":{\"zh\":\"地下室水浸\",\"en\":\"Cellar leak\"}}");
  }

  private static UnregisteredEquipment heard(RunningHub hub, String address) {
    return new UnregisteredEquipment(
        new DeviceId(address.replace('/', ':')),
        "zigbee2mqtt",
        address,
        Kind.ENVIRONMENT,
        KindFrom.PROFILE,
        new EventType("water.leak"),
        List.of(SampleValue.of("battery", new Value.Whole(97), Kind.ENVIRONMENT)),
        hub.clock().instant(),
        hub.clock().instant(),
        3);
  }

  /** The administrator is called as a person is: nothing of the one may become the other's. */
  private static void handle(RunningHub hub) {
    RunningHub.Visitor administrator = hub.signedInVisitor("wang");
    for (JsonNode alert : hub.json("/api/v1/alerts?status=open").get("items")) {
      String path = "/api/v1/alerts/" + alert.get("id").asString();
      switch (alert.get("device").asString()) {
        case "door-1" -> {
          administrator.postJson(path + "/acknowledge", "{\"comment\":\"我来处理\"}");
          post(hub, path + "/comment", "{\"by\":\"wang\",\"comment\":\"在路上\"}");
        }
        case "kitchen:smoke" -> post(hub, path + "/acknowledge", "{\"by\":\"zhou\"}");
        default -> administrator.postJson(path + "/resolve", "{}");
      }
    }
  }

  private static void post(RunningHub hub, String path, String body) {
    var response = hub.post(path, body);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + " answers " + response.statusCode() + " " + response.body());
    }
  }
}
