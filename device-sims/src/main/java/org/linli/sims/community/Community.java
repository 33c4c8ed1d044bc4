package org.linli.sims.community;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The part of a community file that simulated equipment needs. The rest of the file is ignored:
 * checking it is the hub's task.
 *
 * @param zone the time zone in which its days begin
 * @param devices in the order of the file
 * @param gridWorkers ids of the people whose role is grid-worker
 */
public record Community(ZoneId zone, List<Device> devices, List<String> gridWorkers) {

  private static final String SAMPLE = "/org/linli/event/sample-community.yml";

  /**
   * A device as the file describes it.
   *
   * @param gateway the gateway it is connected to; empty when the file names none
   * @param floors of its building; 18 when the file does not say
   */
  public record Device(DeviceId id, Kind kind, String gateway, int floors) {}

  public Community {
    devices = List.copyOf(devices);
    gridWorkers = List.copyOf(gridWorkers);
  }

  /** The community of the demo, which is also that of a hub without a file. */
  public static Community sample() throws UnusableCommunityException {
    try (InputStream in = Community.class.getResourceAsStream(SAMPLE)) {
      if (in == null) {
        throw new UnusableCommunityException("the sample community is missing from this program");
      }
      return of("the sample community", new YAMLMapper().readTree(in));
    } catch (IOException | JacksonException e) {
      throw new UnusableCommunityException(
          "the sample community cannot be read: " + e.getMessage());
    }
  }

  /** Reads a community file. */
  public static Community read(Path file) throws UnusableCommunityException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(file.toString(), new YAMLMapper().readTree(in));
    } catch (JacksonException e) {
      throw new UnusableCommunityException(
          "%s, line %d: %s"
              .formatted(
                  file,
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UnusableCommunityException(file + " cannot be read: " + e.getMessage());
    }
  }

  /** The same community with the devices of one gateway only. */
  public Community behind(String gateway) {
    return new Community(
        zone,
        devices.stream().filter(device -> device.gateway().equals(gateway)).toList(),
        gridWorkers);
  }

  private static Community of(String source, @Nullable JsonNode root)
      throws UnusableCommunityException {
    if (root == null || !root.path("devices").isArray()) {
      throw new UnusableCommunityException(source + " has no list of devices");
    }
    Map<String, JsonNode> buildings =
        root.path("buildings")
            .valueStream()
            .collect(
                Collectors.toMap(
                    building -> building.path("id").asString(""),
                    Function.identity(),
                    (first, second) -> first));
    List<Device> devices = new ArrayList<>();
    for (JsonNode device : root.path("devices")) {
      String id = device.path("id").asString("");
      String kind = device.path("kind").asString("");
      JsonNode building = buildings.get(device.path("building").asString(""));
      try {
        devices.add(
            new Device(
                new DeviceId(id),
                Kind.ofWireName(kind)
                    .orElseThrow(() -> new IllegalArgumentException("no kind is named " + kind)),
                device.path("gateway").asString(""),
                building == null ? 18 : Math.max(2, building.path("floors").asInt(18))));
      } catch (IllegalArgumentException e) {
        throw new UnusableCommunityException(
            "%s, device number %d (id \"%s\"): %s"
                .formatted(source, devices.size() + 1, id, e.getMessage()));
      }
    }
    return new Community(zone(source, root), devices, gridWorkers(root));
  }

  private static List<String> gridWorkers(JsonNode root) {
    return root.path("people")
        .valueStream()
        .filter(person -> person.path("role").asString("").equals("grid-worker"))
        .map(person -> person.path("id").asString(""))
        .toList();
  }

  private static ZoneId zone(String source, JsonNode root) throws UnusableCommunityException {
    String zone = root.path("community").path("zone").asString("Asia/Shanghai");
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new UnusableCommunityException(source + ": there is no time zone named " + zone);
    }
  }
}
