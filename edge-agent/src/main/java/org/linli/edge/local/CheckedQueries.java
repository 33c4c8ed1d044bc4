package org.linli.edge.local;

import java.net.URI;
import org.linli.program.Shown;
import org.linli.program.web.QueryCheck;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Accepts only declared query parameters under {@code /api}, each at most once. */
@Component
class CheckedQueries implements WebMvcConfigurer {

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry
        .addInterceptor(
            new QueryCheck(
                (request, _, parameter, detail) -> {
                  throw problem(request.getRequestURI(), parameter, detail);
                }))
        .addPathPatterns("/api/**");
  }

  /**
   * A whole number from 1 to {@code most}.
   *
   * @throws ErrorResponseException 400, naming the parameter
   */
  static int count(String path, String parameter, String text, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Refused below, like a number out of range.
    }
    throw problem(
        path,
        parameter,
        "The parameter '%s' is '%s'; write a whole number from 1 to %d."
            .formatted(parameter, Shown.text(text), most));
  }

  private static ErrorResponseException problem(String path, String parameter, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail);
    problem.setInstance(URI.create(path));
    problem.setProperty("field", parameter);
    return new ErrorResponseException(HttpStatus.BAD_REQUEST, problem, null);
  }
}
