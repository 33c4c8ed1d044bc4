package org.linli.edge.command;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The last command of each device, on disk. This is state, not a queue: a new command replaces the
 * previous one. Each future is completed after the commit, from the writer thread. It completes
 * exceptionally, with a sentence for people, when the disk refuses or the gateway stops. Requests
 * are carried out in the order in which they are made.
 */
public interface Commands {

  /** The result of setting a command. */
  sealed interface Setting {

    /**
     * The command is on disk.
     *
     * @param isFirst whether the device had none before
     */
    record Kept(Command command, boolean isFirst) implements Setting {}

    /** {@code most} devices have a command already, and this device is not one of them. */
    record Full(int most) implements Setting {}

    /** All commands together would take more bytes than their share of the heap. */
    record TooMuch(long most) implements Setting {}
  }

  /**
   * Sets the command of a device.
   *
   * @param most how many devices may have one
   */
  CompletableFuture<Setting> set(CommandAddress address, byte[] content, int most);

  /**
   * Withdraws the command of a device. A client that already has it is not notified.
   *
   * @return whether there was one
   */
  CompletableFuture<Boolean> withdraw(CommandAddress address);

  /** The current command, as of the last commit. */
  Optional<Command> last(CommandAddress address);

  /**
   * Registers a listener, which is called from the writer thread after each commit with the address
   * of each command that changed.
   */
  void onChange(Consumer<CommandAddress> listener);
}
