package org.linli.program.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The least that a setting takes, for whoever wrote something that is none of its kind. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Least {

  /** As it may be written, such as {@code 100MB}. */
  String value();
}
