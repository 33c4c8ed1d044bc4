package org.linli.hub.registry.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.linli.event.DeviceEvent;
import org.linli.hub.registry.CommunityFileException;
import org.linli.hub.registry.CommunityPlan;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.RegistrySettings;
import org.linli.program.yaml.YamlProblems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the registry from community files. */
public final class RegistryFiles {

  private static final Logger log = LoggerFactory.getLogger(RegistryFiles.class);
  private static final String SAMPLE = "sample-community.yml";

  private RegistryFiles() {}

  /**
   * Loads what the settings name; the sample community if they name nothing.
   *
   * @throws CommunityFileException when a file cannot be read or is refused
   */
  public static Registry load(RegistrySettings settings) {
    Path file = settings.communityFile();
    return file == null || file.toString().isEmpty() ? sample() : load(file);
  }

  /**
   * Loads one community from a file, or those of a folder.
   *
   * @throws CommunityFileException when a file cannot be read or is refused
   */
  public static Registry load(Path file) {
    Path path = file.toAbsolutePath().normalize();
    if (Files.isDirectory(path)) {
      CommunityFiles files = CommunityFiles.read(List.of(path), YamlProblems.MAX_SHOWN);
      files
          .passedOver()
          .forEach(
              other -> log.atInfo().addKeyValue("file", other).log("This is no community file"));
      return registry(path.toString(), files.content());
    }
    if (!Files.exists(path)) {
      throw new CommunityFileException(path.toString(), List.of("there is no such file."));
    }
    try (InputStream in = Files.newInputStream(path)) {
      return registry(path.toString(), CommunityFile.read(path.toString(), in));
    } catch (IOException e) {
      throw new CommunityFileException(
          path.toString(), List.of("it cannot be read (" + e.getMessage() + ")."));
    }
  }

  private static Registry sample() {
    try (InputStream in = DeviceEvent.class.getResourceAsStream(SAMPLE)) {
      if (in == null) {
        throw new IllegalStateException(SAMPLE + " is missing from event-model");
      }
      Registry sample = registry(SAMPLE, CommunityFile.read(SAMPLE, in));
      log.warn(
          "This is the sample community: its people are invented, and nobody real is brought an"
              + " alert. Set LINLI_COMMUNITY_FILE to a file of your own community.");
      return sample;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Registry registry(String name, CommunityFile read) {
    return switch (read) {
      case CommunityFile.Read(List<CommunityPlan> plans) -> new Registry(plans);
      case CommunityFile.Refused(List<String> problems) ->
          throw new CommunityFileException(name, problems);
    };
  }
}
