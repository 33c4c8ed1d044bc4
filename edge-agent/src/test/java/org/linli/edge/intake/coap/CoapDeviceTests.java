package org.linli.edge.intake.coap;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.RunningGateway;

/** One running gateway for a class of tests, and a CoAP device for each of them. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class CoapDeviceTests {

  /** The option Echo, RFC 9175 section 2.2. */
  static final int ECHO = 252;

  RunningGateway gateway;
  RawCoap device;
  Path data;

  @BeforeAll
  void start(@TempDir Path folder) {
    data = folder;
    gateway = RunningGateway.start(folder, settings());
  }

  /** What differs from the defaults, as arguments of the program. */
  String[] settings() {
    return new String[0];
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @BeforeEach
  void open() throws IOException {
    device = new RawCoap(gateway);
  }

  @AfterEach
  void close() {
    device.close();
  }
}
