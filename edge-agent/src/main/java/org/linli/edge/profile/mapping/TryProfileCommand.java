package org.linli.edge.profile.mapping;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.Reply;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.KnownDevices;
import org.linli.edge.profile.Profiles;
import org.linli.edge.profile.format.CborSign;
import org.linli.edge.profile.linli.LinliJson;
import org.linli.event.DeviceEvent;
import org.linli.event.Value;
import org.linli.program.settings.UnknownSettingsException;
import org.springframework.beans.BeansException;
import org.springframework.modulith.NamedInterface;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code try-profile}: shows the events of a message, or why there are none, without a gateway. The
 * built-in profiles are there as in a gateway with the same settings, so that a mapping which would
 * read a topic of theirs is refused here too.
 */
@Command(
    name = TryProfileCommand.NAME,
    description =
        "Prints which events a message would become by the built-in profiles and the mappings of a"
            + " file, or why none. It ends with 0 when events come out, with 1 when the message or"
            + " the file is refused. It takes a gateway's settings as a gateway does, also as"
            + " --linli.…=value.",
    sortOptions = false)
@NamedInterface("try-profile")
public final class TryProfileCommand implements Callable<Integer> {

  /** The first argument that selects this command. */
  public static final String NAME = "try-profile";

  private static final Pattern SETTING = Pattern.compile("--(linli|spring)\\..*");

