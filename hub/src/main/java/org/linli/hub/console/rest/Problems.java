package org.linli.hub.console.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Collectors;
import org.linli.hub.history.HistoryUnavailableException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Turns exceptions into problems that say what is wrong with a request. */
@RestControllerAdvice(basePackageClasses = Problems.class)
class Problems {

  @ExceptionHandler
  ResponseEntity<Problem> refused(RefusedRequestException refusal, HttpServletRequest request) {
    return answer(
        Problem.of(refusal.status(), refusal.detail(), request.getRequestURI(), refusal.field()));
  }

  @ExceptionHandler
  ResponseEntity<Problem> parameterMissing(
      MissingServletRequestParameterException missing, HttpServletRequest request) {
    return answer(
        Problem.of(
            HttpStatus.BAD_REQUEST,
            "The parameter '%s' is missing.".formatted(missing.getParameterName()),
            request.getRequestURI(),
            missing.getParameterName()));
  }

  @ExceptionHandler
  ResponseEntity<Problem> notReadable(
      HttpMessageNotReadableException unreadable, HttpServletRequest request) {
    if (unreadable.getRootCause() instanceof BodyLimit.BodyTooLargeException) {
      return answer(
          Problem.of(HttpStatus.CONTENT_TOO_LARGE, BodyLimit.SENTENCE, request.getRequestURI()));
    }
    return switch (unreadable.getCause()) {
      case UnrecognizedPropertyException unknown ->
          answer(
              Problem.of(
                  HttpStatus.BAD_REQUEST,
                  "The body has a field '%s', which means nothing here."
                      .formatted(unknown.getPropertyName()),
                  request.getRequestURI(),
                  unknown.getPropertyName()));
      case DatabindException wrongType when !wrongType.getPath().isEmpty() -> {
        String field =
            wrongType.getPath().stream()
                .map(step -> String.valueOf(step.getPropertyName()))
                .collect(Collectors.joining("."));
        yield answer(
            Problem.of(
                HttpStatus.BAD_REQUEST,
                "The field '%s' of the body is not of the right type.".formatted(field),
                request.getRequestURI(),
                field));
      }
      case JacksonException broken -> {
        TokenStreamLocation at = broken.getLocation();
        yield answer(
            Problem.of(
                HttpStatus.BAD_REQUEST,
                "The body is not the JSON object that is expected here"
                    + (at == null || at.getLineNr() < 1
                        ? "."
                        : ": line %d, column %d.".formatted(at.getLineNr(), at.getColumnNr())),
                request.getRequestURI()));
      }
      case null, default ->
          answer(
              Problem.of(
                  HttpStatus.BAD_REQUEST,
                  "The body is missing or cannot be read; a JSON object is expected.",
                  request.getRequestURI()));
    };
  }

  @ExceptionHandler
  ResponseEntity<Problem> wrongMediaType(
      HttpMediaTypeNotSupportedException wrong, HttpServletRequest request) {
    return answer(
        Problem.of(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "The body is %s; send application/json."
                .formatted(
                    wrong.getContentType() == null
                        ? "of no stated type"
                        : wrong.getContentType().toString()),
            request.getRequestURI()));
  }

  @ExceptionHandler
  ResponseEntity<Problem> historyAway(
      HistoryUnavailableException away, HttpServletRequest request) {
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "5")
        .contentType(MediaType.parseMediaType(Problem.MEDIA_TYPE))
        .body(
            Problem.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "The history cannot be read now. Try again in a moment.",
                request.getRequestURI()));
  }

  @ExceptionHandler
  ResponseEntity<Problem> tooManyPages(
      PageBudget.NoTurnException busy, HttpServletRequest request) {
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "5")
        .contentType(MediaType.parseMediaType(Problem.MEDIA_TYPE))
        .body(
            Problem.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "Too many pages of the history are read at a time. Try again in a moment.",
                request.getRequestURI()));
  }

  private static ResponseEntity<Problem> answer(Problem problem) {
    return ResponseEntity.status(problem.status())
        .contentType(MediaType.parseMediaType(Problem.MEDIA_TYPE))
        .body(problem);
  }
}
