package org.linli.sims.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.equipment.Format;
import org.linli.sims.equipment.Mix;
import org.linli.sims.options.DoorOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The load, its gateway, and how it is sent. */
final class LoadOptions {

  private static final int MOST_CONNECTIONS = 20_000;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "500",
      description = "events a second (${DEFAULT-VALUE})")
  private int rate = 500;

  @Option(
      names = "--window",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "instead of a steady rate as many events as the gateway acknowledges, with N of each"
              + " connection unanswered: to find the limit")
  private int window;

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "how many devices the readings come from (${DEFAULT-VALUE}); alerts come from up to 40"
              + " more, named load-alarm-N (none with --alert-every=0)")
  private int devices = 200;

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      defaultValue = "mqtt",
      description =
          "${COMPLETION-CANDIDATES}; mixed is of five connections three MQTT, one CoAP, one HTTP;"
              + " every other MQTT connection speaks 3.1.1, the rest 5 (${DEFAULT-VALUE})")
  private LoadProtocol protocol = LoadProtocol.MQTT;

  @Option(
      names = "--mix",
      paramLabel = "FORMAT=N,…",
      description =
          "instead of --protocol and --devices equipment of many makes, each sending its own format"
              + " by its own protocol, as often as it weighs: linli, linli-coap, linli-http,"
              + " senml-json, senml-cbor, chirpstack, dahua, frigate, hikvision, onvif,"
              + " platecamera, platerecognizer, sparkplug, tasmota, thingsboard,"
              + " thingsboard-gateway, zigbee2mqtt, zkteco; without =N a format weighs 1")
  private @Nullable String mix;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "chance of a --mix, by number (${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--qos",
      paramLabel = "0|1|2",
      defaultValue = "1",
      description =
          "MQTT's quality of service; at 0 nothing is ever acknowledged (${DEFAULT-VALUE})")
  private int qos = 1;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "20",
      description = "over how many connections; a device stays with its own (${DEFAULT-VALUE})")
  private int connectionCount = 20;

  @Option(
      names = "--connect-rate",
      paramLabel = "N",
      defaultValue = "500",
      description =
          "most MQTT connections opened in a second, at first and after the gateway was away"
              + " (${DEFAULT-VALUE})")
  private int connectRate = 500;

  @Option(
      names = "--no-resend",
      description =
          "give up what got no answer, so that its outcome stays unknown; without this it is sent"
              + " again with the same id, as a device does that keeps its events")
  private boolean noResend;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "how long, in whole seconds (${DEFAULT-VALUE})")
  private Duration length = Duration.ofSeconds(30);

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "how long to wait for the last answers, and to connect (${DEFAULT-VALUE})")
  private Duration patience = Duration.ofSeconds(30);

  @Option(
      names = "--alert-every",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "every N-th event opens an alert, or clears it again; 0 for none (${DEFAULT-VALUE})")
  private int alertEvery = 100;

  @Mixin private DoorOptions doors = new DoorOptions();

  void requireUsable() throws CannotRunException {
    requireBetween("--rate", rate, 1, 1_000_000);
    requireBetween("--window", window, 0, 1_000);
    requireBetween("--devices", devices, 1, 1_000_000);
    requireBetween("--qos", qos, 0, 2);
    requireBetween("--connections", connectionCount, 1, MOST_CONNECTIONS);
    requireBetween("--connect-rate", connectRate, 1, 100_000);
    requireBetween("--for", length.toSeconds(), 1, Duration.ofDays(1).toSeconds());
    requireBetween("--alert-every", alertEvery, 0, Integer.MAX_VALUE);
    if (mix != null) {
      if (protocol != LoadProtocol.MQTT) {
        throw CannotRunException.unusable(
            "--protocol and --mix exclude each other: each format of a mix has its protocol.");
      }
      shares(Mix.parse("--mix", mix));
    }
  }

  Connections.Gateway gateway() {
    return new Connections.Gateway(doors.mqtt(), doors.coap(), doors.http());
  }

  Connections.Plan plan() throws CannotRunException {
    return new Connections.Plan(openings(), qos, !noResend, connectRate, window);
  }

  private List<Connections.Opening> openings() throws CannotRunException {
    if (mix != null) {
      return MixedOffers.openings(shares(Mix.parse("--mix", mix)));
    }
    return Connections.openings("load-", protocol, connectionCount);
  }

  private Map<Format, Integer> shares(Mix parsed) throws CannotRunException {
    return parsed.share("--connections", connectionCount);
  }

  /** What to send, from the first on; each call starts anew. */
  Offers offers(String run) throws CannotRunException {
    if (mix == null) {
      return new LoadEvents("load-", devices, alertEvery, 0, run);
    }
    Mix parsed = Mix.parse("--mix", mix);
    return new MixedOffers(parsed, shares(parsed), seed, run);
  }

  int qos() {
    return qos;
  }

  Pace pace() {
    return window > 0 ? Pace.asFastAsAnswered(length) : Pace.steady(rate, length);
  }

  Duration length() {
    return length;
  }

  Duration patience() {
    return patience;
  }

  String inWords(long offered) {
    String pace = window > 0 ? window + " unanswered each" : rate + " a second";
    return mix == null
        ? "%d events of %d devices over %d connections (%s), %s for %d s"
            .formatted(offered, devices, connectionCount, protocol, pace, length.toSeconds())
        : "%d messages of %s over %d connections, %s for %d s"
            .formatted(offered, mix, connectionCount, pace, length.toSeconds());
  }

  private static void requireBetween(String option, long value, long least, long most)
      throws CannotRunException {
    if (value < least || value > most) {
      throw CannotRunException.unusable(
          "%s is %d to %d, not %d.".formatted(option, least, most, value));
    }
  }
}
