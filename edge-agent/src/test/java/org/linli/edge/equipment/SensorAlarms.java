package org.linli.edge.equipment;

import static org.linli.edge.equipment.RaisedAlarm.linli;
import static org.linli.edge.equipment.RaisedAlarm.mqtt;
import static org.linli.edge.equipment.RaisedAlarm.of;
import static org.linli.edge.equipment.RaisedAlarm.toldEachTime;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.linli.edge.equipment.RaisedAlarm.Sent;
import org.linli.edge.intake.Address.Format;

/** Alarms of sensors, most of them behind a coordinator, a network server or an edge node. */
final class SensorAlarms {

  private static final String ZIGBEE = "zigbee2mqtt/z~";
  private static final String FIRE = "tele/t~/SENSOR";
  private static final String UPLINK = "application/x/device/c~/event/up";
  private static final String SMOKE_OF_S1 = "spBv1.0/plant/DDATA/n1/s1";

  private SensorAlarms() {}

  static List<RaisedAlarm> all() {
    return List.of(
        zigbeeSmoke(),
        zigbeeWater(),
        zigbeeGas(),
        zigbeeTamper(),
        zigbeeBattery(),
        tasmotaWater(),
        tasmotaFire(),
        tasmotaOccupancy(),
        frigateOffline(),
        chirpStackLeak(),
        chirpStackBattery(),
        thingsBoardSmoke(),
        thingsBoardOffline(),
        senmlLeak(),
        sparkplugSmoke(),
        sparkplugOffline());
  }

  private static RaisedAlarm zigbeeSmoke() {
    return of("zigbee2mqtt", "smoke.detected", "smoke.cleared")
        .at(
            ZIGBEE,
            "{\"smoke\":true,\"last_seen\":\"2026-11-23T05:15:30Z\"}",
            "{\"smoke\":false,\"last_seen\":\"2026-11-23T05:16:00Z\"}",
            "{\"smoke\":false,\"last_seen\":\"2026-11-23T05:10:00Z\"}",
            "{\"smoke\":null}",
            "{\"smoke\":\"maybe\"}",
            "{\"smoke\":37}",
            "{\"smoke_density\":0}",
            "{\"smoke_fault\":false}",
            "{\"smoke_alarm\":false}",
            "{\"alarm\":\"normal\"}",
            "{\"gas\":false,\"carbon_monoxide\":false,\"water_leak\":false}",
            "{\"tamper\":false,\"battery_low\":false,\"battery\":98}",
            "{\"test\":false,\"self_test\":false,\"silence\":\"OFF\"}",
            "{\"action\":\"\"}",
            "{}",
            "")
        .andNotBy(
            mqtt(ZIGBEE + "/availability", "{\"state\":\"offline\"}"),
            mqtt(ZIGBEE + "/availability", "online"),
            mqtt(ZIGBEE + "/set", "{\"smoke\":false}"),
            mqtt(ZIGBEE + "/get", "{\"smoke\":false}"),
            mqtt(ZIGBEE + "/tamper", "false"),
            mqtt(ZIGBEE + "/battery", "97"),
            mqtt(ZIGBEE + "-2", "{\"smoke\":false}"),
            mqtt("zigbee2mqtt/bridge/state", "offline"),
            mqtt("zigbee2mqtt/bridge/state", "online"),
            mqtt("zigbee2mqtt/bridge/devices", "[]"));
  }

  private static RaisedAlarm zigbeeWater() {
    return of("zigbee2mqtt", "water.leak", "water.cleared")
        .at(
            ZIGBEE,
            "{\"water_leak\":true}",
            "{\"water_leak\":false}",
            "{\"water_leak\":null}",
            "{\"water_leak\":[]}",
            "{\"water_leak\":\"perhaps\"}",
            "{\"leak\":false,\"leakage\":\"normal\"}",
            "{\"water\":0,\"water_consumed\":0,\"flow_rate\":0}",
            "{\"humidity\":0,\"soil_moisture\":3}",
            "{\"smoke\":false,\"gas\":false}",
            "{\"contact\":true,\"vibration\":false}",
            "{\"water_leak\":false,\"last_seen\":\"2026-11-18T05:16:00Z\"}",
            "{\"battery\":12}")
        .andNotBy(
            mqtt(ZIGBEE + "/set", "{\"water_leak\":false}"),
            mqtt(ZIGBEE + "/water_leak", "null"),
            mqtt(ZIGBEE + "/availability", "offline"),
            mqtt("zigbee2mqtt/other~", "{\"water_leak\":false}"));
  }

