package org.linli.edge.flow;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdAware;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * A step of a route: a method that takes a body of one type. A route's {@code bean} would look up
 * the method and its parameters for every message, which took an eighth of the event loop
 * (docs/performance.md).
 */
final class Hop<B> extends AsyncProcessorSupport implements IdAware {

  private final Class<B> type;
  private final Function<B, ?> method;
  private String id = "";

  private Hop(Class<B> type, Function<B, ?> method) {
    this.type = type;
    this.method = method;
  }

  /** A step that passes on the method's result. */
  static <B> Hop<B> of(Class<B> type, Function<B, ?> method) {
    return new Hop<>(type, method);
  }

  /** A step that passes on its input. */
  static <B> Hop<B> passing(Class<B> type, Consumer<B> method) {
    return new Hop<>(
        type,
        body -> {
          method.accept(body);
          return body;
        });
  }

  /**
   * A step that takes each element of a list. An element that fails is given to {@code onFailure},
   * and the others go on.
   */
  static <E> Hop<List<E>> each(Consumer<E> method, BiConsumer<E, Throwable> onFailure) {
    @SuppressWarnings("unchecked") // the step before makes the list
    Class<List<E>> list = (Class<List<E>>) (Class<?>) List.class;
    return passing(
        list,
        elements -> {
          for (E element : elements) {
            try {
              method.accept(element);
            } catch (Exception | Error failure) {
              onFailure.accept(element, failure);
            }
          }
        });
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    try {
      exchange.getIn().setBody(method.apply(exchange.getIn().getMandatoryBody(type)));
    } catch (Exception | Error failure) {
      exchange.setException(failure);
    }
    callback.done(true);
    return true;
  }

  @Override
  public String getId() {
    return id;
  }

  @Override
  public void setId(String id) {
    this.id = id;
  }
}
