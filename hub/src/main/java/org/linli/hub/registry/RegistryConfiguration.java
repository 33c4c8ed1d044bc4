package org.linli.hub.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.linli.event.DeviceEvent;
import org.linli.hub.registry.file.CommunityFile;
import org.linli.hub.registry.file.CommunityFiles;
import org.linli.program.yaml.YamlProblems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {

  private static final Logger log = LoggerFactory.getLogger(RegistryConfiguration.class);
  private static final String SAMPLE = "sample-community.yml";

  /**
   * The file is read first: if it cannot be used, the records stay as they are. Whoever reads them
   * needs the communities, and finds the records brought together with them.
   */
  @Bean
  Registry registry(
      RegistrySettings settings,
      ObjectProvider<JdbcClient> client,
      ObjectProvider<TransactionTemplate> transaction) {
    Registry registry = load(settings);
    new CommunityRows(client.getObject(), transaction.getObject())
        .bring(
            String.valueOf(settings.communityFile()),
            registry.communities().stream().map(CommunityRegistry::id).toList());
    return registry;
  }

  /**
   * @param broughtTogether the records are brought together with it first
   */
  @Bean
  EarlierCommunity earlierCommunity(
      Registry broughtTogether,
      ObjectProvider<JdbcClient> client,
      ObjectProvider<TransactionTemplate> transaction) {
    return new EarlierCommunity(
        new CommunityRows(client.getObject(), transaction.getObject()).earlier().orElse(null));
  }

  static Registry load(RegistrySettings settings) {
    Path file = settings.communityFile();
    return file == null || file.toString().isEmpty() ? sample() : load(file);
  }

  /**
   * Loads one community from a file, or those of a folder.
   *
   * @throws CommunityFileException when a file cannot be read or is refused
   */
  static Registry load(Path file) {
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
