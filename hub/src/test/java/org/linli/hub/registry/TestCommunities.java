package org.linli.hub.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.linli.event.CommunityId;
import org.linli.hub.registry.file.CommunityFile;
import org.linli.hub.registry.file.RegistryFiles;

/** Registries for tests: the sample community, and others written as YAML. */
public final class TestCommunities {

  /** The id of the sample community. */
  public static final CommunityId SAMPLE = new CommunityId("xiongguan");

  /** The id of a community made by {@link #of}. */
  public static final CommunityId HERE = new CommunityId("c");

  public static final CommunityId EAST = new CommunityId("east");
  public static final CommunityId WEST = new CommunityId("west");

  private static final Map<String, String> TWO =
      Map.of(
          "east.yml",
          """
          community: {id: east, name: {zh: 东, en: East}, zone: Asia/Shanghai}
          grids:
            - {id: grid-1, name: {zh: 东一, en: East one}, households: 300}
            - {id: grid-2, name: {zh: 东二, en: East two}, households: 300}
          buildings: [{id: b1, grid: grid-1, name: {zh: 东楼, en: East house}, floors: 6}]
          gateways: [{id: gateway-1, building: b1}]
          devices:
            - {id: door-1, kind: access, building: b1, gateway: gateway-1, name: {zh: 东门, en: East door}, expectEvery: 10m}
            - {id: lift-1, kind: elevator, building: b1, gateway: gateway-1, name: {zh: 电梯, en: Lift}}
          people:
            - {id: zhou, name: 周, role: supervisor}
            - {id: wang, name: 王, role: grid-worker, grids: [grid-1]}
          duty: [{grid: grid-1, person: wang, days: [mon], from: "08:00", to: "24:00"}]
          """,
          "west.yml",
          """
          community: {id: west, name: {zh: 西, en: West}, zone: Europe/Berlin}
          grids:
            - {id: grid-1, name: {zh: 西一, en: West one}, households: 300}
            - {id: grid-2, name: {zh: 西二, en: West two}, households: 300}
          buildings: [{id: b1, grid: grid-2, name: {zh: 西楼, en: West house}, floors: 6}]
          gateways: [{id: gateway-2, building: b1}]
          devices:
            - {id: door-1, kind: access, building: b1, gateway: gateway-2, name: {zh: 西门, en: West door}, expectEvery: 1h}
          people:
            - {id: wang, name: 王, role: supervisor}
            - {id: zhou, name: 周, role: grid-worker, grids: [grid-1, grid-2]}
          duty: [{grid: grid-1, person: zhou, days: [mon], from: "08:00", to: "24:00"}]
          """);

  private TestCommunities() {}

  /** The only community of a registry. */
  public static CommunityRegistry only(Registry registry) {
    return registry.findOnly().orElseThrow();
  }

  public static Registry sample() {
    return RegistryFiles.load(new RegistrySettings(null));
  }

  /**
   * The communities {@code east} with {@code gateway-1} and {@code west} with {@code gateway-2}.
   * All other ids are the same in both: grids, buildings, people, and the device {@code door-1}.
   * The device {@code lift-1} is only in the east.
   */
  public static Registry two() {
    SortedMap<String, byte[]> files = new TreeMap<>();
    TWO.forEach((name, content) -> files.put(name, content.getBytes(StandardCharsets.UTF_8)));
    return new Registry(((CommunityFile.Read) CommunityFile.read(files)).plans());
  }

  /** Writes the files of {@link #two} into a folder. */
  public static Path twoIn(Path folder) {
    TWO.forEach(
        (name, content) -> {
          try {
            Files.writeString(folder.resolve(name), content);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return folder;
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
      return RegistryFiles.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
