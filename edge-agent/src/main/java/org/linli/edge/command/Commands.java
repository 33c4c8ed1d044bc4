package org.linli.edge.command;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The last command of each device, on disk: state and no queue, so a newer one takes the place of
 * the one before. Each future is completed after the commit, from the writer thread; exceptionally,
 * with a sentence for people, when the disk refuses or the gateway stops. What is asked for takes
 * place in the order of asking.
 */
public interface Commands {

  /** What came of setting a command. */
  sealed interface Setting {

    /**
     * It is on disk.
     *
     * @param isFirst whether the device had none
     */
    record Kept(Command command, boolean isFirst) implements Setting {}

    /** So many devices have a command already, and this one is none of them. */
    record Full(int most) implements Setting {}

    /** All commands together would take more bytes than the heap has for them. */
    record TooMuch(long most) implements Setting {}
  }

  /**
   * Sets the command of a device.
   *
   * @param most how many devices may have one
   */
  CompletableFuture<Setting> set(CommandAddress address, byte[] content, int most);

  /**
   * Takes it back; whoever has it already is not told.
   *
   * @return whether there was one
   */
  CompletableFuture<Boolean> withdraw(CommandAddress address);

  /** The command that holds, as of the last commit. */
  Optional<Command> last(CommandAddress address);

  /** Has this called from the writer thread with whose command has changed, after each commit. */
  void onChange(Consumer<CommandAddress> listener);
}