  /** What the format is called that has no profile. */
  private static final String OWN = "linli";

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..2",
      paramLabel = "[FILE] SAMPLE",
      hideParamSyntax = true,
      description =
          "a file of own mappings or a folder of them, if there are any, and a file with one"
              + " message's payload")
  private Path[] files = {};

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description =
          "the MQTT topic it comes on; without it the first topic of the mappings, with device-1"
              + " for +")
  private @Nullable String topic;

  @Option(
      names = "--device",
      paramLabel = "ID",
      description =
          "the device of POST /intake/{profile}/{device}, instead of a topic; with --profile linli"
              + " its kind too, such as access/door-7")
  private @Nullable String device;

  @Option(
      names = "--content-type",
      paramLabel = "TYPE",
      defaultValue = "",
      description =
          "with --device: the Content-Type it is posted with, such as application/cbor, or"
              + " multipart/form-data; boundary=B")
  private String contentType = "";

  @Option(
      names = {"--profile", "--mapping"},
      paramLabel = "NAME",
      description =
          "the built-in profile or the mapping of POST /intake/{profile}/{device}, or linli for"
              + " Linli JSON, also in CBOR; without it the first mapping")
  private @Nullable String profile;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "Asia/Shanghai",
      description = "for times that say none (default: ${DEFAULT-VALUE})")
  private ZoneId zone = ZoneId.of("UTC");

  /** Read by picocli only. */
  @SuppressWarnings("UnusedVariable")
  @Option(names = "--help", usageHelp = true, description = "show this help and end")
  private boolean help;

  private final Clock clock;

  /** As a gateway takes them. */
  private final String[] settings;

  private TryProfileCommand(Clock clock, String[] settings) {
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * @return the exit code: 0 for events, 1 for none, 2 for wrong arguments
   */
  public static int run(PrintWriter out, PrintWriter err, Clock clock, String... arguments) {
    Map<Boolean, List<String>> parts =
        Arrays.stream(arguments).collect(Collectors.partitioningBy(SETTING.asMatchPredicate()));
    return new CommandLine(
            new TryProfileCommand(
                clock, Objects.requireNonNull(parts.get(true)).toArray(String[]::new)))
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(Objects.requireNonNull(parts.get(false)).toArray(String[]::new));
  }

  @Override
  public Integer call() {
    CommandSpec given = Objects.requireNonNull(spec);
    PrintWriter out = given.commandLine().getOut();
    PrintWriter err = given.commandLine().getErr();
    byte[] payload;
    try {
      payload = Files.readAllBytes(files[files.length - 1]);
    } catch (IOException unreadable) {
      err.println(files[files.length - 1] + ": cannot be read (" + unreadable + ")");
      return 1;
    }
    try {
      List<Mapping> mappings = mappings();
      BuiltInProfiles builtIn = BuiltInProfiles.ofSettings(settings);
      Profiles profiles =
          new Profiles(
              builtIn.profiles(),
              new LinliJson(),
              KnownDevices.NONE,
              builtIn.settings(),
              new SimpleMeterRegistry());
      MappingFiles.requireNoConflict(mappings, profiles);
      profiles.useMapped(mappings);
      Address address = address(mappings);
      out.println("as if it came by " + shown(address));
      return print(out, profiles, address, payload);
    } catch (BadMappingException | IllegalArgumentException bad) {
      err.println(bad.getMessage());
      return 1;
    } catch (UnknownSettingsException saidByTheReporterOfFailures) {
      return 2;
    } catch (BeansException badSettings) {
      err.println(badSettings.getMostSpecificCause().getMessage());
      return 1;
    }
  }

  private List<Mapping> mappings() throws BadMappingException {
    if (files.length < 2) {
      return List.of();
    }
    MappingFiles own = new MappingFiles(files[0], zone, new Changes());
    return own.read(own.contents());
  }

  private Address address(List<Mapping> mappings) {
    if (device != null) {
      return OWN.equals(profile)
          ? own(device)
          : new Address.ToProfile(profileOf(mappings), device, contentType);
    }
    if (topic != null) {
      return Address.published(topic, "client-1");
    }
    return mappings.stream()
        .filter(each -> profile == null || each.name().equals(profile))
        .flatMap(each -> each.topics().stream())
        .findFirst()
        .map(first -> Address.published(first.replaceAll("[+#]", "device-1"), "client-1"))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    mappings.isEmpty()
                        ? "Nothing says where the message goes: give --topic, or --profile and"
                            + " --device"
                        : "No mapping says the topic of the message: give --topic, or --device for"
                            + " a POST to "
                            + profileOf(mappings)));
  }

  /** Linli JSON, as {@code POST /linli/{kind}/{device}} and CoAP take it. */
  private Address own(String named) {
    int slash = named.indexOf('/');
    if (slash <= 0 || slash == named.length() - 1) {
      throw new IllegalArgumentException(
          "With --profile linli the kind is needed too: give --device KIND/ID, such as"
              + " access/door-7");
    }
    return new Address.Device(
        contentType.startsWith("application/cbor") ? Format.LINLI_CBOR : Format.LINLI_JSON,
        named.substring(0, slash),
        named.substring(slash + 1));
  }

  private String profileOf(List<Mapping> mappings) {
    if (profile != null) {
      return profile;
    }
    if (mappings.isEmpty()) {
      throw new IllegalArgumentException("No mapping is given; say which profile with --profile");
    }
    return mappings.getFirst().name();
  }

  private static String shown(Address address) {
    return switch (address) {
      case Address.Topic published -> "MQTT topic " + published.topic();
      case Address.ToProfile posted -> "POST /intake/" + posted.profile() + "/" + posted.device();
      case Address.Device named ->
          "linli/"
              + named.kind()
              + "/"
              + named.device()
              + (named.format().isCbor() ? " in CBOR" : "");
    };
  }

  private int print(PrintWriter out, Profiles profiles, Address address, byte[] payload) {
    Instant now = clock.instant();
    Interpreted interpreted =
        profiles.interpret(new Message("try-profile", address, payload, now, new Nobody()));
    switch (interpreted) {
      case Interpreted.Understood understood -> {
        understood.events().forEach(event -> out.println(line(event)));
        SensorHints.of(profiles, address, understood.events()).forEach(out::println);
        printUnread(out, understood);
        return 0;
      }
      case Interpreted.PassedOver passed -> {
        out.println("nothing: it is acknowledged and passed over");
        printUnread(out, passed);
        return 0;
      }
      case Interpreted.Refused refused -> {
        out.println(deadLetter(refused));
        if (contentType.isEmpty() && CborSign.isOn(payload)) {
          out.println(
              "hint: for CBOR give --profile linli --device KIND/ID --content-type"
                  + " application/cbor, or --profile senml --device ID --content-type"
                  + " application/senml+cbor");
        }
        return 1;
      }
    }
  }

  private static void printUnread(PrintWriter out, Interpreted read) {
    Interpreted.Refused part = read.basis().unread();
    if (part != null) {
      out.println(deadLetter(part));
    }
  }

  private static String deadLetter(Interpreted.Refused refused) {
    Refusal why = refused.refusal();
    return "a dead letter: " + why.reason().wireName() + ": " + why.detail();
  }

  private static String line(DeviceEvent event) {
    StringBuilder line =
        new StringBuilder("%s %s %s".formatted(event.kind(), event.device(), event.type()));
    event.givenId().ifPresent(id -> line.append(" id=").append(id));
    line.append(" time=").append(event.time());
    if (event.deviceTime() != null) {
      line.append(" (the device says ").append(event.deviceTime()).append(", not believed)");
    }
    event
        .values()
        .byName()
        .forEach((name, value) -> line.append(' ').append(name).append('=').append(shown(value)));
    return line.toString();
  }

  private static String shown(Value value) {
    return switch (value) {
      case Value.Whole whole -> Long.toString(whole.number());
      case Value.Real real -> Double.toString(real.number());
      case Value.Truth truth -> Boolean.toString(truth.truth());
      case Value.Text text -> '"' + text.text() + '"';
    };
  }

  /** A reply without a device to answer. */
  private static final class Nobody implements Reply {
    @Override
    public void taken() {}

    @Override
    public void refused(Refusal refusal) {}

    @Override
    public void unavailable(String why) {}
  }
}
