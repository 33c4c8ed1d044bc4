package org.linli.edge.profile.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.ReadTopics;
import org.linli.edge.intake.TopicFilter;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.Profiles;
import org.linli.program.folder.OwnerOnly;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * The mappings in use. Their files are checked every two seconds. An invalid file changes nothing:
 * the last valid mappings stay in use, also across a restart, and the error is in the log and on
 * the health page until it is corrected.
 */
@Component
final class Mappings extends Ticker implements ReadTopics, HealthIndicator {

  private static final Logger log = LoggerFactory.getLogger(Mappings.class);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final String KEPT = "mappings";

  private final Profiles profiles;
  private final Changes changes = new Changes();
  private final ProfileSettings settings;
  private final @Nullable Path path;
  private final Path kept;
  private String stamp = "";
  private String fellBack = "";

  /** Contents of files in use that have no copy yet; empty for none. */
  private Map<String, byte[]> unkept = Map.of();

  private volatile String problem = "";
  private volatile int inUse;

  Mappings(
      MappingSettings own, ProfileSettings settings, Profiles profiles, LivingThreads threads) {
    super(threads, LivingThreads.Make.DAEMON, "mappings", LOOK);
    this.profiles = profiles;
    this.settings = settings;
    this.path = own.mappings();
    this.kept = own.data().resolve(KEPT);
    read();
    if (!problem.isEmpty()) {
      fallBack();
    }
  }

  @Override
  protected synchronized void look() {
    read();
    if (!problem.isEmpty() && inUse == 0 && !stamp.equals(fellBack)) {
      fallBack();
    }
    keep();
  }

  /** Reads the files if they changed. */
  private synchronized void read() {
    if (path == null) {
      return;
    }
    MappingFiles files = files(path);
    String now = files.stamp();
    if (now.equals(stamp)) {
      return;
    }
    stamp = now;
    try {
      Map<String, byte[]> contents = files.contents();
      use(files.read(contents));
      problem = "";
      unkept = contents;
      log.atInfo()
          .addKeyValue("mappings", inUse)
          .addKeyValue("from", path)
          .log("Own mappings are in use");
    } catch (BadMappingException bad) {
      problem = String.valueOf(bad.getMessage());
      log.atError()
          .addKeyValue("from", path)
          .log("The mappings are not taken, what was in use stays:\n{}", problem);
    }
  }

  private MappingFiles files(Path from) {
    return new MappingFiles(from, settings.zone(), changes);
  }

  private void use(List<Mapping> mappings) throws BadMappingException {
    MappingFiles.requireNoConflict(mappings, profiles);
    try {
      profiles.useMapped(mappings);
      inUse = mappings.size();
    } catch (IllegalArgumentException conflict) {
      throw new BadMappingException(List.of(String.valueOf(conflict.getMessage())));
    }
  }

  /**
   * Where the files are wrong and nothing is in use: the copy of those that were right last. If
   * that is of no use either, such as after an upgrade that brought a profile of the same name, all
   * mappings that no built-in profile is in the way of.
   */
  private void fallBack() {
    fellBack = stamp;
    boolean isUsed = Files.isDirectory(kept) && useKept();
    if (path != null && !isUsed && !useFitting(files(path)) && Files.isDirectory(kept)) {
      useFitting(files(kept));
    }
  }

  private boolean useKept() {
    try {
      MappingFiles files = files(kept);
      use(files.read(files.contents()));
      log.atWarn().addKeyValue("from", kept).log("The mappings that were right last are in use");
      return true;
    } catch (BadMappingException bad) {
      log.atError()
          .addKeyValue("from", kept)
          .log("The mappings that were right last are of no use:\n{}", bad.getMessage());
      return false;
    }
  }

  private boolean useFitting(MappingFiles files) {
    try {
      List<Mapping> fitting =
          files.read(files.contents()).stream()
              .filter(mapping -> profiles.conflict(mapping).isEmpty())
              .toList();
      use(fitting);
      log.atWarn()
          .addKeyValue("mappings", inUse)
          .log("The mappings are in use that no built-in profile is in the way of");
      return true;
    } catch (BadMappingException bad) {
      return false;
    }
  }

  /**
   * Keeps a copy for a restart while the files are invalid. This needs the gateway's data folder.
   * If the disk refuses, there is no copy to fall back on.
   */
  private synchronized void keep() {
    Map<String, byte[]> contents = unkept;
    unkept = Map.of();
    if (contents.isEmpty()) {
      return;
    }
    Path fresh = kept.resolveSibling(KEPT + ".new");
    try {
      clear(fresh);
      OwnerOnly.makeFolder(fresh);
      for (Map.Entry<String, byte[]> entry : contents.entrySet()) {
        OwnerOnly.write(fresh.resolve(entry.getKey()), entry.getValue());
      }
      clear(kept);
      Files.move(fresh, kept, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException refused) {
      log.atWarn()
          .addKeyValue("folder", kept)
          .setCause(refused)
          .log("The mappings could not be kept for a restart");
    }
  }

  private static void clear(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  @Override
  public List<TopicFilter> ofProfile(String name) {
    return profiles.ofProfile(name);
  }

  /** Down while the files are invalid, because a person has to correct them. */
  @Override
  public Health health() {
    // Everybody may see the description on the page, but not the details.
    return (problem.isEmpty()
            ? Health.up()
            : Health.status(new Status(Status.DOWN.getCode(), problem))
                .withDetail("problem", problem))
        .withDetail("inUse", inUse)
        .build();
  }

  @Override
  public void start() {
    keep();
    super.start();
  }
}
