package org.linli.edge.outbox.sqlite;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.linli.edge.command.Command;
import org.linli.edge.command.CommandAddress;
import org.linli.edge.command.Commands;
import org.linli.edge.outbox.OutboxUnavailableException;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last commands beside the outbox. Its writer changes them in its group commits. In memory they
 * are as on disk.
 */
final class SqliteCommands implements Commands {

  private static final Logger log = LoggerFactory.getLogger(SqliteCommands.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  private final WaitingRoom waiting;
  private final Map<CommandAddress, Command> last = new ConcurrentHashMap<>();
  private final List<Consumer<CommandAddress>> listeners = new CopyOnWriteArrayList<>();

  SqliteCommands(WaitingRoom waiting) {
    this.waiting = waiting;
  }

  /**
   * Replaces the commands in memory by those on disk. Called at the start, and after a failure,
   * because a failed commit may be on the disk nevertheless.
   */
  void stand(Map<CommandAddress, Command> onDisk) {
    Set<CommandAddress> addresses = new HashSet<>(last.keySet());
    addresses.addAll(onDisk.keySet());
    for (CommandAddress address : addresses) {
      Command now = onDisk.get(address);
      Command before = now == null ? last.remove(address) : last.put(address, now);
      if (before == null || now == null || before.sequence() != now.sequence()) {
        tell(address);
      }
    }
  }

  @Override
  public CompletableFuture<Setting> set(CommandAddress address, byte[] content, int most) {
    return ask(
        tables -> tables.commands().set(address, content, most),
        setting -> {
          if (setting instanceof Setting.Kept(Command command, boolean isFirst)) {
            last.put(address, command);
            tell(address);
          }
          return setting;
        });
  }

  @Override
  public CompletableFuture<Boolean> withdraw(CommandAddress address) {
    return ask(
        tables -> tables.commands().withdraw(address),
        there -> {
          if (there) {
            last.remove(address);
            tell(address);
          }
          return there;
        });
  }

  @Override
  public Optional<Command> last(CommandAddress address) {
    return Optional.ofNullable(last.get(address));
  }

  @Override
  public void onChange(Consumer<CommandAddress> listener) {
    listeners.add(listener);
  }

  /** An exception of a listener must not end the writer, nor make a PUT fail that is on disk. */
  private void tell(CommandAddress address) {
    for (Consumer<CommandAddress> listener : listeners) {
      try {
        listener.accept(address);
      } catch (RuntimeException e) {
        limited
            .atWarn("listener")
            .addKeyValue("topic", address.topic())
            .setCause(e)
            .log("nobody is told");
      }
    }
  }

  /**
   * @param then runs on the writer thread before the next commit, because it is registered before
   *     the request is queued
   */
  private <T> CompletableFuture<T> ask(Request.OnTables.Work<T> work, Function<T, T> then) {
    Request.OnTables<T> request = new Request.OnTables<>(work);
    CompletableFuture<T> done = request.done().thenApply(then);
    if (!waiting.enter(request)) {
      request
          .done()
          .completeExceptionally(
              new OutboxUnavailableException(
                  "the gateway is stopping, or too much waits for its disk"));
    }
    return done;
  }
}
