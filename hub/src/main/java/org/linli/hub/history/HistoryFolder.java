package org.linli.hub.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.linli.hub.journal.Archive;
import org.linli.hub.journal.GivenAgain;
import org.linli.hub.journal.HistoryParts;
import org.linli.hub.records.PowerRecord;
import org.linli.program.folder.DataFolder;
import org.linli.program.folder.OwnerOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;

/**
 * The folder of the embedded store, which does not survive a power failure. If the power may have
 * failed, the store begins in an empty folder and receives everything again. The earlier folder is
 * put aside under a name of its own ({@code questdb.aside}, {@code questdb.aside.2}, …) until a
 * person confirms that nobody needs it.
 */
final class HistoryFolder implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HistoryFolder.class);

  private static final String ASIDE = "questdb.aside";
  private static final Pattern NAME_ASIDE = Pattern.compile("questdb\\.aside(\\.[1-9][0-9]{0,8})?");

  private final DataFolder data;
  private final Path folder;
  private final PowerRecord power;
  private final HistoryParts parts;

  private HistoryFolder(DataFolder data, PowerRecord power, HistoryParts parts) {
    this.data = data;
    this.parts = parts;
    this.folder = data.resolve("questdb");
    this.power = power;
  }

  /**
   * Prepares the folder. To be called before the store is opened.
   *
   * @param wanted what the operator has configured for this start, whatever happened to the power
   * @throws HistoryStartException when the folder cannot be put aside
   */
  static HistoryFolder prepare(
      DataFolder data,
      PowerRecord power,
      Archive archive,
      HistoryParts parts,
      HistorySettings.AtStart wanted) {
    HistoryFolder prepared = new HistoryFolder(data, power, parts);
    if (wanted.isRemovalConfirmed()) {
      prepared.removeAside();
    }
    boolean gone = power.mayHaveGone();
    if (gone || wanted.rebuild()) {
      prepared.beginAnew(archive, gone ? "the power may have gone while it was open" : "asked for");
    }
    power.running();
    prepared.tellWhatIsAside();
    return prepared;
  }

  /** Makes the store begin in an empty folder. To be called before a store is open. */
  void beginAnew(Archive archive, String why) {
    putAside();
    // This order is needed: a crash in between finds no folder to put aside and gives everything
    // again.
    archive.giveAgain();
    log.atWarn().addKeyValue("why", why).log("The history begins in an empty folder");
  }

  private void putAside() {
    try {
      if (hasFiles(folder)) {
        Files.move(folder, nextAside());
        data.sync();
      }
    } catch (IOException | UncheckedIOException e) {
      throw new HistoryStartException(
          "The history in %s cannot be put aside: %s".formatted(folder, e.getMessage()),
          "See that this user may write %s and what is in it.".formatted(data.path()),
          e);
    }
  }

  private static boolean hasFiles(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return false;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.anyMatch(Files::isRegularFile);
    }
  }

  /** Numbered after the last existing one, so that their order is that of time. */
  private Path nextAside() throws IOException {
    int last = aside().stream().mapToInt(HistoryFolder::numberOf).max().orElse(0);
    return data.resolve(last == 0 ? ASIDE : ASIDE + "." + (last + 1));
  }

  private static int numberOf(Path aside) {
    String name = aside.getFileName().toString();
    return name.equals(ASIDE) ? 1 : Integer.parseInt(name.substring(ASIDE.length() + 1));
  }

  /** Returns the folders that are aside, earliest first. */
  private List<Path> aside() throws IOException {
    try (Stream<Path> all = Files.list(data.path())) {
      return all.filter(path -> NAME_ASIDE.matcher(path.getFileName().toString()).matches())
          .sorted(Comparator.comparingInt(HistoryFolder::numberOf))
          .toList();
    }
  }

  private void tellWhatIsAside() {
    try {
      List<Path> folders = aside();
      if (!folders.isEmpty()) {
        log.atWarn()
            .addKeyValue("folders", folders)
            .log(
                "Earlier histories are aside; what the hub's records do not keep is in them only."
                    + " --linli.history.remove-aside=confirm removes them");
      }
    } catch (IOException | UncheckedIOException e) {
      log.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("It cannot be seen which earlier histories are aside");
    }
  }

  Path path() {
    return folder;
  }

  @EventListener
  void givenAgain(GivenAgain event) {
    if (event.whole()) {
      log.atWarn()
          .log(
              "The hub's records have everything that earlier histories have: nobody needs those"
                  + " any more");
    } else {
      parts.builtAnew();
    }
    tellWhatIsAside();
  }

  private void removeAside() {
    try {
      for (Path earlier : aside()) {
        delete(earlier);
        log.atWarn()
            .addKeyValue("folder", earlier)
            .log("An earlier history was removed, as somebody confirmed");
      }
    } catch (IOException | UncheckedIOException e) {
      log.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("An earlier history, which nobody needs any more, cannot be removed");
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /**
   * Syncs to disk what the store left to the operating system. Called after the store was closed.
   */
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