  private static RaisedAlarm zigbeeGas() {
    return of("zigbee2mqtt", "gas.detected", "gas.cleared")
        .at(
            ZIGBEE,
            "{\"gas\":true}",
            "{\"gas\":false}",
            "{\"carbon_monoxide\":false}",
            "{\"smoke\":false}",
            "{\"gas\":null}",
            "{\"gas\":\"maybe\"}",
            "{\"gas_density\":0,\"carbon_monoxide\":0}",
            "{\"battery\":90}",
            "{}",
            "{\"action\":\"\"}")
        .andNotBy(
            mqtt("zigbee2mqtt/other~", "{\"gas\":false}"),
            mqtt(ZIGBEE + "/availability", "{\"state\":\"online\"}"));
  }

  private static RaisedAlarm zigbeeTamper() {
    return of("zigbee2mqtt", "device.tampered", "device.tamper-cleared")
        .at(
            ZIGBEE,
            "{\"tamper\":true}",
            "{\"tamper\":false}",
            "{\"tamper\":null}",
            "{\"tamper\":7}",
            "{\"contact\":true,\"occupancy\":false,\"smoke\":false}",
            "{\"battery_low\":false}");
  }

  private static RaisedAlarm zigbeeBattery() {
    return of("zigbee2mqtt", "battery.low", "battery.normal")
        .at(
            ZIGBEE,
            "{\"battery_low\":true}",
            "{\"battery_low\":false}",
            "{\"battery\":90}",
            "{\"battery_low\":null,\"battery\":100}",
            "{\"contact\":true}")
        .andNotBy(mqtt("zigbee2mqtt/other~", "{\"battery_low\":false}"));
  }

  private static RaisedAlarm tasmotaWater() {
    return of("tasmota", "water.leak", "water.cleared")
        .at(
            "tele/pump/SENSOR",
            "{\"Switch1\":\"ON\"}",
            "{\"Switch1\":\"OFF\"}",
            "{\"Switch2\":\"OFF\"}",
            "{\"Switch3\":\"OFF\"}",
            "{\"Switch1\":\"?\"}",
            "{\"Switch1\":{}}",
            "{\"MCP230XX\":{\"Switch1\":\"OFF\"}}")
        .andNotBy(
            mqtt("tele/pump/LWT", "Online"),
            mqtt("tele/pump/LWT", "Offline"),
            mqtt("tele/pump/STATE", "{\"POWER\":\"OFF\"}"),
            mqtt("stat/pump/RESULT", "{\"POWER\":\"OFF\"}"),
            mqtt("stat/pump/POWER", "OFF"),
            mqtt("cmnd/pump/Switch1", "OFF"),
            mqtt("tele/other~/SENSOR", "{\"Switch1\":\"OFF\"}"));
  }

  private static RaisedAlarm tasmotaFire() {
    return of("tasmota", "smoke.detected", "smoke.cleared")
        .at(
            FIRE,
            "{\"ZbReceived\":{\"0x1\":{\"Fire\":1}}}",
            "{\"ZbReceived\":{\"0x1\":{\"Fire\":0}}}",
            "{\"ZbReceived\":{\"0x2\":{\"Fire\":0}}}",
            "{\"ZbReceived\":{\"0x1\":{\"Fire\":\"?\"}}}",
            "{\"ZbReceived\":{\"0x1\":{\"Fire\":null}}}",
            "{\"ZbReceived\":{\"0x1\":{\"CO\":0,\"Water\":0,\"Contact\":0}}}",
            "{\"ZbReceived\":{\"0x1\":{\"BatteryPercentage\":90}}}",
            "{\"ZbReceived\":{\"0x1\":7}}",
            "{\"ZbReceived\":[]}",
            "{\"Fire\":0}")
        .andNotBy(mqtt("tele/t~/LWT", "Offline"), mqtt("tele/t~/LWT", "Online"));
  }

  private static RaisedAlarm tasmotaOccupancy() {
    return of("tasmota", "occupancy.detected", "occupancy.cleared")
        .at(
            FIRE,
            "{\"ZbReceived\":{\"0x1\":{\"Occupancy\":1}}}",
            "{\"ZbReceived\":{\"0x1\":{\"Occupancy\":0}}}",
            "{\"ZbReceived\":{\"0x1\":{\"Movement\":0}}}",
            "{\"ZbReceived\":{\"0x2\":{\"Occupancy\":0}}}");
  }

