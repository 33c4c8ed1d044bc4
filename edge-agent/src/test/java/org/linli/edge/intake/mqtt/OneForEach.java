package org.linli.edge.intake.mqtt;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.linli.edge.command.Command;
import org.linli.edge.command.CommandAddress;
import org.linli.edge.command.Commands;

/** A command for every device. */
final class OneForEach implements Commands {

  private static final Instant NOW = Instant.parse("2026-11-23T05:16:01.500Z");

  @Override
  public CompletableFuture<Setting> set(CommandAddress address, byte[] content, int most) {
    return CompletableFuture.completedFuture(new Setting.Full(most));
  }

  @Override
  public CompletableFuture<Boolean> withdraw(CommandAddress address) {
    return CompletableFuture.completedFuture(false);
  }

  @Override
  public Optional<Command> last(CommandAddress address) {
    return Optional.of(
        new Command(address, 7, NOW, "{\"open\":true}".getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void onChange(Consumer<CommandAddress> listener) {}
}
