package org.linli.hub.console.rest;

import org.jspecify.annotations.Nullable;
import org.linli.hub.access.Caller;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;

/** Finds out by whom a request is made. */
final class Authors {

  private Authors() {}

  /**
   * @param by the person whom a program acts for
   * @throws RefusedRequestException when a program names nobody, or a session somebody
   */
  static Author of(@Nullable String by, Caller caller) {
    return switch (caller) {
      case Caller.Automation program -> new Author(person(by), program.program());
      case Caller.Person person -> {
        if (by != null) {
          throw RefusedRequestException.badField(
              "by", "Leave the field 'by' out: your session already says who you are.");
        }
        yield Author.of(person.account());
      }
    };
  }

  private static Actor.Person person(@Nullable String by) {
    if (by == null || by.isBlank()) {
      throw RefusedRequestException.badField(
          "by", "The field 'by' is missing: with the API token, say which person does this.");
    }
    try {
      return new Actor.Person(by);
    } catch (IllegalArgumentException noId) {
      throw RefusedRequestException.badField(
          "by", "The field 'by' is not a person's id: " + noId.getMessage() + ".", noId);
    }
  }
}