  private static RaisedAlarm frigateOffline() {
    return of("frigate", "device.offline", "device.online")
        .by(
            mqtt("frigate/f~/status/detect", "offline"),
            mqtt("frigate/f~/status/detect", "online"),
            mqtt("frigate/f~/status/record", "online"),
            mqtt("frigate/f~/status/detect", "disabled"),
            mqtt("frigate/f~/status/detect", "?"),
            mqtt("frigate/available", "offline"),
            mqtt("frigate/available", "online"),
            mqtt("frigate/f~/motion", "OFF"),
            mqtt("frigate/f~/person", "0"),
            mqtt("frigate/other~/status/detect", "online"));
  }

  private static RaisedAlarm chirpStackLeak() {
    return of("chirpstack", "water.leak", "water.cleared")
        .at(
            UPLINK,
            "{\"object\":{\"leakage_status\":\"leak\"}}",
            "{\"object\":{\"leakage_status\":\"normal\"}}",
            "{\"object\":{\"water_leak\":\"normal\"}}",
            "{\"object\":{\"leak\":\"unknown\"}}",
            "{\"object\":{\"leakage_status\":\"perhaps\"}}",
            "{\"object\":{\"smoke\":\"normal\",\"door\":\"closed\"}}",
            "{\"object\":{\"gas\":12,\"battery\":3}}",
            "{\"object\":{\"history\":[{\"leakage_status\":\"normal\"}]}}",
            "{\"object\":{\"tamper_status\":\"installed\"}}",
            "{\"object\":{}}",
            "{\"object\":7}",
            "{\"data\":\"qg==\"}",
            "{}")
        .andNotBy(
            mqtt("application/x/device/c~/event/join", "{\"devAddr\":\"1\"}"),
            mqtt("application/x/device/c~/event/status", "{\"batteryLevel\":90}"),
            mqtt("application/x/device/c~/event/ack", "{\"queueItemId\":\"1\"}"),
            mqtt("application/x/device/c~/event/log", "{\"level\":\"INFO\",\"code\":\"X\"}"),
            mqtt(
                "application/x/device/d~/event/up",
                "{\"object\":{\"leakage_status\":\"normal\"}}"));
  }

  private static RaisedAlarm chirpStackBattery() {
    return of("chirpstack", "battery.low", "battery.normal")
        .at(
            "application/x/device/b~/event/status",
            "{\"batteryLevel\":3}",
            "{\"batteryLevel\":90}",
            "{\"batteryLevelUnavailable\":true,\"batteryLevel\":0}",
            "{\"externalPowerSource\":true,\"batteryLevel\":100}",
            "{}")
        .andNotBy(
            mqtt("application/x/device/b~/event/up", "{\"object\":{\"battery\":90}}"),
            mqtt("application/x/device/d~/event/status", "{\"batteryLevel\":90}"));
  }

  private static RaisedAlarm thingsBoardSmoke() {
    return of("thingsboard", "smoke.detected", "smoke.cleared")
        .at(
            "v1/gateway/telemetry",
            "{\"Kitchen\":[{\"smoke\":true}]}",
            "{\"Kitchen\":[{\"smoke\":false}]}",
            "{\"Kitchen\":[{\"heat\":false}]}",
            "{\"Kitchen\":[{\"smoke\":\"perhaps\"}]}",
            "{\"Kitchen\":[{\"smoke\":null,\"celsius\":20}]}",
            "{\"Kitchen\":[{\"room\":{\"smoke\":false}}]}",
            "{\"Kitchen\":[]}",
            "{\"Kitchen\":7}",
            "{\"Bathroom\":[{\"smoke\":false}]}")
        .andNotBy(
            mqtt("v1/gateway/attributes", "{\"Kitchen\":{\"model\":\"x\"}}"),
            mqtt("v1/gateway/attributes", "{\"Bathroom\":{\"smoke\":false}}"),
            mqtt("v1/gateway/disconnect", "{\"device\":\"Kitchen\"}"),
            mqtt("v1/gateway/connect", "{\"device\":\"Kitchen\"}"),
            mqtt("v1/gateway/rpc", "{\"device\":\"Kitchen\",\"data\":{\"smoke\":false}}"),
            mqtt("v1/devices/me/telemetry", "{\"smoke\":false}"));
  }

