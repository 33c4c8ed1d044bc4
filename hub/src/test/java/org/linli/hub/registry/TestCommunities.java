package org.linli.hub.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Registries for tests: the sample community, and others written as YAML. */
public final class TestCommunities {

  private TestCommunities() {}

  public static Registry sample() {
    return new RegistryConfiguration().registry(new RegistrySettings(null));
  }

  /**
   * A community of one grid, one building and {@code gateway-1}.
   *
   * @param zone an IANA time zone
   * @param sections devices, people and duty as YAML
   */
  public static Registry of(Path folder, String zone, String sections) {
    return of(folder, zone, List.of("gateway-1"), sections);
  }

  /** The same with other gateways. */
  public static Registry of(Path folder, String zone, List<String> gateways, String sections) {
    try {
      Path file =
          Files.writeString(
              Files.createTempFile(folder, "community", ".yml"),
              String.join(
                  "\n",
                  List.of(
                      "community: {id: c, name: {zh: 社区, en: Community}, zone: " + zone + "}",
                      "grids: [{id: grid-1, name: {zh: 网格, en: Grid}, households: 300}]",
                      "buildings: [{id: b1, grid: grid-1, name: {zh: 楼, en: House}, floors: 6}]",
                      gateways.stream()
                          .map("{id: %s, building: b1}"::formatted)
                          .collect(Collectors.joining(", ", "gateways: [", "]")),
                      sections)));
      return RegistryConfiguration.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
