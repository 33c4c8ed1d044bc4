package org.linli.program.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** The names of the settings of a program, as Spring Boot reads them. */
public final class SettingNames {

  private SettingNames() {}

  /** The settings of the records in a program's package and below. */
  public static List<String> of(Class<?> program) {
    ClassPathScanningCandidateComponentProvider scanner =
        new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
    List<String> names = new ArrayList<>();
    scanner
        .findCandidateComponents(program.getPackageName())
        .forEach(
            found -> {
              Class<?> type =
                  ClassUtils.resolveClassName(
                      Objects.requireNonNull(found.getBeanClassName()), program.getClassLoader());
              names.addAll(
                  names(type.getAnnotation(ConfigurationProperties.class).value(), type, type));
            });
    return names;
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
