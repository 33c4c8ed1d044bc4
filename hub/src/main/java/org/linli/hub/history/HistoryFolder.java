package org.linli.hub.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.linli.hub.intake.Archive;
import org.linli.hub.intake.GivenAgain;
import org.linli.hub.records.PowerRecord;
import org.linli.program.folder.DataFolder;
import org.linli.program.folder.OwnerOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;

/**
 * The folder of the embedded store, which does not get over a power cut: where the power may have
 * gone, the store begins in an empty folder and is given everything again. The earlier one is put
 * aside until that is done, and for good where it has what the hub's records do not keep.
 */
final class HistoryFolder implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HistoryFolder.class);

  private final DataFolder data;
  private final Path folder;
  private final Path aside;
  private final PowerRecord power;

  private HistoryFolder(DataFolder data, PowerRecord power) {
    this.data = data;
    this.folder = data.resolve("questdb");
    this.aside = data.resolve("questdb.aside");
    this.power = power;
  }

  /**
   * Before the store is opened.
   *
   * @param anew whether somebody wants it built anew, whatever became of the power
   * @throws HistoryStartException when the folder cannot be put aside
   */
  static HistoryFolder prepare(DataFolder data, PowerRecord power, Archive archive, boolean anew) {
    HistoryFolder prepared = new HistoryFolder(data, power);
    boolean gone = power.mayHaveGone();
    if (gone || anew) {
      prepared.putAside();
      // In this order: a crash in between puts an empty folder aside once more.
      archive.giveAgain();
      log.atWarn()
          .addKeyValue("why", gone ? "the power may have gone while it was open" : "asked for")
          .addKeyValue("aside", prepared.aside)
          .log("The history begins in an empty folder");
    }
    power.running();
    return prepared;
  }

  private void putAside() {
    try {
      if (!Files.exists(folder)) {
        return;
      }
      if (Files.exists(aside)) {
        // It has what the archive may lack; since then everything is in the archive.
        delete(folder);
      } else {
        Files.move(folder, aside);
      }
      data.sync();
    } catch (IOException | UncheckedIOException e) {
      throw new HistoryStartException(
          "The history in %s cannot be put aside: %s".formatted(folder, e.getMessage()),
          "See that this user may write %s and what is in it.".formatted(data.path()),
          e);
    }
  }

  Path path() {
    return folder;
  }

  @EventListener
  void givenAgain(GivenAgain event) {
    if (!Files.exists(aside)) {
      return;
    }
    if (!event.whole()) {
      log.atWarn()
          .addKeyValue("folder", aside)
          .log(
              "The earlier history stays aside, as the hub's records do not reach back as far as"
                  + " it does; remove it when nobody needs it");
      return;
    }
    try {
      delete(aside);
    } catch (IOException | UncheckedIOException e) {
      log.atWarn()
          .addKeyValue("folder", aside)
          .addKeyValue("reason", e.getMessage())
          .log("The earlier history, which nobody needs any more, cannot be removed");
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** After the store was closed: brings to disk what it left to the operating system. */
  @Override
  public void close() {
    try {
      if (Files.exists(folder)) {
        for (Path path : everything()) {
          OwnerOnly.sync(path);
        }
        data.sync();
      }
      power.settled();
    } catch (IOException | UncheckedIOException e) {
      log.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("The history may not be on disk whole; it is built anew should the power go now");
    }
  }

  private List<Path> everything() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.toList();
    }
  }
}
