package org.linli.sims;

import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the value of an option, and says in words that it cannot.
 *
 * @param reading throws an {@link IllegalArgumentException} where it cannot
 * @param otherwise what the value is then: stands behind it
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
