package org.linli.sims;

import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts the value of an option, and explains in words when it cannot.
 *
 * @param reading throws an {@link IllegalArgumentException} for an invalid value
 * @param otherwise the message after an invalid value
 */
record Reading<T>(Function<String, T> reading, String otherwise) implements ITypeConverter<T> {

  @Override
  public T convert(String text) {
    try {
      return reading.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("\"%s\" %s".formatted(text, otherwise));
    }
  }
}
