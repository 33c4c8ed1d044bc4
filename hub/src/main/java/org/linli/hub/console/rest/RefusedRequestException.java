package org.linli.hub.console.rest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A request is answered with a {@link Problem}; not retryable as it is. */
class RefusedRequestException extends RuntimeException {

  private final HttpStatus status;
  private final String detail;
  private final @Nullable String field;

  private RefusedRequestException(
      HttpStatus status, String detail, @Nullable String field, @Nullable Throwable cause) {
    super(detail, cause);
    this.status = status;
    this.detail = detail;
    this.field = field;
  }

  static RefusedRequestException badField(String field, String detail) {
    return badField(field, detail, null);
  }

  static RefusedRequestException badField(String field, String detail, @Nullable Throwable cause) {
    return new RefusedRequestException(HttpStatus.BAD_REQUEST, detail, field, cause);
  }

  static RefusedRequestException notFound(String detail) {
    return new RefusedRequestException(HttpStatus.NOT_FOUND, detail, null, null);
  }

  static RefusedRequestException conflict(String detail) {
    return conflict(null, detail);
  }

  static RefusedRequestException conflict(@Nullable String field, String detail) {
    return new RefusedRequestException(HttpStatus.CONFLICT, detail, field, null);
  }

  static RefusedRequestException forbidden(String field, String detail) {
    return new RefusedRequestException(HttpStatus.FORBIDDEN, detail, field, null);
  }

  HttpStatus status() {
    return status;
  }

  String detail() {
    return detail;
  }

  @Nullable String field() {
    return field;
  }
}
