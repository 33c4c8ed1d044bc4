package org.linli.edge.profile.life;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.event.Kind;
import org.springframework.modulith.NamedInterface;

/**
 * A word of life safety.
 *
 * @param word as the supervisor reads it
 * @param kind the kind of equipment that says it
 */
@NamedInterface("life-word")
public record LifeWord(String word, Kind kind) {

  /**
   * The first one in where a message came from, where it was sent to, and what is in it; null for
   * none. A client that calls its device one of {@link Kind#CARE} is believed.
   */
  public static @Nullable LifeWord in(Message message) {
    return in(message, message.payload().length);
  }

  /**
   * As above.
   *
   * @param most bytes of the payload that are looked at
   */
  public static @Nullable LifeWord in(Message message, int most) {
    LifeWord word =
        switch (message.address()) {
          case Address.Device(var _, String kind, String _)
              when kind.strip().equalsIgnoreCase(CARE.word()) ->
              CARE;
          case Address.Topic(String topic, String _) when isOfCare(topic) -> CARE;
          case Address.Device(var _, String kind, String device) ->
              LifeWords.first(kind + "/" + device);
          case Address.Topic(String topic, String client) -> LifeWords.first(topic + " " + client);
          case Address.ToProfile(String profile, String device, String _) ->
              LifeWords.first(profile + "/" + device);
        };
    word = word == null ? LifeWords.first(message.source()) : word;
    return word == null ? LifeWords.first(message.payload(), most) : word;
  }

  /** Whether a text that a device sends has one. */
  public static boolean isIn(String text) {
    return LifeWords.first(text) != null;
  }

  /** Whether somebody meant {@code linli/care/…}, which the gateway reads in small letters only. */
  private static boolean isOfCare(String topic) {
    String small = topic.toLowerCase(Locale.ROOT);
    int found = small.indexOf("linli/" + Kind.CARE.wireName() + "/");
    return found == 0 || found > 0 && small.charAt(found - 1) == '/';
  }

  /** Kinds whose unreadable message may report smoke, gas, a call for help, a fall or a lift. */
  private static final Set<Kind> OF_LIFE = EnumSet.of(Kind.CARE, Kind.ELEVATOR, Kind.ENVIRONMENT);

  /** Whether equipment of this kind says such words. */
  public static boolean isSaidBy(Kind kind) {
    return OF_LIFE.contains(kind);
  }

  private static final LifeWord CARE = new LifeWord(Kind.CARE.wireName(), Kind.CARE);
}
