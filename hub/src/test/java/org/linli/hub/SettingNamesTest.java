package org.linli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.linli.program.settings.KnownSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** The names that the build found in the code are those that Spring Boot reads. */
class SettingNamesTest {

  private static final KnownSettings KNOWN = KnownSettings.load();

  @Test
  void everySettingThatSpringBootReadsIsKnown() {
    ClassPathScanningCandidateComponentProvider scanner =
        new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
    List<String> names = new ArrayList<>();
    scanner
        .findCandidateComponents(HubApplication.class.getPackageName())
        .forEach(
            found -> {
              Class<?> type =
                  ClassUtils.resolveClassName(
                      Objects.requireNonNull(found.getBeanClassName()),
                      getClass().getClassLoader());
              names.addAll(
                  names(type.getAnnotation(ConfigurationProperties.class).value(), type, type));
            });

    assertThat(names).hasSizeGreaterThan(30).allMatch(KNOWN::isProperty);
  }

  private static List<String> names(String prefix, Class<?> type, Class<?> settings) {
    List<String> names = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
      Type inner = component.getGenericType();
      if (Collection.class.isAssignableFrom(component.getType())) {
        name += "[0]";
        inner = ((ParameterizedType) inner).getActualTypeArguments()[0];
      } else if (Map.class.isAssignableFrom(component.getType())) {
        name += "[key]";
      }
      if (inner instanceof Class<?> nested && nested.getEnclosingClass() == settings) {
        names.addAll(names(name, nested, settings));
      } else {
        names.add(name);
      }
    }
    return names;
  }
}
