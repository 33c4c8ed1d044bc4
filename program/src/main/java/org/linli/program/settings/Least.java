package org.linli.program.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The least value of a setting, for the message about a value of the wrong type. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Least {

  /** The value as it may be written, such as {@code 100MB}. */
  String value();
}
