package org.linli.hub.console.page;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;

/**
 * Chooses Chinese or English: the language of {@code ?lang=}, which a cookie remembers for a year,
 * otherwise the one that the browser prefers, otherwise English. A page that requests parts of
 * itself states its language, so that no part comes in another language because of a choice in a
 * second window.
 */
class PageLanguage implements LocaleResolver {

  static final String PARAMETER = "lang";
  static final String COOKIE = "linli-language";
  static final String HEADER = "Page-Language";
  static final Locale CHINESE = Locale.SIMPLIFIED_CHINESE;
  static final Locale ENGLISH = Locale.ENGLISH;

  @Override
  public Locale resolveLocale(HttpServletRequest request) {
    Cookie cookie = WebUtils.getCookie(request, COOKIE);
    return ofCode(request.getParameter(PARAMETER))
        .or(() -> ofCode(request.getHeader(HEADER)))
        .or(() -> ofCode(cookie == null ? null : cookie.getValue()))
        .orElseGet(() -> preferred(request));
  }

  private static Locale preferred(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
    if (header == null || header.length() > 200) {
      return ENGLISH;
    }
    try {
      String best = Locale.lookupTag(Locale.LanguageRange.parse(header), List.of("zh", "en"));
      return ofCode(best).orElse(ENGLISH);
    } catch (IllegalArgumentException notAHeaderOfLanguages) {
      return ENGLISH;
    }
  }

  /** Returns the language of a code: {@code zh} or {@code en}. */
  static Optional<Locale> ofCode(@Nullable String code) {
    if (code == null) {
      return Optional.empty();
    }
    return switch (code) {
      case "zh" -> Optional.of(CHINESE);
      case "en" -> Optional.of(ENGLISH);
      default -> Optional.empty();
    };
  }

  @Override
  public void setLocale(
      HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
    if (response != null && locale != null) {
      response.addHeader(
          HttpHeaders.SET_COOKIE,
          ResponseCookie.from(COOKIE, locale.getLanguage())
              .path("/")
              .maxAge(Duration.ofDays(365))
              .httpOnly(true)
              .secure(request.isSecure())
              .sameSite("Lax")
              .build()
              .toString());
    }
  }
}
