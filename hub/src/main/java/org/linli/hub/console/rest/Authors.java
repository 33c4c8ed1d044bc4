package org.linli.hub.console.rest;

import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.hub.access.Caller;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;

/** Determines the author of a request. */
final class Authors {

  private Authors() {}

  /**
   * @param by the person on whose behalf a program acts
   * @param community the community of what it is about, whose person that is
   * @throws RefusedRequestException if a program names nobody, or a session names a person
   */
  static Author of(@Nullable String by, CommunityId community, Caller caller) {
    return switch (caller) {
      case Caller.Automation program -> new Author(person(by, community), program.program());
      case Caller.Person person -> {
        if (by != null) {
          throw RefusedRequestException.badField(
              "by", "Leave the field 'by' out: your session already says who you are.");
        }
        yield Author.of(person.account());
      }
    };
  }

  private static Actor.Person person(@Nullable String by, CommunityId community) {
    if (by == null || by.isBlank()) {
      throw RefusedRequestException.badField(
          "by", "The field 'by' is missing: with the API token, say which person does this.");
    }
    try {
      return new Actor.Person(community, by);
    } catch (IllegalArgumentException noId) {
      throw RefusedRequestException.badField(
          "by", "The field 'by' is not a person's id: " + noId.getMessage() + ".", noId);
    }
  }
}
