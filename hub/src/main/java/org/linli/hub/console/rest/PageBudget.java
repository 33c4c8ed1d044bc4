package org.linli.hub.console.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Limits how many pages of the history are read and written at a time: as many of the largest as
 * fit into an eighth of the heap. A further request waits for {@value #PATIENCE_SECONDS} s and is
 * then told to retry later.
 */
@Component
class PageBudget implements HandlerInterceptor, WebMvcConfigurer {

  static final int PATIENCE_SECONDS = 5;

  private static final int PART_OF_HEAP = 8;

  /** Two million characters as events, as their JSON shapes and as JSON. */
  private static final int BYTES_OF_PAGE = 16 << 20;

  private static final int LEAST = 2;
  private static final int MOST = 32;

  private final Semaphore pages =
      new Semaphore(
          (int)
              Math.clamp(
                  Runtime.getRuntime().maxMemory() / PART_OF_HEAP / BYTES_OF_PAGE, LEAST, MOST),
          true);

  /** No page became free in time. */
  static final class NoTurnException extends RuntimeException {
    NoTurnException() {
      super("too many pages of the history are read at a time");
    }
  }

  /** Returns a semaphore with a permit for each free page. */
  Semaphore pages() {
    return pages;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this).addPathPatterns("/api/v1/events", "/api/v1/devices/*/series");
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws InterruptedException {
    if (!pages.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new NoTurnException();
    }
    return true;
  }

  /** Called also if the request was refused or its client disconnected. */
  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception failure) {
    pages.release();
  }
}
