package org.linli.sims.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.linli.sims.console.CannotRunException;

/**
 * Hub and gateway unpacked beside a copy of {@code ./launch}. A start from there takes half the
 * time of a start from a jar within a jar; training a cache would take longer than it saves over a
 * few starts.
 */
public final class Unpacked {

  /** The Java executable that runs this process. */
  public static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private static final List<String> PROGRAMS = List.of("hub", "edge-agent");

  private static final Object ONE_AT_A_TIME = new Object();

  private final Path root;
  private final Path folder;

  /**
   * @param root the folder of the whole build, with {@code hub/target/hub.jar} in it
   * @param folder where to unpack to; created when it is missing
   */
  public Unpacked(Path root, Path folder) {
    this.root = root.toAbsolutePath().normalize();
    this.folder = folder.toAbsolutePath().normalize();
  }

  /**
   * The copy of the launch script that starts the unpacked programs; unpacks what is missing or
   * older than its jar.
   *
   * @throws CannotRunException when the programs were not built, or cannot be unpacked
   */
  public Path launch() throws CannotRunException, InterruptedException {
    Path launch = folder.resolve("launch");
    try {
      synchronized (ONE_AT_A_TIME) {
        Files.createDirectories(folder);
        for (String program : PROGRAMS) {
          unpack(program);
        }
        copy(root.resolve("launch"), launch);
      }
      return launch;
    } catch (IOException e) {
      throw CannotRunException.unusable(
          "The programs cannot be unpacked to %s: %s.".formatted(folder, e.getMessage()));
    }
  }

  /** Copies in one step: another process may be starting from the existing copy. */
  private static void copy(Path from, Path to) throws IOException {
    if (Files.exists(to) && Files.mismatch(from, to) < 0) {
      return;
    }
    Path fresh = Files.createTempFile(to.getParent(), "launch", ".tmp");
    Files.copy(
        from, fresh, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private void unpack(String program) throws IOException, CannotRunException, InterruptedException {
    Path jar = root.resolve(Path.of(program, "target", program + ".jar"));
    Path unpacked = folder.resolve(program + ".jar");
    if (!Files.exists(jar)) {
      throw CannotRunException.unusable(
          "There is no %s: run ./mvnw -Pquick -DskipTests package first.".formatted(jar));
    }
    if (Files.exists(unpacked)
        && Files.getLastModifiedTime(unpacked).compareTo(Files.getLastModifiedTime(jar)) > 0) {
      return;
    }
    Process process =
        new ProcessBuilder(
                JAVA.toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djarmode=tools",
                "-jar",
                jar.toString(),
                "extract",
                "--force",
                "--destination",
                folder.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw CannotRunException.unusable("%s cannot be unpacked: %s".formatted(jar, said));
    }
    // Extraction keeps the time that is in the jar.
    Files.setLastModifiedTime(unpacked, FileTime.from(Instant.now()));
  }
}
