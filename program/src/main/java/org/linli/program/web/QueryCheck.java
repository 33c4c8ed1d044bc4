package org.linli.program.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.program.Closest;
import org.linli.program.Shown;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a request with a parameter that its handler does not declare, or with a repeated one that
 * the handler takes once: otherwise a mistyped filter would filter nothing. It refuses U+0000 in a
 * value too, which not every database compares with.
 */
public final class QueryCheck implements HandlerInterceptor {

  private final Refusal refusal;

  /** The answer of a program to a wrong request. */
  @FunctionalInterface
  public interface Refusal {

    /**
     * Answers the request, or throws the answer.
     *
     * @param parameter the wrong one
     * @param detail a sentence about it
     */
    void refuse(
        HttpServletRequest request, HttpServletResponse response, String parameter, String detail)
        throws IOException;
  }

  public QueryCheck(Refusal refusal) {
    this.refusal = refusal;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    if (!(handler instanceof HandlerMethod method) || request.getParameterMap().isEmpty()) {
      return true;
    }
    Map<String, Boolean> declared = declared(method);
    for (Map.Entry<String, String[]> given : request.getParameterMap().entrySet()) {
      String name = given.getKey();
      @Nullable Boolean several = declared.get(name);
      if (several == null) {
        refusal.refuse(request, response, name, unknown(name, declared.keySet()));
        return false;
      }
      if (!several && given.getValue().length > 1) {
        refusal.refuse(
            request,
            response,
            name,
            "The parameter '%s' is given %d times; give it once."
                .formatted(name, given.getValue().length));
        return false;
      }
      if (Arrays.stream(given.getValue()).anyMatch(value -> value.indexOf('\0') >= 0)) {
        refusal.refuse(
            request,
            response,
            name,
            "The parameter '%s' has a character U+0000, which no text here has; leave it out."
                .formatted(name));
        return false;
      }
    }
    return true;
  }

  private static String unknown(String name, Collection<String> declared) {
    @Nullable String meant = Closest.to(name, declared);
    String hint =
        meant != null
            ? "did you mean '%s'?".formatted(meant)
            : declared.isEmpty()
                ? "there are none."
                : "there are %s.".formatted(String.join(", ", declared));
    return "The parameter '%s' means nothing here: %s".formatted(Shown.text(name), hint);
  }

  /**
   * The parameters that a handler takes.
   *
   * @return by name, whether it may be given several times
   */
  public static Map<String, Boolean> declared(HandlerMethod handler) {
    Map<String, Boolean> declared = new LinkedHashMap<>();
    DefaultParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();
    for (MethodParameter parameter : handler.getMethodParameters()) {
      @Nullable RequestParam asked = parameter.getParameterAnnotation(RequestParam.class);
      if (asked != null) {
        parameter.initParameterNameDiscovery(names);
        String name = asked.name().isEmpty() ? parameter.getParameterName() : asked.name();
        Class<?> type = parameter.getParameterType();
        declared.put(
            String.valueOf(name), type.isArray() || Collection.class.isAssignableFrom(type));
      }
    }
    return declared;
  }
}
