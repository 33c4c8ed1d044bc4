package org.linli.hub.console.page;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.hub.console.rest.Problem;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers errors that occur before or outside a controller: programs get a {@link Problem}, people
 * a page in their language.
 */
@Controller
class ErrorPages implements ErrorController {

  private static final List<String> FOR_PROGRAMS = List.of("/api/", "/actuator", "/v3/");

  private static final Map<HttpStatus, String> SENTENCES =
      Map.of(
          HttpStatus.NOT_FOUND,
              "There is nothing under this path; /v3/api-docs lists what there is.",
          HttpStatus.METHOD_NOT_ALLOWED, "This path does not answer that method.",
          HttpStatus.NOT_ACCEPTABLE, "This path answers with another media type than accepted.",
          HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Send a body of the type application/json.");

  /** What the page shows for a hub whose database cannot be reached. */
  private static final String AWAY = "away";

  private final JsonMapper json;

  ErrorPages(JsonMapper json) {
    this.json = json;
  }

  @RequestMapping("/error")
  @Nullable ModelAndView error(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpStatus status =
        Optional.ofNullable(HttpStatus.resolve(response.getStatus()))
            .filter(HttpStatus::isError)
            .orElse(HttpStatus.NOT_FOUND);
    String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
    if (FOR_PROGRAMS.stream().noneMatch(path::startsWith)) {
      boolean isAway = request.getAttribute(RecordsAwayFilter.AWAY) != null;
      return new ModelAndView(
          "error", Map.of("status", isAway ? AWAY : Integer.toString(status.value())), status);
    }
    response.setStatus(status.value());
    response.setContentType(Problem.MEDIA_TYPE);
    response
        .getOutputStream()
        .write(
            json.writeValueAsString(Problem.of(status, sentence(request, status), path))
                .getBytes(StandardCharsets.UTF_8));
    return null;
  }

  private static String sentence(HttpServletRequest request, HttpStatus status) {
    String known = SENTENCES.get(status);
    if (known != null) {
      return known;
    }
    if (status.is5xxServerError() && status != HttpStatus.SERVICE_UNAVAILABLE) {
      return "Something failed in the hub; its log says what.";
    }
    String said = (String) request.getAttribute(RequestDispatcher.ERROR_MESSAGE);
    return said == null || said.isBlank() ? status.getReasonPhrase() + "." : said;
  }
}
