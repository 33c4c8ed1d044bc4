package org.linli.edge.intake.mqtt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.linli.edge.RunningGateway;
import org.linli.edge.intake.DoorMemory;
import org.springframework.util.FileSystemUtils;

/** A gateway for all tests of a class, and devices that leave after each of them. */
final class MqttGateway implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  private final DoorMemory memory;
  private final String[] settings;
  private final List<AutoCloseable> devices = new ArrayList<>();
  private @Nullable Path data;
  private @Nullable RunningGateway running;

  MqttGateway(String... settings) {
    this(DoorMemory.ofThisProgram(), settings);
  }

  /**
   * @param memory as of a program with another heap
   */
  MqttGateway(DoorMemory memory, String... settings) {
    this.memory = memory;
    this.settings = settings;
  }

  RunningGateway running() {
    return Objects.requireNonNull(running, "started before the first test");
  }

  /** Stops it in order and starts it again in the same folder, on another port. */
  void restart() {
    running().close();
    running = RunningGateway.start(Objects.requireNonNull(data), memory, settings);
  }

  PahoDevice paho(String clientId) throws MqttException {
    return leaving(new PahoDevice(running().mqttPort(), clientId));
  }

  /** MQTT 3.1.1. */
  RawDevice raw(String clientId) throws IOException {
    return raw(clientId, 4);
  }

  RawDevice raw(String clientId, int version) throws IOException {
    return leaving(RawDevice.connected(running().mqttPort(), clientId, version));
  }

  /** With this CONNECT sent, and CONNACK not read. */
  RawDevice raw(RawDevice.Connect connect) throws IOException {
    return leaving(RawDevice.with(running().mqttPort(), connect));
  }

  /** With nothing said. */
  RawDevice mute(int version) throws IOException {
    return leaving(new RawDevice(running().mqttPort(), version));
  }

  private <T extends AutoCloseable> T leaving(T device) {
    devices.add(device);
    return device;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Path folder = Files.createTempDirectory("linli-mqtt");
    data = folder;
    running = RunningGateway.start(folder, memory, settings);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    for (AutoCloseable device : devices) {
      device.close();
    }
    devices.clear();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    running().close();
    FileSystemUtils.deleteRecursively(data);
  }
}
