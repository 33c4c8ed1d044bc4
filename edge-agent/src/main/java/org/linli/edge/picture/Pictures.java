package org.linli.edge.picture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.linli.edge.memory.HeapShare;
import org.linli.event.Sha256;
import org.linli.program.folder.OwnerOnly;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Keeps pictures in {@code pictures} within the data folder, each under a name derived from its
 * bytes, readable by the gateway's own user only. The oldest are removed beyond the quota, beyond
 * the number whose names fit a share of the heap, and when they are too old. A clock that jumps
 * ahead makes none of them older. A picture that cannot be kept is reported as lost. An event never
 * waits for its picture or fails with it. Thread-safe.
 */
@Component
public final class Pictures {

  private static final Logger log = LoggerFactory.getLogger(Pictures.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);
  private static final int ID_BYTES = 16;
  private static final String UNFINISHED = ".part";

  private final Path folder;
  private final PictureSettings settings;
  private final Clock clock;

  /** A longer step between two checks, which happen once a minute, means that the clock jumped. */
  private static final Duration LONGEST_STEP = Duration.ofMinutes(10);

  private static final int BYTES_OF_NAME = 250;

  private final long most;

  /** Oldest first. */
  private final LinkedHashMap<String, Kept> kept = new LinkedHashMap<>();

  /** By how much the clock has jumped ahead since the start. */
  private Duration jumped = Duration.ZERO;

  private Instant lookedAt;

  private long bytes;
  private boolean failing;

  private record Kept(long bytes, Instant since) {}

  /** Finds the pictures of earlier runs. */
  @Autowired
  public Pictures(PictureFolder folder, PictureSettings settings, Clock clock) {
    this(folder, settings, clock, HeapShare.PICTURES.bytes() / BYTES_OF_NAME);
  }

  /**
   * @param most limit of the number of pictures
   */
  Pictures(PictureFolder folder, PictureSettings settings, Clock clock, long most) {
    this.most = most;
    this.lookedAt = clock.instant();
    this.folder = folder.path();
    this.settings = settings;
    this.clock = clock;
    find();
  }

  /** The result of keeping a picture. */
  public sealed interface Outcome {

    /**
     * @param id names the picture at this gateway
     * @param isNew whether these bytes were not kept before
     */
    record Stored(String id, boolean isNew) implements Outcome {}

    /**
     * @param why for a person
     */
    record Lost(String why) implements Outcome {}
  }

  /** Keeps a picture, if its bytes begin like a JPEG or a PNG. */
  public synchronized Outcome keep(byte[] picture) {
    String ending = ending(picture);
    if (ending.isEmpty()) {
      return new Outcome.Lost("neither JPEG nor PNG");
    }
    if (picture.length > settings.quota().toBytes()) {
      return new Outcome.Lost(
          settings.quota().toBytes() == 0
              ? "pictures are off"
              : "larger than linli.pictures.quota");
    }
    String id = HexFormat.of().formatHex(Sha256.of(picture), 0, ID_BYTES);
    String name = id + ending;
    if (kept.containsKey(name)) {
      return new Outcome.Stored(id, false);
    }
    removeOld(picture.length);
    try {
      write(name, picture);
      failing = false;
    } catch (IOException e) {
      warn(e);
      return new Outcome.Lost("the gateway could not write it");
    }
    kept.put(name, new Kept(picture.length, passed()));
    bytes += picture.length;
    return new Outcome.Stored(id, true);
  }

  /** Removes a picture whose event could not be kept. */
  public synchronized void forget(String id) {
    remove(id + ".jpg");
    remove(id + ".png");
  }

  /** Removes pictures that are too old. */
  public synchronized void removeOld() {
    removeOld(0);
  }

  private void removeOld(long room) {
    Instant oldest = passed().minus(settings.maxAge());
    boolean removed = true;
    for (Map.Entry<String, Kept> next = kept.firstEntry();
        removed && next != null && isTooMuch(next.getValue(), oldest, room);
        next = kept.firstEntry()) {
      removed = remove(next.getKey());
    }
  }

  private boolean isTooMuch(Kept next, Instant oldest, long room) {
    return next.since().isBefore(oldest)
        || bytes + room > settings.quota().toBytes()
        || kept.size() + (room > 0 ? 1 : 0) > most;
  }

  /** The time, without the jumps of the clock. */
  private Instant passed() {
    Instant now = clock.instant();
    Duration step = Duration.between(lookedAt, now);
    if (step.compareTo(LONGEST_STEP) > 0) {
      jumped = jumped.plus(step);
    }
    lookedAt = now;
    return now.minus(jumped);
  }

  /**
   * @return false if it could not be removed
   */
  private boolean remove(String name) {
    Kept gone = kept.get(name);
    if (gone == null) {
      return true;
    }
    try {
      Files.deleteIfExists(folder.resolve(name));
    } catch (IOException e) {
      warn(e);
      return false;
    }
    kept.remove(name);
    bytes -= gone.bytes();
    return true;
  }

  private void write(String name, byte[] picture) throws IOException {
    OwnerOnly.makeFolder(folder);
    Path unfinished = folder.resolve(name + UNFINISHED);
    try {
      try (FileChannel file =
          OwnerOnly.open(
              unfinished,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer rest = ByteBuffer.wrap(picture);
        while (rest.hasRemaining()) {
          file.write(rest);
        }
      }
      Files.setLastModifiedTime(unfinished, FileTime.from(clock.instant()));
      Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
  }

  private void find() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      record Found(String name, long bytes, Instant since) {}
      files
          .filter(file -> isOurs(file.getFileName().toString()))
          .map(
              file -> {
                try {
                  return new Found(
                      file.getFileName().toString(),
                      Files.size(file),
                      Files.getLastModifiedTime(file).toInstant());
                } catch (IOException gone) {
                  return new Found("", 0, Instant.EPOCH);
                }
              })
          .filter(found -> !found.name().isEmpty())
          .sorted(Comparator.comparing(Found::since))
          .forEach(
              found -> {
                kept.put(found.name(), new Kept(found.bytes(), found.since()));
                bytes += found.bytes();
              });
    } catch (IOException e) {
      warn(e);
    }
    for (String name : List.copyOf(kept.keySet())) {
      if (name.endsWith(UNFINISHED)) {
        remove(name);
      }
    }
    removeOld();
  }

  private static boolean isOurs(String name) {
    return name.matches("[0-9a-f]{32}\\.(jpg|png)(\\.part)?");
  }

  private static String ending(byte[] picture) {
    if (startsWith(picture, 0xff, 0xd8, 0xff)) {
      return ".jpg";
    }
    return startsWith(picture, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n') ? ".png" : "";
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    if (bytes.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if ((bytes[i] & 0xff) != start[i]) {
        return false;
      }
    }
    return true;
  }

  /** Logs once per series of failures, because on a full disk every picture fails. */
  private void warn(IOException e) {
    if (!failing) {
      limited
          .atWarn("not-kept")
          .addKeyValue("folder", folder)
          .addKeyValue("why", e.toString())
          .log("Pictures cannot be kept; their events are");
    }
    failing = true;
  }
}
