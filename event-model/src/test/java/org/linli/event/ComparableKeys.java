package org.linli.event;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;

/**
 * Whoever chooses a key can choose thousands with one hash. Java's tables then go by the order of
 * keys, and where keys have none they look at each: one message would cost as its square.
 */
public final class ComparableKeys {

  private ComparableKeys() {}

  /** Each record of texts or addresses that is a key of a table has an order. */
  public static ArchRule rule() {
    return ArchRuleDefinition.fields()
        .should(haveKeysWithAnOrder())
        .because("a table of keys that somebody made to have one hash must stay fast");
  }

  private static ArchCondition<JavaField> haveKeysWithAnOrder() {
    return new ArchCondition<>("have keys with an order where they are tables of records") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        check(field, field.getType(), events);
      }

      private void check(JavaField field, JavaType type, ConditionEvents events) {
        if (!(type instanceof JavaParameterizedType table)) {
          return;
        }
        JavaClass raw = table.toErasure();
        if (raw.isAssignableTo(Map.class)
            || raw.isAssignableTo(Set.class)
            || raw.getSimpleName().endsWith("Map")) {
          JavaClass key = table.getActualTypeArguments().getFirst().toErasure();
          boolean isFine = !canBeChosen(key) || key.isAssignableTo(Comparable.class);
          events.add(
              new SimpleConditionEvent(
                  field,
                  isFine,
                  "%s has keys %s, which have no order: let the record implement Comparable"
                      .formatted(field.getFullName(), key.getFullName())));
        }
        table.getActualTypeArguments().forEach(argument -> check(field, argument, events));
      }
    };
  }

  /** A record that holds a text or an address, by itself or in what it holds. */
  private static boolean canBeChosen(JavaClass key) {
    return key.isRecord()
        && key.getFields().stream()
            .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
            .map(JavaField::getRawType)
            .anyMatch(
                part ->
                    part.isEquivalentTo(String.class)
                        || part.isEquivalentTo(InetSocketAddress.class)
                        || canBeChosen(part));
  }
}