  private static RaisedAlarm thingsBoardOffline() {
    return toldEachTime("thingsboard", "device.offline", "device.online")
        .by(
            mqtt("v1/gateway/disconnect", "{\"device\":\"g~\"}"),
            mqtt("v1/gateway/connect", "{\"device\":\"g~\"}"),
            mqtt("v1/gateway/telemetry", "{\"g~\":[{\"k\":1}]}"),
            mqtt("v1/gateway/attributes", "{\"g~\":{\"online\":true}}"),
            mqtt("v1/gateway/connect", "{\"device\":\"h~\"}"),
            mqtt("v1/gateway/connect", "{\"device\":7}"));
  }

  private static Sent senml(String device, String pack) {
    return linli(Format.SENML_JSON, "environment", device, pack);
  }

  private static RaisedAlarm senmlLeak() {
    return of("senml", "water.leak", "water.cleared")
        .by(
            senml("box-2", "[{\"n\":\"leak\",\"vb\":true}]"),
            senml("box-2", "[{\"n\":\"leak\",\"vb\":false}]"),
            senml("box-2", "[{\"n\":\"flood\",\"vb\":false}]"),
            senml("box-2", "[{\"n\":\"leak\",\"vs\":\"perhaps\"}]"),
            senml("box-2", "[{\"n\":\"leaks\",\"vb\":false}]"),
            senml("box-2", "[{\"n\":\"leak\"}]"),
            senml("box-2", "[{\"n\":\"celsius\",\"u\":\"Cel\",\"v\":0}]"),
            senml("box-2", "[]"),
            senml("box-3", "[{\"n\":\"leak\",\"vb\":false}]"),
            linli(
                Format.LINLI_JSON,
                "environment",
                "box-2",
                "{\"type\":\"measurement\",\"values\":{\"leak\":false}}"));
  }

  /** A Boolean metric of Sparkplug B, in the protocol's own encoding. */
  private static byte[] metric(String name, boolean on) {
    String inner =
        "0a%02x%s200b70%s"
            .formatted(
                name.length(),
                HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8)),
                on ? "01" : "00");
    return HexFormat.of().parseHex("12%02x%s".formatted(inner.length() / 2, inner));
  }

  private static RaisedAlarm sparkplugSmoke() {
    return of("sparkplug", "smoke.detected", "smoke.cleared")
        .by(
            mqtt(SMOKE_OF_S1, metric("smoke", true)),
            mqtt(SMOKE_OF_S1, metric("smoke", false)),
            mqtt(SMOKE_OF_S1, metric("heat", false)),
            mqtt(SMOKE_OF_S1, metric("door", false)),
            mqtt(SMOKE_OF_S1, new byte[0]),
            mqtt(SMOKE_OF_S1, new byte[] {0x12, 0x7f}),
            mqtt("spBv1.0/plant/DDATA/n1/s2", metric("smoke", false)),
            mqtt("spBv1.0/plant/DDATA/n2/s1", metric("smoke", false)),
            mqtt("spBv1.0/plant/NDATA/n1", metric("smoke", false)),
            mqtt("spBv1.0/plant/DCMD/n1/s1", metric("smoke", false)),
            mqtt("spBv1.0/plant/DBIRTH/n1/s1", metric("door", false)),
            mqtt("spBv1.0/plant/NBIRTH/n1", metric("smoke", false)),
            mqtt("spBv1.0/plant/DDEATH/n1/s1", new byte[0]),
            mqtt("spBv1.0/plant/NDEATH/n1", new byte[0]),
            mqtt("spBv1.0/STATE/host", "{\"online\":true}"));
  }

  private static RaisedAlarm sparkplugOffline() {
    return toldEachTime("sparkplug", "device.offline", "device.online")
        .by(
            mqtt("spBv1.0/yard/DDEATH/n~/s1", new byte[0]),
            mqtt("spBv1.0/yard/DBIRTH/n~/s1", new byte[0]),
            mqtt("spBv1.0/yard/NBIRTH/n~", metric("door", true)),
            mqtt("spBv1.0/yard/NDATA/n~", metric("door", true)),
            mqtt("spBv1.0/yard/DBIRTH/n~/s2", new byte[0]),
            mqtt("spBv1.0/yard/DCMD/n~/s1", metric("door", true)),
            mqtt("spBv1.0/yard/NDEATH/n~", new byte[0]),
            mqtt("spBv1.0/STATE/host", "{\"online\":true}"));
  }
}
