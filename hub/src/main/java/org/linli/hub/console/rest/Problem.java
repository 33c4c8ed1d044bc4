package org.linli.hub.console.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A refusal in the form of RFC 9457.
 *
 * @param type always {@code about:blank}: the status says what kind of problem it is
 * @param title the status in words
 * @param detail a sentence for a person
 * @param instance the requested path
 * @param field the parameter or field at fault; absent if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A refusal (RFC 9457).")
public record Problem(
    String type, String title, int status, String detail, String instance, @Nullable String field) {

  public static final String MEDIA_TYPE = "application/problem+json";

  public static Problem of(HttpStatus status, String detail, String instance) {
    return of(status, detail, instance, null);
  }

  public static Problem of(
      HttpStatus status, String detail, String instance, @Nullable String field) {
    return new Problem(
        "about:blank", status.getReasonPhrase(), status.value(), detail, instance, field);
  }
}
