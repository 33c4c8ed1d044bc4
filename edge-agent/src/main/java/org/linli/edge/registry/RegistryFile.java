package org.linli.edge.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.linli.event.GatewayRegistry;
import org.linli.event.GatewayRegistryCodec;
import org.linli.program.folder.OwnerOnly;

/**
 * The registry that this gateway goes by, as {@code registry} in its data folder: the frame as the
 * wire has it, so that it is checked like one. Written whole or not at all, across a power cut. A
 * file of its own and not a table of the outbox, because it must be there before the outbox's
 * writer is, and only the uplink's thread writes it.
 */
final class RegistryFile {

  private static final String NAME = "registry";

  private final Path folder;

  RegistryFile(Path folder) {
    this.folder = folder;
  }

  /** What is kept; empty where nothing is. */
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
