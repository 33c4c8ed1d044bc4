package org.linli.hub.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.linli.event.DeviceEvent;
import org.linli.hub.registry.file.CommunityFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {

  private static final String SAMPLE = "sample-community.yml";

  @Bean
  Registry registry(RegistrySettings settings) {
    Path file = settings.communityFile();
    return file == null || file.toString().isEmpty() ? sample() : load(file);
  }

  /**
   * @throws CommunityFileException when the file cannot be read or is refused
   */
  static Registry load(Path file) {
    Path path = file.toAbsolutePath().normalize();
    if (!Files.exists(path)) {
      throw new CommunityFileException(path.toString(), List.of("there is no such file."));
    }
    try (InputStream in = Files.newInputStream(path)) {
      return registry(path.toString(), CommunityFile.read(in));
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
      return registry(SAMPLE, CommunityFile.read(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Registry registry(String name, CommunityFile read) {
    return switch (read) {
      case CommunityFile.Read(CommunityPlan plan) -> new Registry(plan);
      case CommunityFile.Refused(List<String> problems) ->
          throw new CommunityFileException(name, problems);
    };
  }
}
