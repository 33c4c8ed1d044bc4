package org.linli.hub.records;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

@Configuration(proxyBeanMethods = false)
class RecordsConfiguration {

  @Bean
  DataFolder dataFolder(RecordsSettings settings) {
    return DataFolder.open(settings.data());
  }

  @Bean
  SqliteFile recordsFile(DataFolder folder, RecordsSettings settings) {
    if (settings.databaseUrl() != null) {
      throw new RecordsUnavailableException(
          "LINLI_DATABASE_URL is set, but this version keeps its records in SQLite only.",
          "Remove LINLI_DATABASE_URL; the records are then kept in " + folder.path() + ".");
    }
    return new SqliteFile(folder.resolve("hub.db"), settings.databaseWait());
  }

  @Bean
  @Primary
  HikariDataSource recordsWriter(SqliteFile file) {
    return file.writer();
  }

  @Bean
  RecordsReader recordsReader(SqliteFile file) {
    return new RecordsReader(file.readers());
  }
}
