package org.linli.hub.organisation;

import java.nio.file.Path;
import org.linli.hub.registry.CommunityFileException;
import org.linli.hub.registry.RegistrySettings;
import org.linli.hub.registry.file.RegistryFiles;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Reads the files of a hub that has to wait, so that their mistakes are found before its turn. */
public final class EarlyCheck {

  private EarlyCheck() {}

  /**
   * @throws CommunityFileException when a file cannot be read or is refused
   */
  public static void ofFiles(Environment environment) {
    String files =
        Binder.get(environment).bind("linli.community-file", String.class).orElse("").strip();
    if (!files.isEmpty()) {
      RegistrySettings settings = new RegistrySettings(Path.of(files));
      new OrganisationConfiguration().organisation(settings, RegistryFiles.load(settings));
    }
  }
}
