package org.linli.edge.local;

import java.net.URI;
import org.linli.program.web.QueryCheck;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Everything under {@code /api} takes the parameters that it declares, each once, and no others.
 */
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

  private static ErrorResponseException problem(String path, String parameter, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail);
    problem.setInstance(URI.create(path));
    problem.setProperty("field", parameter);
    return new ErrorResponseException(HttpStatus.BAD_REQUEST, problem, null);
  }
}
