package org.linli.edge.equipment;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.intake.Message;
import org.linli.edge.profile.TestProfiles;

/**
 * An alarm that one profile reads, what ends it, and what must not. Each {@value #RUN} in a message
 * is replaced by the run's own number, so that each run has devices of its own.
 *
 * @param profile that reads it
 * @param raised the event type when it begins
 * @param clearing the event types by which the hub ends it
 * @param isToldEachTime whether each message that says it is an event, and no change is looked for
 * @param begin the message that raises it
 * @param end the message that ends it
 * @param others messages that are not about that very condition
 */
record RaisedAlarm(
    String profile,
    String raised,
    Set<String> clearing,
    boolean isToldEachTime,
    Sent begin,
    Sent end,
    List<Sent> others) {

  private static final String RUN = "~";

  /** A message, by where it is sent to. */
  record Sent(Address address, byte[] payload) {

    Message message() {
      return new Message("test://x", address, payload, TestProfiles.RECEIVED, TestProfiles.NOBODY);
    }

    Sent inRun(String run) {
      return new Sent(
          switch (address) {
            case Address.Topic(String topic, String client) ->
                Address.published(topic.replace(RUN, run), client);
            case Address.ToProfile(String to, String device, String type) ->
                new Address.ToProfile(to, device.replace(RUN, run), type);
            case Address.Device(Format format, String kind, String device) ->
                new Address.Device(format, kind, device.replace(RUN, run));
          },
          text().replace(RUN, run).getBytes(StandardCharsets.ISO_8859_1));
    }

    private String text() {
      return new String(payload, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
      return address + " " + text();
    }
  }

  static Sent mqtt(String topic, String payload) {
    return new Sent(Address.published(topic, "client-1"), payload.getBytes(StandardCharsets.UTF_8));
  }

  static Sent mqtt(String topic, byte[] payload) {
    return new Sent(Address.published(topic, "client-1"), payload);
  }

  static Sent post(String profile, String device, String payload) {
    return new Sent(
        new Address.ToProfile(profile, device, ""), payload.getBytes(StandardCharsets.UTF_8));
  }

  static Sent linli(Format format, String kind, String device, String payload) {
    return new Sent(
        new Address.Device(format, kind, device), payload.getBytes(StandardCharsets.UTF_8));
  }

  /** Begins the description of one. */
  static Raised of(String profile, String raised, String... clearing) {
    return new Raised(profile, raised, Set.of(clearing), false);
  }

  /** The same for an alarm of which each message is an event. */
  static Raised toldEachTime(String profile, String raised, String... clearing) {
    return new Raised(profile, raised, Set.of(clearing), true);
  }

  /** All but its messages. */
  record Raised(String profile, String raised, Set<String> clearing, boolean isToldEachTime) {

    RaisedAlarm by(Sent begin, Sent end, Sent... others) {
      return new RaisedAlarm(
          profile, raised, clearing, isToldEachTime, begin, end, List.of(others));
    }

    /** Of a format in which all messages about one device go to one topic. */
    RaisedAlarm at(String topic, String begin, String end, String... others) {
      return by(mqtt(topic, begin), mqtt(topic, end))
          .andNotBy(List.of(others).stream().map(other -> mqtt(topic, other)).toList());
    }

    /** As above, posted. */
    RaisedAlarm postedTo(String device, String begin, String end, String... others) {
      return by(post(profile, device, begin), post(profile, device, end))
          .andNotBy(List.of(others).stream().map(other -> post(profile, device, other)).toList());
    }
  }

  /** Whether it is about the same device in each run, because a setting names that. */
  boolean isOfOneDevice() {
    return !begin.toString().contains(RUN);
  }

  /** With further messages that do not end it. */
  RaisedAlarm andNotBy(List<Sent> more) {
    List<Sent> all = new ArrayList<>(others);
    all.addAll(more);
    return new RaisedAlarm(profile, raised, clearing, isToldEachTime, begin, end, List.copyOf(all));
  }

  RaisedAlarm andNotBy(Sent... more) {
    return andNotBy(List.of(more));
  }

  @Override
  public String toString() {
    return profile + ": " + raised + " by " + begin;
  }
}
