package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.linli.hub.console.ActorNames;
import org.linli.hub.people.Actor;

/**
 * The actor that did something.
 *
 * @param kind person, account, device, gateway, program or hub
 * @param id unique within its kind, for people and devices within their community, and never given
 *     to another
 * @param community whose person or device it is; null for all others
 * @param name the present name of a person or an account; null for one that is gone, and for an
 *     actor without such a name
 * @param gone whether it is a person or an account that no longer exists
 */
@Schema(name = "Actor")
public record ActorShape(
    String kind, String id, @Nullable String community, @Nullable String name, boolean gone) {

  static ActorShape of(Actor actor, ActorNames names) {
    return new ActorShape(
        actor.kind().wireName(),
        actor.id(),
        CommunityNames.of(actor.community()),
        names.nameOf(actor).orElse(null),
        names.isGone(actor));
  }

  static @Nullable ActorShape ofNullable(@Nullable Actor actor, ActorNames names) {
    return actor == null ? null : of(actor, names);
  }
}
