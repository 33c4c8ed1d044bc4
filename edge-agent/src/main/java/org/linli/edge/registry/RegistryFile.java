package org.linli.edge.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.linli.event.GatewayRegistry;
import org.linli.event.codec.GatewayRegistryCodec;
import org.linli.program.folder.OwnerOnly;

/**
 * The registry in use, as the file {@code registry} in the data folder. It is the frame from the
 * wire, so that it is checked like one. It is written as a whole or not at all, across a power cut.
 * It is a file of its own and not a table of the outbox, because it must be available before the
 * outbox's writer is, and only the uplink's thread writes it.
 */
final class RegistryFile {

  private static final String NAME = "registry";

  private final Path folder;

  RegistryFile(Path folder) {
    this.folder = folder;
  }

  /** Reads the file; empty if there is none. */
  Optional<GatewayRegistryCodec.Decoded> read() throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    if (Files.size(file) > GatewayRegistryCodec.MAX_BYTES) {
      return Optional.of(new GatewayRegistryCodec.Decoded.Refused("it is too large"));
    }
    return Optional.of(GatewayRegistryCodec.decode(Files.readAllBytes(file)));
  }

  void write(GatewayRegistry registry) throws IOException {
    OwnerOnly.replace(folder.resolve(NAME), GatewayRegistryCodec.encode(registry));
  }
}
