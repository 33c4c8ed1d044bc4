package org.linli.hub.people;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;

/**
 * A person, account, device, gateway or program that can do something, or the hub itself. Records
 * identify an actor by kind and id, never by its name, which may change and is looked up whenever
 * it is shown.
 *
 * @throws IllegalArgumentException from the constructors when the id is empty, has more than
 *     {@value #MAX_LENGTH} characters or control characters
 */
public sealed interface Actor {

  int MAX_LENGTH = 128;

  /** Between a community and an id that is unique in it. */
  char IN_COMMUNITY = '/';

  /** The hub itself, for what it does on its own. */
  Hub HUB = new Hub();

  /** The kinds of actors: a closed list. */
  enum Kind {
    PERSON,
    ACCOUNT,
    DEVICE,
    GATEWAY,
    PROGRAM,
    HUB;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** Returns the name used in tables and JSON: the constant's name in lower case. */
    public String wireName() {
      return wireName;
    }

    private static Optional<Kind> ofWireName(String name) {
      return Arrays.stream(values()).filter(kind -> kind.wireName.equals(name)).findFirst();
    }
  }

  Kind kind();

  /** Returns whose person or device it is; null for all others. */
  default @Nullable CommunityId community() {
    return null;
  }

  /**
   * Returns the id: unique within its kind, for people and devices within their community, and
   * never given to another.
   */
  String id();

  /** A person in a community file. */
  record Person(CommunityId community, String id) implements Actor {
    public Person {
      requireId(id);
    }

    @Override
    public String stored() {
      return within(this, community);
    }

    @Override
    public Kind kind() {
      return Kind.PERSON;
    }
  }

  /** A person's account at the hub. */
  record Account(String id) implements Actor {
    public Account {
      requireId(id);
    }

    @Override
    public Kind kind() {
      return Kind.ACCOUNT;
    }
  }

  /** A device, for what it reports. */
  record Device(CommunityId community, DeviceId device) implements Actor {
    @Override
    public String stored() {
      return within(this, community);
    }

    @Override
    public Kind kind() {
      return Kind.DEVICE;
    }

    @Override
    public String id() {
      return device.value();
    }
  }

  /** A gateway, for what it does on its own. */
  record Gateway(GatewayId gateway) implements Actor {
    @Override
    public Kind kind() {
      return Kind.GATEWAY;
    }

    @Override
    public String id() {
      return gateway.value();
    }
  }

  /** A program with an API token. */
  record Program(String id) implements Actor {
    public Program {
      requireId(id);
    }

    @Override
    public Kind kind() {
      return Kind.PROGRAM;
    }
  }

  /** The hub itself. */
  record Hub() implements Actor {
    @Override
    public Kind kind() {
      return Kind.HUB;
    }

    @Override
    public String id() {
      return "system";
    }
  }

  /**
   * Returns kind and id as one text, which {@link #parse} reads: {@code program:api-token}, and for
   * people and devices with their community, as no id has a slash: {@code person:xiongguan/wang}.
   */
  default String stored() {
    return kind().wireName() + ":" + id();
  }

  /**
   * @throws IllegalArgumentException if {@link #stored} does not write such a text
   */
  static Actor parse(String stored) {
    int colon = stored.indexOf(':');
    Kind kind =
        Kind.ofWireName(stored.substring(0, Math.max(0, colon)))
            .orElseThrow(
                () -> new IllegalArgumentException("'" + stored + "' does not name an actor"));
    String id = stored.substring(colon + 1);
    int slash = id.indexOf(IN_COMMUNITY);
    String inCommunity = id.substring(slash + 1);
    return switch (kind) {
      case PERSON -> new Person(community(id, slash), inCommunity);
      case ACCOUNT -> new Account(id);
      case DEVICE -> new Device(community(id, slash), new DeviceId(inCommunity));
      case GATEWAY -> new Gateway(new GatewayId(id));
      case PROGRAM -> new Program(id);
      case HUB -> HUB;
    };
  }

  private static CommunityId community(String id, int slash) {
    if (slash < 0) {
      throw new IllegalArgumentException("'" + id + "' does not say of which community it is");
    }
    return new CommunityId(id.substring(0, slash));
  }

  private static String within(Actor actor, CommunityId community) {
    return actor.kind().wireName() + ":" + community + IN_COMMUNITY + actor.id();
  }

  private static void requireId(String id) {
    if (id.isBlank() || id.length() > MAX_LENGTH || id.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "an id has 1 to " + MAX_LENGTH + " characters and no control characters");
    }
  }
}
