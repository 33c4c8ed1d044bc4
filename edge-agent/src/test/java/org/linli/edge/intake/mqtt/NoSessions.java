package org.linli.edge.intake.mqtt;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.linli.edge.command.CommandAddress;
import org.linli.edge.intake.DeviceSessions;
import org.linli.edge.intake.PacketIds;

/** Sessions of which there is never an earlier one. */
class NoSessions implements DeviceSessions {

  @Override
  public CompletableFuture<Opened> open(Opening opening) {
    return CompletableFuture.completedFuture(
        opening.expiry().isZero()
            ? Opened.NOTHING
            : new Opened(1, false, new PacketIds(), List.of()));
  }

  @Override
  public CompletableFuture<Void> release(long session, int packetId) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> subscribe(long session, List<Subscription> subscriptions) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> unsubscribe(long session, List<CommandAddress> addresses) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void progressed(long session, Subscription subscription) {}

  @Override
  public void left(long session, Duration expiry) {}
}
