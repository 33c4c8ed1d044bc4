package org.linli.hub.access.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.linli.hub.access.signin.ChoosingPassword.Outcome;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page for name and password, and the one behind a one-time link. */
@Controller
class SignInPages {

  private static final String FIRST_SIGN_IN = "access/first-sign-in";

  private final SignInLinks links;
  private final ChoosingPassword choosing;
  private final Administrators administrators;
  private final SignInThrottle throttle;
  private final SecurityContextRepository sessions = new HttpSessionSecurityContextRepository();

  SignInPages(
      SignInLinks links,
      ChoosingPassword choosing,
      Administrators administrators,
      SignInThrottle throttle) {
    this.links = links;
    this.choosing = choosing;
    this.administrators = administrators;
    this.throttle = throttle;
  }

  @GetMapping("/sign-in")
  String signIn(
      @RequestParam(required = false) @Nullable String failed,
      @RequestParam(required = false) @Nullable Integer wait,
      @RequestParam(required = false) @Nullable String busy,
      @RequestParam(required = false) @Nullable String signedOut,
      @RequestParam(required = false) @Nullable String ended,
      Model model) {
    model.addAttribute("failed", failed != null);
    model.addAttribute("wait", wait);
    model.addAttribute("busy", busy == null ? null : TooManyAtOnceException.RETRY_SECONDS);
    model.addAttribute("signedOut", signedOut != null);
    model.addAttribute("ended", ended != null);
    model.addAttribute("nobodyYet", administrators.find().isEmpty());
    return "access/sign-in";
  }

  @GetMapping("/first-sign-in")
  String openLink(
      @RequestParam(defaultValue = "") String code, Model model, HttpServletResponse response) {
    return links.isValid(code) ? form(code, "", model) : gone(response);
  }

  @PostMapping("/first-sign-in")
  String choose(
      @RequestParam(defaultValue = "") String code,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "") String repeated,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    String visitor = PasswordSignIn.visitorOf(request.getRemoteAddr());
    return switch (choosing.choose(visitor, code, name, password, repeated)) {
      case Outcome.Chosen(Administrator administrator) -> {
        throttle.succeeded(administrator.name(), visitor);
        beginSession(administrator, request, response);
        yield "redirect:/";
      }
      case Outcome.Refused(ChoosingPassword.Reason reason) -> {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("refused", reason.name().toLowerCase(Locale.ROOT));
        yield form(code, PersonName.shortened(name), model);
      }
      case Outcome.LinkGone() -> gone(response);
      case Outcome.Busy() -> {
        SignInFailure.comeBackLater(response);
        model.addAttribute("busy", TooManyAtOnceException.RETRY_SECONDS);
        yield form(code, PersonName.shortened(name), model);
      }
    };
  }

  private static String form(String code, String name, Model model) {
    model.addAttribute("code", code);
    model.addAttribute("name", name);
    model.addAttribute("shortest", ChoosingPassword.SHORTEST);
    return FIRST_SIGN_IN;
  }

  private static String gone(HttpServletResponse response) {
    response.setStatus(HttpStatus.GONE.value());
    return FIRST_SIGN_IN;
  }

  private void beginSession(
      Administrator administrator, HttpServletRequest request, HttpServletResponse response) {
    if (request.getSession(false) != null) {
      request.changeSessionId();
    }
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(PasswordSignIn.signedIn(administrator));
    SecurityContextHolder.setContext(context);
    sessions.saveContext(context, request, response);
  }
}
