package org.linli.edge.profile.mapping;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.linli.edge.picture.PictureFolder;
import org.linli.edge.picture.PictureSettings;
import org.linli.edge.picture.Pictures;
import org.linli.edge.profile.Profile;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.format.AttachedPictures;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * The built-in profiles as a gateway with the same settings has them, without anything else of a
 * gateway.
 *
 * @param settings those that all profiles share
 */
record BuiltInProfiles(List<Profile> profiles, ProfileSettings settings) {

  /**
   * Finds the profiles and their settings. It keeps no picture. It is no {@code @Configuration}: a
   * gateway's own scan would find it, and its pictures would take the place of the gateway's.
   */
  @ComponentScan(
      basePackageClasses = Profile.class,
      useDefaultFilters = false,
      includeFilters = @ComponentScan.Filter(type = FilterType.CUSTOM, classes = OfGateway.class))
  @ConfigurationPropertiesScan(basePackageClasses = Profile.class)
  static class Found {

    @Bean
    AttachedPictures attachedPictures() {
      return new AttachedPictures(
          new Pictures(
              new PictureFolder(Path.of("pictures")),
              new PictureSettings(DataSize.ofBytes(0), Duration.ofDays(1)),
              Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)));
    }
  }

  /** The profiles that a gateway has. Mappings are profiles too, but come from files. */
  static final class OfGateway extends AssignableTypeFilter {

    OfGateway() {
      super(Profile.class);
    }

    @Override
    public boolean match(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
      return reader.getAnnotationMetadata().hasAnnotation(Component.class.getName())
          && super.match(reader, factory);
    }
  }

  /**
   * Reads the settings from where a gateway reads them: its arguments, its environment and
   * configuration files.
   */
  static BuiltInProfiles ofSettings(String... arguments) {
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Found.class)
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            .lazyInitialization(true)
            .registerShutdownHook(false)
            .properties("logging.level.root=off")
            .run(arguments)) {
      return new BuiltInProfiles(
          context.getBeanProvider(Profile.class).orderedStream().toList(),
          context.getBean(ProfileSettings.class));
    }
  }
}
