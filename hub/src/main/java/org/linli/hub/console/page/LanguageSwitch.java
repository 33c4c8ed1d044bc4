package org.linli.hub.console.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponents;

/** Remembers the language chosen with {@code ?lang=}, and gives each page the link to the other. */
@Component
class LanguageSwitch implements HandlerInterceptor, WebMvcConfigurer {

  private final LocaleResolver languages;

  LanguageSwitch(LocaleResolver languages) {
    this.languages = languages;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    PageLanguage.ofCode(request.getParameter(PageLanguage.PARAMETER))
        .ifPresent(chosen -> languages.setLocale(request, response, chosen));
    return true;
  }

  @Override
  public void postHandle(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable ModelAndView page) {
    String view = page == null ? null : page.getViewName();
    if (page == null || view == null || view.startsWith("redirect:")) {
      return;
    }
    Locale language = languages.resolveLocale(request);
    page.addObject("language", language.getLanguage());
    page.addObject(
        "otherLanguage", linkTo(language.equals(PageLanguage.CHINESE) ? "en" : "zh", request));
  }

  private static String linkTo(String language, HttpServletRequest request) {
    UriComponents same =
        ServletUriComponentsBuilder.fromRequest(request)
            .replaceQueryParam(PageLanguage.PARAMETER, language)
            .build();
    return same.getPath() + "?" + same.getQuery();
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this).excludePathPatterns("/api/**", "/assets/**", "/webjars/**");
  }
}
