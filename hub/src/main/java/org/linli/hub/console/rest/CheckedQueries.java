package org.linli.hub.console.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.linli.program.web.QueryCheck;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Accepts under {@code /api} and {@code /v3} only the parameters that an operation declares, each
 * at most once.
 */
@Component
class CheckedQueries implements WebMvcConfigurer {

  private final JsonMapper json;

  CheckedQueries(JsonMapper json) {
    this.json = json;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new QueryCheck(this::refuse)).addPathPatterns("/api/**", "/v3/**");
  }

  private void refuse(
      HttpServletRequest request, HttpServletResponse response, String parameter, String detail)
      throws IOException {
    response.setStatus(HttpStatus.BAD_REQUEST.value());
    response.setContentType(Problem.MEDIA_TYPE);
    response.setCharacterEncoding("UTF-8");
    json.writeValue(
        response.getOutputStream(),
        Problem.of(HttpStatus.BAD_REQUEST, detail, request.getRequestURI(), parameter));
  }
}
