package org.linli.hub.organisation;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.linli.hub.registry.CommunityFileException;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.RegistrySettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OrganisationConfiguration {

  /**
   * @throws CommunityFileException when the organisation file cannot be read or is refused
   */
  @Bean
  Organisation organisation(RegistrySettings settings, Registry registry) {
    Path files = settings.communityFile();
    Optional<Path> file =
        files == null || files.toString().isEmpty()
            ? Optional.empty()
            : OrganisationFile.among(List.of(files.toAbsolutePath().normalize()));
    return new Organisation(
        file.map(path -> plan(path, registry)).orElse(OrganisationPlan.NONE), registry);
  }

  private static OrganisationPlan plan(Path file, Registry registry) {
    return switch (OrganisationFile.read(file, registry)) {
      case OrganisationFile.Read(OrganisationPlan plan) -> plan;
      case OrganisationFile.Refused(List<String> problems) ->
          throw new CommunityFileException("organisation file", file.toString(), problems);
    };
  }
}
