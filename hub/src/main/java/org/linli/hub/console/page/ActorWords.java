package org.linli.hub.console.page;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.linli.hub.console.ActorNames;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Person;
import org.linli.hub.registry.Registry;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Names actors for one reader. */
@Component
class ActorWords {

  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}\\p{Z}\\s]+");

  private final ActorNames names;
  private final Registry registry;
  private final MessageSource messages;

  ActorWords(ActorNames names, Registry registry, MessageSource messages) {
    this.names = names;
    this.registry = registry;
    this.messages = messages;
  }

  String of(Author author, Local local) {
    Actor.Program through = author.through();
    return through == null
        ? of(author.actor(), local)
        : say("actor.through", local, of(author.actor(), local), through.id());
  }

  /** Returns the present name; for an actor that is gone the id, with a note that it is gone. */
  String of(Actor actor, Local local) {
    return switch (actor) {
      case Actor.Person person ->
          names.nameOf(actor).orElseGet(() -> say("actor.gone.person", local, person.id()));
      case Actor.Account account ->
          names
              .nameOf(account)
              .map(name -> toldApart(name, local))
              .orElseGet(() -> say("actor.gone.account", local, account.id()));
      case Actor.Device(var community, var device) ->
          registry
              .findDevice(new DeviceKey(community, device))
              .map(known -> local.name(known.name()))
              .orElse(device.value());
      case Actor.Gateway(var gateway) -> gateway.value();
      case Actor.Program(String id) -> say("actor.program", local, id);
      case Actor.Hub _ -> say("actor.hub", local);
    };
  }

  /**
   * Marks an account that has the name of a person of a community, so that it is not taken for that
   * person.
   */
  private String toldApart(String name, Local local) {
    String looks = looks(name);
    return registry.communities().stream()
            .flatMap(community -> community.people().stream())
            .anyMatch(person -> isCalled(person, looks))
        ? say("actor.administrator", local, name)
        : name;
  }

  private static boolean isCalled(Person person, String looks) {
    return looks(person.id()).equals(looks) || looks(person.name()).equals(looks);
  }

  /**
   * Removes differences that nobody sees: spaces, characters without a shape, forms of one letter.
   */
  private static String looks(String name) {
    return UNSEEN
        .matcher(Normalizer.normalize(name, Normalizer.Form.NFKC))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }

  private String say(String message, Local local, Object... words) {
    return messages.getMessage(message, words, local.language());
  }
}
