package org.linli.hub.access.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Set;
import org.linli.hub.access.Caller;
import org.linli.hub.access.Roles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;

/**
 * Defines two filter chains. One is for programs (API and figures: a token or a session, answers in
 * JSON). The other is for people (pages: a session, otherwise a redirection to the sign-in page).
 * Neither keeps anything in memory for a client that is not signed in.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final String SIGN_IN = "/sign-in";

  private static final Set<String> SAFE_METHODS =
      Set.of(
          HttpMethod.GET.name(),
          HttpMethod.HEAD.name(),
          HttpMethod.OPTIONS.name(),
          HttpMethod.TRACE.name());

  @Bean
  CsrfTokenRepository csrfTokens() {
    CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
    tokens.setCookieCustomizer(cookie -> cookie.sameSite("Strict"));
    return tokens;
  }

  @Bean
  @Order(1)
  SecurityFilterChain programs(HttpSecurity http, AdminToken token, CsrfTokenRepository csrfTokens)
      throws Exception {
    http.securityMatcher("/api/**", "/actuator/**", "/v3/**")
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers("/actuator/health/**")
                    .access(
                        (caller, context) ->
                            new AuthorizationDecision(
                                isLoopback(context.getRequest())
                                    || caller.get().getPrincipal() instanceof Caller))
                    .anyRequest()
                    .hasRole(Roles.ADMINISTRATOR))
        .addFilterBefore(new BearerTokenFilter(token), UsernamePasswordAuthenticationFilter.class)
        .csrf(
            csrf ->
                csrf.csrfTokenRepository(csrfTokens)
                    .requireCsrfProtectionMatcher(SecurityConfiguration::changesBySession))
        .exceptionHandling(
            refusals ->
                refusals
                    .authenticationEntryPoint(SecurityConfiguration::askForToken)
                    .accessDeniedHandler(refused()))
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable);
    return withHeaders(http).build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain people(
      HttpSecurity http, CsrfTokenRepository csrfTokens, AuthenticationFailureHandler failure)
      throws Exception {
    http.authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                    .permitAll()
                    .requestMatchers(SIGN_IN, "/first-sign-in", "/assets/**", "/webjars/**")
                    .permitAll()
                    .anyRequest()
                    .hasRole(Roles.ADMINISTRATOR))
        .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens))
        .exceptionHandling(
            refusals ->
                refusals
                    .defaultAuthenticationEntryPointFor(
                        SecurityConfiguration::leadPageToSignIn, SecurityConfiguration::isPart)
                    // For every other request, even if a saved request hides its headers.
                    .defaultAuthenticationEntryPointFor(
                        new LoginUrlAuthenticationEntryPoint(SIGN_IN), request -> !isPart(request))
                    .accessDeniedHandler(refused()))
        .formLogin(
            form ->
                form.loginPage(SIGN_IN)
                    .usernameParameter("name")
                    .passwordParameter("password")
                    .defaultSuccessUrl("/")
                    .failureHandler(failure))
        .logout(logout -> logout.logoutUrl("/sign-out").logoutSuccessUrl(SIGN_IN + "?signedOut"))
        .requestCache(cache -> cache.requestCache(waysBack()));
    return withHeaders(http).build();
  }

  /** Remembers where to go after the sign-in: back to a page, never to a part of one. */
  private static RequestCache waysBack() {
    CookieRequestCache cache = new CookieRequestCache();
    cache.setRequestMatcher(
        request ->
            request.getMethod().equals(HttpMethod.GET.name())
                && !isPart(request)
                && !request.getRequestURI().startsWith("/console/"));
    return cache;
  }

  /** Returns whether the request is for a part of a page. */
  private static boolean isPart(HttpServletRequest request) {
    return request.getHeader("HX-Request") != null;
  }

  private static HttpSecurity withHeaders(HttpSecurity http) throws Exception {
    return http.headers(
        headers ->
            headers
                .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                .permissionsPolicyHeader(
                    policy -> policy.policy("camera=(), geolocation=(), microphone=()")));
  }

  /**
   * CSRF protection is for sessions: a browser sends the session's cookie for any page, but only a
   * client that knows the token sends it.
   */
  private static boolean changesBySession(HttpServletRequest request) {
    return !SAFE_METHODS.contains(request.getMethod())
        && request.getSession(false) != null
        && BearerTokenFilter.tokenOf(request).isEmpty();
  }

  private static boolean isLoopback(HttpServletRequest request) {
    return InetAddress.ofLiteral(request.getRemoteAddr()).isLoopbackAddress();
  }

  private static void askForToken(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
      throws IOException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"linli\"");
    response.sendError(
        HttpServletResponse.SC_UNAUTHORIZED,
        "Send the API token as 'Authorization: Bearer …', or sign in to the console.");
  }

  private static void leadPageToSignIn(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal) {
    response.setHeader("HX-Redirect", SIGN_IN + "?ended");
    response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
  }

  private static AccessDeniedHandler refused() {
    return (request, response, refusal) ->
        response.sendError(
            HttpServletResponse.SC_FORBIDDEN,
            "The request does not carry this session's CSRF token. Load the page again.");
  }
}
